"""A workbook as it was read: sheets of text cells, and what is said about them.

Not for what the cells mean: that is `layout` and `take`, and `ledgers.check` after them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from jiedui.problems import Cell, Problem

if TYPE_CHECKING:
    import polars as pl

__all__ = ["EPOCH", "EPOCH_1904", "Book", "Media", "Merged", "Sheet", "letters", "number"]

# The day that is number 0. ECMA-376 part 1 §18.17.4.1: day 1 is 1900-01-01, and by an old fault
# 1900 is a leap year; or, where the book says so, day 0 is 1904-01-01.
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Media(StrEnum):
    """What sort of file a workbook is."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells, all four counted from 1 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: text columns named A, B, …; row i of the frame is row i + 1 of the sheet.

    Dates are ISO text and numbers the shortest text of the same value to 15 digits, which is
    what Excel holds; a cell without a value is null. `faults` are cells that hold an error, or a
    formula whose value was never stored. `hidden_rows` are numbered as the sheet shows them.
    `epoch` is the day that a number 0 would be, if a number were a day.
    """

    name: str
    cells: pl.DataFrame
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[Merged, ...] = ()
    faults: tuple[Problem, ...] = ()
    epoch: date = EPOCH

    def row(self, row: int) -> dict[str, str]:
        """The cells of a row (as the sheet numbers it) that hold anything, by column letters."""
        if not 1 <= row <= self.cells.height:
            return {}
        found = self.cells.row(row - 1, named=True)
        return {letter: text for letter, text in found.items() if text and text.strip()}

    def at(self, column: str, row: int) -> Cell:
        """The place of a cell of this sheet."""
        return Cell(self.name, column, row)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets in their order, what sort of file it was, the SHA-256 of its bytes."""

    sheets: tuple[Sheet, ...]
    media: Media
    digest: str

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(26), letters(27), letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number(column: str) -> int:
    """The number, from 1, of a column given by letters.

    >>> number("A"), number("XFD")
    (1, 16384)
    """
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found
