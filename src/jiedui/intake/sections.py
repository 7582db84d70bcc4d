"""Rows that head a section of the table: 一 产业类 320, （二）桑科镇, a town alone in its row.

Not for totals below what they add up, nor for notes: those are `rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW

if TYPE_CHECKING:
    import polars as pl

    from jiedui.intake.layout import Layout

__all__ = ["WORDED", "sections"]

# A number of a row is in digits; one with words in it is none.
WORDED = r"[\u4e00-\u9fff]"
_ROMAN = r"^\s*[（(]?\s*[一二三四五六七八九十]{1,3}\s*(?:[)）、.．]|$)"
_DIGITS = r"^\s*[0-9０-９]{1,4}\s*[.、．]?\s*$"


def sections(body: pl.DataFrame, layout: Layout) -> list[int]:
    """The numbers of the rows that head a section.

    With words for a number and nothing else; or, among rows numbered in digits, numbered 一 and
    without what every entry must have.
    """
    import polars as pl

    number = layout.marked("number")
    if number is None:
        return []
    cells = body[number.letter]
    others = [name for name in body.columns if name not in {ROW, number.letter}]
    needed = [
        column.letter
        for path, column in layout.fields.items()
        if declared(layout.ledger, path).required and "." not in path
    ]
    found = ~pl.any_horizontal(_holds(pl.col(one)) for one in others)
    found &= pl.col(number.letter).str.contains(WORDED)
    if cells.str.contains(_DIGITS).any():
        lacking = ~pl.all_horizontal(_holds(pl.col(one)) for one in needed)
        found |= lacking & pl.col(number.letter).str.contains(_ROMAN)
    return list(body.filter(found.fill_null(value=False))[ROW])


def _holds(cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(r"\S").fill_null(value=False)
