"""An office's own workbook, given back with its faulty cells coloured, noted and listed.

Not for mending: nothing in a cell is changed. openpyxl keeps cells, widths and formats, but no
pictures, charts or macros; formulas stay, and get their values when the file is next opened.
"""

from __future__ import annotations

import warnings
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from jiedui.intake.archive import OLE, media_type, open_parts
from jiedui.intake.book import number
from jiedui.intake.layout import DEMONSTRATION, FAULTS
from jiedui.intake.limits import LIMITS, Limits
from jiedui.intake.ods import MEDIA
from jiedui.intake.opening import open_book, refuse
from jiedui.problems import Cell, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from jiedui.intake.book import Sheet

__all__ = ["AUTHOR", "annotate"]

AUTHOR = "结对"
_COLOUR = "FFFFC7CE"
_HEADINGS = ("工作表", "单元格", "问题", "现有内容", "怎么改")
_WIDTHS = (16, 10, 22, 26, 70)
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError)


def annotate(
    content: bytes,
    problems: Sequence[Problem],
    limits: Limits = LIMITS,
    *,
    demonstration: bool = False,
) -> bytes | Problem:
    """The workbook (.xlsx; of any other format one with the same cells) with its problems marked.

    The first `limits.shown` problems are marked; the list says how many there are. What an
    earlier return had marked is unmarked first. A file that cannot be kept is a problem. In a
    demonstration its list says so, and each sheet above every printed page.
    """
    refused = refuse(content, limits)
    if refused:
        return refused
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _opened(content, limits)
            if isinstance(book, Problem):
                return book
            _unmark(book)
            shown = problems[: limits.shown]
            _mark(book, shown)
            _list(book, shown, len(problems))
            if demonstration:
                _say_demonstration(book)
            return _saved(book)
    except _BROKEN:
        return problem("layout-not-kept")


def _saved(book: Workbook) -> bytes:
    """The bytes of a workbook; openpyxl's own way writes each sheet to a file first."""
    from openpyxl.writer.excel import ExcelWriter

    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        writer = ExcelWriter(book, archive)
        writer.write_worksheet = partial(_write_sheet, writer, archive)
        writer.save()
    return written.getvalue()


def _write_sheet(writer: Any, archive: ZipFile, sheet: Any) -> None:
    """What openpyxl's `write_worksheet` does, in memory."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter

    drawing = sheet._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as openpyxl itself does
    drawing.charts, drawing.images = sheet._charts, sheet._images  # noqa: SLF001 - the same
    out = BytesIO()
    rows = WorksheetWriter(sheet, out)
    rows.write()
    sheet._rels = rows._rels  # noqa: SLF001 - as openpyxl itself does
    archive.writestr(sheet.path[1:], out.getvalue())
    writer.manifest.append(sheet)


def _opened(content: bytes, limits: Limits) -> Workbook | Problem:
    import openpyxl

    old = content.startswith(OLE) or media_type(content).startswith(MEDIA)
    if content.startswith(b"PK") and not old:
        refused = open_parts(content, limits)
        if isinstance(refused, Problem):
            return refused
        return openpyxl.load_workbook(BytesIO(content))
    read = open_book(content, limits)
    if isinstance(read, Problem):
        return read
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for one in read.sheets:
        _copy(one, book)
    return book


def _copy(read: Sheet, book: Workbook) -> None:
    """The cells of a sheet of another format as words, merged and hidden as they were."""
    sheet = book.create_sheet(read.name)
    sheet.sheet_state = "hidden" if read.hidden and len(book.worksheets) > 1 else "visible"
    for column, texts in enumerate(read.cells, 1):
        for row, text in enumerate(texts, 1):
            if text:
                _words(sheet, row, column, text)
    for one in read.merged:
        sheet.merge_cells(None, one.top, one.left, one.bottom, one.right)
    for row in read.hidden_rows:
        sheet.row_dimensions[row].hidden = True


def _words(sheet: Worksheet, row: int, column: int, text: str) -> SheetCell:
    """Write words as words: with a quote before them, no program takes them for a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:32767]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.number_format = "@"
    return cell


def _unmark(book: Workbook) -> None:
    from openpyxl.styles import PatternFill

    if FAULTS not in book.sheetnames:
        return
    del book[FAULTS]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _mark(book: Workbook, problems: Sequence[Problem]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", fgColor=_COLOUR)
    said: dict[Cell, list[str]] = {}
    for one in problems:
        if isinstance(one.at, Cell) and one.at.sheet in book.sheetnames:
            said.setdefault(one.at, []).append(f"{one.title}：{one.hint}")
    corners = {name: _corners(book[name]) for name in {at.sheet for at in said}}
    for at, texts in said.items():
        sheet = book[at.sheet]
        row, column = corners[at.sheet].get(
            (at.row, number(at.column)), (at.row, number(at.column))
        )
        cell = sheet.cell(row, column)
        before = [cell.comment.text] if cell.comment is not None else []
        cell.fill = fill
        cell.comment = Comment("\n".join(before + texts), AUTHOR, height=120, width=320)


def _say_demonstration(book: Workbook) -> None:
    """Where it changes no cell of the office's: beside the list, and in the heads of pages."""
    from openpyxl.styles import Font

    _words(book[FAULTS], 1, len(_HEADINGS) + 1, DEMONSTRATION).font = Font(bold=True)
    for sheet in book.worksheets:
        sheet.oddHeader.right.text = DEMONSTRATION


def _corners(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells inside merged ranges, and the first cell of the range, which alone can be marked."""
    return {
        (row, column): (one.min_row, one.min_col)
        for one in sheet.merged_cells.ranges
        if one.size["rows"] * one.size["columns"] <= LIMITS.shown
        for row, column in one.cells
    }


def _list(book: Workbook, problems: Sequence[Problem], count: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.create_sheet(FAULTS)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        _words(sheet, 1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for row, one in enumerate(problems, 2):
        at = one.at if isinstance(one.at, Cell) else None
        place = f"{at.column}{at.row}" if at else ""
        for column, text in enumerate(
            (at.sheet if at else "", place, one.title, one.found, one.hint), 1
        ):
            _words(sheet, row, column, text)
        if at and at.sheet in book.sheetnames:
            name = at.sheet.replace("'", "''")
            link = Hyperlink(ref=f"B{row}", location=f"'{name}'!{place}", display=place)
            sheet.cell(row, 2).hyperlink = link
            sheet.cell(row, 2).font = Font(color="FF0563C1", underline="single")
    if count > len(problems):
        more = f"共 {count} 个问题，这里列出前 {len(problems)} 个。"
        _words(sheet, len(problems) + 2, 3, more)
    sheet.freeze_panes = "A2"
