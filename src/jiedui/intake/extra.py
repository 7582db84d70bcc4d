"""Cells that no field takes, kept by their heading, but for what looks like a person's number.

And whether such a number stands anywhere in the workbook, where nobody reads it either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake.headings import is_personal
from jiedui.intake.layout import OWN_SHEETS
from jiedui.ledgers.personal import looks_personal
from jiedui.problems import problem

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.layout import Column, Layout
    from jiedui.problems import Problem

__all__ = ["extra_cells", "is_extra", "persons_anywhere", "without_numbers"]

# A person's number has ten signs at least.
_MAYBE = r"[0-9０-９][0-9０-９Xx +\-]{9,}"
_SHORTEST = 10
_KEPT = {"unknown", "chosen", "other", "unlike"}
# Where headings may stand in a sheet that nobody lays out: a title and some lines above them.
_HEADINGS = 30


def extra_cells(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, list[Problem]]:
    """The frame of such cells, by heading, and a remark for every column that lost a value."""
    import polars as pl

    columns: dict[str, pl.Series] = {}
    said: list[Problem] = []
    for column in layout.columns:
        if not is_extra(column):
            continue
        cells, found = without_numbers(entries[column.letter])
        if found:
            what = next(iter(found.values()))
            place = sheet.at(column.letter, layout.heading_row)
            said.append(problem("personal-value-dropped", place, heading=column.heading,
                                count=len(found), what=what))  # fmt: skip
        name = (
            column.heading if column.heading not in columns else f"{column.heading} {column.letter}"
        )
        columns[name] = cells.alias(name)
    return pl.DataFrame(list(columns.values())), said


def is_extra(column: Column) -> bool:
    """Whether a column is kept though no field takes it."""
    return column.left in _KEPT and not column.mark


def without_numbers(cells: pl.Series) -> tuple[pl.Series, dict[int, str]]:
    """The cells, blank where one holds a person's number, and of which sort each of those was."""
    import polars as pl

    rows = cells.str.contains(_MAYBE).fill_null(value=False).arg_true()
    found = {row: what for row in rows if (what := looks_personal(cells[row]))}
    if not found:
        return cells, found
    nothing = pl.Series([None] * len(found), dtype=pl.String)
    return cells.clone().scatter(list(found), nothing), found


def persons_anywhere(book: Book, read: Collection[str]) -> bool:
    """Whether a workbook holds a person's number in any cell, or announces persons unread.

    Such a file is not to be kept, whichever of its sheets (`read`) was loaded.
    """
    known = {*read, *OWN_SHEETS}
    return any(
        _numbers(sheet.cells) or (sheet.name not in known and _announced(sheet.cells))
        for sheet in book.sheets
    )


def _numbers(cells: pl.DataFrame) -> bool:
    return any(
        looks_personal(text)
        for column in cells
        if (column.str.len_bytes() >= _SHORTEST).any()
        for text in column.filter(column.str.contains(_MAYBE)).unique()
    )


def _announced(cells: pl.DataFrame) -> bool:
    """Whether one of the rows that headings may stand in names what identifies a person."""
    return any(
        is_personal(text) for row in cells.head(_HEADINGS).iter_rows() for text in row if text
    )
