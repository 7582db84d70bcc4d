"""What may have stood where pairs of bytes left no trace, likeliest first, whatever stood before.

A pair vanishes when the trail of one character and the lead of the next are no character in code
page 936. The characters around it are known by one byte each. Not for choosing among them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from jiedui.restore.language import model
from jiedui.restore.standing import FIRST_HIGH, characters, is_hole, oddness

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["blind", "once", "twice"]

# How many are worth trying, and how likely (a logarithm) a character must be behind the other.
_ONCE, _TWICE, _FIRSTS, _LIKELY = 80, 30, 160, -9.0
_COMMON, _TABLES = 30, 4096

# A logarithm of a chance, and what stands there.
_Way = tuple[float, str]


@lru_cache(_TABLES)
def once(lead: int, trail: int) -> tuple[str, ...]:
    """Two characters around a vanished pair: the first has the lead, the second the trail."""
    found = (
        (first + second, one + two)
        for first, one, hidden in _begun(lead)
        for second, two in _behind(one, hidden, trail, _COMMON)
    )
    return _likeliest(found, _ONCE)


@lru_cache(_TABLES)
def twice(lead: int, trail: int) -> tuple[str, ...]:
    """Three characters around two vanished pairs in a row."""
    found = (
        (begun + third, both + one)
        for begun, both, hidden in _firsts(lead)
        for third, one in _behind(both[-1], hidden, trail)
    )
    return _likeliest(found, _TWICE)


@cache
def blind(lead: int) -> tuple[str, ...]:
    """Two characters around a vanished pair, of which only the lead of the first is known."""
    return tuple(both for _, both, _ in _firsts(lead))


def _likeliest(found: Iterator[_Way], most: int) -> tuple[str, ...]:
    return tuple(text for _, text in nlargest(most, found))


@cache
def _begun(lead: int) -> tuple[tuple[float, str, int], ...]:
    """The characters of a lead whose trail begins a vanished pair, with that trail."""
    known = model()
    return tuple(
        (known.score(0, known.symbol(one)) - oddness(one), one, trail)
        for one, trail in characters().by_lead.get(lead, ())
        if trail >= FIRST_HIGH and _holes(trail)
    )


@cache
def _firsts(lead: int) -> tuple[tuple[float, str, int], ...]:
    """The likeliest two characters around a vanished pair, with the trail of the second."""
    known, by_symbol = model(), characters().by_symbol
    found = (
        (first + known.score(symbol, number) - oddness(two), one + two, coded[1])
        for first, one, trail in _begun(lead)
        for symbol in (known.symbol(one),)
        for number in known.followers(symbol, _LIKELY)
        for two, coded in by_symbol.get(number, ())
        if coded[1] >= FIRST_HIGH and coded[0] in _holes(trail)
    )
    return tuple(nlargest(_FIRSTS, found))


def _behind(one: str, hidden: int, trail: int, common: int = 0) -> Iterator[_Way]:
    """The characters with a trail that may stand behind one whose own trail vanished.

    Those that were seen behind it, and so many of the commonest.
    """
    known = model()
    symbol, ways, holes = known.symbol(one), _ended(trail), _holes(hidden)
    seen = known.followers(symbol, _LIKELY) & ways.keys()
    for number in seen.union(islice(ways, common)):
        for two, lead in ways[number]:
            if lead in holes:
                yield known.score(symbol, number) - oddness(two), two


@cache
def _ended(trail: int) -> dict[int, list[tuple[str, int]]]:
    """The characters of a trail by their symbol, the commonest first, each with its lead."""
    known = model()
    found: dict[int, list[tuple[str, int]]] = {}
    for one, lead in characters().by_trail.get(trail, ()):
        found.setdefault(known.symbol(one), []).append((one, lead))
    return dict(sorted(found.items(), key=lambda way: -known.score(0, way[0])))


@cache
def _holes(first: int) -> frozenset[int]:
    """The bytes that vanish together with a first one."""
    return frozenset(second for second in range(0x81, 0xFF) if is_hole(first, second))
