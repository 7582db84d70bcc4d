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

from jiedui.places.atlas import by_code, every, lineage, predecessors
from jiedui.places.english import by_english
from jiedui.places.forms import Kind, forms
from jiedui.places.place import Level, Place, PlaceCode
from jiedui.places.towns import towns_named
from jiedui.places.tree import ancestors, known, title, within
from jiedui.problems import Problem, listed, named, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

LONGEST: Final = 60
"""Letters of the longest name that is looked at; the longest full name has 36."""
LONGEST_ENGLISH: Final = 200
"""The same of an English name; the longest has 128."""
MOST: Final = 12
"""How many candidates a problem names; there are 88 towns called 城关镇."""
_BETWEEN: Final = re.compile(r"[\s/\\·・>-]+")
_TOWN: Final = re.compile(r"(.*(?:镇|乡|街道|苏木|地区|街))(?:(?<=街道)办(?:事处)?)?")


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
    only one in the same province; of towns the one in the same county first. A name that is also a
    word (合作) needs `near` or the name of a place above. Problems: place-unknown, place-ambiguous,
    place-not-then. Raises `UnknownCodeError` when `near` is no code.
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
    alone = len(certain) == 1 and not _lives_on(everywhen, certain[0])
    chosen = certain if alone else _beside(valid, near)
    if len(chosen) == 1:
        return chosen[0]
    # Of many towns those near come first; a county's name says all that it may mean.
    towns = chosen and chosen[0].level is Level.TOWN
    return _ambiguous(name, chosen if towns else certain or chosen or _sorted(valid))


def candidates(name: str, on: date | None = None) -> tuple[Place, ...]:
    """Every place that a name may mean on a day (without a day: in the current list), by code."""
    return tuple(_sorted(_valid(_matches(name), on)))


def _shown(name: object) -> str:
    return name if isinstance(name, str) else ""


def _valid(matches: Mapping[Place, Kind], on: date | None) -> dict[Place, Kind]:
    return {place: kind for place, kind in matches.items() if place.valid(on)}


def _lives_on(everywhen: Mapping[Place, Kind], only: Place) -> bool:
    """Whether a town of the same name has lost its code with its county, and is still there."""
    return only.level is Level.TOWN and len(everywhen) > 1


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.code)


def _matches(name: str) -> dict[Place, Kind]:
    """Every place, of whatever time, whose form ends the name and whose ancestors begin it."""
    if not isinstance(name, str):  # a cell may be None, whatever the types say
        return {}
    plain = _BETWEEN.sub("", name)
    if len(plain) > LONGEST:
        return _english(name) if len(name) <= LONGEST_ENGLISH else {}
    return _counties(plain) or _towns(plain) or _english(name)


def _english(name: str) -> dict[Place, Kind]:
    """Every place down to the counties that bears an English name, whole or alone."""
    spoken = " ".join(name.split())
    codes = by_english().get(spoken.casefold(), ()) if spoken.isascii() or "," in spoken else ()
    return {place: Kind.OFFICIAL for code in codes for place in by_code()[code]}


def _counties(plain: str) -> dict[Place, Kind]:
    found: dict[Place, Kind] = {}
    for start in range(len(plain)):
        above = plain[:start]
        for place, kind in index().get(plain[start:], ()):
            if not above:
                found[place] = min(kind, found.get(place, kind))
            elif _leads(above, [_written(code) for code in ancestors(place.code)]):
                found[place] = Kind.OFFICIAL
    return found


def _towns(plain: str) -> dict[Place, Kind]:
    """The towns that a name ends in, behind names above as they are or once were."""
    shape = _TOWN.fullmatch(plain)
    if shape is None:
        return {}
    plain = shape[1]
    return {
        known(code)[0]: Kind.OFFICIAL
        for start in range(len(plain))
        for code in towns_named(plain[start:])
        if _leads(plain[:start], [_ever_written(x) for x in ancestors(code)])
    }


@cache
def _written(code: PlaceCode) -> tuple[str, ...]:
    """How people write a place when they put it before another one."""
    return tuple(form for form, _ in forms(known(code)[0]))


@cache
def _ever_written(code: PlaceCode) -> tuple[str, ...]:
    """The same with the names of what the place wholly was before: 米林县 for 米林市."""
    return tuple(form for place in lineage(known(code)[0]) for form, _ in forms(place))


def _leads(text: str, above: Sequence[Sequence[str]]) -> bool:
    """Whether a text is made of names of these places in their order, some left out."""
    if not text:
        return True
    return any(
        text.startswith(form) and _leads(text[len(form) :], above[at + 1 :])
        for at, names in enumerate(above)
        for form in names
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
    """The places in the prefecture of `near` or else its province; towns in its county first."""
    if near is None:
        return []
    for area in reversed((*ancestors(near), near)):
        some = _sorted(place for place in valid if within(place.code, area))
        if some and (known(area)[0].level is not Level.COUNTY or some[0].level is Level.TOWN):
            return some
    return []


def _named(place: Place) -> str:
    return said(
        "{place}（{code}）", place=named("place", place.code, title(place)), code=place.code
    )


def _own(place: Place) -> str:
    name = named("name", place.code, place.name)
    return said("{place}（{code}）", place=name, code=place.code)


def _ambiguous(name: str, places: Sequence[Place]) -> Problem:
    found: str = listed(_named(place) for place in places[:MOST])
    if len(places) > MOST:
        found = said("{places}等 {count} 处", places=found, count=len(places))
    return problem("place-ambiguous", found=_shown(name), candidates=found)


def _not_then(name: str, places: Iterable[Place], on: date | None) -> Problem:
    gone = _sorted(places)
    codes = {place.code for place in gone}
    last = [place for place in gone if codes.isdisjoint(place.successors)] or gone
    told = listed(dict.fromkeys(_history(place, on) for place in last), "；")
    when = said("在 {day} ", day=on) if on else said("如今")
    return problem("place-not-then", found=_shown(name), name=_shown(name), when=when, history=told)


def _history(place: Place, on: date | None) -> str:
    """What a place was before the day or became by the day."""
    own = _own(place)
    if place.since and on and on < place.since:
        before = [x for x in predecessors().get(place.code, ()) if x.valid(on) and x != place]
        if not before:
            return said("{place}始于 {day}", place=own, day=place.since)
        was = _together(before)
        return said("{place}始于 {day}，此前为{before}", place=own, day=place.since, before=was)
    words = {"place": own, "day": place.until or "", "heirs": _together(_heirs(place))}
    if place.level is Level.TOWN:
        return said("{place}止于 {day}，此后属{heirs}", **words)
    return said("{place}止于 {day}，此后为{heirs}", **words)


def _heirs(place: Place) -> list[Place]:
    """The places that a gone place became, each under the name it had right then."""
    return [
        next((x for x in known(code) if place.until and x.valid(place.until)), known(code)[0])
        for code in place.successors
    ]


def _together(places: Iterable[Place]) -> str:
    return listed(text for text, _ in groupby(places, key=_own))
