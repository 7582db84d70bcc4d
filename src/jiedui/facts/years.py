"""The gazetteer of a year: which names meant which places then.

Not for reading names in text: `gazetteer.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.gazetteer import SUFFIX, Gazetteer

if TYPE_CHECKING:
    from jiedui.places import PlaceCode

__all__ = ["gazetteer"]

# How newspapers clip the names of banners: 科右中旗, 察右后旗.
_CLIPPED = (("尔沁右翼", "右"), ("尔沁左翼", "左"), ("哈尔右翼", "右"))


@lru_cache(maxsize=64)
def gazetteer(year: int | None = None) -> Gazetteer:
    """The gazetteer of a year; without one, every name that was ever in force."""
    every = _every_name()
    if year is None:
        return every
    years = _years()
    names = {
        name: kept
        for name, codes in every.names.items()
        if (kept := tuple(code for code in codes if years[code][0] <= year))
    }
    for name, codes in names.items():
        # A name that has gone out of use keeps its last meaning.
        if len(codes) > 1:
            names[name] = tuple(c for c in codes if years[c][1] >= year) or codes
    return Gazetteer(names, every.longest, every.rare)


@lru_cache(maxsize=1)
def _every_name() -> Gazetteer:
    names: dict[str, dict[PlaceCode, None]] = {}
    for name, code in places.names():
        if len(name) > 1:
            names.setdefault(name, {})[code] = None
            for long, clip in _CLIPPED:
                if long in name:
                    names.setdefault(name.replace(long, clip), {})[code] = None
    rare = _bare_prefectures(names)
    kept = {name: tuple(codes) for name, codes in names.items()}
    return Gazetteer(kept, max(map(len, kept)), rare)


@lru_cache(maxsize=1)
def _years() -> dict[PlaceCode, tuple[int, int]]:
    """The first and the last year of each place, 0 and 9999 where they are open."""
    codes = {code for codes in _every_name().names.values() for code in codes}
    found = {code: places.get(code) for code in codes}
    return {
        code: (here.since.year if here.since else 0, here.until.year if here.until else 9999)
        for code, here in found.items()
        if here
    }


def _bare_prefectures(names: dict[str, dict[PlaceCode, None]]) -> frozenset[str]:
    """Add the bare names of prefectures that `places.names` leaves out, and say which they are."""
    rare: dict[str, dict[PlaceCode, None]] = {}
    for name, codes in names.items():
        bare = SUFFIX.sub("", name)
        if 1 < len(bare) < len(name) and bare not in names:
            high = [c for c in codes if c.endswith("00") and not c.endswith("0000")]
            rare.setdefault(bare, {}).update(dict.fromkeys(high))
    found = {bare: codes for bare, codes in rare.items() if codes}
    names.update(found)
    return frozenset(found)


def _since(code: PlaceCode) -> int:
    here = places.get(code)
    return here.since.year if here and here.since else 0


def _of_the_year(codes: tuple[PlaceCode, ...], year: int | None) -> tuple[PlaceCode, ...]:
    """The codes still in force; a name that has gone out of use keeps its last meaning."""
    if year is None or len(codes) == 1:
        return codes
    ends = {code: here.until for code in codes if (here := places.get(code))}
    valid = tuple(code for code, until in ends.items() if until is None or until.year >= year)
    return valid or codes
