"""The whole reading: head, times, delegations, persons, sites, meetings, then their events.

The order of steps decides what each may know of the text; facts come out by position. Not for the
rules themselves: each kind has a module of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.aid import aid
from jiedui.facts.commitments import commitments
from jiedui.facts.deeper import county_of
from jiedui.facts.divisions import named
from jiedui.facts.events import meeting_fact, visit_fact, with_sites
from jiedui.facts.gather import Known, attend, attendance, person_fact, persons
from jiedui.facts.ground import Ground
from jiedui.facts.header import header_of
from jiedui.facts.led import led_visits
from jiedui.facts.meetings import meetings
from jiedui.facts.merging import merged, once
from jiedui.facts.movements import movements
from jiedui.facts.people import groups
from jiedui.facts.places import Itinerary, itineraries
from jiedui.facts.sources import place_of_source
from jiedui.facts.time import times
from jiedui.facts.towns import named_towns
from jiedui.facts.view import Taken, view
from jiedui.facts.visits import Visit, head_of, visits
from jiedui.facts.whose import Context, PostPlace, place_of_posts
from jiedui.facts.years import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jiedui.facts.groups import Group
    from jiedui.facts.model import EventFact, Fact, PersonFact, PlaceFact, Register, TimeFact
    from jiedui.places import PlaceCode

__all__ = ["read"]

LIMIT = 2_000_000
"""Code points of a text that are read: no article is so long."""


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
        """Run the steps and put the facts in the order of the text."""
        seen = self.ground.seen
        told, found = self._delegations()
        tours = [tour for tour in self._tours(self._context(told)) if tour.travels]
        told = with_sites(told, tours)
        held = [one for one in once(meetings(self.ground)) if one.time or one.at]
        told = self._with_heads(told, found, place_of_posts(seen, found, self._context(told)))
        context = replace(self._context(told), sites=_with_those_above(tours))
        known = persons(found, place_of_posts(seen, found, context))
        shares = attend(seen, found, known, told, held)
        people = [person_fact(seen, one, context) for one in known]
        rows = [attendance(shares.get(n, {}), people) for n in range(len(told) + len(held))]
        leaders = _by_group(found, known, people)
        events = [
            visit_fact(seen, visit, row, leaders.get(id(visit.head)))
            for visit, row in zip(told, rows, strict=False)
        ]
        events += [
            meeting_fact(self.ground, meeting, row, told)
            for meeting, row in zip(held, rows[len(told) :], strict=True)
        ]
        sites = [site for tour in tours for site in tour.sites]
        sites += [meeting.at for meeting in held if meeting.at]
        facts: list[Fact] = [*self.ground.times, *events, *_kept(people)]
        given = list(aid(self.ground))
        facts += [*commitments(self.ground, found, leaders), *given]
        facts += movements(self.ground, told, [one.span for one in given])
        return _in_order([*facts, *self._places(sites, people, events)])

    def _delegations(self) -> tuple[list[Visit], list[Group]]:
        """The visits, from the delegations named or else from who leads them, and the persons."""
        seen = self.ground.seen
        told = merged(visits(self.ground))
        self._look_near(told)
        found = groups(seen, self.ground.gazetteer, self.ground.near, self.ground.start)
        if not told:
            codes = [one.code for one in place_of_posts(seen, found, self._context(told))]
            told = merged(led_visits(self.ground, found, codes))
            self._look_near(told)
        return told, found

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
        yield from {site.span: site for site in sites}.values()
        told = [*sites, *named(ground.seen, ground.gazetteer, ground.near, ground.start, taken)]
        codes = {code for site in sites for code in (site.code, county_of(site.code))}
        yield from (fact for fact in told[len(sites) :] if fact.code not in codes)
        for fact in told:
            taken.add(*fact.span)
        counties = tuple(dict.fromkeys(county_of(fact.code) for fact in told))
        codes.update(fact.code for fact in told)
        for fact in named_towns(ground.seen, counties, ground.near, ground.start, taken):
            if fact.code not in codes:
                yield fact


def _with_those_above(tours: Sequence[Itinerary]) -> tuple[PlaceCode, ...]:
    """The places of all sites, and then the places above them."""
    sites = dict.fromkeys(county_of(site.code) for tour in tours for site in tour.sites)
    above = dict.fromkeys(p for code in sites for p in reversed(places.ancestors(code)))
    return (*sites, *above)


def _by_group(
    found: Sequence[Group], known: Sequence[Known], people: Sequence[PersonFact]
) -> dict[int, PersonFact]:
    return {
        id(found[index]): fact
        for one, fact in zip(known, people, strict=True)
        for index in one.mentions
    }


def _kept(people: Sequence[PersonFact]) -> Iterator[PersonFact]:
    """Persons with a post, and those without one who took part."""
    return (one for one in people if one.post or one.took_part)


def _in_order(facts: Sequence[Fact | TimeFact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.start, -fact.end, fact.kind))
