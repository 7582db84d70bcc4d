"""The names to look for in running text, and the name to show where room is short.

Not for deciding which place was meant: `finding.find` does that, with the place and the day that
the text is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.places.atlas import every
from jiedui.places.finding import prefecture_name
from jiedui.places.forms import Kind, forms, letter_of
from jiedui.places.place import Level, Place, PlaceCode
from jiedui.places.tree import ancestors, known
from jiedui.places.words import CLIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT = frozenset({Kind.DISTRICT, Kind.WORD})


def names() -> Iterator[tuple[str, PlaceCode]]:
    """Every name that text may have for a place, gone places included, with its code.

    Official names, short forms (甘南州, 积石山县) and bare names (甘肃, 兰州, 夏河). Not the bare
    names of districts (河西, 武清), nor what is also a word (合作, 城区) or lies across words
    (和县, 于都); official names among these are here behind a name from above (晋城市城区). One
    name may come with several codes: `find` tells whether it is certain. The rest can still stand
    in text by accident (合作市 in 合作市场, 成县 in 建成县级): look at what follows and precedes.
    """
    seen: set[tuple[str, PlaceCode]] = set()
    for place in every():
        for name in _names(place):
            if (name, place.code) not in seen:
                seen.add((name, place.code))
                yield name, place.code


def _names(place: Place) -> Iterator[str]:
    for form, kind in forms(place, prefecture_name(place)):
        if kind not in _LEFT_OUT and form not in CLIPPED:
            yield form
        elif form == place.name:
            for code in ancestors(place.code):
                yield from (above + form for above, _ in forms(known(code)[0]))


def short(code: PlaceCode) -> str:
    """The letter of a province (津), the short form of another place (甘南州, 积石山县, 夏河县).

    Raises `UnknownCodeError`.
    """
    place = known(code)[0]
    if place.level is Level.PROVINCE:
        return letter_of(code)
    named = [form for form, kind in forms(place) if kind in {Kind.OFFICIAL, Kind.SHORT}]
    return min(named, key=len, default=place.name)
