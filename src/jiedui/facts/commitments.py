"""Commitments: what a speaker says that his side, or both sides, will do, clause by clause.

A commitment has a kind of assistance or a field. Thanks, praise, what was done, what another is
asked for, and policy without a field are none. Not for what comes of it: that is a ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from jiedui.facts.model import Fact
from jiedui.facts.speech import Speech, speeches
from jiedui.facts.topics import Topic, area_words, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jiedui.facts.ground import Ground
    from jiedui.facts.groups import Group
    from jiedui.facts.model import PersonFact, Span

__all__ = ["CommitmentFact", "Number", "commitments"]

# What a promise does. Not 取得: with 了 it tells of the past, and 取得更多 is listed for itself.
_DOES = re.compile(
    r"将|愿|支持|推动|推进|深化|加大|加强|抓好|做好|抓紧|办好|用好|实施|健全|完善|建立|选派|派出|派遣|"
    r"动员|引导|拓展|扩大|突出|提升|提高|助力|取得更多|加快|开展|组织|促进|落实|共建|打造|搭建|"
    r"培育|壮大|投入|安排|援建|建设|增派|增加|多做|帮助|巩固|优化|强化"
)
# A sentence that thanks, praises, tells of the past or of the state of things.
_NO_PROMISE = re.compile(
    r"感谢|致谢|欢迎|祝贺|慰问|年来|以来|指明了|提供了|作出了|处在|正处|深切感受|充分体现|取得了|"
    r"打赢了"
)
# A clause that tells of the past, as do those behind it until one turns to what is to come.
_PAST = re.compile(r"了(?!解)|已经|曾|发生后")
_TO_COME = re.compile(r"要|将|愿|继续|进一步|下一步|今后|接下来|希望")
_CITES = re.compile(r"讲话|指示|批示|论述|精神|思想|方略")
# No clause of the genre is so long; what is, is no clause.
_LONGEST = 200
_HELPS = re.compile(r"帮扶|支援|协作|合作")
_ASKED = re.compile(r"希望|恳请|请求|期待|盼望|期盼|敬请")
_BOTH = re.compile(
    r"双方|两地|两省|两市|两区|两县|两州|东西部两|携手|共同|[\u4e00-\u9fff]{1,3}两(?:省|地|市|家)"
)
_CLAUSE = re.compile(r"[^,。;!:\n]+")
_TERM = re.compile(
    r"(?:今后|未来|接下来的?)?[一两三四五六七八九十0-9]{1,3}年(?:内|时间)|“?十[四五六]五”?(?:期间|末)|"
    r"(?:到|至|在)?20[0-9]{2}年(?:底|末|前|之前)?(?:[0-9]{1,2}月(?:底|前)?)?|今年(?:底|内|以内)?|"
    r"明年(?:底|内)?|(?:年内|年底前|上半年|下半年|近期|每年)"
)
_NUMBER = re.compile(
    r"(?P<value>[0-9][0-9,]*(?:\.[0-9]+)?(?:[万亿](?!元))?)(?P<more>余|多)?(?P<unit>亿元|万元|元|人次|人|名|家|个|所|项|"
    r"批|期|场|公里|亩|吨|%)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a commitment as it is written: digits, unit, and whether it says 余 or 多."""

    value: str
    unit: str
    exact: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFact(Fact):
    """What a speaker commits to: its span is the clause, `assistance` and `areas` are codes.

    `both` says that both sides are to do it, `hoped` that the speaker hopes so of both; `term` and
    `figures` are what the clause says of when and how much.
    """

    kind: ClassVar[str] = "commitment"

    speaker: PersonFact
    assistance: str | None
    areas: tuple[str, ...]
    both: bool
    hoped: bool
    term: str | None
    term_span: Span | None
    figures: tuple[Number, ...]
    topics: tuple[Topic, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with who speaks, what of, for when and how much."""
        return {
            **Fact.as_json(self),
            "speaker": self.speaker.name,
            "post": self.speaker.full_post,
            "side": self.speaker.side,
            "assistance": self.assistance,
            "areas": list(self.areas),
            "both": self.both,
            "hoped": self.hoped,
            "term": self.term,
            "figures": [{"value": one.value, "unit": one.unit, "exact": one.exact,
                         "start": one.span[0], "end": one.span[1]} for one in self.figures],
        }  # fmt: skip


def commitments(
    ground: Ground, found: Sequence[Group], people: Mapping[int, PersonFact]
) -> Iterator[CommitmentFact]:
    """The commitments of a text; `people` has the person of each group by its identity."""
    for speech in speeches(ground.seen, found):
        speaker = people.get(id(speech.group))
        # Who stands on neither side speaks of policy, and promises nothing to the other.
        if speaker is not None and speaker.side and speech.start >= ground.start:
            yield from _of_speech(ground, speech, speaker)


def _of_speech(ground: Ground, speech: Speech, speaker: PersonFact) -> Iterator[CommitmentFact]:
    at = speech.start
    hoped = both = False
    while at < speech.end:
        # A semicolon parts what one hope or one subject holds together.
        _, stop = ground.seen.sentence(at)
        stop = min(max(stop, at), speech.end)
        asks = _ASKED.search(ground.seen.text, at, stop)
        named = _BOTH.search(ground.seen.text, at, stop)
        hoped, both = hoped or bool(asks), both or bool(named)
        told = _NO_PROMISE.search(ground.seen.text, at, stop)
        if not told and (both or not hoped):
            yield from _of_sentence(ground, (at, stop), speaker, (both, hoped))
        if ground.seen.text[stop : stop + 1] != ";":
            hoped = both = False
        at = stop + 1


def _of_sentence(
    ground: Ground, span: Span, speaker: PersonFact, manner: tuple[bool, bool]
) -> Iterator[CommitmentFact]:
    text = ground.seen.text
    above: str | None = None
    past = False
    for clause in _CLAUSE.finditer(text, *span):
        start, end = _trimmed(text, *clause.span())
        if end - start > _LONGEST:
            continue
        own = kind_of(text, start, end)
        topics = tuple(area_words(text, start, end))
        kind = own or above
        if own and _HELPS.search(text, start, end):
            above = above or own
        past = bool(_PAST.search(text, *clause.span())) or (
            past and not _TO_COME.search(text, *clause.span())
        )
        carried = own or topics or (above and _HELPS.search(text, start, end))
        if carried and not past and _is_promise(text, start, end):
            yield _fact(ground, (start, end), speaker, kind, topics, manner)


def _is_promise(text: str, start: int, end: int) -> bool:
    return bool(_DOES.search(text, start, end)) and not _CITES.search(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The clause without blanks, quotation marks and the words that only lead in."""
    lead = re.compile(r"[ “”\"]*(?:希望|双方|两地|我们|要|也|还|同时|并|下一步)*")
    hit = lead.match(text, start, end)
    start = hit.end() if hit else start
    while end > start and text[end - 1] in ' ”"':
        end -= 1
    return start, end


def _fact(
    ground: Ground,
    span: Span,
    speaker: PersonFact,
    kind: str | None,
    topics: tuple[Topic, ...],
    manner: tuple[bool, bool],
) -> CommitmentFact:
    text, (both, hoped) = ground.seen.text, manner
    term = _TERM.search(text, *span)
    return CommitmentFact(
        start=span[0],
        end=span[1],
        quote=ground.seen.quote(*span),
        rule="commitment-hoped" if hoped else "commitment-both" if both else "commitment-said",
        confidence=0.7 if hoped else 0.85,
        speaker=speaker,
        assistance=kind,
        areas=tuple(one.area for one in topics),
        both=both,
        hoped=hoped,
        term=term[0] if term else None,
        term_span=term.span() if term else None,
        figures=tuple(
            Number(hit["value"], hit["unit"], not hit["more"], hit.span())
            for hit in _NUMBER.finditer(text, *span)
        ),
        topics=topics,
    )
