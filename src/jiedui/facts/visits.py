"""Visits: which delegation went to whom, for what, when, how many, and who led it.

Not for visits told by their leader alone: `led.py`; not for people and sites: `events.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.gazetteer import fits
from jiedui.facts.ground import REACH, Ground, clause_end, host_at, time_of
from jiedui.facts.sides import province
from jiedui.facts.view import near_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.groups import Group
    from jiedui.facts.model import PlaceFact, Span, TimeFact
    from jiedui.places import PlaceCode

__all__ = ["AIM", "Visit", "head_of", "visits"]

_TEAM = re.compile(
    r"(?:代表团|考察团|调研团|慰问团|访问团|考察组|调研组|交流团|对接组|工作团|访问组|慰问组)"
)
_MIDDLE = re.compile(
    r"(?:省|市|区|县|州)?(?:委|政府)?(?:级)?(?:党政|经贸|商务|政协|人大|企业家?|教育|医疗|卫生|农业农村|农业|文旅|文化|组织部|友好|"
    r"招商|东西部协作|对口支援|对口合作|对口帮扶|乡村振兴|协作|支援|帮扶|合作|科技|青年|妇联|工会|干部|人才|党政企|高层|学习|"
    r"赴|来|[津甘沪浙苏鲁闽粤京川滇黔桂宁青渝陕藏疆蒙])*"
)
# An office or a firm that sends: 区教育局调研组, 某某集团有限公司考察团.
_SENDER = re.compile(
    rf"{_MIDDLE.pattern}(?:(?![与和同向到赴来在为由率带迎])[\u4e00-\u9fff]){{1,14}}?"
    rf"(?:局|委|办|办公室|厅|部|委员会|指挥部|公司|集团|商会|协会|学会|基金会|红十字会|医院|学校|大学|学院|中心)"
    rf"{_MIDDLE.pattern}"
)
_GOING = re.compile(
    r"(?:一行|共?\d+余?人|,|在[^,。;!\n]{2,40}?(?:带领|率领)下|应邀|"
    r"专程|再次|先后|于|率队|抵|[0-9月日号至~-]++|到(?=[0-9])|上午|下午| )*"
    r"(?P<verb>来到|来|到访|到|赴|前往|抵达|抵|莅临|访问|深入|走进)"
)
AIM = re.compile(
    r"(?:,(?=先后|分别|深入|实地|现场|开展|考察|调研|参观|走访))?(?:开展|进行|就|围绕|对)?[^,。;!\n]{0,24}?(?P<aim>学习考察|考察|调研|对接|访问|交流|看望|慰问|洽谈|座谈|出席|参加|推进|观摩|走访|参观|指导)"
)
_COUNT = re.compile(r"(?:一行|共|等)?(\d{1,4})(余|多)?(?:名|位)?(?:人|成员|干部|代表)")
_LEADS = re.compile(r"^(?:率领|率|带领|带)(?:队)?")
_LED_AFTER = re.compile(r"^(?:率队|率团|带队|带团|任团长|担任团长|为团长|率领)")
_RECEIVED = re.compile(r"(?:迎来|接待|迎接)了?$")
_HEAD_OF_TEAM = re.compile(r"(?<!副)(?:代表团|考察团)团长")
_HEADS = 200


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
            if any(one.fullmatch(text, chain.end, team.start()) for one in (_MIDDLE, _SENDER)):
                best = ((at, team.end()), chain.code)
                break
        if best is None:
            best = _bare_party(text, team, ground)
        if best:
            yield best


def _bare_party(
    text: str, team: re.Match[str], ground: Ground
) -> tuple[Span, PlaceCode | None] | None:
    """A delegation without a place: 省党政代表团 is that of the place the source speaks for."""
    for at in range(max(ground.start, team.start() - 10), team.start()):
        if _MIDDLE.fullmatch(text, at, team.start()):
            level = text[at] if text[at] in "省市区县州" else None
            home = (code for code in ground.near if level and fits(code, level))
            return (at, team.end()), next(home, None)
    return None


def visits(ground: Ground) -> Iterator[Visit]:
    """Every sentence in which a delegation goes to a place for a purpose."""
    text = ground.seen.text
    for span, origin in parties(ground):
        going = _GOING.match(text, span[1])
        if going is None:
            yield from _received(ground, span, origin)
            continue
        host = host_at(ground, going.end("verb"))
        if host is None or (origin and province(host[1]) == province(origin) == host[1]):
            continue
        host_span, host_code = host
        aim = AIM.match(text, host_span[1])
        if aim is None or (origin and host_code == origin):
            continue
        count = _count(text, span[1], going.start("verb"))
        yield Visit(
            start=span[0],
            end=clause_end(text, aim.end()),
            rule="visit-party",
            time=time_of(ground, span[0], clause_end(text, aim.end())),
            party=text[span[0] : span[1]].replace(" ", ""),
            party_span=span,
            origin=origin,
            host=host_code,
            host_span=host_span,
            count=int(count[1]) if count else None,
            count_span=count.span() if count else None,
        )


def _count(text: str, start: int, end: int) -> re.Match[str] | None:
    """How many they were; about how many (余, 多) is no number."""
    count = _COUNT.search(text, start, end)
    return None if count is None or count[2] else count


def _received(ground: Ground, party: Span, origin: PlaceCode | None) -> Iterator[Visit]:
    """A delegation told by who receives it: 某县迎来某区考察团."""
    text = ground.seen.text
    verb = _RECEIVED.search(text, max(ground.start, party[0] - 4), party[0])
    named = verb and ground.gazetteer.name_before(
        text, verb.start(), max(ground.start, verb.start() - 12)
    )
    host = host_at(ground, named[0]) if named else None
    if host is None or origin is None or province(origin) == province(host[1]):
        return
    end = clause_end(text, party[1])
    count = _count(text, party[1], end)
    yield Visit(
        start=host[0][0],
        end=end,
        rule="visit-received",
        time=time_of(ground, host[0][0], end),
        party=text[party[0] : party[1]].replace(" ", ""),
        party_span=party,
        origin=origin,
        host=host[1],
        host_span=host[0],
        count=int(count[1]) if count else None,
        count_span=count.span() if count else None,
    )


def head_of(ground: Ground, visit: Visit, groups: Sequence[Group]) -> tuple[Group, Span] | None:
    """Who leads a delegation, when the text says so (率, 带队, 团长)."""
    if visit.head:
        return visit.head, (visit.head.start, visit.head.end + 2)
    if not visit.party_span:
        return None
    start = visit.party_span[0]
    text = ground.seen.text
    near = near_by([group.start for group in groups], start - REACH, start + REACH)
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
