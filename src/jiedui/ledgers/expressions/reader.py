"""The reader that walks sqlglot's tree and remembers what it met on the way.

Not the reading itself: `flags` and `values` hold one function for each of sqlglot's nodes that the
closed subset has, and `grammar` lists them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jiedui.ledgers.expressions import words
from jiedui.ledgers.expressions.expression import Expression
from jiedui.ledgers.expressions.sorts import need
from jiedui.ledgers.expressions.vocabulary import ExpressionError, Kind, not_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlglot import exp

    from jiedui.ledgers.expressions.sorts import Sorted
    from jiedui.ledgers.expressions.tree import Node
    from jiedui.ledgers.expressions.vocabulary import Names

    Read: TypeAlias = Callable[["Reader", exp.Expr], Sorted]

DEEPEST: Final = 40
FLAGS: Final = frozenset({Kind.FLAG})
LOOSE: Final = frozenset(
    {"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "In", "Is", "Between", "Not", "And", "Or"}
)


class Reader:
    """Reads one expression with the functions listed for sqlglot's nodes."""

    def __init__(
        self, readers: Mapping[str, Read], names: Names, where: str, *, aggregate: bool
    ) -> None:
        """Start with nothing read."""
        self.readers = readers
        self.names = names
        self.where = where
        self.aggregate = aggregate
        self.aggregates = 0
        self.inside = False
        self.depth = 0
        self.used: dict[str, str] = {}

    def read(self, text: str) -> Sorted:
        """The checked root of a text."""
        from sqlglot import exp, parse_one
        from sqlglot.errors import SqlglotError

        words.examine(text, self.where, self.names)
        try:
            root = parse_one(text, into=exp.Condition)
        except (SqlglotError, RecursionError) as error:
            message = f"cannot be read as one expression: {text!r}"
            raise ExpressionError(self.where, message) from error
        return self.node(root)

    def expression(self, found: Sorted) -> Expression:
        """The finished expression."""
        columns = tuple(sorted(set(self.used.values())))
        return Expression(
            self.where, found.node, found.kind, tuple(sorted(self.used)), columns, self.aggregate
        )

    def node(self, node: exp.Expr) -> Sorted:
        """Read a node by the function listed for it; one without is refused."""
        name = type(node).__name__
        function = self.readers.get(name)
        if function is None:
            raise not_part(self.where, node.sql(), "write it with the words that are")
        if self.depth >= DEEPEST:
            raise ExpressionError(self.where, f"is nested deeper than {DEEPEST}")
        self.depth += 1
        found = function(self, node)
        self.depth -= 1
        return found

    def arguments(self, node: exp.Expr, *names: str, ignore: tuple[str, ...] = ()) -> list[Any]:
        """The named arguments of a node, which has all of them and no other but the ignored."""
        given = {name for name, value in node.args.items() if value not in (None, False, [])}
        if given - set(ignore) != set(names):
            raise not_part(self.where, node.sql(), "write it with the words that are")
        return [node.args[name] for name in names]

    def operand(self, node: exp.Expr) -> Sorted:
        """An operand of a sign; engines bind a bare `a = b is null` differently."""
        if type(node).__name__ in LOOSE:
            message = f"write brackets round '{node.sql()}', engines read it differently"
            raise ExpressionError(self.where, message)
        return self.node(node)

    def flag(self, node: exp.Expr, what: str) -> Node:
        """A value that is true, false or null."""
        return need(self.node(node), FLAGS, what, self.where).node
