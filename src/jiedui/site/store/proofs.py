"""The words behind an entry: each citation with what stands around it in its document.

Whoever may see an entry may see the words that prove it, though not the document; words that
hold a protected name only its own office sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.access import Verb, Viewer, may
from jiedui.restore import simplified
from jiedui.site.store import rows, vault
from jiedui.site.store.tables import Document

if TYPE_CHECKING:
    from datetime import date

    from jiedui.site.store.entries import Entry

_AROUND = 60
_ENDS = "。！？\n!?"
PROTECTED = "（这段原文含受保护的姓名）"


@dataclass(frozen=True, slots=True)
class Proof:
    """The words that prove a field; `document` is None when the viewer may not open it."""

    field: str
    quote: str
    before: str
    after: str
    title: str
    published: date | None
    document: str | None
    at: tuple[int, int]


def proofs(viewer: Viewer, entry: Entry) -> tuple[Proof, ...]:
    """The citations of an entry that the door gave to this viewer, in the order of the text."""
    sources = entry.values.get("sources") or ()
    assert isinstance(sources, tuple)
    documents = Document.objects.in_bulk({str(source["document"]) for source in sources})
    hidden = _hidden_names(viewer, entry)
    made: dict[tuple[str, tuple[int, int]], Proof] = {}
    for source in sources:
        document = documents.get(str(source["document"]))
        if document is None:
            continue
        at = int(str(source["starts_at"])), int(str(source["ends_at"]))
        proof = _proof(viewer, document, str(source["field"]), at, hidden)
        made.setdefault((proof.field, at), proof)
    return tuple(sorted(made.values(), key=lambda proof: proof.at))


def _hidden_names(viewer: Viewer, entry: Entry) -> tuple[str, ...]:
    if may(viewer, Verb.REVEAL, owner=entry.owner):
        return ()
    return tuple(vault.opened(rows.sealed_refs(entry.values), entry.owner).values())


def _proof(
    viewer: Viewer, document: Document, field: str, at: tuple[int, int], hidden: tuple[str, ...]
) -> Proof:
    start, end = at
    text = document.text
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    stops = [stop for mark in _ENDS if (stop := text.find(mark, end)) >= 0]
    last = min(stops, default=len(text) - 1) + 1
    before = text[max(first, start - _AROUND) : start]
    after = text[end : min(last, end + _AROUND)]
    around = simplified(before + text[start:end] + after)
    if any(name in around for name in hidden):
        before, quote, after = "", PROTECTED, ""
    else:
        quote = text[start:end]
    mine = document.owner == viewer.office and bool(may(viewer, Verb.UPLOAD))
    key = document.key if mine else None
    return Proof(field, quote, before, after, document.title, document.published, key, at)
