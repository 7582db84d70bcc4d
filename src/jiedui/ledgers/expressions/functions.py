"""Reads arithmetic, case, coalesce, our functions and the aggregates.

Not a table of SQL's functions: a function without a reader here does not exist.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions import tree, words
from jiedui.ledgers.expressions.sorts import (
    NUMBERS,
    ORDERED,
    Sorted,
    meet,
    meet_all,
    need,
    within,
)
from jiedui.ledgers.expressions.vocabulary import LARGEST_SUM, ExpressionError, Kind, not_part

if TYPE_CHECKING:
    from sqlglot import exp

    from jiedui.ledgers.expressions.reader import Reader

DATES: Final = frozenset({Kind.DATE})
MOMENTS: Final = frozenset({Kind.MOMENT})
PREFIXED: Final = frozenset({Kind.TEXT, Kind.PLACE})
SIGNS: Final = {"Add": tree.Sign.PLUS, "Sub": tree.Sign.MINUS, "Mul": tree.Sign.TIMES}
FOLDS: Final = {"Sum": tree.Fold.SUM, "Min": tree.Fold.MIN, "Max": tree.Fold.MAX}
MOST_DAYS: Final = 4_000_000


def negative(reader: Reader, node: exp.Expr) -> Sorted:
    """A minus before a value; before a literal it makes a negative literal."""
    item = reader.operand(reader.arguments(node, "this")[0])
    need(item, NUMBERS, "'-'", reader.where)
    if isinstance(item.node, tree.Number):
        return replace(item, node=tree.Number(-item.node.value))
    return replace(item, node=tree.Arithmetic(tree.Sign.MINUS, tree.Number(0), item.node))


def arithmetic(reader: Reader, node: exp.Expr) -> Sorted:
    """Plus and minus of one kind; times a literal only."""
    sign = SIGNS[type(node).__name__]
    left, right = (reader.operand(part) for part in reader.arguments(node, "this", "expression"))
    for item in (left, right):
        need(item, NUMBERS, f"'{sign}'", reader.where)
    if sign is not tree.Sign.TIMES:
        met, bound = meet(left, right, reader.where), left.bound + right.bound
    elif left.literal or right.literal:
        met, bound = (right if left.literal else left), left.bound * right.bound
    else:
        raise not_part(reader.where, node.sql(), "'*' takes a whole number on one side")
    made = tree.Arithmetic(sign, left.node, right.node)
    return Sorted(made, met.kind, bound=within(bound, reader.where))


def case(reader: Reader, node: exp.Expr) -> Sorted:
    """A case with conditions and an else; its branches are of one kind."""
    if node.args.get("this"):
        raise not_part(reader.where, node.sql(), "write case when … then … else … end")
    if not node.args.get("default"):
        raise not_part(reader.where, node.sql(), "a case ends with else")
    ifs, default = reader.arguments(node, "ifs", "default")
    branches = [reader.arguments(branch, "this", "true") for branch in ifs]
    whens = [reader.flag(when, "when") for when, _ in branches]
    values = [*(reader.node(then) for _, then in branches), reader.node(default)]
    met = meet_all(values, reader.where)
    pairs = zip(whens, (item.node for item in values[:-1]), strict=True)
    return replace(met, node=tree.Case(tuple(pairs), values[-1].node))


def coalesce(reader: Reader, node: exp.Expr) -> Sorted:
    """The first value that is not null, of values of one kind.

    A value without a field is never null here, so what follows it would never be asked; Polars 2.1
    then answers with one row for all.
    """
    if not node.args.get("expressions"):
        raise not_part(reader.where, node.sql(), "coalesce takes two values or more")
    first, rest = reader.arguments(node, "this", "expressions")
    items = [reader.node(item) for item in (first, *rest)]
    for written, item in zip((first, *rest[:-1]), items, strict=False):
        if not any(isinstance(one, tree.Name | tree.Aggregate) for one in tree.walk(item.node)):
            hint = "it is never null, so what follows it is never asked"
            raise not_part(reader.where, f"coalesce({written.sql()}, …)", hint)
    met = meet_all(items, reader.where)
    return replace(met, node=tree.Coalesce(tuple(item.node for item in items)))


def part(reader: Reader, node: exp.Expr) -> Sorted:
    """The year or month of a date."""
    item = reader.node(reader.arguments(node, "this")[0])
    taken = tree.Part(type(node).__name__.lower())
    need(item, DATES, f"{taken}()", reader.where)
    return Sorted(tree.DatePart(taken, item.node), Kind.WHOLE, bound=9999)


def day(reader: Reader, node: exp.Expr) -> Sorted:
    """The day of a moment."""
    item = need(reader.node(reader.arguments(node, "this")[0]), MOMENTS, "day()", reader.where)
    return Sorted(tree.DayOf(item.node), Kind.DATE)


def ours(reader: Reader, node: exp.Expr) -> Sorted:
    """The functions that only Jiedui has."""
    called = node.name.lower()
    parts = node.expressions
    if called not in {"days", "starts"}:
        raise not_part(reader.where, node.name, f"the functions are {', '.join(words.FUNCTIONS)}")
    if len(parts) != 2:
        raise ExpressionError(reader.where, f"{called} takes two values, and here are {len(parts)}")
    first, second = (reader.node(item) for item in parts)
    return (days if called == "days" else starts)(reader, first, second)


def days(reader: Reader, since: Sorted, until: Sorted) -> Sorted:
    """The days from one date to another."""
    for item in (since, until):
        need(item, DATES, "days()", reader.where)
    return Sorted(tree.Days(since.node, until.node), Kind.WHOLE, bound=MOST_DAYS)


def starts(reader: Reader, item: Sorted, prefix: Sorted) -> Sorted:
    """A text, or the code of a place, that begins with a literal."""
    need(item, PREFIXED, "starts()", reader.where)
    if not isinstance(prefix.node, tree.Words):
        raise ExpressionError(reader.where, "starts() takes a text in quotes as the second value")
    if item.kind is Kind.PLACE and not re.fullmatch("[0-9]{1,6}", prefix.node.value):
        message = f"'{prefix.node.value}' is not the beginning of a place's six digits"
        raise ExpressionError(reader.where, message)
    return Sorted(tree.Starts(item.node, prefix.node), Kind.FLAG)


def filtered(reader: Reader, node: exp.Expr) -> Sorted:
    """An aggregate over some of the rows."""
    folded, where = reader.arguments(node, "this", "expression")
    found = reader.node(folded)
    if not isinstance(found.node, tree.Aggregate) or type(where).__name__ != "Where":
        raise not_part(reader.where, node.sql(), "filter follows sum, count, min or max")
    reader.inside = True
    condition = reader.flag(reader.arguments(where, "this")[0], "filter")
    reader.inside = False
    return replace(found, node=replace(found.node, where=condition))


def fold(reader: Reader, node: exp.Expr) -> Sorted:
    """Sum, min and max, of what every engine orders alike."""
    kind = FOLDS[type(node).__name__]
    item = folded(reader, node, reader.arguments(node, "this")[0])
    allowed = NUMBERS if kind is tree.Fold.SUM else ORDERED
    need(item, allowed, f"{kind}()", reader.where)
    bound = LARGEST_SUM if kind is tree.Fold.SUM else item.bound
    return Sorted(tree.Aggregate(kind, item.node), item.kind, bound=bound)


def count(reader: Reader, node: exp.Expr) -> Sorted:
    """A count of rows, of values, or of distinct values."""
    item = reader.arguments(node, "this", ignore=("big_int",))[0]
    if type(item).__name__ == "Star":
        folded(reader, node, None)
        return Sorted(tree.Aggregate(tree.Fold.COUNT, None), Kind.WHOLE)
    kind = tree.Fold.COUNT
    if type(item).__name__ == "Distinct":
        kind, values = tree.Fold.COUNT_DISTINCT, reader.arguments(item, "expressions")[0]
        if len(values) != 1:
            raise not_part(reader.where, node.sql(), "count(distinct …) takes one value")
        item = values[0]
    return Sorted(tree.Aggregate(kind, folded(reader, node, item).node), Kind.WHOLE)


def folded(reader: Reader, node: exp.Expr, item: exp.Expr | None) -> Sorted:
    """What an aggregate takes of each row; an aggregate stands in a measure, and not in another."""
    called = type(node).__name__.lower()
    if not reader.aggregate:
        hint = "a rule looks at one row; many rows belong in a measure"
        raise not_part(reader.where, called, hint)
    if reader.inside:
        raise not_part(reader.where, node.sql(), "an aggregate takes rows, not aggregates")
    reader.aggregates += 1
    if item is None:
        return Sorted(tree.Truth(value=True), Kind.FLAG)
    reader.inside = True
    found = reader.node(item)
    reader.inside = False
    return found


READERS: Final = {
    "Neg": negative,
    "Add": arithmetic,
    "Sub": arithmetic,
    "Mul": arithmetic,
    "Case": case,
    "Coalesce": coalesce,
    "Year": part,
    "Month": part,
    "Day": day,
    "Anonymous": ours,
    "Filter": filtered,
    "Sum": fold,
    "Min": fold,
    "Max": fold,
    "Count": count,
}
"""The reader of each of sqlglot's nodes that is arithmetic or a function."""
