"""The list of places down to the counties, as it stands in its file.

Read once, when first asked, from `places.tsv` (made by `scripts/make_places.py`). Not for the towns
below (`towns`), nor for what lies above or below a code (`tree`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from jiedui.places.place import Level, Place, PlaceCode

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def every() -> tuple[Place, ...]:
    """Every place that is or was, by code, the older one of a code first."""
    from importlib import resources  # 15 ms, and not before a place is asked for

    text = resources.files("jiedui.places").joinpath("places.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    next(lines)
    return tuple(_place(line) for line in lines)


def _place(line: str) -> Place:
    code, name, level, since, until, successors, source = line.split("\t")
    return Place(
        code=PlaceCode(code),
        name=name,
        level=Level(level),
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        successors=tuple(PlaceCode(x) for x in successors.split()),
        source=source,
    )


@cache
def by_code() -> Mapping[PlaceCode, tuple[Place, ...]]:
    """Every code with its places, the newest first."""
    found: dict[PlaceCode, tuple[Place, ...]] = {}
    for place in every():
        found[place.code] = (place, *found.get(place.code, ()))
    return MappingProxyType(found)


@cache
def borders() -> tuple[date, ...]:
    """Every day on which some place begins or ends, sorted: between two of them nothing moves."""
    days = {day for place in every() for day in (place.since, place.until) if day}
    return tuple(sorted(days))


@cache
def predecessors() -> Mapping[PlaceCode, tuple[Place, ...]]:
    """The gone places whose territory went to a code, in the order of their own codes."""
    found: defaultdict[PlaceCode, list[Place]] = defaultdict(list)
    for place in every():
        for code in place.successors:
            found[code].append(place)
    return MappingProxyType({code: tuple(places) for code, places in found.items()})


def lineage(place: Place) -> tuple[Place, ...]:
    """A place and what it was before, back as long as one whole place became one whole place.

    米林市, 米林县 of 林芝市, 米林县 of 林芝地区; a place made of two (蓬莱区), or of a part of one,
    stands alone.
    """
    found = [place]
    while True:
        last = found[-1]
        before = [x for x in predecessors().get(last.code, ()) if x.until == last.since]
        if len(before) != 1 or before[0].successors != (last.code,):
            return tuple(found)
        found.append(before[0])
