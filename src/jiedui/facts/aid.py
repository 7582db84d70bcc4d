"""Aid after a disaster: which place gave what to which other, as far as the text says.

A giver is a place that a clause begins with. What is given without an amount has none here, and a
day that is not written is not made up. Not for entries of the relief ledger: `jiedui.evidence`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from jiedui.facts.given import funds_in, goods_in, is_given, next_given, teams_in
from jiedui.facts.ground import REACH
from jiedui.facts.model import Fact
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.given import Given
    from jiedui.facts.ground import Ground
    from jiedui.facts.model import How, Span, TimeFact
    from jiedui.places import PlaceCode

__all__ = ["AidFact", "Struck", "aid"]

# The codes are those of the relief ledger's hazards.
_HAZARDS = (
    ("earthquake", r"地震|震灾"),
    ("flood", r"洪涝灾害|洪涝|洪灾|洪水|水灾|暴雨灾害|特大暴雨|暴雨|山洪"),
    ("landslide", r"泥石流|山体滑坡|滑坡|地质灾害|崩塌"),
    ("drought", r"旱灾|干旱"),
    ("snow", r"雪灾|暴雪|低温雨雪|冰冻灾害"),
    ("storm", r"台风|风灾|冰雹|雹灾"),
    ("fire", r"火灾"),
    ("epidemic", r"疫情"),
)
_EVENT = re.compile(
    r"(?:发生|遭受|遭遇)?(?:了)?(?P<size>[0-9](?:\.[0-9])?级)?(?:强烈|特大|严重|严峻)?(?:的)?(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _HAZARDS)
    + r")(?:灾害|灾情)?"
)
_BETWEEN = re.compile(r"(?:地区|等地|境内| )*")
_CLAUSE = re.compile(r"[^,。;!\n]+")


@dataclass(frozen=True, slots=True)
class Struck:
    """The disaster: what sort, where, how large, and when as far as the text says.

    `time` is the time named with it; a year alone, or a day that follows from the publication, is
    *derived*.
    """

    hazard: str
    span: Span
    name: str
    code: PlaceCode | None
    place_span: Span | None
    magnitude: str | None
    magnitude_span: Span | None
    time: TimeFact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AidFact(Fact):
    """What one place gave after one disaster; what the text leaves out is empty here."""

    kind: ClassVar[str] = "aid"

    struck: Struck
    giver: PlaceCode
    giver_name: str
    giver_span: Span
    receiver: PlaceCode | None
    funds: tuple[Given, ...]
    goods: tuple[Given, ...]
    teams: tuple[Given, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with the disaster, both sides, and what was given."""
        struck, time = self.struck, self.struck.time
        how: How | None = time.how if time else None
        return {
            **Fact.as_json(self),
            "event": struck.name,
            "hazard": struck.hazard,
            "place": struck.code,
            "magnitude": struck.magnitude,
            "from": time.first.isoformat() if time and time.first else None,
            "to": time.last.isoformat() if time and time.last else None,
            "grain": time.grain if time else None,
            "how": how,
            "giver": self.giver,
            "giver_name": self.giver_name,
            "receiver": self.receiver,
            "funds": [_json(one) for one in self.funds],
            "goods": [_json(one) for one in self.goods],
            "teams": [_json(one) for one in self.teams],
        }


def _json(one: Given) -> dict[str, object]:
    return {
        "what": one.what, "count": one.count, "unit": one.unit,
        "start": one.span[0], "end": one.span[1],
    }  # fmt: skip


def aid(ground: Ground) -> Iterator[AidFact]:
    """The aid that the text tells of, a fact for each giver behind each disaster of a sentence."""
    text = ground.seen.text
    at, gave = ground.start, -1
    while hit := _EVENT.search(text, at):
        stop = min(ground.seen.sentence(hit.start())[1], hit.end() + REACH)
        if gave < hit.end():
            gave = next_given(text, hit.end())
        if gave >= stop:
            # Most words for a disaster have no aid behind them, and are not looked at closer.
            at = hit.end()
            continue
        following = _EVENT.search(text, hit.end(), stop)
        end = following.start() if following and _is_new(text, hit, following) else stop
        struck = _struck(ground, hit)
        found = list(_givers(ground, struck, hit.end(), end))
        yield from found
        at = max(hit.end(), end if found else hit.end())


def _is_new(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether a second word for a disaster begins another, and does not only name the first."""
    return first.lastgroup != second.lastgroup and "后" in text[second.end() : second.end() + 4]


def _struck(ground: Ground, hit: re.Match[str]) -> Struck:
    text = ground.seen.text
    sentence = max(ground.seen.sentence(hit.start())[0], hit.start() - REACH)
    hazard, words = next((code, hit.span(code)) for code, _ in _HAZARDS if hit[code])
    place = _place_before(ground, sentence, hit.start())
    size = hit.span("size") if hit["size"] else None
    first = place[0][0] if place else size[0] if size else words[0]
    times = [one for one in ground.times_from(sentence, hit.end()) if one.days]
    return Struck(
        hazard=hazard,
        span=(first, words[1]),
        name=re.sub(r"发生|遭受|遭遇|了|的| ", "", text[first : words[1]]),
        code=place[1] if place else None,
        place_span=place[0] if place else None,
        magnitude=hit["size"].removesuffix("级") if hit["size"] else None,
        magnitude_span=size,
        time=times[-1] if times else None,
    )


def _place_before(ground: Ground, floor: int, end: int) -> tuple[Span, PlaceCode] | None:
    """The place whose name ends where the words for the disaster begin."""
    text = ground.seen.text
    for start in range(max(floor, end - 24), end - 1):
        chain = ground.gazetteer.chain(text, start, ground.near, counties=True)
        if chain and _BETWEEN.fullmatch(text, chain.end, end):
            return (start, chain.end), chain.code
    return None


def _givers(ground: Ground, struck: Struck, start: int, end: int) -> Iterator[AidFact]:
    """Each place that a clause begins with, and what its clauses say it gave."""
    text = ground.seen.text
    giver: tuple[Span, PlaceCode] | None = None
    clauses: list[Span] = []
    for clause in _CLAUSE.finditer(text, start, end):
        named = _giver_at(ground, struck, *clause.span())
        if named:
            yield from _fact(ground, struck, giver, clauses)
            giver, clauses = named, []
        if giver:
            clauses.append(clause.span())
    yield from _fact(ground, struck, giver, clauses)


def _giver_at(
    ground: Ground, struck: Struck, start: int, end: int
) -> tuple[Span, PlaceCode] | None:
    text = ground.seen.text
    while start < end and text[start] in " ”":
        start += 1
    chain = ground.gazetteer.chain(text, start, ground.near)
    if chain is None or chain.end > end or chain.code == struck.code:
        return None
    if struck.code and province(chain.code) == chain.code == province(struck.code):
        # The province of the place itself: its own relief is no aid of another.
        return None
    return (start, chain.end), chain.code


def _fact(
    ground: Ground, struck: Struck, giver: tuple[Span, PlaceCode] | None, clauses: list[Span]
) -> Iterator[AidFact]:
    if giver is None:
        return
    text = ground.seen.text
    gave = [one for one in clauses if is_given(text, *one)]
    funds = tuple(item for one in gave for item in funds_in(text, *one))
    goods = tuple(item for one in gave for item in goods_in(text, *one))
    teams = tuple(item for one in gave for item in teams_in(text, *one))
    if not (funds or goods or teams):
        return
    start, end = min(struck.span[0], giver[0][0]), gave[-1][1]
    if struck.time and ground.seen.sentence(struck.time.start) == ground.seen.sentence(start):
        start = min(start, struck.time.start)
    yield AidFact(
        start=start,
        end=end,
        quote=ground.seen.quote(start, end),
        rule="aid-given",
        confidence=0.9 if struck.code else 0.7,
        struck=struck,
        giver=giver[1],
        giver_name=text[giver[0][0] : giver[0][1]],
        giver_span=giver[0],
        receiver=struck.code,
        funds=funds,
        goods=goods,
        teams=teams,
    )
