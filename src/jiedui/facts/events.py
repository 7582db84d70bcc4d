"""Events as facts: a visit or a meeting with its time, places and people.

Not for finding them: `visits.py`, `meetings.py`; not for who took part: `gather.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.between import sides_of
from jiedui.facts.deeper import county_of
from jiedui.facts.model import Attendance, EventFact, PersonFact, PlaceFact
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.facts.between import Sides
    from jiedui.facts.ground import Ground
    from jiedui.facts.meetings import Meeting
    from jiedui.facts.places import Itinerary
    from jiedui.facts.view import View
    from jiedui.facts.visits import Visit
    from jiedui.places import PlaceCode

__all__ = ["meeting_fact", "visit_fact", "with_sites"]


def with_sites(told: Sequence[Visit], tours: Sequence[Itinerary]) -> list[Visit]:
    """Give each itinerary to the nearest visit whose host it lies in."""
    given: dict[int, dict[str, PlaceFact]] = {}
    for tour in tours:
        options = [
            (abs(visit.start - tour.start), index)
            for index, visit in enumerate(told)
            if visit.host and province(visit.host) == province(tour.sites[0].code)
        ]
        if options:
            chosen = given.setdefault(min(options)[1], {})
            for site in tour.sites:
                chosen.setdefault(site.name, site)
    return [
        replace(visit, sites=_beyond_host(visit, tuple(given.get(index, {}).values())))
        for index, visit in enumerate(told)
    ]


def _beyond_host(visit: Visit, sites: tuple[PlaceFact, ...]) -> tuple[PlaceFact, ...]:
    """The sites without the place that received, when more is said than that it did."""
    further = tuple(
        site
        for site in sites
        if site.span != visit.host_span
        and not (site.code == visit.host and places.short(site.code) == _bare(site))
    )
    return further or sites


_SAID = re.compile(r"党政|协作|支援|帮扶|结对|对口|对接|合作")


def _confidence(visit: Visit, name: str) -> float:
    """How sure a visit is one of cooperation: its day, and whether its words say what it is."""
    dated = 0.95 if visit.time and visit.time.first else 0.7
    return dated if _SAID.search(name) else min(dated, 0.6 if visit.rule == "visit-alone" else 0.8)


def _bare(site: PlaceFact) -> str:
    """The name of a site without the suffix of its division."""
    here = places.get(site.code)
    return places.short(site.code) if here and site.name == here.name else site.name


def visit_fact(
    seen: View, visit: Visit, people: tuple[Attendance, ...], head: PersonFact | None
) -> EventFact:
    """A visit as a fact, with its people and who led it."""
    time = visit.time
    name = seen.text[visit.start : visit.end].replace(" ", "")
    start, end = visit.start, visit.end
    if time and seen.sentence(time.start) == seen.sentence(start):
        start, end = min(start, time.start), max(end, time.end)
    return EventFact(
        start=start,
        end=end,
        quote=seen.quote(start, end),
        rule=visit.rule,
        confidence=_confidence(visit, name),
        type="visit",
        name=name,
        time=time,
        places=visit.sites,
        people=people,
        party=visit.party,
        party_span=visit.party_span,
        origin=visit.origin,
        host=visit.host,
        host_span=visit.host_span,
        head=head,
        head_span=visit.head_span,
        count=visit.count,
        count_span=visit.count_span,
        also=visit.also,
    )


def meeting_fact(
    ground: Ground, meeting: Meeting, people: tuple[Attendance, ...], told: Sequence[Visit]
) -> EventFact:
    """A meeting as a fact, with its people; sides are those of the visit it was part of.

    One that no visit brought about has the sides that its words name, or those of its people.
    """
    visit = _visit_around(meeting, told)
    sides = sides_of(ground, meeting) if visit is None else None
    return replace(
        _sided(meeting, people, visit, sides),
        quote=ground.seen.quote(meeting.start, meeting.end),
        people=people,
        between=sides.codes if sides else None,
    )


def _sided(
    meeting: Meeting, people: tuple[Attendance, ...], visit: Visit | None, sides: Sides | None
) -> EventFact:
    at = meeting.at
    came = _guests(at, people) if visit is None and sides is None else None
    host = county_of(at.code) if at else None
    host_span = at.span if at else None
    if visit:
        came, host, host_span = visit.origin, visit.host, visit.host_span
    elif sides and sides.host and sides.guest:
        came = sides.guest.code
        if at is None:
            host, host_span = sides.host.code, sides.host.span
    return EventFact(
        start=meeting.start,
        end=meeting.end,
        quote="",
        rule=meeting.rule,
        confidence=0.95 if meeting.time and meeting.time.first else 0.7,
        type=meeting.type,
        name=meeting.name,
        time=meeting.time,
        places=(at,) if at else (),
        origin=came,
        party_span=visit.party_span if visit else None,
        host=host,
        host_span=host_span,
        also=meeting.also,
    )


def _visit_around(meeting: Meeting, told: Sequence[Visit]) -> Visit | None:
    """The visit that a meeting was part of: held where the delegation came to, or one there is."""
    at = meeting.at.code if meeting.at else None
    return next(
        (one for one in told if not at or not one.host or province(one.host) == province(at)), None
    )


def _guests(at: PlaceFact | None, people: Sequence[Attendance]) -> PlaceCode | None:
    """Who came to a meeting that is told without a visit: the highest place of the only others."""
    codes = {one.person.code for one in people if one.person.code}
    others = {code for code in codes if at and province(code) != province(at.code)}
    if len({province(code) for code in others}) != 1:
        return None
    return max(others, key=lambda code: len(code) - len(code.rstrip("0")))
