"""What a document said before somebody chose what stood at a damaged place: citations lead there.

A citation keeps a seal of its words, so it tells by itself in which reading they stand. Not for
who may see the words: that is `proofs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.site.store import files
from jiedui.site.store.tables import Former

if TYPE_CHECKING:
    from jiedui.site.store.stored import Json
    from jiedui.site.store.tables import Document

Span = tuple[int, int]


def onward(at: Span, former: Former) -> Span:
    """Where a span of a former reading is once the choice after it was made."""
    grown = former.length - (former.ends_at - former.starts_at)

    def place(position: int, *, ends: bool) -> int:
        if position >= former.ends_at:
            return position + grown
        if position <= former.starts_at:
            return position
        return former.starts_at + (former.length if ends else 0)

    return place(at[0], ends=False), place(at[1], ends=True)


def moved(proposal: Json, former: Former) -> Json:
    """A proposal whose citations lead to the same words after a choice."""
    values = {
        name: value
        | {"citations": [onward((start, end), former) for start, end in value["citations"]]}
        for name, value in proposal["values"].items()
    }
    return proposal | {"values": values}


def texts(document: str) -> list[Former]:
    """The former readings of a document, the last first."""
    return list(Former.objects.filter(document=document).order_by("-number"))


def stand(document: Document, at: Span, seal: str) -> tuple[str, Span, Span]:
    """The text in which cited words stand, where they do, and where that is in the text of now.

    Words that stand nowhere are shown where they should: `verify` says what is wrong.
    """
    if files.quote_seal(document.text[slice(*at)]) == seal:
        return document.text, at, at
    passed: list[Former] = []
    for former in texts(document.key):
        passed.append(former)
        if files.quote_seal(former.text[slice(*at)]) == seal:
            now = at
            for one in reversed(passed):
                now = onward(now, one)
            return former.text, at, now
    return document.text, at, at
