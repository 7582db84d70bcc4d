"""The smallest words of the store's SQL: names, conditions, and what a column can hold at all.

Not for deciding who sees what: that is `select`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from jiedui.ledgers import expressions
from jiedui.site.store.tables import table_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from jiedui.ledgers import Ledger

LARGEST = (1 << 63) - 1
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their parameters."""

    parts: list[str] = field(default_factory=list)
    values: list[str | int | bool | bytes] = field(default_factory=list)

    def add(self, part: str, *values: str | int | bool | bytes) -> None:
        """One more condition."""
        self.parts.append(part)
        self.values += values

    def nothing(self) -> None:
        """No row at all: what was asked for cannot be in the table."""
        self.add("1=0")

    def sql(self) -> str:
        """The text after WHERE."""
        return " AND ".join(f"({part})" for part in self.parts) or "1=1"


def engine() -> expressions.Engine:
    """The dialect of the store's database."""
    return expressions.Engine(connection.vendor)


def quoted(name: str) -> str:
    """A declared name as an identifier."""
    return f'"{name}"'


def relation(ledger: type[Ledger]) -> str:
    """The version table as an identifier."""
    return quoted(table_name(ledger.name))


def marks(values: Collection[object]) -> str:
    """A parameter's mark for each value."""
    return ", ".join(["%s"] * len(values))


def storable(text: str) -> bool:
    """Whether a text can stand in a column: PostgreSQL takes no NUL, UTF-8 no lone surrogate."""
    return _NOT_STORABLE.search(text) is None


def whole(text: str) -> int | None:
    """The whole number of at most 63 bits that a text of ASCII digits is, or None."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
        return None
    number = int(text)
    return number if -LARGEST <= number <= LARGEST else None
