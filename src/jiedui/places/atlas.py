"""The list of places and its tree: codes to places, names above and bounds below.

Read once, when first asked, from `places.tsv` (made by `scripts/make_places.py`). Not for finding
a place by its name: that is `finding`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from jiedui.places.place import Level, Place, PlaceCode, UnknownCodeError

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


def known(code: PlaceCode) -> tuple[Place, ...]:
    """The places of a code, the newest first; raises `UnknownCodeError` where there is none."""
    try:
        return by_code()[code]
    except KeyError:
        raise UnknownCodeError(f"{code!r} is no code of a province, prefecture or county") from None


def get(code: PlaceCode, on: date | None = None) -> Place | None:
    """The place of a code on a day, or None where it was not valid then.

    Without a day: the place as it is now, or the last that had the code, so that a stored code
    always has a name. None for what was never a code.
    """
    places = by_code().get(code, ())
    if on is None:
        return places[0] if places else None
    return next((place for place in places if place.valid(on)), None)


@cache
def ancestors(code: PlaceCode) -> tuple[PlaceCode, ...]:
    """The codes above a place, the province first; () for a province.

    A district of a municipality, and a county that its province holds directly (仙桃, 石河子),
    has the province alone above it. Raises `UnknownCodeError`.
    """
    known(code)
    above = dict.fromkeys((PlaceCode(f"{code[:2]}0000"), PlaceCode(f"{code[:4]}00")))
    return tuple(x for x in above if x != code and x in by_code())


def full_name(code: PlaceCode) -> str:
    """The name after all names above it, 甘肃省甘南藏族自治州夏河县; raises `UnknownCodeError`."""
    return title(known(code)[0])


def title(place: Place) -> str:
    """The full name of this very place, also where its code later had another name."""
    return "".join(known(x)[0].name for x in ancestors(place.code)) + place.name


def within(code: PlaceCode, ancestor: PlaceCode) -> bool:
    """Whether a place is the other one or lies in it; raises `UnknownCodeError`."""
    return code == ancestor or ancestor in ancestors(code)


def bounds(code: PlaceCode) -> tuple[str, str]:
    """The half-open range of codes that a place and all below it fall in.

    ("620000", "630000") for a province, ("623000", "623100") for a prefecture, ("623027",
    "623028") for a county; codes compare as text. Raises `UnknownCodeError`.
    """
    level = known(code)[0].level
    step = {Level.PROVINCE: 10_000, Level.PREFECTURE: 100, Level.COUNTY: 1}[level]
    return code, f"{int(code) + step:06d}"
