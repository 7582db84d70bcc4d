"""Infers and checks what the parts of an expression are: kinds, choices, bounds of 64 bits.

Not the grammar: it is handed parts that were read already and says whether they fit together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions.tree import Words
from jiedui.ledgers.expressions.vocabulary import LARGEST, ExpressionError, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.ledgers.expressions.tree import Node

NUMBERS: Final = frozenset({Kind.WHOLE, Kind.MONEY})
ORDERED: Final = NUMBERS | {Kind.DATE, Kind.MOMENT}
WRITTEN: Final = frozenset({Kind.TEXT, Kind.CHOICE, Kind.PLACE, Kind.MOMENT})
WIDEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Sorted:
    """A node with what is known of it: kind, literal or not, codes of a choice, largest size."""

    node: Node
    kind: Kind
    literal: bool = False
    codes: frozenset[str] | None = None
    bound: int = LARGEST

    def __str__(self) -> str:
        """How a message calls it."""
        return f"a {self.kind} literal" if self.literal else f"a {self.kind} value"


def meet(left: Sorted, right: Sorted, where: str) -> Sorted:
    """What two values that stand for one another are; `node` is the left one's.

    A literal takes the kind of the other side, as a number of fen, as the code of a choice or a
    place, or as a moment. Raises `ExpressionError` where kinds or choices differ.
    """
    if left.literal and not right.literal:
        return replace(meet(right, left, where), node=left.node)
    bound = max(left.bound, right.bound)
    if right.literal and adapts(right.kind, left.kind):
        check_literal(right.node, left, where)
        return replace(left, bound=bound)
    if left.kind is not right.kind:
        raise ExpressionError(where, f"{left} and {right} do not go together")
    if None not in (left.codes, right.codes) and left.codes != right.codes:
        raise ExpressionError(where, "two choices with different codes do not go together")
    codes = left.codes if left.codes is not None else right.codes
    return replace(left, literal=left.literal and right.literal, codes=codes, bound=bound)


def meet_all(items: Sequence[Sorted], where: str) -> Sorted:
    """What several values that stand for one another are, such as the branches of a case.

    Literals are looked at last, so that they adapt to the fields among them.
    """
    first, *rest = sorted(items, key=lambda item: item.literal)
    for item in rest:
        first = meet(first, item, where)
    return replace(first, literal=False)


def adapts(literal: Kind, kind: Kind) -> bool:
    """Whether a literal of one kind may stand for a value of another."""
    return literal is kind or (literal is Kind.WHOLE and kind is Kind.MONEY) or (
        literal is Kind.TEXT and kind in WRITTEN
    )  # fmt: skip


def check_literal(node: Node, other: Sorted, where: str) -> None:
    """Refuse a code that a choice does not have, or a text that is no place's or no moment."""
    if not isinstance(node, Words):
        return
    if other.codes is not None and node.value not in other.codes:
        known = ", ".join(sorted(other.codes))
        raise ExpressionError(where, f"'{node.value}' is not among the choice's codes: {known}")
    if other.kind is Kind.PLACE and not re.fullmatch(r"[0-9]{6}", node.value):
        raise ExpressionError(where, f"'{node.value}' is not the six digits of a place")
    if other.kind is Kind.MOMENT and not is_moment(node.value):
        message = f"'{node.value}' is not a moment; write '2024-02-29T08:30'"
        raise ExpressionError(where, message)


def is_moment(text: str) -> bool:
    """Whether a text is a moment with all its digits, one that calendar and clock have."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def need(item: Sorted, kinds: frozenset[Kind], what: str, where: str) -> Sorted:
    """The value itself if it is of one of the kinds; `what` names the word that needs it."""
    if item.kind not in kinds:
        wanted = ", ".join(sorted(kinds))
        raise ExpressionError(where, f"{what} takes {wanted}, and this is {item}")
    return item


def within(bound: int, where: str) -> int:
    """The bound itself if 64 bits hold it."""
    if bound > WIDEST:
        raise ExpressionError(
            where, "may leave 64 bits; multiply by less, or inside the sum instead of outside"
        )
    return bound
