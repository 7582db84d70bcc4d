"""Persons of the whole text, with their side, and the people of each event.

Mentions of one name become one person; the side follows from the place of the post, which may be
unsaid (省委书记) and is then found from source and receiving side. Not for the grammar of names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.facts.model import DID, Attendance, Did, PersonFact, Span
from jiedui.facts.posts import is_officer
from jiedui.facts.sides import province, side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.facts.groups import Group, Mention
    from jiedui.facts.meetings import Meeting
    from jiedui.facts.view import View
    from jiedui.facts.visits import Visit
    from jiedui.facts.whose import Context, PostPlace

__all__ = ["Known", "attend", "attendance", "person_fact", "persons"]

_ON_TOUR = re.compile(r"有关活动|相关活动|参加活动|考察|调研|看望|慰问|陪同|随同|率")
_AT_MEETING = re.compile(r"座谈|会议|会上|主持|讲话|致辞|致词|介绍|汇报|通报|发言|会谈|签约")
_IN_EVENT = re.compile(r"会上|座谈|会议|会见|会谈|考察|调研|代表团")


@dataclass(slots=True)
class Known:
    """One person while mentions are put together."""

    group: Group
    name: str
    start: int
    end: int
    place: PostPlace
    did: set[Did] = field(default_factory=set)
    also: list[Span] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    in_events: bool = False


def persons(found: Sequence[Group], post_places: Sequence[PostPlace]) -> list[Known]:
    """One person for each name, or for each name and side when two of one name have two sides."""
    known: list[Known] = []
    by_name: dict[str, list[Known]] = {}
    for index, (group, place) in enumerate(zip(found, post_places, strict=True)):
        for name in group.names:
            alike = by_name.setdefault(name.name, [])
            person = _same(alike, group, place)
            if person is None:
                person = Known(group, name.name, name.start, name.end, place)
                known.append(person)
                alike.append(person)
                _take_post(person, group, name)
            elif person.group.post is None and group.post is not None:
                person.group, person.place = group, place
                _take_post(person, group, name)
            person.mentions.append(index)
            if not group.cited and not group.weak:
                person.did.update(group.did)
    return known


def _take_post(person: Known, group: Group, name: Mention) -> None:
    """Where a person stands with the post: one span, or the name in a list and its post apart."""
    if group.post is None:
        return
    if len(group.names) == 1:
        person.start, person.end = group.start, group.end
    else:
        person.start, person.end = name.start, name.end
        person.also.append((group.post.start, group.post.end))


def _same(alike: Sequence[Known], group: Group, place: PostPlace) -> Known | None:
    if group.post is None or place.code is None:
        return alike[-1] if alike else None
    for one in alike:
        other = one.place.code
        if other is None or province(other) == province(place.code):
            return one
    return None


@dataclass(slots=True)
class _Share:
    """What one person did at one event."""

    did: set[Did] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)


def attend(
    seen: View,
    found: Sequence[Group],
    known: Sequence[Known],
    visits: Sequence[Visit],
    meetings: Sequence[Meeting],
) -> dict[int, dict[int, _Share]]:
    """Who was at which event: event number (visits first) -> person number -> what the person did.

    Who was at a meeting of a visit was on the visit too.
    """
    shares: dict[int, dict[int, _Share]] = {}
    for number, person in enumerate(known):
        for index in person.mentions:
            group = found[index]
            event = None if group.cited else _event_of(seen, group, visits, meetings)
            if event is not None and group.said:
                share = shares.setdefault(event, {}).setdefault(number, _Share())
                share.did.update(group.did)
                share.spans.append((group.start, group.said[1]))
    if visits:
        for offset, meeting in enumerate(meetings):
            _pass_on(shares, len(visits) + offset, _visit_of(meeting, visits))
    for people in shares.values():
        for number in people:
            known[number].in_events = True
    return shares


def _pass_on(shares: dict[int, dict[int, _Share]], meeting: int, visit: int | None) -> None:
    if visit is None:
        return
    for number, share in shares.get(meeting, {}).items():
        at_visit = shares.setdefault(visit, {}).setdefault(number, _Share())
        at_visit.did.update(share.did)
        at_visit.spans.extend(share.spans)


def _visit_of(meeting: Meeting, visits: Sequence[Visit]) -> int | None:
    """The visit that a meeting belongs to: its day lies in it, or there is only one."""
    met = meeting.time.days if meeting.time else None
    for index, visit in enumerate(visits):
        days = visit.time.days if visit.time else None
        if met and days and days[0] <= met[0] <= days[1]:
            return index
    open_ended = met is None or all(v.time is None or v.time.days is None for v in visits)
    return 0 if len(visits) == 1 and open_ended else None


def _event_of(
    seen: View, group: Group, visits: Sequence[Visit], meetings: Sequence[Meeting]
) -> int | None:
    """The event that a group's words speak of: the nearest of the kind they name."""
    if group.said is None or not (visits or meetings):
        return None
    words = seen.text[group.said[0] : group.said[1]]
    sentence = seen.sentence(group.start)
    if group.weak and not _IN_EVENT.search(seen.text[sentence[0] : sentence[1]]):
        return None
    tour = bool(_ON_TOUR.search(words)) and not _AT_MEETING.search(words)
    first, second = (visits, meetings) if tour else (meetings, visits)
    events: Sequence[Visit] | Sequence[Meeting] = first or second
    offset = len(visits) if events is meetings else 0
    at = bisect_right([event.start for event in events], group.start)
    near = range(max(0, at - 2), min(len(events), at + 2))
    index = min(
        near,
        key=lambda n: (
            seen.sentence(events[n].start) != sentence,
            events[n].start > group.start,
            abs(events[n].start - group.start),
        ),
    )
    return offset + index


def person_fact(seen: View, person: Known, context: Context) -> PersonFact:
    """The fact of one person, from all mentions."""
    group, post = person.group, person.group.post
    words = seen.text[post.start : post.end].replace(" ", "") if post else ""
    code = person.place.code
    other = (
        context.origin
        if code and context.host and (province(code) == province(context.host))
        else context.host
    )
    cited = group.cited
    return PersonFact(
        start=person.start,
        end=person.end,
        quote=seen.quote(person.start, person.end),
        rule="person-cited" if cited else group.rule,
        confidence=_confidence(person),
        name=person.name,
        post=words,
        side=side(code, other),
        how=person.place.how,
        did=tuple(one for one in DID if one in person.did),
        took_part=person.in_events and not cited,
        code=code,
        officer=bool(words) and not cited and is_officer(words),
        also=tuple(person.also),
    )


def _confidence(person: Known) -> float:
    sure = any(name.sure for name in person.group.names if name.name == person.name)
    if person.group.post is None:
        return 0.6
    return 0.95 if sure else 0.8


def attendance(shares: dict[int, _Share], facts: Sequence[PersonFact]) -> tuple[Attendance, ...]:
    """The people of one event in the order of the text."""
    rows = [
        Attendance(
            facts[number],
            tuple(one for one in DID if one in share.did),
            tuple(dict.fromkeys(share.spans)),
        )
        for number, share in shares.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.person.start))
