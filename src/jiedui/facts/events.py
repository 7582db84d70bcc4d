"""Visits and meetings: who came to whom, when, where, and what the meeting is called.

Not for gathering the people of an event: `gather.py` does, when both are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.gazetteer import Gazetteer, abbreviation, fits
from jiedui.facts.model import EventType, PlaceFact, Span, TimeFact
from jiedui.facts.sides import province
from jiedui.facts.view import Taken, near_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.people import Group
    from jiedui.facts.view import View
    from jiedui.places import PlaceCode

__all__ = ["Ground", "Meeting", "Visit", "head_of", "led_visits", "meetings", "visits"]

_TEAM = re.compile(
    r"(?:代表团|考察团|调研团|慰问团|访问团|考察组|调研组|交流团|对接组|工作团|访问组|慰问组)"
)
_MIDDLE = re.compile(
    r"(?:省|市|区|县|州)?(?:委|政府)?(?:级)?(?:党政|经贸|商务|政协|人大|企业家?|教育|医疗|卫生|农业农村|农业|文旅|文化|组织部|友好|"
    r"招商|东西部协作|对口支援|对口合作|对口帮扶|乡村振兴|协作|支援|帮扶|合作|科技|青年|妇联|工会|干部|人才|党政企|高层|学习|"
    r"赴|来|[津甘沪浙苏鲁闽粤京川滇黔桂宁青渝陕藏疆蒙])*"
)
_GOING = re.compile(
    r"(?:一行|共?\d+余?人|,|专程|再次|先后|于|率队|抵|\d{1,2}[月日至到\-]|\d{1,2}|上午|下午| )*"
    r"(?P<verb>来到|来|到访|到|赴|前往|抵达|抵|莅临|访问|深入|走进)"
)
_AIM = re.compile(
    r"(?:开展|进行|就|围绕|对)?[^,。;!\n]{0,24}?(?P<aim>学习考察|考察|调研|对接|访问|交流|看望|慰问|洽谈|座谈|出席|参加|推进|观摩|走访|参观|指导)"
)
_OURS = re.compile(r"(?:我|本)(省|自治区|市|州|县|区|盟|旗)")
_COUNT = re.compile(r"(?:一行|共|等)?(\d{1,4})(余|多)?(?:名|位)?(?:人|成员|干部|代表)")
_LEADS = re.compile(r"^(?:率领|率|带领|带)(?:队)?")
_LED_AFTER = re.compile(r"^(?:率队|率团|带队|带团|任团长|担任团长|为团长|率领)")
_LED_GOING = re.compile(
    r"^(?:(?:一行|率队|率团|带队|带团|率领[^,。;]{0,24}|率[^,。;]{0,24}?(?:团|组|队))+,?)(?:专程|先后|于)?"
    r"(?P<verb>来到|来|到|赴|前往|抵达|莅临|访问)"
)
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
_HEAD_OF_TEAM = re.compile(r"(?<!副)(?:代表团|考察团)团长")
_REACH = 400
"""How far from an event its day and its leader may stand."""
_HEADS = 200
_NOT_OURS = re.compile(
    r"新闻发布会|全体会议|常委会|常务会|全会|代表大会|人大会议|政协会议|记者会|委员会会议|党组会|次会议"
)
_NAME_CUT = re.compile(r"^(?:[^,。;]*?(?:上午|下午|晚上|晚|日|当天|当日|期间|随后))?(?:,| )?")


@dataclass(frozen=True, slots=True)
class Visit:
    """One mention of a visit, before mentions of the same visit are put together."""

    start: int
    end: int
    rule: str
    time: TimeFact | None
    party: str | None
    party_span: Span | None
    origin: PlaceCode | None
    host: PlaceCode | None
    host_span: Span | None
    head: Group | None = None
    count: int | None = None
    count_span: Span | None = None
    sites: tuple[PlaceFact, ...] = ()
    head_span: Span | None = None
    also: tuple[Span, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules of events stand on: the text, its gazetteer, times, and the places near."""

    seen: View
    gazetteer: Gazetteer
    times: Sequence[TimeFact]
    near: Sequence[PlaceCode]
    start: int
    starts: tuple[int, ...]
    """Where each of the times begins, in order."""

    def times_from(self, first: int, last: int) -> Sequence[TimeFact]:
        """The times that begin from `first` up to, and without, `last`."""
        found = near_by(self.starts, first, last)
        return self.times[found.start : found.stop]


def parties(ground: Ground) -> Iterator[tuple[Span, PlaceCode | None]]:
    """Every delegation with the place that sent it."""
    text = ground.seen.text
    for team in _TEAM.finditer(text, ground.start):
        floor = max(ground.start, team.start() - 30)
        best: tuple[Span, PlaceCode | None] | None = None
        for at in range(floor, team.start() - 1):
            chain = ground.gazetteer.chain(text, at, ground.near)
            if chain is None or chain.end > team.start():
                continue
            if _MIDDLE.fullmatch(text, chain.end, team.start()):
                best = ((at, team.end()), chain.code)
                break
        if best is None:
            best = _bare_party(text, team, ground)
        if best:
            yield best


def _bare_party(
    text: str, team: re.Match[str], ground: Ground
) -> tuple[Span, PlaceCode | None] | None:
    for at in range(max(ground.start, team.start() - 10), team.start()):
        if _MIDDLE.fullmatch(text, at, team.start()) and at < team.start():
            return (at, team.end()), None
    return None


def visits(ground: Ground) -> Iterator[Visit]:
    """Every sentence in which a delegation goes to a place for a purpose."""
    text = ground.seen.text
    for span, origin in parties(ground):
        going = _GOING.match(text, span[1])
        if going is None:
            continue
        host = _host(ground, going.end("verb"))
        if host is None or (origin and province(host[1]) == province(origin) == host[1]):
            continue
        host_span, host_code = host
        aim = _AIM.match(text, host_span[1])
        if aim is None or (origin and host_code == origin):
            continue
        count = _COUNT.search(text, span[1], going.start("verb"))
        exact = count is not None and not count[2]
        yield Visit(
            start=span[0],
            end=_clause_end(text, aim.end()),
            rule="visit-party",
            time=_time_of(ground, span[0], _clause_end(text, aim.end())),
            party=text[span[0] : span[1]].replace(" ", ""),
            party_span=span,
            origin=origin,
            host=host_code,
            host_span=host_span,
            count=int(count[1]) if count and exact else None,
            count_span=count.span() if count and exact else None,
        )


def led_visits(
    ground: Ground, groups: Sequence[Group], places_of: Sequence[PlaceCode | None]
) -> Iterator[Visit]:
    """Visits told by their leader: 某某率队赴某地考察."""
    text = ground.seen.text
    for group, origin in zip(groups, places_of, strict=True):
        if group.cited or group.post is None:
            continue
        going = _LED_GOING.match(text[group.end : group.end + 60])
        if going is None:
            continue
        host = _host(ground, group.end + going.end("verb"))
        aim = _AIM.match(text, host[0][1]) if host else None
        if host is None or aim is None or (origin and province(origin) == province(host[1])):
            continue
        end = _clause_end(text, aim.end())
        yield Visit(
            start=group.start,
            end=end,
            rule="visit-led",
            time=_time_of(ground, group.start, end),
            party=None,
            party_span=None,
            origin=origin,
            host=host[1],
            host_span=host[0],
            head=group,
        )


def head_of(ground: Ground, visit: Visit, groups: Sequence[Group]) -> tuple[Group, Span] | None:
    """Who leads a delegation, when the text says so (率, 带队, 团长)."""
    if visit.head:
        return visit.head, (visit.head.start, visit.head.end + 2)
    if not visit.party_span:
        return None
    start = visit.party_span[0]
    text = ground.seen.text
    near = near_by([group.start for group in groups], start - _REACH, start + _REACH)
    for group in groups[near.start : near.stop]:
        span = _leads(ground, group, start)
        if span:
            return _first_of_row(text, group), span
    for group in groups[:_HEADS]:
        post = group.post
        if post and _HEAD_OF_TEAM.search(text, post.start, post.end) and len(group.names) == 1:
            return group, (group.start, group.end)
    return None


def _first_of_row(text: str, group: Group) -> Group:
    """Of several who lead together (书记某某、省长某某率), the one named first."""
    while group.inherits and text[group.inherits.end : group.start] in {"、", "和", "及", ",", ""}:
        group = group.inherits
    return group


def _leads(ground: Ground, group: Group, party: int) -> Span | None:
    """The words in which one person leads the delegation at `party`, None when they do not."""
    text = ground.seen.text
    if group.cited or len(group.names) != 1:
        return None
    before = text[group.end : party] if group.end <= party <= group.end + 12 else ""
    if _LEADS.match(before):
        return group.start, party
    led = _LED_AFTER.match(text[group.end : group.end + 6])
    opens = text[max(0, group.start - 1) : group.start] in {"由", ",", "。", "\n", ""}
    if led and opens and ground.seen.sentence(group.start) == ground.seen.sentence(party):
        return group.start, group.end + led.end()
    return None


def _host(ground: Ground, at: int) -> tuple[Span, PlaceCode] | None:
    """The place that receives: a name, a province's one-character name, or 我省."""
    text = ground.seen.text
    ours = _OURS.match(text, at)
    if ours:
        for code in ground.near:
            if fits(code, ours[1]):
                return ours.span(), code
        return None
    chain = ground.gazetteer.chain(text, at, ground.near, counties=True)
    if chain is not None:
        return (at, chain.end), chain.code
    code = abbreviation(text[at : at + 1])
    return ((at, at + 1), code) if code else None


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
    time = _time_of(ground, first, hit.end())
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
            ours = _OURS.match(text, at.end())
            span, code = (at.end(), at.end()), None
            if chain:
                span, code = (at.end(), chain.end), chain.code
            elif ours:
                host = _host(ground, at.end())
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


def _time_of(ground: Ground, start: int, end: int) -> TimeFact | None:
    """The day of an event: the last before it in its sentence, else the first inside or behind."""
    first, stop = ground.seen.sentence(start)
    first, stop = max(first, start - _REACH), min(stop, end + _REACH)
    inside = [t for t in ground.times_from(first, stop) if t.grain == "day" and t.first]
    before = [t for t in inside if t.end <= start]
    if before:
        return before[-1]
    within = [t for t in inside if t.start < end]
    if within:
        return within[0]
    return inside[0] if inside else None


def _clause_end(text: str, at: int) -> int:
    hit = re.compile(r"[,。;!\n(]").search(text, at)
    return hit.start() if hit else len(text)
