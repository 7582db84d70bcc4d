"""Mentions of one event put together: the head line and the body tell the same visit.

Not for the same event in two documents: that is for evidence and the store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.meetings import Meeting
    from jiedui.facts.visits import Visit

__all__ = ["EVENTS", "merged", "once"]

EVENTS = 400
"""Visits, and meetings, of one text that are kept: no summary of a year has more."""
_BACK = 50


def merged(mentions: Iterator[Visit]) -> list[Visit]:
    """Mentions of one visit put together: the first with a date leads, all are kept as spans."""
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
    first, second = (each.time.days if each.time else None for each in (one, other))
    return not (first and second) or (first[0] <= second[1] and second[0] <= first[1])


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
            days = [one.time.days for one in (meeting, other) if one.time and one.time.days]
            same_day = len(days) < 2 or days[0][0] == days[1][0]
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
