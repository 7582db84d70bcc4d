"""Good and bad rows of each ledger, with the one problem that each bad row has."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiedui import intake, ledgers
from jiedui.problems import Cell
from tests.core.intake.made import book_of, by_openpyxl, by_xlsxwriter

CORPUS = Path(__file__).parent.parent.parent / "corpus/workbooks"
NAMES = sorted(path.stem for path in CORPUS.glob("*.csv"))
EXPECTED = "预期问题"


def test_there_is_a_corpus():
    assert {"funds", "talent"} <= set(NAMES)


@pytest.mark.parametrize("written", ["csv", "openpyxl", "xlsxwriter"])
@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_the_problem_that_it_should(name, written):
    content = (CORPUS / f"{name}.csv").read_bytes()
    if written != "csv":
        rows = [list(row) for row in book_of(content).sheets[0].cells.rows()]
        content = (by_openpyxl if written == "openpyxl" else by_xlsxwriter)(rows)
    taken = intake.read_entries(book_of(content), ledgers.ledgers()[name])
    assert isinstance(taken, intake.Taken), taken
    found: dict[int, list[str]] = {row: [] for row in taken.rows}
    judged = intake.judge(taken)
    for one in judged.problems:
        assert isinstance(one.at, Cell)
        found[one.at.row].append(one.code)
    expected = taken.extra[EXPECTED].fill_null("").to_list()
    assert ["、".join(found[row]) for row in taken.rows] == expected
    assert judged.good == tuple(i for i, code in enumerate(expected) if not code)
