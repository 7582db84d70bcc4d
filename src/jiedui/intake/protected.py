"""What stands for a protected name in our own files, and what is said of it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW
from jiedui.problems import problem

if TYPE_CHECKING:
    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Layout
    from jiedui.problems import Problem

__all__ = ["PROTECTED", "protected"]

PROTECTED = "（已保护）"


def protected(entries: pl.DataFrame, layout: Layout, sheet: Sheet) -> list[Problem]:
    """Cells of our own csv in which a name is hidden: they say nothing and change nothing."""
    if not layout.ours:
        return []
    return [
        problem("name-is-protected", sheet.at(column.letter, row))
        for path, column in layout.fields.items()
        if declared(layout.ledger, path).person
        for row, text in entries.select(ROW, column.letter).iter_rows()
        if text == PROTECTED
    ]
