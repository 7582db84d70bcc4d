"""Workbooks that Jiedui writes: the blank one of a ledger, and its entries to be mended outside.

Not for csv (the store streams that) and not for the office's own files (`annotating`). Every word
is written as text with a quote before it, so that no cell can be a formula.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.intake.headings import AMOUNTS
from jiedui.intake.layout import DEMONSTRATION, ENTRY_NUMBER, ID, NUMBER
from jiedui.intake.pen import Pen
from jiedui.ledgers import typed_fields
from jiedui.ledgers.values import child_rows
from jiedui.ledgers.words import Choice, Count, Date, Field, Many, Money, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from jiedui.ledgers import Ledger, Values

__all__ = ["blank", "title_of", "write"]

# The workbook's own date of birth: the core has no clock, and equal entries are equal bytes.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates bear no zone
_ROOM = 2_000
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\]")
_WIDTHS = {"text": 22, "whole": 12, "money": 16, "date": 13, "flag": 12, "place": 24, "ref": 26}


def title_of(ledger: type[Ledger]) -> str:
    """The name of a ledger's sheet; at most 31 characters, none that a sheet may not bear."""
    return _UNNAMEABLE.sub("", ledger.title)[:31]


def blank(ledger: type[Ledger], options: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """An empty workbook (.xlsx) of the ledger: headings, notes, drop-downs, room for 2,000 rows.

    `options` are the labels to choose from for a `Ref`, by the name of the ledger it points to.
    """
    return write(ledger, (), options)


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
    import xlsxwriter

    written = BytesIO()
    book = xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _CREATED})
    pen = Pen(book, options or {}, label)
    _Sheets(pen, ledger, demonstration=demonstration).fill(entries)
    pen.finish()
    book.close()
    return written.getvalue()


class _Sheets:
    """The sheet of entries and those of their child rows."""

    def __init__(self, pen: Pen, ledger: type[Ledger], *, demonstration: bool) -> None:
        self.pen = pen
        self.ledger = ledger
        self.demonstration = demonstration
        fields = typed_fields(ledger)
        self.lists = {n: f for n, f in fields.items() if isinstance(f, Many) and not f.single}
        self.fields = {name: one for name, one in fields.items() if name not in self.lists}

    def fill(self, entries: Iterable[tuple[str, Values]]) -> None:
        """Write the headings, and a row for each entry; then the child rows, list by list."""
        sheet = self.pen.book.add_worksheet(title_of(self.ledger))
        kept: list[Values] = []
        for number, (key, values) in enumerate(entries, 1):
            self.pen.words(sheet, number, 0, key)
            sheet.write_number(number, 1, number, self.pen.format("whole"))
            self._row(sheet, number, 2, self.fields, values, values)
            if self.demonstration:
                self.pen.words(sheet, number, 2 + len(self.fields), DEMONSTRATION)
            kept.append(values)
        marks = (ID, NUMBER) if not self.demonstration else (ID, NUMBER, DEMONSTRATION)
        self._head(sheet, self.fields, marks, max(len(kept), _ROOM))
        sheet.set_column(0, 0, 16, self.pen.format("text"), {"hidden": True})
        for name, many in self.lists.items():
            self._children(name, many, kept)

    def _children(self, name: str, many: Many, kept: Sequence[Values]) -> None:
        sheet = self.pen.book.add_worksheet(_UNNAMEABLE.sub("", many.label)[:31])
        row = 0
        for number, values in enumerate(kept, 1):
            for child in child_rows(values.get(name)):
                row += 1
                sheet.write_number(row, 0, number, self.pen.format("whole"))
                self._row(sheet, row, 1, many.fields, child, values)
        self._head(sheet, many.fields, (ENTRY_NUMBER,), max(row, _ROOM))

    def _row(
        self,
        sheet: Worksheet,
        row: int,
        first: int,
        fields: Mapping[str, Field],
        values: Values,
        entry: Values,
    ) -> None:
        on = entry.get(self.ledger.on)
        for column, (name, declared) in enumerate(fields.items(), first):
            value = values.get(name)
            if value is not None and value != ():
                self.pen.cell(sheet, row, column, declared, value, on)

    def _head(
        self, sheet: Worksheet, fields: Mapping[str, Field], marks: Sequence[str], rows: int
    ) -> None:
        before = [mark for mark in marks if mark != DEMONSTRATION]
        for column, mark in enumerate(before):
            sheet.write_string(0, column, mark, self.pen.format("heading"))
            sheet.set_column(column, column, 9)
        if ENTRY_NUMBER in marks:
            sheet.write_comment(0, 0, f"填“{title_of(self.ledger)}”表中所属记录的“{NUMBER}”。")
        column = len(before)
        for column, declared in enumerate(fields.values(), len(before)):
            look = self.pen.format("required" if declared.required else "heading")
            sheet.write_string(0, column, _heading(declared), look)
            sheet.write_comment(0, column, _note(declared), {"x_scale": 1.6})
            kind = declared.kind if declared.kind in {"date", "whole", "money"} else "text"
            sheet.set_column(column, column, _WIDTHS.get(declared.kind, 22), self.pen.format(kind))
            self.pen.choose(sheet, column, declared, rows)
        if DEMONSTRATION in marks:
            sheet.write_string(0, column + 1, DEMONSTRATION, self.pen.format("heading"))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)


def _heading(declared: Field) -> str:
    """The heading of a column, with the unit its numbers are in."""
    if isinstance(declared, Money):
        return f"{declared.label}（{AMOUNTS[1]}）"
    if isinstance(declared, Count) and declared.unit:
        return f"{declared.label}（{declared.unit}）"
    return declared.label


def _note(declared: Field) -> str:
    """What the comment on a heading says."""
    inner = next(iter(declared.fields.values())) if isinstance(declared, Many) else declared
    said = ["必填" if declared.required else "选填", declared.note]
    if isinstance(declared, Many):
        said.append("可填多项，用顿号隔开")
    if isinstance(inner, Choice):
        said.append("选项：" + "、".join(inner.choices.values()))
    if isinstance(inner, Money):
        said.append("单位万元；单元格里也可写明单位，如 125000元")
    if isinstance(inner, Date):
        said.append("如 2024-05-21 或 2024年5月21日")
    if isinstance(inner, Place):
        said.append("省、市州或区县的名称或六位代码")
    return "。".join(one for one in said if one) + "。"
