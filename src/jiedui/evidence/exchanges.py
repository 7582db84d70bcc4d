"""What an event of a text proves for the ledger of exchanges, value by value.

Each rule gives a value with its citations, or nothing. Not for other ledgers: each gets a module
of its own beside this one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.evidence.agreed import agreed
from jiedui.evidence.concerning import programme_in
from jiedui.evidence.days import day_value
from jiedui.evidence.exchange_people import attended, chief, leader, spans_of
from jiedui.evidence.propose import Value
from jiedui.facts.sides import side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jiedui.evidence.document import Document
    from jiedui.facts import EventFact
    from jiedui.facts.model import How
    from jiedui.places import PlaceCode

__all__ = ["RULES", "values"]

RULES: dict[str, str] = {
    "as-written": "原文写明",
    "programme-named": "活动所在句写明的协作类型",
    "place-receiving": "所属地区取接待一方",
    "form-of-party": "按代表团的名称判断类型；没有代表团的，记为调研对接",
    "form-of-meeting": "按会议的名称判断类型",
    "level-of-sender": "层级取来访一方的层级",
    "level-of-both": "会议写明的双方属同一层级",
    "level-of-host": "没有来访一方时，层级取主持人或参会人所在层级",
    "direction-of-sides": "按来访、接待双方属东部还是西部",
    "sites-of-itinerary": "行程所列各处，代码取最深一级",
    "place-of-meeting": "会议举行的地点",
    "leader-named": "原文写明带队、率队的人",
    "leader-by-post": "原文未写带队，取来访一方职务最高、最先写出的人",
    "chief-by-post": "来访一方有党政主要负责同志参加",
    "people-named": "原文写明的人数",
    "agreed-said": "参会人在讲话中说本方或双方要做的事；是否议定由人判断",
    "participants": "写明姓名、职务并参加活动的人；未写省份的按来源和接待方推定哪一方",
}
"""Rule id -> what it does, in one line."""

_FORMS = (
    (re.compile(r"党政"), "visit"),
    (re.compile(r"招商|经贸|商务|企业|公司|集团|商会"), "investment"),
    (re.compile(r"慰问"), "condolence"),
    (re.compile(r"文化|文艺|体育|文旅"), "culture"),
    (re.compile(r"教育|医疗|卫生|农业|组织部|人大|政协|工会|妇联|科技|局|厅"), "department"),
    (re.compile(r"考察团|考察组|调研"), "survey"),
)
_FIRM = re.compile(r"公司|集团|商会|协会|学会")


def values(document: Document, event: EventFact) -> Iterator[tuple[str, Value]]:
    """Each field that the event proves."""
    rules: tuple[tuple[str, Callable[[Document, EventFact], Value | None]], ...] = (
        ("programme", _programme_of),
        ("place", _place),
        ("form", _form),
        ("level", _level),
        ("direction", _direction),
        ("subject", _subject),
        ("starts", _starts),
        ("ends", _ends),
        ("at", _at),
        ("leader", leader),
        ("chief", chief),
        ("people", _people),
        ("attended", attended),
        ("agreed", agreed),
    )
    for name, rule in rules:
        value = rule(document, event)
        if value is not None:
            yield name, value


def _programme_of(document: Document, event: EventFact) -> Value | None:
    from jiedui.evidence.passages import sentence_at

    for start, end in (event.span, *event.also):
        passage = sentence_at(document.text, start, end)
        found = programme_in(passage.of(document.text))
        if found:
            code, first, last = found
            span = (passage.start + first, passage.start + last)
            return Value(code, "stated", "programme-named", (span,))
    return None


def _place(_: Document, event: EventFact) -> Value | None:
    if event.host is None or event.host_span is None:
        return None
    return Value(str(event.host), "derived", "place-receiving", (event.host_span,))


def _form(_: Document, event: EventFact) -> Value:
    if event.type != "visit":
        return Value(event.type, "derived", "form-of-meeting", (event.span,))
    words = event.party or ""
    usual = "visit" if event.party or "团" in event.name else "survey"
    form = next((form for pattern, form in _FORMS if pattern.search(words)), usual)
    return Value(form, "derived", "form-of-party", (event.party_span or event.span,))


def _level(_: Document, event: EventFact) -> Value | None:
    if event.party and _FIRM.search(event.party):
        return None
    if event.origin and (event.party_span or event.head):
        cited = event.party_span or event.span
        return Value(_level_of(event.origin), "derived", "level-of-sender", (cited,))
    if event.origin:
        return Value(_level_of(event.origin), "derived", "level-of-sender", (event.span,))
    if event.between:
        # Of two sides of which nobody says who came, the level is that which both have.
        levels = {_level_of(one) for one in event.between}
        both = Value(levels.pop(), "derived", "level-of-both", (event.span,))
        return None if levels else both
    chair = next((one.person for one in event.people if one.person.code), None)
    if chair is None or chair.code is None:
        return None
    return Value(_level_of(chair.code), "derived", "level-of-host", spans_of(chair))


def _level_of(code: PlaceCode) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _direction(_: Document, event: EventFact) -> Value | None:
    came, received = side(event.origin, event.host), side(event.host, event.origin)
    if came is None or received is None or came == received:
        return None
    spans = tuple(span for span in (event.party_span, event.host_span) if span) or (event.span,)
    return Value(f"{came}-to-{received}", "derived", "direction-of-sides", spans)


def _subject(document: Document, event: EventFact) -> Value | None:
    from jiedui.restore import simplified

    words = simplified(document.text)
    at = words.find(event.name, event.start, event.end)
    if at < 0:
        return Value(event.name, "derived", "as-written", (event.span,))
    return Value(event.name, "stated", "as-written", ((at, at + len(event.name)),))


def _starts(document: Document, event: EventFact) -> Value | None:
    return day_value(document, event.time)


def _ends(document: Document, event: EventFact) -> Value | None:
    days = event.time.days if event.time else None
    if days is None or days[0] == days[1]:
        return None
    return day_value(document, event.time, first=False)


def _at(_: Document, event: EventFact) -> Value | None:
    if not event.places:
        return None
    from jiedui import places

    rows = []
    for site in event.places:
        named = places.get(site.code)
        whole = named is not None and site.name.endswith((named.name, places.short(site.code)))
        bare = named is not None and named.name.startswith(site.name)
        rows.append({"place": str(site.code), "site": None if whole or bare else site.name})
    how: How = "derived" if any(site.how == "derived" for site in event.places) else "stated"
    rule = "sites-of-itinerary" if event.type == "visit" else "place-of-meeting"
    return Value(rows, how, rule, tuple(site.span for site in event.places))


def _people(_: Document, event: EventFact) -> Value | None:
    if event.count is None or event.count_span is None:
        return None
    return Value(event.count, "stated", "people-named", (event.count_span,))
