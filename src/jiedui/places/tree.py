"""The tree of places: what a code means on a day, the names above it and the bounds below.

For codes of all levels, towns too. Not for the lists themselves (`atlas`, `towns`), nor for finding
a place by its name: that is `finding`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jiedui.places import towns
from jiedui.places.atlas import by_code
from jiedui.places.place import Level, Place, PlaceCode, UnknownCodeError

if TYPE_CHECKING:
    from datetime import date


def _of(code: PlaceCode) -> tuple[Place, ...]:
    """The places of a code, the newest first; the towns are read when one is asked for."""
    if len(code) != towns.DIGITS:
        return by_code().get(code, ())
    town = towns.get(code)
    return (town,) if town else ()


def known(code: PlaceCode) -> tuple[Place, ...]:
    """The places of a code, the newest first; raises `UnknownCodeError` where there is none."""
    if found := _of(code):
        return found
    raise UnknownCodeError(f"{code!r} is no code of a province, prefecture, county or town")


def get(code: PlaceCode, on: date | None = None) -> Place | None:
    """The place of a code on a day, or None where it was not valid then.

    Without a day: the place as it is now, or the last that had the code, so that a stored code
    always has a name. None for what was never a code.
    """
    places = _of(code)
    if on is None:
        return places[0] if places else None
    return next((place for place in places if place.valid(on)), None)


@cache
def ancestors(code: PlaceCode) -> tuple[PlaceCode, ...]:
    """The codes above a place, the province first; () for a province.

    A district of a municipality, and a county that its province holds directly (仙桃, 石河子),
    has the province alone above it; a town of 东莞 the city, a town of a development zone, which is
    no county, the city of the zone. Raises `UnknownCodeError`.
    """
    known(code)
    digits = (f"{code[:2]}0000", f"{code[:4]}00", code[:6])
    above = dict.fromkeys(PlaceCode(x) for x in digits)
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
    "623028") for a county, ("623027103", "623027104") for a town; codes of six and of nine digits
    compare as text, so that a county's range holds its towns. Raises `UnknownCodeError`.
    """
    level = known(code)[0].level
    step = {Level.PROVINCE: 10_000, Level.PREFECTURE: 100}.get(level, 1)
    high = f"{int(code) + step:0{len(code)}d}"
    # Behind the last town of a county comes the next county: 623028, which is less than 623028000.
    return code, high.removesuffix("000") if level is Level.TOWN else high
