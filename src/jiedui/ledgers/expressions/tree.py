"""The nodes of an expression: all there are.

Not sqlglot's tree: `grammar` translates that one into this, and what has no node here does not
exist. A node is plain: types were inferred and checked before it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class Sign(StrEnum):
    """The signs that stand between two values."""

    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    MORE = ">"
    MORE_OR_EQUAL = ">="
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"


class Part(StrEnum):
    """The parts of a date that an expression can take."""

    YEAR = "year"
    MONTH = "month"


class Fold(StrEnum):
    """The ways to make one value of many rows."""

    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Node:
    """Anything an expression is made of."""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A field; `column` differs from `field` where the field is rows ("attended_count")."""

    field: str
    column: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A whole number, of either sign."""

    value: int


@dataclass(frozen=True, slots=True)
class Words(Node):
    """A text in NFC, without NUL."""

    value: str


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A date."""

    value: date


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """left sign right."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Among(Node):
    """item in (options); the options are literals, at least one, none of them null."""

    item: Node
    options: tuple[Number | Words | Day, ...]


@dataclass(frozen=True, slots=True)
class Absent(Node):
    """item is null; "is not null" is its negation."""

    item: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """not item."""

    item: Node


@dataclass(frozen=True, slots=True)
class Every(Node):
    """All items joined by and; at least two, none of them itself an `Every`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """All items joined by or; at least two, none of them itself an `Either`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Case(Node):
    """case when condition then value … else otherwise end."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Coalesce(Node):
    """coalesce(items); at least two."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """left sign right, in 64 bits; the bounds were checked when it was made."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Days(Node):
    """until - since, in days: 0 on the same day, negative when `until` is the earlier."""

    since: Node
    until: Node


@dataclass(frozen=True, slots=True)
class DatePart(Node):
    """The year or the month (1 to 12) of a date."""

    part: Part
    item: Node


@dataclass(frozen=True, slots=True)
class DayOf(Node):
    """The day of a moment."""

    item: Node


@dataclass(frozen=True, slots=True)
class Starts(Node):
    """item begins with prefix, code point by code point."""

    item: Node
    prefix: Words


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """fold(item) filter (where …); `item` is None for count(*)."""

    fold: Fold
    item: Node | None
    where: Node | None = None


ATOMS = (Name, Number, Words, Day, Truth, Case, Coalesce, Days, DatePart, DayOf, Starts, Aggregate)
"""Nodes whose text needs no brackets of its own."""


def walk(part: object) -> Iterator[Node]:
    """A node and all nodes within it; of anything else, the nodes that it holds."""
    if isinstance(part, Node):
        yield part
        for name in (field.name for field in fields(part)):
            yield from walk(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from walk(one)
