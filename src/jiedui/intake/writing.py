"""Workbooks that Jiedui writes: the blank one of a ledger, and its entries to be mended outside.

Not for csv (`lines`) and not for the office's own files (`annotating`). Every word
is written as text with a quote before it, so that no cell can be a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from jiedui.intake.layout import DEMONSTRATION, ENTRY_NUMBER, ID, NUMBER
from jiedui.intake.lines import columns
from jiedui.intake.pen import Pen, SheetFullError
from jiedui.intake.texts import column_heading
from jiedui.ledgers import typed_fields
from jiedui.ledgers.show import is_month
from jiedui.ledgers.values import child_rows
from jiedui.ledgers.words import Choice, Date, Field, Many, Moment, Money, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from jiedui.ledgers import Ledger, Values

__all__ = ["blank", "title_of", "write", "write_into"]

# The workbook's own date of birth: the core has no clock, and equal entries are equal bytes.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates bear no zone
_ROOM = 2_000
_ROWS = 1_048_575  # below the headings
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\]")
_WIDTHS = {
    "text": 22, "whole": 12, "money": 16, "date": 13, "moment": 18, "flag": 12, "place": 24,
    "ref": 26,
}  # fmt: skip
_HINTS: dict[type[Field], str] = {
    Money: "单位万元；单元格里也可写明单位，如 125000元",
    Date: "如 2024-05-21 或 2024年5月21日",
    Moment: "写到分，如 2024-05-21 08:30；零时写作 2024-05-21 00:00 的文字",
}
_MONTH = "如 2024-05 或 2024年5月"
_TYPED = frozenset({"date", "moment", "whole", "money"})


def title_of(ledger: type[Ledger]) -> str:
    """The name of a ledger's sheet; at most 31 characters, none that a sheet may not bear."""
    return _UNNAMEABLE.sub("", ledger.title)[:31]


def blank(
    ledger: type[Ledger],
    options: Mapping[str, Sequence[str]] | None = None,
    *,
    demonstration: bool = False,
) -> bytes:
    """An empty workbook (.xlsx) of the ledger: headings, notes, drop-downs, room for 2,000 rows.

    `options` are the labels to choose from for a `Ref`, by the name of the ledger it points to.
    In a demonstration a last heading says so.
    """
    written = BytesIO()
    write_into(written, ledger, (), options, blank=True, demonstration=demonstration)
    return written.getvalue()


def write(
    ledger: type[Ledger],
    entries: Iterable[tuple[str, Values]],
    options: Mapping[str, Sequence[str]] | None = None,
    label: Callable[[str, int], str] | None = None,
    *,
    demonstration: bool = False,
) -> bytes:
    """A workbook (.xlsx) of entries (id and values) that reads back to the same values.

    `label` names the entry that a `Ref` points to, in words its register finds again; without it
    the id stands there. In a demonstration every row says so in a last column.
    """
    written = BytesIO()
    write_into(written, ledger, entries, options, label, demonstration=demonstration)
    return written.getvalue()


def write_into(
    file: BinaryIO,
    ledger: type[Ledger],
    entries: Iterable[tuple[str, Values]],
    options: Mapping[str, Sequence[str]] | None = None,
    label: Callable[[str, int], str] | None = None,
    *,
    folder: str = "",
    blank: bool = False,
    demonstration: bool = False,
) -> None:
    """Write such a workbook into a file; with a `folder` for its parts, row by row.

    However many entries there are, only the row being written is then held in memory; the parts
    are gone from the folder at the end. A `blank` one has no columns for what the store sets.
    Raises `SheetFullError` when the entries are more than a sheet has rows.
    """
    import xlsxwriter

    where = {"constant_memory": True, "tmpdir": folder} if folder else {"in_memory": True}
    sorts = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {**where, **sorts})
    book.set_properties({"created": _CREATED})
    pen = Pen(book, options or {}, label)
    try:
        _Sheets(pen, ledger, blank=blank, demonstration=demonstration).fill(entries)
        pen.finish()
        book.close()
    finally:
        # A workbook that is given up keeps its parts open else.
        for sheet in book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()


@dataclass(slots=True)
class _Open:
    """A sheet being written, its columns' fields, and how many rows it has."""

    sheet: Worksheet
    fields: Mapping[str, Field]
    first: int
    rows: int = 0

    def next(self) -> int:
        """The number of the next row."""
        self.rows += 1
        if self.rows > _ROWS:
            message = f"more than {_ROWS} rows"
            raise SheetFullError(message)
        return self.rows


class _Sheets:
    """The sheet of entries and those of their child rows, written side by side, row by row."""

    def __init__(self, pen: Pen, ledger: type[Ledger], *, blank: bool, demonstration: bool) -> None:
        self.pen = pen
        self.ledger = ledger
        self.demonstration = demonstration
        fields = typed_fields(ledger) if blank else columns(ledger)
        lists = {n: f for n, f in fields.items() if isinstance(f, Many) and not f.single}
        fields = {name: one for name, one in fields.items() if name not in lists}
        self.main = self._open(title_of(ledger), fields, (ID, NUMBER))
        self.main.sheet.set_column(0, 0, 16, pen.format("text"), {"hidden": True})
        self.lists = {
            name: self._open(_UNNAMEABLE.sub("", many.label)[:31], many.fields, (ENTRY_NUMBER,))
            for name, many in lists.items()
        }

    def fill(self, entries: Iterable[tuple[str, Values]]) -> None:
        """Write a row for each entry and each of its child rows, then what may be chosen."""
        sheet, whole = self.main.sheet, self.pen.format("whole")
        for key, values in entries:
            number = self.main.next()
            self.pen.words(sheet, number, 0, key)
            sheet.write_number(number, 1, number, whole)
            self._row(self.main, values, values)
            if self.demonstration:
                self.pen.words(sheet, number, 2 + len(self.main.fields), DEMONSTRATION)
            for name, many in self.lists.items():
                for child in child_rows(values.get(name)):
                    many.sheet.write_number(many.next(), 0, number, whole)
                    self._row(many, child, values)
        for one in (self.main, *self.lists.values()):
            for column, declared in enumerate(one.fields.values(), one.first):
                if declared.typed:
                    self.pen.choose(one.sheet, column, declared, max(one.rows, _ROOM))

    def _row(self, at: _Open, values: Values, entry: Values) -> None:
        on = entry.get(self.ledger.on)
        for column, (name, declared) in enumerate(at.fields.items(), at.first):
            value = values.get(name)
            if value is not None and value != ():
                self.pen.cell(at.sheet, at.rows, column, declared, value, on)

    def _open(self, title: str, fields: Mapping[str, Field], marks: Sequence[str]) -> _Open:
        sheet = self.pen.book.add_worksheet(title)
        for column, mark in enumerate(marks):
            sheet.write_string(0, column, mark, self.pen.format("heading"))
            sheet.set_column(column, column, 9)
        if ENTRY_NUMBER in marks:
            sheet.write_comment(0, 0, f"填“{title_of(self.ledger)}”表中所属记录的“{NUMBER}”。")
        for column, declared in enumerate(fields.values(), len(marks)):
            self._head(sheet, column, declared)
        if self.demonstration and ID in marks:
            last = len(marks) + len(fields)
            sheet.write_string(0, last, DEMONSTRATION, self.pen.format("heading"))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        return _Open(sheet, fields, len(marks))

    def _head(self, sheet: Worksheet, column: int, declared: Field) -> None:
        look = "required" if declared.required else "heading" if declared.typed else "kept"
        sheet.write_string(0, column, column_heading(declared), self.pen.format(look))
        sheet.write_comment(0, column, _note(declared), {"x_scale": 1.6})
        kind = declared.kind if declared.kind in _TYPED else "text"
        sheet.set_column(column, column, _WIDTHS.get(declared.kind, 22), self.pen.format(kind))


def _note(declared: Field) -> str:
    """What the comment on a heading says."""
    if not declared.typed:
        return "由系统填写，导入时不读。"
    inner = next(iter(declared.fields.values())) if isinstance(declared, Many) else declared
    said = ["必填" if declared.required else "选填", declared.note]
    if isinstance(declared, Many):
        said.append("可填多项，用顿号隔开")
    said.append(_MONTH if is_month(inner) else _HINTS.get(type(inner), ""))
    if isinstance(inner, Choice):
        said.append("选项：" + "、".join(inner.choices.values()))
    if isinstance(inner, Place):
        said.append("省、市州或区县的名称或六位代码")
        if inner.towns:
            said.append("也可填乡镇、街道的全称或九位代码")
    return "。".join(one for one in said if one) + "。"
