"""The sheets of an .ods (OpenDocument 1.2 and later), walked row by row in its XML.

Ours, because the readers there are lose hidden rows, merged cells and errors. Cells come out in
the words of `xlsx`. Not for macros, styles, notes or pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.intake.archive import Refused, measured_parts
from jiedui.intake.book import Merged, Sheet, letters
from jiedui.intake.exact import shortest
from jiedui.problems import Cell, Problem, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from jiedui.intake.limits import Limits

__all__ = ["MEDIA", "read_ods"]

MEDIA = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TIME = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_STYLED, _A_TABLE, _A_ROW = f"{_STYLE}style", f"{_TABLE}table", f"{_TABLE}table-row"
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
        BytesIO(xml), events=("start", "end"), tag=(_STYLED, _A_TABLE, _A_ROW),
        resolve_entities=False, no_network=True, huge_tree=True,
    )  # fmt: skip
    walk = _Walk(limits)
    for event, one in events:
        if event == "start":
            walk.begin(one)
        elif one.tag == _STYLED:
            walk.style(one)
        elif one.tag == _A_ROW:
            walk.row(one)
        elif (sheet := walk.end(one)) is not None:
            yield sheet


@dataclass(slots=True)
class _Walk:
    """The way through a document: the styles that hide a table, and the table that is open."""

    limits: Limits
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
        sheet, self.now = _closed(self.now, self.limits), None
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
        text = _text(cell)
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


def _text(cell: _Element) -> str:
    """What a cell holds: its value where it has one, else its paragraphs, a line each."""
    sort = cell.get(f"{_OFFICE}value-type")
    if sort in {"float", "percentage", "currency"}:
        return shortest(float(cell.get(f"{_OFFICE}value", "0")))
    if sort == "date":
        day = cell.get(f"{_OFFICE}date-value", "").replace("T", " ")
        return day.partition(".")[0].removesuffix(" 00:00:00")
    if sort == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""))
    if sort == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "")
    return "\n".join(_words(one) for one in cell if one.tag == f"{_TEXT}p")


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _words(one: _Element) -> str:
    """The words of a paragraph, with the spaces that the format writes as elements."""
    found = [one.text or ""]
    for inner in one:
        if inner.tag == f"{_TEXT}s":
            found.append(" " * min(int(inner.get(f"{_TEXT}c", "1")), 1_000))
        elif inner.tag == f"{_TEXT}tab":
            found.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            found.append("\n")
        elif inner.tag in {f"{_TEXT}span", f"{_TEXT}a"}:
            found.append(_words(inner))
        found.append(inner.tail or "")
    return "".join(found)


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
