"""How a sheet is laid out: which column is which field, and what is said about it.

Not for finding it out: that is `laying`, column by column `columns`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.headings import How, normal

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

__all__ = [
    "DEMONSTRATION",
    "ENTRY_NUMBER",
    "FAULTS",
    "ID",
    "MARKS",
    "NUMBER",
    "OPTIONS",
    "OWN_SHEETS",
    "PLANNED",
    "QUOTED_ID",
    "ROW",
    "SUM",
    "UNIT",
    "Column",
    "Layout",
]

ID = "记录号"
# The same in our csv, where what a spreadsheet might take for a formula bears an apostrophe.
QUOTED_ID = "记录号（单引号起首为文字）"
NUMBER = "序号"
ENTRY_NUMBER = "记录序号"
DEMONSTRATION = "演示数据"
# The first columns of a file that says what the rows of a workbook would do.
PLANNED = ("表中的行", "会怎样", "现记录")
# Sheets that Jiedui itself adds to a workbook, and reads past.
OPTIONS = "选项"
FAULTS = "问题清单"
OWN_SHEETS = frozenset({OPTIONS, FAULTS})
# The mark of a column that states the unit of the amounts in its row.
UNIT = "unit"
# In a frame of rows, the column with their numbers.
ROW = "#"
# At the columns that add up those which stand across.
SUM = "*"
MARKS = {ID: "id", normal(QUOTED_ID): "id", NUMBER: "number", ENTRY_NUMBER: "entry"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letters, its heading as written, and what it was taken for.

    `field` is a field's path ("amount", "attended.name") or empty; `mark` says that it holds the
    entry's id, its number in the sheet, the number of the entry that a child row belongs to, or
    the unit of the amounts in its row.
    `unit` is the unit of amounts without one of their own. `left` says why it is not read. `at` is
    the month or option that its cells are of, where those stand across (`SUM`: all of them).
    """

    letter: str
    heading: str
    field: str = ""
    how: How = How.NONE
    unit: str = ""
    mark: str = ""
    left: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out; rows are numbered as the sheet shows them.

    `problems` keep it from being read rightly and are for a person to mend, `remarks` are only
    said. `within` is the list of child rows that the sheet holds, if it is not entries. `across` is
    the field whose months or options stand across, as headings of columns; empty where none does.
    """

    sheet: str
    ledger: type[Ledger]
    heading_row: int
    first_row: int
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    within: str = ""
    across: str = ""

    @property
    def fields(self) -> dict[str, Column]:
        """The columns that are one field of every row, by the path of that."""
        return {one.field: one for one in self.columns if one.field and not one.at}

    @property
    def wide(self) -> tuple[Column, ...]:
        """The columns that are each of a month or option, in their order."""
        return tuple(one for one in self.columns if one.at and one.at != SUM)

    @property
    def read(self) -> tuple[tuple[str, Column], ...]:
        """Every column that entries are read from, with the path of its field."""
        return tuple((one.field, one) for one in (*self.fields.values(), *self.wide))

    def column(self, path: str, at: str = "") -> Column | None:
        """The column of a field; of one of the `wide` ones, or of what stands across, that `at`."""
        if one := self.fields.get(path):
            return one
        mine = (one for one in self.wide if one.at == at)
        return next((one for one in mine if path in {one.field, self.across}), None)

    @property
    def ours(self) -> bool:
        """Whether Jiedui wrote the file: it brings the numbers of its entries."""
        return self.marked("id") is not None

    @property
    def quoted(self) -> bool:
        """Whether the first apostrophe of a cell only says that words follow, as in our csv."""
        marked = self.marked("id")
        return marked is not None and normal(marked.heading) == normal(QUOTED_ID)

    @property
    def signature(self) -> str:
        """The SHA-256 of the headings in their order: what a mapping is remembered by."""
        words = "|".join(normal(column.heading) for column in self.columns)
        return hashlib.sha256(f"{self.ledger.name}|{self.within}|{words}".encode()).hexdigest()

    def marked(self, mark: str) -> Column | None:
        """The column with ids ("id"), numbers ("number") or the entries' numbers ("entry")."""
        return next((column for column in self.columns if column.mark == mark), None)
