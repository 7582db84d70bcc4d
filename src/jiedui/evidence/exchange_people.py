"""What an event proves about its people: who led, who took part, whether a chief did.

Not for counting people: a text that gives no number leaves it open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jiedui.evidence.propose import Value
from jiedui.facts.sides import side

if TYPE_CHECKING:
    from jiedui.evidence.document import Document
    from jiedui.facts import Attendance, EventFact, PersonFact
    from jiedui.facts.model import Span

__all__ = ["attended", "chief", "leader", "spans_of"]

_DEEDS = {"chaired": "主持", "spoke": "讲话", "reported": "介绍情况", "attended": "参加"}
_CHIEF = re.compile(
    r"(?:省|市|区|县|州|盟|旗|地)委书记|自治区党委书记"
    r"|(?<!副)(?:省长|市长|区长|县长|州长|盟长|旗长)(?!助理)|(?:自治区|自治区政府)主席|行署专员"
)
_RANKS = (
    re.compile(r"(?<!副)(?<!纪)(?<!法)委书记"),
    re.compile(r"(?<!副)(?:省|市|区|县|州|盟|旗)长|自治区主席"),
    re.compile(r"人大常委会主任|政协主席|委副书记"),
    re.compile(r"委常委|常务副"),
    re.compile(r"副(?:省|市|区|县|州)长|副主席|副主任"),
)


def leader(_: Document, event: EventFact) -> Value | None:
    """Who led a delegation: named, or the highest and first of the visiting side."""
    if event.type != "visit":
        return None
    if event.head and event.head_span:
        return Value(event.head.name, "stated", "leader-named", (event.head_span,))
    visitors = _visitors(event)
    if not visitors:
        return None
    person = min(visitors, key=lambda one: (_rank(one.post), one.start))
    if _rank(person.post) == len(_RANKS):
        return None
    return Value(person.name, "derived", "leader-by-post", spans_of(person))


def _rank(post: str) -> int:
    return next((n for n, rank in enumerate(_RANKS) if rank.search(post)), len(_RANKS))


def _visitors(event: EventFact) -> list[PersonFact]:
    came = side(event.origin, event.host)
    return [
        one.person
        for one in event.people
        if one.person.officer and one.person.side == came and came is not None
    ]


def chief(_: Document, event: EventFact) -> Value | None:
    """Whether a party secretary or head of government of the delegation's own level takes part."""
    people = _visitors(event) if event.origin else [one.person for one in event.people]
    chiefs = [
        person
        for person in people
        if _CHIEF.search(person.post) and event.origin in (None, person.code)
    ]
    if not chiefs:
        return None
    spans = tuple(s for one in chiefs for s in spans_of(one))
    return Value(value=True, how="derived", rule="chief-by-post", citations=spans)


def attended(_: Document, event: EventFact) -> Value | None:
    """Who took part, each with post, side and what was done."""
    if not event.people:
        return None
    rows = [_row(one) for one in event.people]
    derived = any(one.person.how == "derived" for one in event.people)
    spans = tuple(dict.fromkeys(span for one in event.people for span in spans_of(one.person)))
    return Value(rows, "derived" if derived else "stated", "participants", spans)


def _row(one: Attendance) -> dict[str, Any]:
    person = one.person
    return {
        "name": person.name,
        "post": person.full_post or None,
        "side": person.side,
        "officer": person.officer,
        "did": "、".join(_DEEDS[deed] for deed in one.did),
    }


def spans_of(person: PersonFact) -> tuple[Span, ...]:
    """The words that name a person and the post."""
    return (person.span, *person.also)
