"""Sheets as offices lay them out: what each is read as, and everything that is said of it.

A case is a file: what it shows, its ledger, what a program that knows merging would have merged
and hidden, the cells between tabs; behind a line of signs, each entry by its row with the values
that matter, the problems and remarks by their cells. `tests/corpus/workbooks/awkward/README.md`
says how.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from jiedui import intake, ledgers
from jiedui.ledgers import canon
from tests.core.intake.made import GIVEN, book_of

CORPUS = Path(__file__).parent.parent.parent / "corpus/workbooks/awkward"
CASES = sorted(CORPUS.glob("*.txt"))


@dataclass
class Case:
    ledger: str = "funds"
    merged: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=lambda: dict(GIVEN))
    cells: list[list[str]] = field(default_factory=list)
    entries: list[tuple[int, dict]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def case_of(text: str) -> Case:
    head, _, expected = text.partition("\n====\n")
    made = Case()
    for line in head.split("\n")[1:]:
        if line.startswith("!"):
            declare(made, *line.split(" "))
        else:
            made.cells.append([cell.replace("\\n", "\n") for cell in line.split("\t")])
    for line in expected.strip().split("\n"):
        mark, _, rest = line.partition(" ")
        if mark in "?+":
            (made.problems if mark == "?" else made.remarks).append(rest)
        else:
            made.entries.append((int(mark), json.loads(rest)))
    return made


def declare(made: Case, word: str, *given: str) -> None:
    if word == "!ledger":
        (made.ledger,) = given
    elif word == "!merged":
        made.merged = list(given)
    elif word == "!hidden":
        made.hidden = [int(row) for row in given]
    else:
        assert word == "!without"
        made.given = {key: value for key, value in made.given.items() if key not in given}


def as_xlsx(case: Case) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "csv"
    for row in case.cells:
        sheet.append([cell or None for cell in row])
    for cells in case.merged:
        sheet.merge_cells(cells)
    for row in case.hidden:
        sheet.row_dimensions[row].hidden = True
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def as_csv(case: Case) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter="\t").writerows(case.cells)
    return written.getvalue().encode("gb18030")


def plain(value):
    return None if value is None else canon.plain(value)


def test_there_are_enough():
    assert len(CASES) >= 75


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_awkward_sheet_is_read_as_its_office_means_it(path):
    case = case_of(path.read_text())
    for write in (as_xlsx,) if case.merged or case.hidden else (as_xlsx, as_csv):
        found = intake.read_entries(
            book_of(write(case)), ledgers.ledgers()[case.ledger], None, case.given
        )
        assert isinstance(found, intake.Taken), found
        judged = intake.judge(found)
        shown = [f"{str(one.at).removeprefix('csv!')} {one.code}" for one in judged.problems]
        assert shown == case.problems
        assert [f"{str(one.at).removeprefix('csv!')} {one.code}" for one in found.remarks
                if one.at] == case.remarks  # fmt: skip
        assert list(found.rows) == [row for row, _ in case.entries]
        for values, (_, expected) in zip(judged.checked.rows, case.entries, strict=True):
            assert {name: plain(values.get(name)) for name in expected} == expected
