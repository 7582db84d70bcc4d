"""What stands beside the entries of a sheet: totals, and what is said of rows and sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.layout import OWN_SHEETS, ROW
from jiedui.intake.signs import is_filled
from jiedui.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import polars as pl

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.layout import Layout
    from jiedui.intake.rows import Parted
    from jiedui.problems import Problem

__all__ = ["TOTAL", "Total", "remarks_of", "totals_of", "unread"]

_NAMED = 10
_SUM = r"(?:合\s*计|总\s*计|共\s*计|小\s*计|累\s*计|总\s*数)"
TOTAL = rf"^\s*(?:.{{0,10}}{_SUM}\s*(?:[(（:：].*)?|其\s*中\s*(?:[:：].*)?)$"


@dataclass(frozen=True, slots=True)
class Total:
    """A row of totals: where it stands, its cells by field, and the entries it adds up.

    `upto` is the number of entries above it. A subtotal adds those since the one before; what
    else stands before 合计 (夏河县合计) does not say whether it is one, and `either` will do.
    """

    row: int
    sub: bool
    either: bool
    upto: int
    cells: Mapping[str, str]


def totals_of(totals: pl.DataFrame, layout: Layout, rows: Sequence[int]) -> tuple[Total, ...]:
    """The rows of totals with the entries (in `rows`) that each adds up."""
    found = []
    for cells in totals.iter_rows(named=True):
        row = cells.pop(ROW)
        texts = {path: text for path, one in layout.fields.items() if (text := cells[one.letter])}
        label = next(text for text in cells.values() if text and re.match(TOTAL, text))
        words = re.sub(r"\s|[(（:：].*", "", label)
        # 累计 adds up what other sheets hold, too; 其中 is a part of what stands above it.
        stated = {} if "累" in words or words.startswith("其中") else texts
        sub = words.endswith("小计") or words.startswith("本页")
        either = not sub and len(words) > 2
        found.append(Total(row, sub, either, sum(one < row for one in rows), stated))
    return tuple(found)


def remarks_of(sheet: Sheet, layout: Layout, rows: Parted) -> list[Problem]:
    """What is said of a sheet's hidden and merged rows and of those that are no entries."""
    found = []
    if sheet.hidden:
        found.append(problem("hidden-sheet", sheet=sheet.name))
    if hidden := [row for row in sheet.hidden_rows if row >= layout.first_row]:
        place = sheet.at("A", hidden[0])
        found.append(problem("hidden-rows", place, count=len(hidden), row=hidden[0]))
    spans = [
        one
        for one in sheet.merged
        if one.bottom > max(one.top, layout.first_row) and not is_filled(one, layout)
    ]
    if spans:
        place = sheet.at("A", min(one.top for one in spans))
        found.append(problem("merged-rows", place, count=len(spans)))
    for code, numbers in (
        ("total-not-loaded", rows.totals[ROW]),
        ("remark-not-loaded", rows.remarks[ROW]),
        ("section-not-loaded", rows.sections),
        ("heading-repeated", rows.repeated),
    ):
        if len(numbers):
            shown = listed(str(row) for row in numbers[:_NAMED])
            found.append(problem(code, sheet.at("A", numbers[0]), rows=shown))
    if rows.beyond:
        place = sheet.at("A", rows.beyond[0])
        heads = listed(rows.headed[:_NAMED])
        found.append(problem("second-table", place, count=len(rows.beyond), headings=heads))
    return [*found, *_unheaded(sheet, layout)]


def _unheaded(sheet: Sheet, layout: Layout) -> list[Problem]:
    """What is said of columns that hold something below the headings and have none themselves."""
    headed = {one.letter for one in layout.columns}
    below = sheet.cells.slice(layout.first_row - 1)
    found = {
        column.name: row
        for column in below
        if column.name not in headed
        and (row := column.str.contains(r"\S").fill_null(value=False).arg_max()) is not None
        and (column[row] or "").strip()
    }
    if not found:
        return []
    letter, first = min(found.items(), key=lambda one: one[1])
    names = "、".join(list(found)[:_NAMED])
    row = layout.first_row + first
    return [problem("cells-without-heading", sheet.at(letter, row), columns=names, row=row)]


def unread(
    book: Book, layout: Layout, children: Sequence[Layout], others: Collection[str]
) -> list[Problem]:
    """What is said of those of the `others` among the sheets that were not read."""
    read = {layout.sheet, *OWN_SHEETS, *(one.sheet for one in children)}
    return [
        problem("sheet-not-read", sheet=sheet.name)
        for sheet in book.sheets
        if sheet.name in others and sheet.name not in read and sheet.cells.height
    ]
