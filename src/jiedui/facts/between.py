"""Between whom a meeting was held that no visit brought about: the two sides that its words name.

Places in the name of the meeting or before 召开, or the signs of two provinces (津甘). Not for
meetings of a visit, whose sides are those of the visit: `events.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.gazetteer import abbreviation
from jiedui.facts.sides import province, side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.ground import Ground
    from jiedui.facts.meetings import Meeting
    from jiedui.facts.model import Span
    from jiedui.places import PlaceCode

__all__ = ["Named", "Sides", "across", "places_in", "sides_of"]

_EAST, _WEST = "[津沪浙苏闽粤鲁京]", "[甘川滇黔桂渝陕青宁蒙藏疆云贵]"
_SIGNS = re.compile(rf"{_EAST}{_WEST}|{_WEST}{_EAST}")
_CONVENED = re.compile(r"(?:组织)?(?:召开|举行|举办)")
_AT = re.compile(r"[在于]")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Named:
    """A place that words name, and where."""

    span: Span
    code: PlaceCode


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a meeting; host and guest are open where the text leaves them."""

    codes: tuple[PlaceCode, PlaceCode]
    host: Named | None
    guest: Named | None


def places_in(ground: Ground, start: int, end: int) -> Iterator[Named]:
    """The places named in full from `start` to `end`, nested names as one."""
    text, at = ground.seen.text, start
    while at < end - 1:
        chain = ground.gazetteer.chain(text, at, ground.near)
        if chain is not None and chain.end <= end:
            yield Named((at, chain.end), chain.code)
            at = chain.end
        else:
            at += 1


def across(one: PlaceCode, other: PlaceCode) -> bool:
    """Whether of two places one is of the eastern and one of the western side."""
    return {side(one, other), side(other, one)} == {"east", "west"}


def sides_of(ground: Ground, meeting: Meeting) -> Sides | None:
    """The two sides that a meeting's words name, and which of them hosts where that is said.

    Of two that are named together before 召开 (甲区和乙县召开) neither is said to host.
    """
    pair = _pair(ground, meeting)
    if pair is None:
        return None
    first, second = pair
    at = meeting.at
    if at:
        host = next((one for one in pair if province(one.code) == province(at.code)), None)
    else:
        verb = _CONVENED.search(ground.seen.text, first.span[1], meeting.end)
        host = first if verb and verb.end() <= second.span[0] else None
    guest = None if host is None else second if host is first else first
    return Sides((first.code, second.code), host, guest)


def _pair(ground: Ground, meeting: Meeting) -> tuple[Named, Named] | None:
    text = ground.seen.text
    sentence = ground.seen.sentence(meeting.start)[0]
    comma = text.rfind(",", sentence, meeting.start) + 1
    start = max(comma, sentence, meeting.start - _LONGEST)
    venue = meeting.at.span if meeting.at else None
    found = [
        one
        for one in places_in(ground, start, meeting.end)
        if one.span != venue and not _AT.fullmatch(text[one.span[0] - 1 : one.span[0]])
    ]
    for first in found:
        for second in found:
            if first.span < second.span and across(first.code, second.code):
                return first, second
    signs = _SIGNS.search(text, start, meeting.end)
    if signs is None:
        return None
    one, other = (abbreviation(sign) for sign in signs.group())
    at = signs.start()
    return (Named((at, at + 1), one), Named((at + 1, at + 2), other)) if one and other else None
