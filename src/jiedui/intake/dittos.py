"""Cells that say 同上 or bear its mark: what the entry above has in that column.

Each column in which they are taken so is said. One with nothing above it stays as it is, and where
words are asked for, which would take it, it is a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW
from jiedui.ledgers.words import Many, Text
from jiedui.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Layout
    from jiedui.problems import Problem

__all__ = ["dittoed", "of_nothing"]

_DITTO = r"^\s*(?:[(（]?同\s*上[)）]?|〃|″|\x22|”|“)\s*$"


def dittoed(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, list[Problem]]:
    """The entries with what is meant in such cells of columns that are read, and what is said."""
    import polars as pl

    said: list[Problem] = []
    for path, column in layout.read:
        cells = entries[column.letter]
        at = cells.str.contains(_DITTO).fill_null(value=False)
        if not at.any():
            continue
        # What is itself blank is nothing to repeat, so blanks must not be reached over.
        written = pl.when(~at).then(cells.fill_null(""))
        above = pl.select(written.forward_fill()).to_series()
        filled = at & (above.str.strip_chars() != "").fill_null(value=False)
        if not filled.any():
            continue
        entries = entries.with_columns(above.zip_with(filled, cells).alias(column.letter))
        rows = filled.arg_true()
        label, sign = declared(layout.ledger, path).label, cells[rows[0]].strip()
        place = sheet.at(column.letter, entries[ROW][rows[0]])
        said.append(problem("ditto-filled", place, sign, label=label, count=rows.len(), sign=sign))
    return entries, said


def of_nothing(entries: pl.DataFrame, layout: Layout, sheet: Sheet) -> Iterator[Problem]:
    """Such cells that are left among words, where they would be read as words."""
    for path, column in () if layout.ours else layout.fields.items():
        field = declared(layout.ledger, path)
        words = isinstance(field, Text) or (isinstance(field, Many) and field.single)
        at = entries[column.letter].str.contains(_DITTO).fill_null(value=False) if words else None
        for i in () if at is None else at.arg_true():
            place = sheet.at(column.letter, entries[ROW][i])
            yield problem("ditto-of-nothing", place, label=field.label)
