"""The characters that converted text may hold, by their bytes: what a search may suppose.

Not a list of characters that are right to use; what stands in a text as it is, stays.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jiedui.restore import gbk
from jiedui.restore.language import model
from jiedui.restore.readings import readings
from jiedui.restore.scripts import is_only_simplified, is_plain, is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FIRST_HIGH",
    "FIRST_LEAD",
    "Characters",
    "characters",
    "is_hole",
    "oddness",
    "replaceable",
]

FIRST_LEAD = 0x81
# The faulty program took 80 for a lead too, though no character begins with it.
FIRST_HIGH = 0x80

# The model knows simplified script only, so a rare variant (曏 for 向) is as likely as the plain
# character to it; a conversion writes the plain one. In nats.
_RARE, _SIMPLIFIED = 2.0, 6.0
_DIGIT, _LETTER = 2.3, 4.0

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
def oddness(one: str) -> float:
    """What it costs (nats) to suppose a character in converted text, whatever its neighbours."""
    half = gbk.narrow(one)
    if half.isascii() and half.isalnum():
        # The model has one symbol for all of them.
        return _DIGIT if half.isdigit() else _LETTER
    if one < "\u3400" or is_plain(one):
        return 0.0
    return _SIMPLIFIED if is_only_simplified(one) else _RARE


@cache
def is_hole(first: int, second: int) -> bool:
    """Whether two bytes are a pair without a character, which decoding leaves out."""
    return second >= FIRST_LEAD and gbk.character(bytes((first, second))) is None


def replaceable(lead: int, reading: str) -> Iterator[tuple[str, int]]:
    """The characters with a lead and a reading that a replacement may know, with their trail."""
    for trail in range(FIRST_HIGH, 0xFF):
        one = gbk.character(bytes((lead, trail)))
        if one and is_traditional(one) and reading in readings(one):
            yield one, trail
