"""Two imports at once, and a disk that is full in the middle: all or nothing, and said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgres import postgres_url
from tests.site.store import apart

if TYPE_CHECKING:
    from pathlib import Path


def test_two_imports_at_once_on_sqlite(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        assert book.run("imports") == "done\n"


@pytest.mark.needs("postgres")
def test_two_imports_at_once_on_postgresql(tmp_path: Path) -> None:
    with apart.book(tmp_path, postgres_url()) as book:
        assert book.run("imports") == "done\n"


def test_a_full_disk_on_sqlite(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        assert book.run("full") == "done\n"


@pytest.mark.needs("postgres")
def test_a_full_disk_on_postgresql(tmp_path: Path) -> None:
    with apart.book(tmp_path, postgres_url()) as book:
        assert book.run("full_server") == "done\n"
