"""Meetings that were held: their name, day and place.

Not for meetings that are only cited (某座谈会上的重要讲话), and not for who was there: `gather.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.deeper import town_at
from jiedui.facts.gazetteer import abbreviation
from jiedui.facts.ground import OURS, Ground, host_at, time_of
from jiedui.facts.model import EventType, PlaceFact, Span, TimeFact
from jiedui.facts.view import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.places import PlaceCode

__all__ = ["Meeting", "meetings"]

_MEETING = (
    r"(?:联席会议|联席会|座谈会|对接会议|对接会|交流会议|交流会|推进会议|推进会|协商会议|协商会|洽谈会|恳谈会|协调会|"
    r"会商会|协作会议|工作会议|工作会|专题会议|专题会|视频会议|会议)"
)
_HELD_AFTER = re.compile(
    rf"(?P<name>[^,。;!:\n“”()?]{{0,40}}?{_MEETING})(?![上的以暨期前中精])"
    r"(?P<gap>[^,。;!:\n]{0,30}?)(?P<held>举行|召开|举办)"
)
_HELD_BEFORE = re.compile(
    rf"(?P<held>举行|召开|举办)(?:了|的)?(?P<name>[^,。;!:\n“”()?]{{0,40}}?{_MEETING})(?!精神|以来)"
)
_TALKED = re.compile(
    r"(?P<held>举行|召开|开展|进行)(?:了)?(?P<name>(?:工作)?(?:座谈|会谈)(?:交流)?)(?!会)"
)
_AT = re.compile(r"(?:在|于)(?=[\u4e00-\u9fff])")
_NOT_OURS = re.compile(
    r"新闻发布会|全体会议|常委会|常务会|全会|代表大会|人大会议|政协会议|记者会|委员会会议|党组会|次会议"
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One mention of a meeting that was held."""

    start: int
    end: int
    rule: str
    type: EventType
    name: str
    time: TimeFact | None
    at: PlaceFact | None
    also: tuple[Span, ...] = ()


def meetings(ground: Ground) -> Iterator[Meeting]:
    """Every meeting that the text says was held, once a name."""
    text = ground.seen.text
    taken = Taken(len(text))
    for rule, pattern in (
        ("meeting-held", _HELD_AFTER),
        ("meeting-holding", _HELD_BEFORE),
        ("meeting-talks", _TALKED),
    ):
        at = ground.start
        while hit := pattern.search(text, at):
            at = hit.end()
            if taken.touches(*hit.span()):
                continue
            meeting = _meeting(ground, hit, rule)
            if meeting:
                taken.add(*hit.span())
                yield meeting


def _meeting(ground: Ground, hit: re.Match[str], rule: str) -> Meeting | None:
    text = ground.seen.text
    start = _name_start(ground, hit.start("name"), hit.end("name"))
    name = text[start : hit.end("name")].replace(" ", "")
    if _NOT_OURS.search(name) or len(name) > 44:
        return None
    sentence, stop = ground.seen.sentence(hit.start())
    first = min(start, hit.start("held"))
    time = time_of(ground, first, hit.end())
    at = _venue(ground, hit, sentence)
    begin = min([first, *([time.start] if time and sentence <= time.start else [])])
    return Meeting(
        start=begin,
        end=min(hit.end(), stop),
        rule=rule,
        type="joint-meeting" if "联席" in name else "meeting",
        name=name,
        time=time,
        at=at,
    )


def _name_start(ground: Ground, start: int, end: int) -> int:
    """Where the name of a meeting begins: behind the time, the place and the words of order."""
    text = ground.seen.text
    for time in ground.times_from(start - 20, end):
        if start < time.end < end and time.grain == "day":
            start = max(start, time.end)
    inner = re.compile(
        r"(?:,|随后|期间|当天|当日|上午|下午|会前|日|在[^,]{1,12}(?:召开|举行)的?|双方|出席|参加|主持)+"
    )
    hit = inner.match(text, start, end)
    start = hit.end() if hit else start
    at = _AT.match(text, start, end)
    if at:
        chain = ground.gazetteer.chain(text, at.end(), ground.near, counties=True)
        start = chain.end if chain and chain.end < end else start
    while text[start - 1 : start] == "、":
        # 浙江省、四川省东西部协作联席会议: the sign stands inside the name.
        before = _chain_ending(ground, start - 1)
        if before is None:
            break
        start = before
    return start


def _chain_ending(ground: Ground, end: int) -> int | None:
    before = ground.gazetteer.name_before(ground.seen.text, end, max(ground.start, end - 20))
    return before[0] if before else None


def _venue(ground: Ground, hit: re.Match[str], sentence: int) -> PlaceFact | None:
    """The place of a meeting: behind 在, between name and verb or before them."""
    text = ground.seen.text
    spans = [(hit.end("name"), hit.start("held"))] if hit.start("held") > hit.end("name") else []
    spans.append((max(sentence, hit.start() - 40), max(hit.start("held"), hit.start())))
    for start, stop in spans:
        for at in _AT.finditer(text, start, stop):
            chain = ground.gazetteer.chain(text, at.end(), ground.near, counties=True)
            ours = OURS.match(text, at.end())
            span: Span = (at.end(), at.end())
            code: PlaceCode | None = None
            if chain:
                town = town_at(text, chain.end, stop, chain.code)
                end, code = town or (chain.end, chain.code)
                span = (at.end(), end)
            elif ours:
                host = host_at(ground, at.end())
                span, code = host or (span, None)
            elif abbreviation(text[at.end() : at.end() + 1]) and text[at.end() + 1] in "举召":
                span, code = (at.end(), at.end() + 1), abbreviation(text[at.end()])
            if code and span[1] <= stop:
                return PlaceFact(
                    start=span[0],
                    end=span[1],
                    quote=ground.seen.quote(*span),
                    rule="place-venue",
                    confidence=0.95,
                    code=code,
                    name=text[span[0] : span[1]],
                )
    return None
