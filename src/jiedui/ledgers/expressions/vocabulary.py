"""The kinds of field an expression can name, the engines that run one, and how one is refused.

Not the words of declaration: a ledger's fields become `Kind` values before they come here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a field holds, as far as an expression needs to know."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    PLACE = "place"
    REF = "ref"
    ROWS = "rows"


class Engine(StrEnum):
    """The engines that read an expression as SQL text."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"


class Named(Protocol):
    """A field as expressions see it; one with codes also has `choices`, a collection of them."""

    @property
    def kind(self) -> str:
        """What the field holds, a value of `Kind`."""


Names: TypeAlias = "Mapping[str, Kind | Named]"

LARGEST: Final = 10**16
"""The largest whole number or amount in fen, either sign, that a field or a literal may hold."""

LARGEST_SUM: Final = 10**18
"""What a sum is taken to stay below when the bounds of a measure are worked out."""


class ExpressionError(JieduiError):
    """An expression that is outside the closed subset, or does not fit its ledger."""

    def __init__(self, where: str, message: str) -> None:
        """Say where the expression stands (file, ledger, rule) and what is wrong with it."""
        super().__init__(f"{where}: {message}")
        self.where = where


def not_part(where: str, shown: str, hint: str) -> ExpressionError:
    """The refusal of a word or a sign that the closed subset does not have."""
    return ExpressionError(where, f"'{shown}' is not part of the expressions; {hint}")
