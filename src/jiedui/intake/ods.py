"""The sheets of an .ods (OpenDocument 1.2 and later), walked row by row in its XML.

Ours, because the readers there are lose hidden rows, merged cells and errors. Cells come out in
the words of `xlsx`. Not for macros, styles, notes or pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.intake.archive import Refused, measured_parts
from jiedui.intake.book import EPOCH, Merged, Sheet, letters
from jiedui.intake.ods_cells import OFFICE as _OFFICE
from jiedui.intake.ods_cells import text_of
from jiedui.problems import Cell, Problem, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from jiedui.intake.limits import Limits

__all__ = ["MEDIA", "read_ods"]

MEDIA = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLED, _A_TABLE, _A_ROW = f"{_STYLE}style", f"{_TABLE}table", f"{_TABLE}table-row"
_DAY_0 = f"{_TABLE}null-date"
# As many as any office program has.
_COLUMNS, _ROWS = 16_384, 1_048_576
_ERROR = re.compile(r"#[A-Z0-9/!?]+|Err:[0-9]+")


def read_ods(content: bytes, limits: Limits) -> tuple[Sheet, ...] | Problem:
    """Every table of the document; a problem when the file is not one that can be read.

    Problems: those of `archive.open_parts`, and `sheet-too-large`.
    """
    from lxml import etree

    parts = measured_parts(content, limits, ("content.xml", "META-INF/manifest.xml"))
    if isinstance(parts, Problem):
        return parts
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        return problem("workbook-password")
    try:
        return tuple(_sheets(parts["content.xml"], limits))
    except Refused as refused:
        return refused.problem
    except (KeyError, ValueError, etree.LxmlError):
        return problem("file-damaged", what=said("工作簿"))


@dataclass(slots=True)
class _Open:
    """A table being read: its rows that hold anything, by number, and what is said of them."""

    name: str
    hidden: bool
    row: int = 0
    width: int = 0
    rows: list[tuple[int, int, list[tuple[int, str]]]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


def _sheets(xml: bytes, limits: Limits) -> Iterator[Sheet]:
    from lxml import etree

    # The parser keeps away from entities and the network; a definition was refused before.
    events = etree.iterparse(
        BytesIO(xml), events=("start", "end"), tag=(_STYLED, _DAY_0, _A_TABLE, _A_ROW),
        resolve_entities=False, no_network=True, huge_tree=True,
    )  # fmt: skip
    walk = _Walk(limits)
    for event, one in events:
        if event == "start":
            walk.begin(one)
        elif one.tag == _STYLED:
            walk.style(one)
        elif one.tag == _DAY_0:
            walk.epoch = date.fromisoformat(one.get(f"{_TABLE}date-value", "")[:10] or str(EPOCH))
        elif one.tag == _A_ROW:
            walk.row(one)
        elif (sheet := walk.end(one)) is not None:
            yield sheet


@dataclass(slots=True)
class _Walk:
    """The way through a document: the styles that hide a table, and the table that is open.

    `epoch` is the day that numbers are counted from; it stands before the tables.
    """

    limits: Limits
    epoch: date = EPOCH
    hidden: set[str] = field(default_factory=set)
    count: int = 0
    now: _Open | None = None
    depth: int = 0

    def style(self, one: _Element) -> None:
        shown = one.find(f"{_STYLE}table-properties")
        if shown is not None and shown.get(f"{_TABLE}display") == "false":
            self.hidden.add(one.get(f"{_STYLE}name", ""))

    def begin(self, one: _Element) -> None:
        """Open a table; one inside a cell is of that cell, and is not read."""
        if one.tag != _A_TABLE:
            return
        self.depth += 1
        if self.depth == 1:
            self.count += 1
            if self.count > self.limits.sheets:
                what = said("{count} 张工作表", count=self.count)
                raise Refused(problem("zip-inflated", what=what))
            hidden = one.get(f"{_TABLE}style-name", "") in self.hidden
            self.now = _Open(one.get(f"{_TABLE}name", ""), hidden)

    def row(self, one: _Element) -> None:
        """Take a row, and let it and those before it go."""
        if self.now is None or self.depth > 1:
            return
        _take(self.now, one)
        one.clear()
        parent = one.getparent()
        while parent is not None and one.getprevious() is not None:
            del parent[0]

    def end(self, one: _Element) -> Sheet | None:
        """Close a table; gives it as a sheet."""
        self.depth -= 1
        if self.depth or self.now is None:
            return None
        sheet, self.now = replace(_closed(self.now, self.limits), epoch=self.epoch), None
        one.clear()
        return sheet


def _repeated(one: _Element, what: str) -> int:
    return max(1, int(one.get(f"{_TABLE}number-{what}-repeated", "1")))


def _take(now: _Open, row: _Element) -> None:
    """Take a row with its repetitions; only what holds something is kept."""
    times = _repeated(row, "rows")
    first = now.row + 1
    now.row += times
    cells: list[tuple[int, str]] = []
    column = 0
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        again = _repeated(cell, "columns")
        text = text_of(cell)
        if text and (column + again > _COLUMNS or now.row > _ROWS):
            # Written once and repeated a million times it would be small only in the file.
            place = Cell(now.name, letters(column + 1), first)
            raise Refused(problem("sheet-too-large", place, limit=_COLUMNS * _ROWS))
        faults = [*_faults(now, cell, first, column, text)]
        now.faults += faults
        if text and not faults:
            cells += [(column + n, text) for n in range(again)]
            now.width = max(now.width, column + again)
        right, down = (
            int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows")
        )
        if right > 1 or down > 1:
            now.merged.append(Merged(first, column + 1, first + down - 1, column + right))
        column += again
    if cells:
        now.rows.append((first, times, cells))
        if row.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            now.hidden_rows += range(first, first + times)


def _faults(now: _Open, cell: _Element, row: int, column: int, text: str) -> Iterator[Problem]:
    formula = cell.get(f"{_TABLE}formula")
    sort = cell.get(f"{_OFFICE}value-type")
    place = Cell(now.name, letters(column + 1), row)
    if cell.get(f"{_CALC}value-type") == "error" or (formula and _ERROR.fullmatch(text)):
        yield problem("error-cell", place, text)
    elif formula and sort is None:
        yield problem("formula-without-value", place)


def _closed(now: _Open, limits: Limits) -> Sheet:
    import polars as pl

    # Empty rows at the end are the room of the sheet, not its content.
    height = max((first + times - 1 for first, times, _ in now.rows), default=0)
    if height * now.width > limits.cells:
        raise Refused(problem("sheet-too-large", Cell(now.name, "A", 1), limit=limits.cells))
    columns: list[list[str | None]] = [[None] * height for _ in range(now.width)]
    for first, times, cells in now.rows:
        for column, text in cells:
            columns[column][first - 1 : first - 1 + times] = [text] * times
    frame = pl.DataFrame(
        {letters(n): pl.Series(one, dtype=pl.String) for n, one in enumerate(columns, 1)}
    )
    return Sheet(
        now.name, frame, now.hidden, tuple(now.hidden_rows), tuple(now.merged), tuple(now.faults)
    )
