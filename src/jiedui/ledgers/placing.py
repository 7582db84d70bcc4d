"""Cells that name places, read once for each span of days in which no place begins or ends.

Not for what a cell means: the caller says that of each.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from jiedui.ledgers.different import different
from jiedui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from jiedui.ledgers.values import Value

    Ask: TypeAlias = Callable[[str, date | None, str | None], Value | Problem]

__all__ = ["read_places"]


def read_places(
    cells: pl.Series, days: pl.Series | None, near: pl.Series | None, ask: Ask
) -> tuple[list[Value | Problem], pl.Series]:
    """What each different cell is read as, and the number of its own for every cell.

    `days` and `near` are the day and the place of each cell's entry. Between two days on which no
    place begins or ends a text means the same place; only what is wrong with one may name the
    day, so that is asked for each day.
    """
    import polars as pl

    raws, numbers = different(cells)
    nothing = pl.Series("on", [None], dtype=pl.Date).new_from_index(0, cells.len())
    on = nothing if days is None else days.alias("on")
    beside = pl.DataFrame({"raw": numbers}).with_columns(
        on, _spans(on), (nothing.cast(pl.String) if near is None else near).alias("near")
    )
    texts = raws.to_list()

    def asked(keys: pl.DataFrame) -> list[Value | Problem]:
        rows = keys.select("raw", "on", "near").iter_rows()
        return [ask(texts[raw], day, place) for raw, day, place in rows]

    found, number = _grouped(beside, ("raw", "span", "near"), asked)
    faulty = [i for i, one in enumerate(found) if isinstance(one, Problem)]
    if not faulty:
        return found, number
    rows = number.is_in(faulty).arg_true()
    told, own = _grouped(beside[rows], ("raw", "on", "near"), asked)
    return [*found, *told], number.scatter(rows, own + len(found))


def _spans(days: pl.Series) -> pl.Series:
    """For each day the number of the span of time in which the places stay as they are."""
    import polars as pl

    from jiedui import places

    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return pl.Series("span", [None], dtype=pl.UInt32).new_from_index(0, days.len())
    every = pl.date_range(first, last, eager=True).to_list()
    numbers = [bisect_right(places.borders(), day) for day in every]
    since = (days.to_physical() - (first - date(1970, 1, 1)).days).cast(pl.UInt32)
    return pl.Series("span", numbers, dtype=pl.UInt32).gather(since)


def _grouped(
    beside: pl.DataFrame,
    by: Sequence[str],
    ask: Callable[[pl.DataFrame], list[Value | Problem]],
) -> tuple[list[Value | Problem], pl.Series]:
    """What is said of each different combination, and the number of its own for every row."""
    by = [name for name in by if name == "raw" or beside[name].null_count() < beside.height]
    keys = beside.unique(by, keep="first", maintain_order=True)
    numbered = keys.select(by).with_row_index("number")
    joined = beside.select(by).join(
        numbered, on=by, how="left", nulls_equal=True, maintain_order="left"
    )
    return ask(keys), joined["number"]
