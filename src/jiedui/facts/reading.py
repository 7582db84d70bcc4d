"""The whole reading: head, times, delegations, persons, sites, meetings, then their events.

The order of steps decides what each may know of the text; facts come out by position. Not for the
rules themselves: each kind has a module of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.events import Ground, Meeting, Visit, head_of, led_visits, meetings, visits
from jiedui.facts.gather import (
    Context,
    Known,
    PostPlace,
    attend,
    attendance,
    person_fact,
    persons,
    place_of_posts,
)
from jiedui.facts.gazetteer import gazetteer
from jiedui.facts.header import header_of
from jiedui.facts.model import (
    Attendance,
    EventFact,
    Fact,
    PersonFact,
    PlaceFact,
    Register,
    TimeFact,
)
from jiedui.facts.people import Group, groups
from jiedui.facts.places import Itinerary, itineraries, named
from jiedui.facts.sides import province
from jiedui.facts.sources import place_of_source
from jiedui.facts.time import times
from jiedui.facts.view import Taken, View, view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jiedui.places import PlaceCode

__all__ = ["read"]

LIMIT = 2_000_000
"""Code points of a text that are read: no article is so long."""
EVENTS = 400
"""Visits, and meetings, of one text that are kept: no summary of a year has more."""
_BACK = 50


def read(
    text: str,
    *,
    published: date | None = None,
    place: PlaceCode | None = None,
    source: str | None = None,
    register: Register | None = None,
) -> list[Fact]:
    """The facts of a text in the order of the text; `text[f.start:f.end] == f.quote`.

    `published` and `source` are read from the text's own head when not given; `place` is the place
    of the office that asks. `register`, the names of parties, is taken and not yet used.
    """
    del register
    seen = view(text[:LIMIT])
    head = header_of(seen)
    day = published or head.published
    names = gazetteer(day.year if day else None)
    home = place_of_source(source or head.source, names) or place
    near = (home,) if home else ()
    when = times(seen, day, head.body_start)
    starts = tuple(time.start for time in when)
    ground = Ground(seen, names, when, near, head.body_start, starts)
    return _Reading(ground, home).facts()


@dataclass(slots=True)
class _Reading:
    """One text while it is read."""

    ground: Ground
    home: PlaceCode | None

    def facts(self) -> list[Fact]:
        seen = self.ground.seen
        told = merged(visits(self.ground))
        self._look_near(told)
        found = groups(seen, self.ground.gazetteer, self.ground.near, self.ground.start)
        context = self._context(told)
        if not told:
            codes = [one.code for one in place_of_posts(seen, found, context)]
            told = merged(led_visits(self.ground, found, codes))
            self._look_near(told)
            context = self._context(told)
        tours = [tour for tour in self._tours(context) if tour.travels]
        told = _with_sites(told, tours)
        held = once(meetings(self.ground))
        told = self._with_heads(told, found, place_of_posts(seen, found, context))
        sites = dict.fromkeys(site.code for tour in tours for site in tour.sites)
        above = dict.fromkeys(p for code in sites for p in reversed(places.ancestors(code)))
        context = replace(self._context(told), sites=(*sites, *above))
        post_places = place_of_posts(seen, found, context)
        known = persons(found, post_places)
        held = [meeting for meeting in held if meeting.time or meeting.at]
        shares = attend(seen, found, known, told, held)
        people = [person_fact(seen, one, context) for one in known]
        by_event = [
            attendance(shares.get(number, {}), people) for number in range(len(told) + len(held))
        ]
        leaders = _by_group(found, known, people)
        events = [
            *(
                _visit(seen, visit, who, leaders.get(id(visit.head)))
                for visit, who in zip(told, by_event[: len(told)], strict=True)
            ),
            *(
                _meeting(seen, meeting, who, told)
                for meeting, who in zip(held, by_event[len(told) :], strict=True)
            ),
        ]
        visited = [site for tour in tours for site in tour.sites]
        visited += [meeting.at for meeting in held if meeting.at]
        return _in_order(
            [*self.ground.times, *events, *_kept(people), *self._places(visited, people, events)]
        )

    def _look_near(self, told: Sequence[Visit]) -> None:
        sides = [place for visit in told for place in (visit.host, visit.origin) if place]
        near = tuple(dict.fromkeys([*sides, *self.ground.near]))
        self.ground = replace(self.ground, near=near)

    def _context(self, told: Sequence[Visit]) -> Context:
        first = told[0] if told else None
        return Context(self.home, first.host if first else None, first.origin if first else None)

    def _tours(self, context: Context) -> Iterator[Itinerary]:
        ground = self.ground
        host = context.host or self.home
        return itineraries(ground.seen, ground.gazetteer, host, ground.near, ground.start)

    def _with_heads(
        self, told: Sequence[Visit], found: Sequence[Group], post_places: Sequence[PostPlace]
    ) -> list[Visit]:
        """Add who leads each delegation; a delegation without a place gets its leader's."""
        codes = {id(group): place.code for group, place in zip(found, post_places, strict=True)}
        result: list[Visit] = []
        for visit in told:
            head = head_of(self.ground, visit, found)
            if head is None:
                result.append(visit)
                continue
            origin = visit.origin or codes.get(id(head[0]))
            result.append(replace(visit, head=head[0], head_span=head[1], origin=origin))
        return result

    def _places(
        self,
        sites: Sequence[PlaceFact],
        people: Sequence[PersonFact],
        events: Sequence[EventFact],
    ) -> Iterator[PlaceFact]:
        ground = self.ground
        taken = Taken(len(ground.seen.text), (site.span for site in sites))
        for event in events:
            taken.add(*event.span)
        for person in people:
            for span in (person.span, *person.also):
                taken.add(*span)
        codes = {site.code for site in sites}
        yield from {site.span: site for site in sites}.values()
        for fact in named(ground.seen, ground.gazetteer, ground.near, ground.start, taken):
            if fact.code not in codes:
                yield fact


def merged(mentions: Iterator[Visit]) -> list[Visit]:
    """Mentions of one visit put together: the first that has a date leads, all are kept as spans."""
    result: list[Visit] = []
    for visit in sorted(mentions, key=lambda one: one.start):
        for index in range(max(0, len(result) - _BACK), len(result)):
            if _same_visit(visit, result[index]):
                result[index] = _joined(result[index], visit)
                break
        else:
            result.append(visit)
    return sorted(result[:EVENTS], key=lambda one: one.start)


def _same_visit(one: Visit, other: Visit) -> bool:
    if one.host is None or other.host is None or province(one.host) != province(other.host):
        return False
    if one.origin and other.origin and province(one.origin) != province(other.origin):
        return False
    if one.party and other.party and one.party[-3:] != other.party[-3:]:
        return False
    first, second = one.time, other.time
    if not (first and second and first.first and second.first):
        return True
    if first.last is None or second.last is None:
        return True
    return first.first <= second.last and second.first <= first.last


def _joined(first: Visit, second: Visit) -> Visit:
    lead, more = (first, second) if first.time or not second.time else (second, first)
    party = lead if lead.origin or not more.origin else more
    host = lead if not more.host or more.host.endswith("0000") else more
    return replace(
        lead,
        party=party.party or lead.party,
        party_span=party.party_span or lead.party_span,
        origin=lead.origin or more.origin,
        host=host.host if lead.host and lead.host.endswith("0000") else lead.host,
        count=lead.count or more.count,
        count_span=lead.count_span or more.count_span,
        head=lead.head or more.head,
        head_span=lead.head_span or more.head_span,
        also=(*lead.also, (more.start, more.end), *more.also),
    )


def once(mentions: Iterator[Meeting]) -> list[Meeting]:
    """Meetings told more than once, in head line and body, become one."""
    result: list[Meeting] = []
    for meeting in sorted(mentions, key=lambda one: one.start):
        for index in range(max(0, len(result) - _BACK), len(result)):
            other = result[index]
            same_day = not (meeting.time and other.time) or meeting.time.first == other.time.first
            alike = meeting.name.endswith(other.name) or other.name.endswith(meeting.name)
            if same_day and alike:
                lead, more = (other, meeting) if other.time else (meeting, other)
                result[index] = replace(
                    lead,
                    at=lead.at or more.at,
                    name=max(lead.name, more.name, key=len),
                    also=(*lead.also, (more.start, more.end)),
                )
                break
        else:
            result.append(meeting)
    return sorted(result[:EVENTS], key=lambda one: one.start)


def _with_sites(told: Sequence[Visit], tours: Sequence[Itinerary]) -> list[Visit]:
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
    further = tuple(site for site in sites if site.span != visit.host_span)
    return further or sites


def _by_group(
    found: Sequence[Group], known: Sequence[Known], people: Sequence[PersonFact]
) -> dict[int, PersonFact]:
    return {
        id(found[index]): fact
        for one, fact in zip(known, people, strict=True)
        for index in one.mentions
    }


def _visit(
    seen: View, visit: Visit, people: tuple[Attendance, ...], head: PersonFact | None
) -> EventFact:
    time = visit.time
    start, end = visit.start, visit.end
    if time and seen.sentence(time.start) == seen.sentence(start):
        start, end = min(start, time.start), max(end, time.end)
    return EventFact(
        start=start,
        end=end,
        quote=seen.quote(start, end),
        rule=visit.rule,
        confidence=0.95 if time and time.first else 0.7,
        type="visit",
        name=seen.text[visit.start : visit.end].replace(" ", ""),
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


def _meeting(
    seen: View, meeting: Meeting, people: tuple[Attendance, ...], told: Sequence[Visit]
) -> EventFact:
    visit = _visit_around(meeting, told)
    at = meeting.at
    came = _guests(at, people) if visit is None else None
    return EventFact(
        start=meeting.start,
        end=meeting.end,
        quote=seen.quote(meeting.start, meeting.end),
        rule=meeting.rule,
        confidence=0.95 if meeting.time and meeting.time.first else 0.7,
        type=meeting.type,
        name=meeting.name,
        time=meeting.time,
        places=(meeting.at,) if meeting.at else (),
        people=people,
        origin=visit.origin if visit else came,
        party_span=visit.party_span if visit else None,
        host=visit.host if visit else at.code if at else None,
        host_span=visit.host_span if visit else at.span if at else None,
        also=meeting.also,
    )


def _visit_around(meeting: Meeting, told: Sequence[Visit]) -> Visit | None:
    """The visit that a meeting was part of: held where the delegation came to, or one there is."""
    at = meeting.at.code if meeting.at else None
    return next(
        (one for one in told if not at or not one.host or province(one.host) == province(at)), None
    )


def _guests(at: PlaceFact | None, people: Sequence[Attendance]) -> PlaceCode | None:
    """The province whose people came to a meeting that is told without a visit: the only other."""
    codes = {province(one.person.code) for one in people if one.person.code}
    others = codes - {province(at.code)} if at else set()
    return others.pop() if len(others) == 1 else None


def _kept(people: Sequence[PersonFact]) -> Iterator[PersonFact]:
    """Persons with a post, and those without one who took part."""
    return (one for one in people if one.post or one.took_part)


def _in_order(facts: Sequence[Fact | TimeFact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.start, -fact.end, fact.kind))
