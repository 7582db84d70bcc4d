"""What speakers committed to at an event, as the agreed items of its entry.

A person decides which of them were agreed indeed. Not for finding commitments: `jiedui.facts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiedui.evidence.propose import Value
from jiedui.facts import CommitmentFact, EventFact
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from jiedui.evidence.document import Document
    from jiedui.places import PlaceCode

__all__ = ["agreed"]

BOTH = "双方"


def agreed(document: Document, event: EventFact) -> Value | None:
    """The commitments of those who took part; of a visit only where no meeting is told of."""
    events = [one for one in document.facts if isinstance(one, EventFact)]
    if event.type == "visit" and any(one.type != "visit" for one in events):
        return None
    there = {one.person.name for one in event.people}
    found = [
        one
        for one in document.facts
        if isinstance(one, CommitmentFact) and one.speaker.name in there
    ]
    if not found:
        return None
    rows = [_row(one) for one in found]
    return Value(rows, "derived", "agreed-said", tuple(one.span for one in found))


def _row(fact: CommitmentFact) -> dict[str, Any]:
    from jiedui.restore import simplified

    who = BOTH if fact.both else _name(fact.speaker.code)
    return {"what": simplified(fact.quote), "who": who}


def _name(code: PlaceCode | None) -> str | None:
    from jiedui import places

    found = places.get(province(code)) if code else None
    return found.name if found else None
