"""Totals of an entry's child rows, worked out as the rows are read and never typed.

Not a figure: a measure adds the totals of many entries (`indicators`). What a row leaves open is
left out of the total, and a total of nothing is empty and not nought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.expressions import LARGEST
from jiedui.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Values
    from jiedui.ledgers.words import Field
    from jiedui.problems import Problem

__all__ = ["totals"]


def totals(
    ledger: type[Ledger], children: Mapping[str, Sequence[tuple[Values, ...]]]
) -> Iterator[tuple[str, pl.Series, dict[int, Problem]]]:
    """Each field that is a total, its column, and the rows whose total no number may be."""
    import polars as pl

    for name, field in ledger.fields.items():
        if not field.total_of:
            continue
        of, _, child = field.total_of.partition(".")
        sums = [_total(rows, child) for rows in children[of]]
        beyond = {row: _fault(field, n) for row, n in enumerate(sums) if n and n > LARGEST}
        kept = [None if row in beyond else n for row, n in enumerate(sums)]
        yield name, pl.Series(name, kept, dtype=pl.Int64), beyond


def _total(rows: Sequence[Values], child: str) -> int | None:
    numbers = [number for row in rows if isinstance(number := row.get(child), int)]
    return sum(numbers) if numbers else None


def _fault(field: Field, found: int) -> Problem:
    return problem("number-out-of-range", None, str(found), label=field.label, low=0, high=LARGEST)
