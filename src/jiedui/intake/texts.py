"""A value, and the heading of its column, as the words that stand in a workbook or a csv.

Not for typed cells: those are `pen`. What is written here is read back by `ledgers.check` to the
same value.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from jiedui.intake.headings import AMOUNTS
from jiedui.ledgers.show import FEN_PER_WAN, cell, show
from jiedui.ledgers.values import Sealed, child_rows
from jiedui.ledgers.words import Choice, Count, Field, Many, Money, Place, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jiedui.ledgers import Value

__all__ = ["column_heading", "in_wan", "joined", "parted", "words_of"]

# Between words in one cell: the first that none of them holds, which also stands at the end when it
# is not the usual one, so that a single word with the usual one is one.
_SIGNS = ("、", "；", "\n")


def column_heading(declared: Field) -> str:
    """The heading of a column, with the unit its numbers are in."""
    if isinstance(declared, Money):
        return f"{declared.label}（{AMOUNTS[1]}）"
    if isinstance(declared, Count) and declared.unit:
        return f"{declared.label}（{declared.unit}）"
    return declared.label


def in_wan(fen: int) -> str:
    """An amount in 万元 as bare digits, none lost, for a column whose heading says 万元.

    >>> in_wan(12_500_000), in_wan(-5), in_wan(0)
    ('12.5', '-0.000005', '0')
    """
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(fen, FEN_PER_WAN)
    return f"{sign}{whole}.{rest:06}".rstrip("0").rstrip(".")


def words_of(
    declared: Field, value: Value, on: object, label: Callable[[str, int], str] | None = None
) -> str:
    """The words of a value; `on` is the entry's day, `label` names the entry of a `Ref`."""
    if isinstance(declared, Many):
        (inner,) = declared.fields.values()
        return joined([words_of(inner, row["value"], on, label) for row in child_rows(value)])
    if isinstance(declared, Place):
        return _place(str(value), on if isinstance(on, date) else None)
    if isinstance(declared, Ref) and isinstance(value, int) and label:
        return label(declared.to, value)
    if isinstance(declared, Choice) and not isinstance(value, Sealed):
        return show(declared, value)
    return cell(declared, value)


def joined(parts: Sequence[str]) -> str:
    """Several words in one cell, so that `parted` finds them again whatever signs they hold.

    >>> joined(["教育", "医疗"]), joined(["甲、乙协议"]), parted(joined(["甲、乙；丙", "丁"]))
    ('教育、医疗', '甲、乙协议；', ['甲、乙；丙', '丁'])
    """
    held = [at for at, sign in enumerate(_SIGNS) if any(sign in part for part in parts)]
    at = min(max(held, default=-1) + 1, len(_SIGNS) - 1)
    return _SIGNS[at].join(parts) + (_SIGNS[at] if at else "")


def parted(text: str) -> list[str]:
    """The words that `joined` wrote into one cell."""
    sign = next((one for one in reversed(_SIGNS) if one in text), _SIGNS[0])
    return [part for part in text.split(sign) if part.strip()]


@cache
def _place(code: str, on: date | None) -> str:
    """The full name of a place when it is read back to the same code on that day, else the code."""
    from jiedui import places

    name = places.full_name(places.PlaceCode(code))
    found = places.find(name, on=on)
    return name if getattr(found, "code", "") == code else code
