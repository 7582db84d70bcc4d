"""Writes an expression as SQL text: one function a node, in the dialect of an engine.

Not a general SQL writer: it knows the nodes of `tree` and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jiedui.ledgers.expressions import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiedui.ledgers.expressions.dialects import Dialect

ATOMS: Final = (
    tree.Name, tree.Number, tree.Words, tree.Day, tree.Truth, tree.Case, tree.Coalesce, tree.Days,
    tree.DatePart, tree.DayOf, tree.Starts, tree.Aggregate,
)  # fmt: skip


def write(node: tree.Node, dialect: Dialect) -> str:
    """The SQL text of a node; KeyError for a node that has no line in `WRITERS`."""
    return WRITERS[type(node)](node, dialect)


def inner(node: tree.Node, dialect: Dialect) -> str:
    """The text of an operand, in brackets unless it is an atom."""
    text = write(node, dialect)
    return text if isinstance(node, ATOMS) else f"({text})"


def value(node: tree.Node, dialect: Dialect) -> str:
    """The text of an operand whose width in bits matters."""
    text = inner(node, dialect)
    return dialect.wide(text) if isinstance(node, tree.Number) else text


def number(node: tree.Number, dialect: Dialect) -> str:
    """A number; a negative one in brackets, so that no two signs make a comment."""
    del dialect
    return str(node.value) if node.value >= 0 else f"({node.value})"


def truth(node: tree.Truth, dialect: Dialect) -> str:
    """TRUE or FALSE, which all engines know."""
    del dialect
    return "TRUE" if node.value else "FALSE"


def compare(node: tree.Compare, dialect: Dialect) -> str:
    """Two operands and a sign."""
    return f"{inner(node.left, dialect)} {node.sign} {inner(node.right, dialect)}"


def among(node: tree.Among, dialect: Dialect) -> str:
    """A value and a list of literals."""
    options = ", ".join(write(option, dialect) for option in node.options)
    return f"{inner(node.item, dialect)} IN ({options})"


def absent(node: tree.Absent, dialect: Dialect) -> str:
    """IS NULL."""
    return f"{inner(node.item, dialect)} IS NULL"


def negation(node: tree.Negation, dialect: Dialect) -> str:
    """NOT, its operand always in brackets."""
    return f"NOT ({write(node.item, dialect)})"


def every(node: tree.Every, dialect: Dialect) -> str:
    """Operands joined by AND."""
    return " AND ".join(inner(item, dialect) for item in node.items)


def either(node: tree.Either, dialect: Dialect) -> str:
    """Operands joined by OR."""
    return " OR ".join(inner(item, dialect) for item in node.items)


def case(node: tree.Case, dialect: Dialect) -> str:
    """The searched form of CASE."""
    branches = " ".join(
        f"WHEN {write(when, dialect)} THEN {value(then, dialect)}" for when, then in node.branches
    )
    return f"CASE {branches} ELSE {value(node.otherwise, dialect)} END"


def coalesce(node: tree.Coalesce, dialect: Dialect) -> str:
    """COALESCE, a function everywhere."""
    return f"COALESCE({', '.join(value(item, dialect) for item in node.items)})"


def arithmetic(node: tree.Arithmetic, dialect: Dialect) -> str:
    """Two operands and a sign."""
    return f"{value(node.left, dialect)} {node.sign} {value(node.right, dialect)}"


def aggregate(node: tree.Aggregate, dialect: Dialect) -> str:
    """An aggregate with its filter."""
    item = "*" if node.item is None else value(node.item, dialect)
    where = "" if node.where is None else f" FILTER (WHERE {write(node.where, dialect)})"
    if node.fold is tree.Fold.COUNT_DISTINCT:
        return f"COUNT(DISTINCT {item}){where}"
    text = f"{node.fold.upper()}({item}){where}"
    return dialect.total(text) if node.fold is tree.Fold.SUM else text


WRITERS: Final[dict[type[tree.Node], Callable[[Any, Dialect], str]]] = {
    tree.Name: lambda node, dialect: dialect.name(node),
    tree.Number: number,
    tree.Words: lambda node, dialect: dialect.words(node.value),
    tree.Day: lambda node, dialect: dialect.day(node.value),
    tree.Truth: truth,
    tree.Compare: compare,
    tree.Among: among,
    tree.Absent: absent,
    tree.Negation: negation,
    tree.Every: every,
    tree.Either: either,
    tree.Case: case,
    tree.Coalesce: coalesce,
    tree.Arithmetic: arithmetic,
    tree.Days: lambda node, dialect: dialect.days(
        inner(node.since, dialect), inner(node.until, dialect)
    ),
    tree.DatePart: lambda node, dialect: dialect.part(node.part, inner(node.item, dialect)),
    tree.DayOf: lambda node, dialect: dialect.day_of(inner(node.item, dialect)),
    tree.Starts: lambda node, dialect: dialect.starts(inner(node.item, dialect), node.prefix.value),
    tree.Aggregate: aggregate,
}
"""How each node is written; a test holds it complete."""
