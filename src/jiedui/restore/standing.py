"""The characters that converted text may hold, by their bytes: what a search may suppose.

Not a list of characters that are right to use; what stands in a text as it is, stays.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from jiedui.restore import gbk
from jiedui.restore.language import model
from jiedui.restore.scripts import is_only_simplified

__all__ = ["FIRST_LEAD", "Characters", "characters", "is_hole"]

FIRST_LEAD = 0x81

Ways = dict[int, list[tuple[str, int]]]


class Characters(NamedTuple):
    """The characters by lead byte (with the trail), by trail (with the lead), by symbol."""

    all: frozenset[str]
    by_lead: Ways
    by_trail: Ways
    by_symbol: dict[int, list[tuple[str, bytes]]]


@cache
def characters() -> Characters:
    """The characters of GBK that the model knows and that a conversion leaves in a text."""
    by_lead: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    by_trail: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    by_symbol: defaultdict[int, list[tuple[str, bytes]]] = defaultdict(list)
    known = model()
    for one, coded in gbk.pairs().items():
        symbol = known.symbol(one)
        if symbol and _may_stand(one):
            by_lead[coded[0]].append((one, coded[1]))
            by_trail[coded[1]].append((one, coded[0]))
            by_symbol[symbol].append((one, coded))
    every = frozenset(one for ways in by_symbol.values() for one, _ in ways)
    return Characters(every, dict(by_lead), dict(by_trail), dict(by_symbol))


def _may_stand(one: str) -> bool:
    """Nothing that only simplified script writes, and no full-width letters and digits."""
    half = gbk.narrow(one)
    return not is_only_simplified(one) and not (half.isascii() and half.isalnum())


@cache
def is_hole(first: int, second: int) -> bool:
    """Whether two bytes are a pair without a character, which decoding leaves out."""
    return second >= FIRST_LEAD and gbk.character(bytes((first, second))) is None
