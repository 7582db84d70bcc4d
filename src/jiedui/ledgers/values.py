"""What an entry's values are once they are read: plain frozen Python values by field name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

Value: TypeAlias = "str | int | bool | date | Sealed | tuple[Mapping[str, Value], ...] | None"
Values: TypeAlias = Mapping[str, Value]
Raw: TypeAlias = "str | list[dict[str, str | None]] | None"
Cells: TypeAlias = Mapping[str, Raw]

HIDDEN = "（已保护）"
ERASED = "（已删除）"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A person's name kept apart in the vault: its reference, and its text for who may see it.

    `erased` says that the person's identity was taken out for good; the row still counts.
    """

    ref: str
    text: str | None = None
    erased: bool = False

    def __str__(self) -> str:
        if self.erased:
            return ERASED
        return HIDDEN if self.text is None else self.text


def child_rows(value: Value) -> tuple[Values, ...]:
    """The child rows that a `Many` holds; none when it is empty or absent."""
    return value if isinstance(value, tuple) else ()
