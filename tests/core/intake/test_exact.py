"""How large a sheet is, and its rare marks, told from its bytes piece by piece."""

from __future__ import annotations

import re

import pytest

from jiedui.intake import LIMITS, exact
from jiedui.intake.look import Looked, by_rows, look
from jiedui.problems import Problem


def sheet(*cells: str) -> bytes:
    made = "".join(f'<row><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    return f"<sheetData>{made}</sheetData>".encode()


def pieces(xml: bytes, size: int) -> list[bytes]:
    return [xml[at : at + size] for at in range(0, len(xml), size)]


def looked(xml: bytes, size: int = 1 << 20) -> Looked:
    found = look("a", by_rows(pieces(xml, size)), LIMITS.cells)
    assert isinstance(found, Looked)
    return found


@pytest.mark.parametrize(
    ("cells", "fits"),
    [
        (("A1", "P1048576"), True),
        (("Z1", "A1048576"), True),
        (("AA1", "A1048576"), False),
        (("AA1", "A500000"), True),
        (("BA1", "A500000"), False),
        (("ABC1", "A1"), True),
        (("ABC1", "A100000"), False),
    ],
)
@pytest.mark.parametrize("size", [20, 45, 1 << 20])
def test_as_many_rows_as_a_sheet_has_are_read_of_26_columns(
    cells: tuple[str, ...], fits: bool, size: int
) -> None:
    found = look("a", by_rows(pieces(sheet(*cells), size)), LIMITS.cells)
    assert isinstance(found, Looked) is fits
    assert fits or (isinstance(found, Problem) and found.code == "sheet-too-large")


ODD = (
    b'<worksheet><sheetData><row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    b'<row r="2" hidden="1"><c r="B2"><v>0.12345678901</v></c><c r="C2"><f>1</f></c></row>'
    b'<row r="3"/><row r="4"><c r="B4"><v>1.5e-7</v></c></row></sheetData>'
    b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
)


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_wherever_a_sheet_is_cut_the_same_is_found(prefix: bytes) -> None:
    xml = re.sub(rb"<(/?)", rb"<\1" + prefix, ODD)
    whole = looked(xml)
    assert [(one.column, one.row, one.text) for one in whole.spots] == [
        ("B", 2, "0.12345678901"), ("B", 4, "0.00000015")
    ]  # fmt: skip
    assert whole.hidden_rows == [2]
    assert [one.code for one in whole.faults] == ["error-cell", "formula-without-value"]
    assert len(whole.merged) == 1
    # The head of a sheet with prefixes is never cut in pieces of less than it.
    for size in range(60, len(xml)):
        cut = looked(xml, size)
        assert sorted(cut.spots, key=lambda one: one.row) == whole.spots
        assert (cut.hidden_rows, cut.merged, cut.rows) == (whole.hidden_rows, whole.merged, 4)
        assert sorted(one.code for one in cut.faults) == ["error-cell", "formula-without-value"]


@pytest.mark.parametrize(
    ("head", "cells"),
    [(b'ref="A1:P100"', 1600), (b'ref="B7"', 14), (b"", 16_384 * 1_048_576), (b'ref="x"', 1 << 34)],
)
def test_how_large_a_sheet_says_it_is(head: bytes, cells: int) -> None:
    assert exact.declared(b"<worksheet><dimension " + head + b"/><sheetData>") == cells


def test_bytes_that_are_no_text_are_looked_through_all_the_same() -> None:
    assert exact.rare(b'\xff\xfe<c r="A1" t="e">')
    assert not exact.rare(b'\xff\xfe<c r="A1">')
