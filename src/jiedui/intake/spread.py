"""The rows of a sheet over which months or options stand, as an entry for each cell that holds one.

Not for telling which columns those are: that is `across`. A blank cell, and a nought, is no entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.children import united
from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW, UNIT
from jiedui.ledgers.words import Money
from jiedui.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Column, Layout
    from jiedui.problems import Problem

__all__ = ["Spread", "spread"]

_NOUGHT = re.compile(r"0+(?:[.]0+)?")
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """The rows, each as often as it has entries, and what each entry is of (`at`, or nothing).

    `more` are the fields that no column of its own brings, entry by entry.
    """

    entries: pl.DataFrame
    extra: pl.DataFrame
    more: tuple[pl.Series, ...]
    at: tuple[str, ...] = ()
    said: tuple[Problem, ...] = ()


def spread(
    every: pl.DataFrame,
    extra: pl.DataFrame,
    more: Sequence[pl.Series],
    layout: Layout,
    sheet: Sheet,
) -> Spread:
    """The rows with an entry for each month or option that has a number.

    `extra` are their cells that no field takes, `more` fields without a column: both go with them.
    """
    if not layout.wide:
        return Spread(every, extra, tuple(more))
    import polars as pl

    cells = {one: _cells(every, one, layout) for one in layout.wide}
    order = list(dict.fromkeys(one.at for one in layout.wide))
    held = [
        (n, at)
        for n in range(every.height)
        for at in order
        if any(texts[n] is not None for one, texts in cells.items() if one.at == at)
    ]
    rows = [n for n, _ in held]
    paths = dict.fromkeys(one.field for one in layout.wide)
    by = {(one.field, one.at): texts for one, texts in cells.items()}
    brought = [one.gather(rows) for one in more]
    brought.append(pl.Series(layout.across, [at for _, at in held], dtype=pl.String))
    for path in paths:
        texts = [by[path, at][n] if (path, at) in by else None for n, at in held]
        brought.append(pl.Series(path, texts, dtype=pl.String))
    left = every[sorted(set(range(every.height)) - set(rows))][ROW].to_list()
    return Spread(
        every[rows],
        extra[rows] if extra.width else extra,
        tuple(brought),
        tuple(at for _, at in held),
        tuple(_left(left, layout, sheet)),
    )


def _left(rows: list[int], layout: Layout, sheet: Sheet) -> list[Problem]:
    """What is said of rows without a number in any of the columns."""
    if not rows:
        return []
    place = sheet.at(layout.wide[0].letter, rows[0])
    shown = listed(str(row) for row in rows[:_NAMED])
    return [problem("row-without-numbers", place, count=len(rows), rows=shown)]


def _cells(every: pl.DataFrame, column: Column, layout: Layout) -> list[str | None]:
    """The cells of a column, amounts with the unit of their heading or of their row."""
    cells = every[column.letter]
    if isinstance(declared(layout.ledger, column.field), Money):
        stated = layout.marked(UNIT)
        unit = column.unit or (every[stated.letter] if stated else None)
        cells = cells if unit is None else united(cells, unit)
    return [
        None if text is None or not text.strip() or _NOUGHT.fullmatch(bare.strip()) else text
        for text, bare in zip(cells, every[column.letter].fill_null(""), strict=True)
    ]
