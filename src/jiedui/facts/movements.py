"""Money that the eastern side handed to the western: whose, to whom, how much, on which day.

One sum in one clause that says it was given, issued or has arrived. Not for sums of a year or of
several years, for what is planned, invested or sold, for the worth of goods, and not for aid after
a disaster, which is `aid.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from jiedui.facts.between import Named, across, places_in
from jiedui.facts.given import AMOUNT, fen
from jiedui.facts.ground import OURS, host_at, time_of
from jiedui.facts.model import Fact
from jiedui.facts.sides import side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.ground import Ground
    from jiedui.facts.model import Span, TimeFact
    from jiedui.facts.visits import Visit
    from jiedui.places import PlaceCode

__all__ = ["MovementFact", "Party", "Stage", "movements"]

Stage = Literal["issued", "arrived"]

_GAVE = re.compile(r"捐赠|捐助|捐款|捐资|捐出|援助|支援|拨付|拨款|下达|到位|到账|移交|交付|转交")
_MONEY = re.compile(r"资金|善款|捐款|捐资|款项|援助款|现金|支票")
_NOT_ONE = re.compile(
    r"累计|共计|合计|总计|年均|每年|近年|年来|以来|历年|“十[三四五]五”|将|拟|计划|预计|争取|希望|力争|"
    r"号召|倡议|未|投资|签约|销售|采购|贷款|产值|收入|价值|折价|折合|总值"
)
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("arrived", re.compile(r"到位|到账|入账")),
    ("issued", re.compile(r"下达")),
)
_DONATED = re.compile(r"捐")
_LONGEST = 100
"""How far from a sum its clause is looked at."""
_BACK = re.compile(r"(?:向|给|为|对)$")
_TEAM = re.compile(r"代表团|考察团|慰问团|调研组|考察组|慰问组")
_OFFICE = re.compile(
    r"(?:(?![向给为对捐援支拨下到移交转赠与和将把])[\u4e00-\u9fff]){0,16}"
    r"(?:有限公司|公司|集团|商会|协会|学会|基金会|红十字会|慈善总会|慈善会|工商联|总工会|团委|妇联|残联|财政局|委员会|局|厅|"
    r"办公室|人民政府|政府|小学|中学|学校|幼儿园|医院|卫生院|村委会|村|合作社|企业)"
)
_PUBLIC = re.compile(r"(?:局|厅|委员会|办公室|政府)$")


@dataclass(frozen=True, slots=True)
class Party:
    """Who gave or received: the place, the words for it, and the kind of body that they name."""

    code: PlaceCode
    name: str
    span: Span
    body: Literal["place", "public", "other"]
    how: Literal["stated", "derived"] = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFact(Fact):
    """One sum that one party of the east handed to one of the west; `amount` in fen, or open."""

    kind: ClassVar[str] = "movement"

    amount: int | None
    amount_span: Span
    giver: Party
    receiver: Party
    time: TimeFact | None
    donated: bool
    stage: Stage | None
    stage_span: Span | None

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with the sum, both parties, and the day."""
        return {
            **Fact.as_json(self),
            "amount": self.amount,
            "giver": self.giver.code,
            "giver_name": self.giver.name,
            "receiver": self.receiver.code,
            "receiver_name": self.receiver.name,
            "receiver_body": self.receiver.body,
            "from": self.time.first.isoformat() if self.time and self.time.first else None,
            "without_year": self.time.as_json()["without_year"] if self.time else None,
            "donated": self.donated,
            "stage": self.stage,
        }


def movements(
    ground: Ground, told: Sequence[Visit], taken: Sequence[Span] = ()
) -> Iterator[MovementFact]:
    """The sums that the text says were handed over, but for those in the spans `taken`."""
    text = ground.seen.text
    for hit in AMOUNT.finditer(text, ground.start):
        around = (max(0, hit.start() - _LONGEST), hit.end() + _LONGEST)
        if not (_GAVE.search(text, *around) and _MONEY.search(text, *around)):
            continue
        if any(start <= hit.start() < end for start, end in taken):
            continue
        found = _movement(ground, hit, told)
        if found:
            yield found


def _movement(ground: Ground, hit: re.Match[str], told: Sequence[Visit]) -> MovementFact | None:
    text = ground.seen.text
    start, end = _clauses(ground, hit)
    if not (_GAVE.search(text, start, end) and _MONEY.search(text, start, end)):
        return None
    if _NOT_ONE.search(text, start, end) or len(AMOUNT.findall(text, start, end)) > 1:
        return None
    parties = _parties(ground, start, end, told)
    time = time_of(ground, start, end) or _day_of_visit(ground, start, told)
    if parties is None or (time is None and _a_longer_time(ground, start, end)):
        return None
    stage, said = next(
        ((name, words) for name, how in _STAGES if (words := how.search(text, start, end))),
        (None, None),
    )
    first = min(start, time.start) if time else start
    if ground.seen.sentence(first) != ground.seen.sentence(start):
        first = start
    return MovementFact(
        start=first,
        end=end,
        quote=ground.seen.quote(first, end),
        rule="money-given",
        confidence=0.9 if time else 0.7,
        amount=fen(hit),
        amount_span=hit.span(),
        giver=parties[0],
        receiver=parties[1],
        time=time,
        donated=bool(_DONATED.search(text, start, end)),
        stage=stage,
        stage_span=said.span() if said else None,
    )


def _clauses(ground: Ground, hit: re.Match[str]) -> Span:
    """The clause of a sum; with the one before it, where it does not name both parties itself."""
    text = ground.seen.text
    first, last = ground.seen.sentence(hit.start())
    first, last = max(first, hit.start() - _LONGEST), min(last, hit.end() + _LONGEST)
    start = text.rfind(",", first, hit.start()) + 1 or first
    comma = text.find(",", hit.end(), last)
    end = last if comma < 0 else comma
    if start == first or not _GAVE.search(text, start, end):
        return start, end
    named = len(list(places_in(ground, start, end))) + bool(_TEAM.search(text, start, end))
    return start if named > 1 else text.rfind(",", first, start - 1) + 1 or first, end


def _a_longer_time(ground: Ground, start: int, end: int) -> bool:
    """Whether the sum is one of a month or a year: that is a total, and no movement."""
    first = ground.seen.sentence(start)[0]
    return any(time.grain != "day" for time in ground.times_from(first, end))


def _day_of_visit(ground: Ground, at: int, told: Sequence[Visit]) -> TimeFact | None:
    """The day of the only visit, where money is told of in its paragraph."""
    time = told[0].time if len(told) == 1 else None
    if time is None or time.days is None or time.days[0] != time.days[1]:
        return None
    return time if ground.seen.paragraph(told[0].start) == ground.seen.paragraph(at) else None


def _parties(
    ground: Ground, start: int, end: int, told: Sequence[Visit]
) -> tuple[Party, Party] | None:
    """Giver and receiver: the only eastern and the only western party of the clause."""
    text = ground.seen.text
    found = [_party(ground, one) for one in places_in(ground, start, end)]
    for ours in OURS.finditer(text, start, end):
        host = host_at(ground, ours.start())
        found += [_party(ground, Named(*host))] if host else []
    team = _TEAM.search(text, start, end)
    came = next((one for one in told if one.origin and one.host), None)
    if team and came and came.origin and not any(side(one.code) == "east" for one in found):
        found.append(Party(came.origin, _name(came.origin), team.span(), "place", "derived"))
    pairs = [(one, two) for one in found for two in found if across(one.code, two.code)]
    givers = {pair[0].code: pair[0] for pair in pairs if side(*_codes(pair)) == "east"}
    receivers = {pair[0].code: pair[0] for pair in pairs if side(*_codes(pair)) == "west"}
    if len(givers) != 1 or len(receivers) != 1:
        return None
    (giver,), (receiver,) = givers.values(), receivers.values()
    if _BACK.search(text, max(start, giver.span[0] - 1), giver.span[0]):
        return None
    return giver, receiver


def _codes(pair: tuple[Party, Party]) -> tuple[PlaceCode, PlaceCode]:
    return pair[0].code, pair[1].code


def _party(ground: Ground, named: Named) -> Party:
    text = ground.seen.text
    office = _OFFICE.match(text, named.span[1])
    end = office.end() if office else named.span[1]
    body: Literal["place", "public", "other"] = "place"
    if office:
        body = "public" if _PUBLIC.search(office.group()) else "other"
    name = text[named.span[0] : end].replace(" ", "")
    if OURS.fullmatch(name):
        return Party(named.code, _name(named.code), (named.span[0], end), body, "derived")
    return Party(named.code, name, (named.span[0], end), body)


def _name(code: PlaceCode) -> str:
    from jiedui import places

    here = places.get(code)
    return here.name if here else code
