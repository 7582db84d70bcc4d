"""The sheets of an .xls (BIFF), and of the .et that WPS writes in the same form, read by xlrd.

Not for macros, styles, comments or pictures. Cells come out in the words of `xlsx`: what a sheet
says does not depend on the program that saved it.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from jiedui.intake.book import EPOCH, EPOCH_1904, Merged, Sheet, letters
from jiedui.intake.exact import shortest
from jiedui.problems import Cell, Problem, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlrd.book import Book
    from xlrd.sheet import Sheet as Read

    from jiedui.intake.limits import Limits

__all__ = ["read_xls"]

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = range(1, 6)
_HALF_A_SECOND = timedelta(milliseconds=500)
_NO_DAY = 1  # a moment below it is a time of no day


def read_xls(content: bytes, limits: Limits) -> tuple[Sheet, ...] | Problem:
    """Every worksheet of the book; a problem when the file is not one that can be read.

    Problems: `workbook-password`, `book-unknown`, `file-damaged`, `zip-inflated` (too many sheets).
    """
    import xlrd

    try:
        # Without its own words, which would go to the output; with formats, which hide rows.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
        sheets = book.sheets()
        if len(sheets) > limits.sheets:
            return problem("zip-inflated", what=said("{count} 张工作表", count=len(sheets)))
        return tuple(_sheet(book, one) for one in sheets)
    except xlrd.XLRDError as told:
        if "encrypted" in str(told):
            return problem("workbook-password")
        if "find workbook" in str(told).lower():
            return problem("book-unknown", what=said("旧版 Office 或 WPS 的文字文档"))
        return problem("file-damaged", what=said("工作簿"))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged file makes xlrd stumble anywhere
        return problem("file-damaged", what=said("工作簿"))


def _sheet(book: Book, read: Read) -> Sheet:
    import polars as pl

    columns = {
        letters(n + 1): pl.Series(_texts(book, read, n), dtype=pl.String) for n in range(read.ncols)
    }
    # Half-open, counted from 0.
    merged = (
        Merged(top + 1, left + 1, bottom, right) for top, bottom, left, right in read.merged_cells
    )
    hidden = sorted(row + 1 for row, info in read.rowinfo_map.items() if info.hidden)
    return Sheet(
        read.name,
        pl.DataFrame(columns),
        read.visibility != 0,
        tuple(hidden),
        tuple(merged),
        tuple(_faults(read)),
        EPOCH_1904 if book.datemode else EPOCH,
    )


def _texts(book: Book, read: Read, column: int) -> list[str | None]:
    return [
        _text(sort, value, book.datemode) or None
        for sort, value in zip(read.col_types(column), read.col_values(column), strict=True)
    ]


def _text(sort: int, value: str | float, datemode: int) -> str:
    if sort == _TEXT:
        return str(value)
    if sort == _NUMBER:
        return shortest(float(value))
    if sort == _DATE:
        return _moment(float(value), datemode)
    if sort == _BOOLEAN:
        return "true" if value else "false"
    return ""


def _moment(value: float, datemode: int) -> str:
    """A day, a moment or a time, in whole seconds; a number that is no day stays a number."""
    from xlrd.xldate import XLDateError, xldate_as_datetime

    try:
        found: datetime = xldate_as_datetime(value, datemode) + _HALF_A_SECOND
    except (XLDateError, OverflowError, ValueError):
        return shortest(value)
    if value < _NO_DAY:
        return found.strftime("%H:%M:%S")
    return found.isoformat(" ", "seconds").removesuffix(" 00:00:00")


def _faults(read: Read) -> Iterator[Problem]:
    from xlrd.biffh import error_text_from_code

    for column in range(read.ncols):
        if _ERROR not in read.col_types(column):
            continue
        for row, sort in enumerate(read.col_types(column)):
            if sort == _ERROR:
                code = read.cell_value(row, column)
                place = Cell(read.name, letters(column + 1), row + 1)
                yield problem("error-cell", place, error_text_from_code.get(code, ""))
