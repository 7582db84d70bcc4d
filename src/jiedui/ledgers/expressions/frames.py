"""Turns an expression over one row into a Polars expression, for rules on sheets.

Not for measures: an aggregate is refused loudly, because figures come from a store or a snapshot.
Columns must have the types of `DTYPES`; nothing is cast.
"""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from jiedui.ledgers.expressions import tree
from jiedui.ledgers.expressions.vocabulary import ExpressionError, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    Read = Callable[[tree.Node], pl.Expr]

DTYPES: Final[dict[Kind, str]] = {
    Kind.TEXT: "String",
    Kind.WHOLE: "Int64",
    Kind.MONEY: "Int64",
    Kind.DATE: "Date",
    Kind.MOMENT: "String",
    Kind.FLAG: "Boolean",
    Kind.CHOICE: "String",
    Kind.PLACE: "String",
    Kind.REF: "Int64",
    Kind.ROWS: "Int64",
}
"""The name of the Polars type in which a column of each kind must come."""

SIGNS: Final[dict[tree.Sign, Callable[[Any, Any], Any]]] = {
    tree.Sign.EQUAL: operator.eq,
    tree.Sign.UNEQUAL: operator.ne,
    tree.Sign.LESS: operator.lt,
    tree.Sign.LESS_OR_EQUAL: operator.le,
    tree.Sign.MORE: operator.gt,
    tree.Sign.MORE_OR_EQUAL: operator.ge,
    tree.Sign.PLUS: operator.add,
    tree.Sign.MINUS: operator.sub,
    tree.Sign.TIMES: operator.mul,
}


def polars(node: tree.Node, where: str) -> pl.Expr:
    """The Polars expression of a node; raises `ExpressionError` naming `where` if it has none."""
    method = WRITERS.get(type(node))
    if method is None:
        found = node.fold if isinstance(node, tree.Aggregate) else type(node).__name__
        raise ExpressionError(where, f"polars cannot run {found}; a measure runs in SQL")
    return method(node, lambda child: polars(child, where))


def literal(node: tree.Number | tree.Words | tree.Day | tree.Truth) -> pl.Expr:
    """A literal of the type that its column would have."""
    import polars as pl

    dtypes = {tree.Number: pl.Int64, tree.Words: pl.String, tree.Day: pl.Date}
    return pl.lit(node.value, dtype=dtypes.get(type(node), pl.Boolean))


def name(node: tree.Name) -> pl.Expr:
    """A column."""
    import polars as pl

    return pl.col(node.column)


def case(node: tree.Case, read: Read) -> pl.Expr:
    """A condition that is null does not hold."""
    import polars as pl

    result = read(node.otherwise)
    for when, then in reversed(node.branches):
        result = pl.when(read(when)).then(read(then)).otherwise(result)
    return result


def coalesce(node: tree.Coalesce, read: Read) -> pl.Expr:
    """The first value that is not null."""
    import polars as pl

    return pl.coalesce([read(item) for item in node.items])


def part(node: tree.DatePart, read: Read) -> pl.Expr:
    """A part of a date, widened to 64 bits."""
    import polars as pl

    dates = read(node.item).dt
    return (dates.year() if node.part is tree.Part.YEAR else dates.month()).cast(pl.Int64)


def day_of(node: tree.DayOf, read: Read) -> pl.Expr:
    """The first ten characters of a moment, as a date."""
    return read(node.item).str.head(10).str.to_date("%Y-%m-%d")


def every(items: Iterable[pl.Expr]) -> pl.Expr:
    """False wins over null."""
    return reduce(operator.and_, items)


def either(items: Iterable[pl.Expr]) -> pl.Expr:
    """True wins over null."""
    return reduce(operator.or_, items)


def signed(node: tree.Compare | tree.Arithmetic, read: Read) -> pl.Expr:
    """Null when either side is."""
    found: pl.Expr = SIGNS[node.sign](read(node.left), read(node.right))
    return found


WRITERS: Final[dict[type[tree.Node], Callable[[Any, Read], pl.Expr]]] = {
    tree.Name: lambda node, _: name(node),
    tree.Number: lambda node, _: literal(node),
    tree.Words: lambda node, _: literal(node),
    tree.Day: lambda node, _: literal(node),
    tree.Truth: lambda node, _: literal(node),
    tree.Compare: signed,
    tree.Among: lambda node, read: either(read(node.item) == read(o) for o in node.options),
    tree.Absent: lambda node, read: read(node.item).is_null(),
    tree.Negation: lambda node, read: ~read(node.item),
    tree.Every: lambda node, read: every(map(read, node.items)),
    tree.Either: lambda node, read: either(map(read, node.items)),
    tree.Case: case,
    tree.Coalesce: coalesce,
    tree.Arithmetic: signed,
    tree.Days: lambda node, read: (read(node.until) - read(node.since)).dt.total_days(),
    tree.DatePart: part,
    tree.DayOf: day_of,
    tree.Starts: lambda node, read: read(node.item).str.starts_with(node.prefix.value),
}
"""How each node but an aggregate is written; a test holds it complete."""
