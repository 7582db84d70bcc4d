"""Visits told by who leads them, where no delegation is named.

Not for delegations: `visits.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.facts.between import across
from jiedui.facts.ground import clause_end, host_at, time_of
from jiedui.facts.sides import province
from jiedui.facts.visits import AIM, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.ground import Ground
    from jiedui.facts.groups import Group
    from jiedui.facts.model import Span
    from jiedui.places import PlaceCode

__all__ = ["led_visits"]

_LED_GOING = re.compile(
    r"^(?:(?:一行(?:\d+余?人)?|率队|率团|带队|带团|(?:率领|带领)[^,。;率带]{0,40}|率[^,。;率带]{0,24}?(?:团|组|队))+,?)(?:专程|先后|于)?"
    r"(?P<verb>来到|来|到|赴|前往|抵达|莅临|访问)"
)
# One who travels without a delegation, to look and to talk: no congress, forum or ceremony.
_ALONE_GOING = re.compile(r"^(?:专程|先后|再次)?(?P<verb>来到|来|到|赴|前往)")
_LOOKS = frozenset(("学习考察", "考察", "调研", "对接", "看望", "慰问"))


def led_visits(
    ground: Ground, groups: Sequence[Group], places_of: Sequence[PlaceCode | None]
) -> Iterator[Visit]:
    """Visits told by their leader: 某某率队赴某地考察, or 某某赴某地调研 across the two sides."""
    text = ground.seen.text
    for group, origin in zip(groups, places_of, strict=True):
        if group.cited or group.post is None:
            continue
        ahead = text[group.end : group.end + 80]
        going = _LED_GOING.match(ahead)
        alone = None if going else _ALONE_GOING.match(ahead)
        verb = going or alone
        host = host_at(ground, group.end + verb.end("verb")) if verb else None
        aim = AIM.match(text, host[0][1]) if host else None
        if verb is None or host is None or aim is None:
            continue
        if origin and province(origin) == province(host[1]):
            continue
        if origin is None and "带领" in verb.group():
            # Of one whose place nobody knows, these are the words for any tour of inspection.
            continue
        if alone and not (aim["aim"] in _LOOKS and origin and across(origin, host[1])):
            continue
        yield _led(ground, group, origin, host, clause_end(text, aim.end()), alone=bool(alone))


def _led(
    ground: Ground,
    group: Group,
    origin: PlaceCode | None,
    host: tuple[Span, PlaceCode],
    end: int,
    *,
    alone: bool,
) -> Visit:
    return Visit(
        start=group.start,
        end=end,
        rule="visit-alone" if alone else "visit-led",
        time=time_of(ground, group.start, end),
        party=None,
        party_span=None,
        origin=origin,
        host=host[1],
        host_span=host[0],
        head=group,
    )
