"""Reads the parts of an expression that are true, false or null.

Not the parts that are values: see `values`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions import tree
from jiedui.ledgers.expressions.sorts import ORDERED, Sorted, meet, need
from jiedui.ledgers.expressions.vocabulary import Kind, not_part

if TYPE_CHECKING:
    from sqlglot import exp

    from jiedui.ledgers.expressions.reader import Reader

COMPARISONS: Final = {
    "EQ": tree.Sign.EQUAL,
    "NEQ": tree.Sign.UNEQUAL,
    "LT": tree.Sign.LESS,
    "LTE": tree.Sign.LESS_OR_EQUAL,
    "GT": tree.Sign.MORE,
    "GTE": tree.Sign.MORE_OR_EQUAL,
}


def compare(reader: Reader, node: exp.Expr) -> Sorted:
    """Two values of one kind; an order only where all engines agree on it."""
    left, right = (reader.operand(part) for part in reader.arguments(node, "this", "expression"))
    return compared(reader, COMPARISONS[type(node).__name__], left, right)


def compared(reader: Reader, sign: tree.Sign, left: Sorted, right: Sorted) -> Sorted:
    """A checked comparison."""
    met = meet(left, right, reader.where)
    if sign not in {tree.Sign.EQUAL, tree.Sign.UNEQUAL}:
        need(met, ORDERED, f"'{sign}'", reader.where)
    return Sorted(tree.Compare(sign, left.node, right.node), Kind.FLAG)


def between(reader: Reader, node: exp.Expr) -> Sorted:
    """Two comparisons, so that null answers the same everywhere."""
    parts = reader.arguments(node, "this", "low", "high")
    item, low, high = (reader.operand(part) for part in parts)
    least = compared(reader, tree.Sign.MORE_OR_EQUAL, item, low)
    most = compared(reader, tree.Sign.LESS_OR_EQUAL, item, high)
    return Sorted(tree.Every((least.node, most.node)), Kind.FLAG)


def among(reader: Reader, node: exp.Expr) -> Sorted:
    """A value and a list of literals."""
    if not node.args.get("expressions"):
        raise not_part(reader.where, node.sql(), "write a list of literals after in")
    item, options = reader.arguments(node, "this", "expressions")
    this, nodes = reader.operand(item), []
    for option in options:
        found = reader.node(option)
        if not isinstance(found.node, tree.Number | tree.Words | tree.Day):
            raise not_part(reader.where, option.sql(), "write a list of literals after in")
        meet(this, found, reader.where)
        nodes.append(found.node)
    return Sorted(tree.Among(this.node, tuple(nodes)), Kind.FLAG)


def absent(reader: Reader, node: exp.Expr) -> Sorted:
    """Is null, and no other is."""
    item, null = reader.arguments(node, "this", "expression")
    if type(null).__name__ != "Null":
        raise not_part(reader.where, node.sql(), "write is null or is not null")
    return Sorted(tree.Absent(reader.operand(item).node), Kind.FLAG)


def negation(reader: Reader, node: exp.Expr) -> Sorted:
    """Not."""
    item = reader.flag(reader.arguments(node, "this")[0], "not")
    return Sorted(tree.Negation(item), Kind.FLAG)


def junction(reader: Reader, node: exp.Expr) -> Sorted:
    """And, or; a chain of the same becomes one node."""
    made, word = (tree.Every, "and") if type(node).__name__ == "And" else (tree.Either, "or")
    items: list[tree.Node] = []
    for part in chain(reader, node, type(node).__name__):
        item = reader.flag(part, word)
        items.extend(item.items if isinstance(item, made) else (item,))
    return Sorted(made(tuple(items)), Kind.FLAG)


def chain(reader: Reader, node: exp.Expr, name: str) -> list[exp.Expr]:
    """The links of a chain, which sqlglot nests to the left."""
    links = []
    while type(node).__name__ == name:
        node, right = reader.arguments(node, "this", "expression")
        links.append(right)
    return [node, *reversed(links)]


READERS: Final = {
    **dict.fromkeys(COMPARISONS, compare),
    "Between": between,
    "In": among,
    "Is": absent,
    "Not": negation,
    "And": junction,
    "Or": junction,
}
"""The reader of each of sqlglot's nodes that is true, false or null."""
