"""Writes one typed cell, one heading, one drop-down of a workbook.

Not for where they stand: that is `writing`. Words bear a quote before them (quotePrefix), which
every program takes for words, whatever they begin with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jiedui.intake.book import letters
from jiedui.intake.layout import OPTIONS
from jiedui.intake.texts import words_of
from jiedui.ledgers.show import FEN_PER_WAN, is_month
from jiedui.ledgers.words import Choice, Count, Field, Flag, Moment, Money, Ref
from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from jiedui.ledgers import Value

__all__ = ["Pen", "SheetFullError"]

_FIRST_DAY = date(1900, 3, 1)  # before it Excel and the calendar disagree
_EXACT = 10**15  # a number cell keeps fifteen digits
# What a person must fill, may fill, and what the store fills.
_HEADINGS: dict[str, dict[str, Any]] = {
    "required": {"font_color": "#9C1C1C"},
    "heading": {},
    "kept": {"font_color": "#596267", "italic": True, "bold": False},
}
_INLINE = 255  # what a drop-down may hold without a sheet of its own


class SheetFullError(JieduiError):
    """More rows than a sheet has, or a cell longer than one may be: csv takes them."""


@dataclass(slots=True)
class Pen:
    """Writes one typed cell, one heading, one drop-down."""

    book: Workbook
    options: Mapping[str, Sequence[str]]
    label: Callable[[str, int], str] | None
    formats: dict[str, Format] = field(default_factory=dict)
    lists: list[Sequence[str]] = field(default_factory=list)

    def format(self, kind: str) -> Format:
        """How cells of a kind look; words bear a quote, which keeps them words."""
        if kind not in self.formats:
            look: dict[str, Any] = {"valign": "top"}
            numbers = {
                "date": "yyyy-mm-dd",
                "month": "yyyy-mm",
                "moment": "yyyy-mm-dd hh:mm",
                "whole": "0",
                "money": "#,##0.00####",
            }
            if kind in _HEADINGS:
                look |= {"bold": True, "bg_color": "#E7ECEF", "border": 1, "text_wrap": True}
                look |= {"quote_prefix": True, **_HEADINGS[kind]}
            elif kind in numbers:
                look["num_format"] = numbers[kind]
            else:
                look |= {"num_format": "@", "quote_prefix": True}
            self.formats[kind] = self.book.add_format(look)
        return self.formats[kind]

    def words(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Write words as words; raises `SheetFullError` where there is no room for them."""
        if sheet.write_string(row, column, text, self.format("text")):
            message = f"row {row + 1} takes no {len(text)} characters"
            raise SheetFullError(message)

    def cell(
        self, sheet: Worksheet, row: int, column: int, declared: Field, value: Value, on: object
    ) -> None:
        """Write a value as the typed cell it is read back from."""
        kind = declared.kind
        exact = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT
        if isinstance(declared, Money) and isinstance(value, int) and exact:
            sheet.write_number(row, column, value / FEN_PER_WAN, self.format(kind))
        elif isinstance(declared, Count) and isinstance(value, int) and exact:
            sheet.write_number(row, column, value, self.format(kind))
        elif isinstance(value, date) and value >= _FIRST_DAY:
            look = self.format("month" if is_month(declared) else kind)
            sheet.write_datetime(row, column, value, look)
        elif isinstance(declared, Moment) and (moment := _sheet_moment(value)):
            sheet.write_datetime(row, column, moment, self.format(kind))
        else:
            self.words(sheet, row, column, words_of(declared, value, on, self.label))

    def choose(self, sheet: Worksheet, column: int, declared: Field, rows: int) -> None:
        """Offer the options of a field as a drop-down below its heading."""
        offered: Sequence[str] = ()
        if isinstance(declared, Choice):
            offered = list(declared.choices.values())
        elif isinstance(declared, Flag):
            offered = ("是", "否")
        elif isinstance(declared, Ref):
            offered = self.options.get(declared.to, ())
        if not offered:
            return
        source: Any = list(offered)
        if len(",".join(offered)) > _INLINE or any("," in one for one in offered):
            self.lists.append(offered)
            letter = letters(len(self.lists))
            source = f"='{OPTIONS}'!${letter}$1:${letter}${len(offered)}"
        sheet.data_validation(1, column, rows, column, {
            "validate": "list", "source": source, "error_title": "不在选项之内",
            "error_message": f"“{declared.label}”请从下拉框中选。",
        })  # fmt: skip

    def finish(self) -> None:
        """Write the lists that are too long for a drop-down on a hidden sheet of their own."""
        if not self.lists:
            return
        sheet = self.book.add_worksheet(OPTIONS)
        sheet.hide()
        for column, offered in enumerate(self.lists):
            for row, text in enumerate(offered):
                self.words(sheet, row, column, text)


def _sheet_moment(value: Value) -> datetime | None:
    """A moment for a typed cell; none at midnight, when a sheet shows a day without a time."""
    moment = datetime.fromisoformat(str(value))
    at_midnight = not (moment.hour or moment.minute)
    return None if at_midnight or moment.date() < _FIRST_DAY else moment
