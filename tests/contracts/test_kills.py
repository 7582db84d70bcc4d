"""Writers are killed again and again: the book is whole after every kill, and nothing is half."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.postgres import postgres_url
from tests.site.store import apart
from tests.site.store.killed_loads import KINDS

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 25
OPERATIONS = 200
# With those on PostgreSQL two hundred.
LOAD_KILLS = 160

pytestmark = pytest.mark.long


def test_the_book_survives_kills_on_sqlite(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        done = json.loads(book.run("kills", _seed(), str(KILLS), str(OPERATIONS), patience=300))
    assert done["kills"] >= KILLS
    assert done["operations"] >= OPERATIONS


@pytest.mark.needs("postgres")
def test_the_book_survives_kills_on_postgresql(tmp_path: Path) -> None:
    with apart.book(tmp_path, postgres_url()) as book:
        done = json.loads(book.run("kills", _seed(), "8", "100", patience=300))
    assert done["operations"] >= 100


def test_workbooks_survive_kills_on_sqlite(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        _survived(json.loads(book.run("load_kills", _seed(), str(LOAD_KILLS), "0.6", patience=400)))


@pytest.mark.needs("postgres")
def test_workbooks_survive_kills_on_postgresql(tmp_path: Path) -> None:
    with apart.book(tmp_path, postgres_url()) as book:
        _survived(json.loads(book.run("load_kills", _seed(), "40", "1.8", patience=400)))


def _survived(done: dict[str, Any]) -> None:
    """The kills fell into all that is done with a workbook, and none was left undone."""
    assert {name.partition("/")[0] for name in done["in"]} == KINDS, done
    assert done["batches"]["undone"], done


def _seed() -> str:
    """Another one each time; a failure prints it."""
    return str(random.randrange(10**6))
