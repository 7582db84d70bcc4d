"""Cells that no field takes, kept by their heading, but for what looks like a person's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.personal import looks_personal
from jiedui.problems import problem

if TYPE_CHECKING:
    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Layout
    from jiedui.problems import Problem

__all__ = ["extra_cells"]

_MAYBE = r"[0-9０-９][0-9０-９Xx +\-]{9,}"
_KEPT = {"unknown", "chosen"}


def extra_cells(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, list[Problem]]:
    """The frame of such cells, by heading, and a remark for every column that lost a value."""
    import polars as pl

    columns: dict[str, pl.Series] = {}
    said: list[Problem] = []
    for column in layout.columns:
        if column.left not in _KEPT or column.mark:
            continue
        cells = entries[column.letter]
        rows = cells.str.contains(_MAYBE).fill_null(value=False).arg_true()
        found = {row: what for row in rows if (what := looks_personal(cells[row]))}
        if found:
            nothing = pl.Series([None] * len(found), dtype=pl.String)
            cells = cells.clone().scatter(list(found), nothing)
            what = next(iter(found.values()))
            place = sheet.at(column.letter, layout.heading_row)
            said.append(problem("personal-value-dropped", place, heading=column.heading,
                                count=len(found), what=what))  # fmt: skip
        name = (
            column.heading if column.heading not in columns else f"{column.heading} {column.letter}"
        )
        columns[name] = cells.alias(name)
    return pl.DataFrame(list(columns.values())), said
