"""Marks of persons in workbooks are nowhere but where the table says: `marked` plants and looks.

Looked at after every step: each byte of the book's folder (database, log beside it, work.db, work
folder, keys), every value of every table, what sessions hold, the log at its fullest, and what was
answered; in UTF-8, UTF-16, GB18030, hex, JSON and numbered letters. Files outside the folder must
not even be opened. PostgreSQL's own log of changes is not Jiedui's to look after: there every value
of every table is read instead, as a dump would.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.contracts.marked import COLUMNS, MARKS, TEXTS
from tests.postgres import postgres_url
from tests.site.store import apart

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("name", "other name", "faulty name", "payee", "mended name")
# Step, place: the marks that are there. What is not here is found after no step in any place.
TABLE: dict[str, dict[str, set[str]]] = {
    "no workbook": {},
    # A person is shown again what he has just typed or brought himself.
    "said for all rows": {"answer": {"phone for all rows"}},
    "brought": {},
    "dropped": {},
    "seen": {"answer": {"phone as a heading"}},
    "columns said": {},
    "annotated": {
        "answer": {"name", "other name", "faulty name", *COLUMNS, *TEXTS, "phone in a field",
                   "phone as a heading"},
    },
    "refused": {"answer": {"phone as a heading"}},
    "failed": {},
    "loaded": {},
    "decided": {},
    "funds seen": {},
    "funds annotated": {
        "answer": {"payee", *COLUMNS, "id in text", "id in a field", "id for an amount"},
    },
    "funds loaded": {},
    # The office that sent a person knows its name, and nobody else does.
    "given to its office": {"answer": {"name", "other name", "payee"}},
    "given to others": {},
    # A list of persons becomes counts, and nothing of it is kept or shown.
    "persons seen": {},
    "persons counted": {},
    "counts seen": {},
    "counts loaded": {},
    "counts given": {},
    "mended seen": {"answer": {"name", "other name", "mended name"}},
    "mended loaded": {},
    "no reason to keep": {"answer": {"phone in a reason"}},
    "undone": {},
    "undone, seen": {},
    "forgotten": {},
    "withdrawn": {},
    "typed": {},
}  # fmt: skip


def walked(book: apart.Book, where: str) -> dict[str, dict[str, set[str]]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.marked", where],
        env=book.environment(), cwd=apart.ROOT, check=False, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-6000:]
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        step: {place: set(marks) for place, marks in places.items()}
        for step, places in found.items()
    }


def test_no_mark_is_left_on_sqlite(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        assert walked(book, "apart") == TABLE


@pytest.mark.needs("postgres")
def test_no_mark_is_left_on_postgresql(tmp_path: Path) -> None:
    with apart.book(tmp_path, postgres_url()) as book:
        assert walked(book, "here") == TABLE


def test_every_mark_is_planted() -> None:
    """What no answer ever shows was brought all the same: in a name, a form, a list of persons."""
    shown = set().union(*(marks for places in TABLE.values() for marks in places.values()))
    assert set(MARKS) - shown == {
        "phone in a file name", "phone in a form", "listed name", "listed id",
    }  # fmt: skip
    assert set(NAMES) < set(MARKS)
