"""From a name, as a person wrote it in a cell or a form, to the one place it means, or a problem.

Nothing is guessed: a name that fits several places is a problem that lists them, unless `near`
leaves one. Not for running text (see `gazetteer`) and not for traditional script, which the
caller turns into simplified first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jiedui.places.atlas import ancestors, by_code, every, known, title, within
from jiedui.places.forms import Kind, forms
from jiedui.places.place import Level, Place, PlaceCode
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

LONGEST: Final = 40
"""Letters of the longest name that is looked at; the longest full name has 27."""
_BETWEEN: Final = re.compile(r"[\s/\\·・>-]+")


@cache
def index() -> Mapping[str, tuple[tuple[Place, Kind], ...]]:
    """Every form with the places that bear it and what the form says of each."""
    found: defaultdict[str, list[tuple[Place, Kind]]] = defaultdict(list)
    for place in every():
        for form, kind in forms(place, prefecture_name(place)):
            found[form].append((place, kind))
    return MappingProxyType({form: tuple(places) for form, places in found.items()})


def prefecture_name(place: Place) -> str:
    """The name of the prefecture that a county lies in, "" where there is none."""
    code = PlaceCode(f"{place.code[:4]}00")
    return by_code()[code][0].name if place.code != code and code in by_code() else ""


def find(name: str, *, near: PlaceCode | None = None, on: date | None = None) -> Place | Problem:
    """Find the place that a name means on a day (without a day: in the current list).

    `near` decides between several: the only one in the same prefecture as `near`, or else the
    only one in the same province. A name that is also a word (合作) needs `near` or the name of
    a place above. Problems: place-unknown, place-ambiguous, place-not-then. Raises
    `UnknownCodeError` when `near` is no code.
    """
    if near is not None:
        known(near)
    everywhen = _matches(name)
    valid = _valid(everywhen, on)
    if not everywhen:
        return problem("place-unknown", found=_shown(name))
    if not valid:
        return _not_then(name, everywhen, on)
    certain = _certain(valid)
    chosen = certain if len(certain) == 1 else _beside(valid, near)
    if len(chosen) == 1:
        return chosen[0]
    return _ambiguous(name, certain or chosen or _sorted(valid))


def candidates(name: str, on: date | None = None) -> tuple[Place, ...]:
    """Every place that a name may mean on a day (without a day: in the current list), by code."""
    return tuple(_sorted(_valid(_matches(name), on)))


def _shown(name: object) -> str:
    return name if isinstance(name, str) else ""


def _valid(matches: Mapping[Place, Kind], on: date | None) -> dict[Place, Kind]:
    """The places of that day; of two under one full name in a year of change, the later one."""
    valid = {place: kind for place, kind in matches.items() if place.valid(on)}
    titles = {(place.code, title(place)) for place in valid}
    return {
        place: kind
        for place, kind in valid.items()
        if not any((code, title(place)) in titles for code in place.successors)
    }


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.code)


def _matches(name: str) -> dict[Place, Kind]:
    """Every place, of whatever time, whose form ends the name and whose ancestors begin it."""
    if not isinstance(name, str):  # a cell may be None, whatever the types say
        return {}
    plain = _BETWEEN.sub("", name)
    found: dict[Place, Kind] = {}
    if len(plain) > LONGEST:
        return found
    for start in range(len(plain)):
        above = plain[:start]
        for place, kind in index().get(plain[start:], ()):
            if not above:
                found[place] = min(kind, found.get(place, kind))
            elif _leads(above, ancestors(place.code)):
                found[place] = Kind.OFFICIAL
    return found


def _leads(text: str, codes: tuple[PlaceCode, ...]) -> bool:
    """Whether a text is made of forms of these places in their order, some left out."""
    if not text:
        return True
    return any(
        text.startswith(form) and _leads(text[len(form) :], codes[at + 1 :])
        for at, code in enumerate(codes)
        for form, _ in forms(known(code)[0])
    )


def _certain(valid: Mapping[Place, Kind]) -> list[Place]:
    """The places that the name alone may mean: names before districts without 区, words never."""
    for kinds in ((Kind.OFFICIAL, Kind.SHORT, Kind.BARE), (Kind.DISTRICT,)):
        some = [place for place, kind in valid.items() if kind in kinds]
        if some:
            provinces = [place for place in some if place.level is Level.PROVINCE]
            return provinces or _sorted(some)
    return []


def _beside(valid: Mapping[Place, Kind], near: PlaceCode | None) -> list[Place]:
    """The places in the prefecture of `near`, or else in its province."""
    if near is None:
        return []
    for area in reversed((*ancestors(near), near)):
        some = _sorted(place for place in valid if within(place.code, area))
        if some and known(area)[0].level is not Level.COUNTY:
            return some
    return []


def _named(place: Place) -> str:
    return f"{title(place)}（{place.code}）"


def _ambiguous(name: str, places: Iterable[Place]) -> Problem:
    listed = "、".join(_named(place) for place in places)
    return problem("place-ambiguous", found=_shown(name), candidates=listed)


@cache
def _predecessors() -> Mapping[PlaceCode, tuple[Place, ...]]:
    found: defaultdict[PlaceCode, list[Place]] = defaultdict(list)
    for place in every():
        for code in place.successors:
            found[code].append(place)
    return MappingProxyType({code: tuple(places) for code, places in found.items()})


def _not_then(name: str, places: Iterable[Place], on: date | None) -> Problem:
    listed = _sorted(places)
    codes = {place.code for place in listed}
    last = [place for place in listed if codes.isdisjoint(place.successors)] or listed
    told = "；".join(dict.fromkeys(_history(place, on) for place in last))
    when = f"在 {on.isoformat()} " if on else "如今"
    return problem("place-not-then", found=_shown(name), name=_shown(name), when=when, history=told)


def _history(place: Place, on: date | None) -> str:
    """What a place was before the day or became by the day."""
    own = f"{place.name}（{place.code}）"
    if place.since and on and on < place.since:
        before = [x for x in _predecessors().get(place.code, ()) if x.valid(on) and x != place]
        told = f"，此前为{_together(before)}" if before else ""
        return f"{own}始于 {_day(place, place.since)}{told}"
    end = _day(place, place.until) if place.until else ""
    return f"{own}止于 {end}，此后为{_together(_heirs(place))}"


def _day(place: Place, day: date) -> str:
    """The day, or the year where no more is known than the year."""
    if (day.month, day.day) != (1, 1) or "(Y)" not in place.source:
        return day.isoformat()
    return f"{day.year if day == place.since else day.year - 1} 年"


def _heirs(place: Place) -> list[Place]:
    """The places that a gone place became, each under the name it had right then."""
    return [
        next((x for x in known(code) if place.until and x.valid(place.until)), known(code)[0])
        for code in place.successors
    ]


def _together(places: Iterable[Place]) -> str:
    grouped = groupby(places, key=lambda place: f"{place.name}（{place.code}）")
    return "、".join(text for text, _ in grouped)
