"""Rows that head a section of the table: 一 产业类 320, （二）桑科镇, a town alone in its row.

Not for totals below what they add up, nor for notes: those are `rows`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW

if TYPE_CHECKING:
    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Layout

__all__ = ["WORDED", "level_of", "sections"]

# A number of a row is in digits; one with words in it is none.
WORDED = r"[\u4e00-\u9fff]"
_LEAST = 3
_CHINESE = r"^\s*[（(]?\s*[一二三四五六七八九十]{1,3}\s*(?:[)）、.．]|$)"
_DIGITS = r"^\s*[0-9０-９]{1,4}\s*[.、．]?\s*$"


def sections(body: pl.DataFrame, layout: Layout, sheet: Sheet) -> list[int]:
    """The numbers of the rows that head a section.

    With words for a number and nothing else; with one cell, merged over the table; or, among rows
    numbered in digits, numbered 一 and without what every entry must have.
    """
    import polars as pl

    letters = [name for name in body.columns if name != ROW]
    alone = pl.sum_horizontal(_holds(pl.col(one)).cast(pl.Int32) for one in letters) == 1
    found = alone & pl.col(ROW).is_in(_across(sheet, len(letters)))
    if number := layout.marked("number"):
        cell = pl.col(number.letter)
        found |= alone & cell.str.contains(WORDED)
        if body[number.letter].str.contains(_DIGITS).any():
            found |= cell.str.contains(_CHINESE) & ~_complete(layout)
    return list(body.filter(found.fill_null(value=False))[ROW])


def level_of(label: str) -> int:
    """How deep a section is by the first cell of its row: 一 is 1, （一） 2, a name alone 3.

    >>> level_of("一、产业类"), level_of("（二）桑科镇"), level_of("桑科镇")
    (1, 2, 3)
    """
    if not re.match(_CHINESE, label):
        return 3
    return 2 if label.lstrip().startswith(("（", "(")) else 1


def _across(sheet: Sheet, columns: int) -> list[int]:
    """The rows that hold a range merged over half of the columns or more."""
    least = max(_LEAST, columns // 2)
    return [
        one.top
        for one in sheet.merged
        if one.top == one.bottom and one.right - one.left + 1 >= least
    ]


def _complete(layout: Layout) -> pl.Expr:
    """Whether a row has what every entry must have, so far as the sheet has columns for it."""
    import polars as pl

    needed = (
        column.letter
        for path, column in layout.fields.items()
        if declared(layout.ledger, path).required and "." not in path
    )
    return pl.all_horizontal(pl.lit(value=True), *(_holds(pl.col(one)) for one in needed))


def _holds(cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(r"\S").fill_null(value=False)
