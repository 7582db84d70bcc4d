"""The words behind an entry: each citation with what stands around it in its document.

Whoever may see an entry may see the words that prove it, though not the document; words that
hold a protected name only its own office sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.access import Verb, Viewer, may
from jiedui.ledgers.words import Many
from jiedui.problems import said
from jiedui.restore import simplified
from jiedui.site.store import former, reading, rows, vault
from jiedui.site.store.tables import Document

if TYPE_CHECKING:
    from datetime import date

    from jiedui.site.store.entries import Entry

_AROUND = 60
_ENDS = "。！？\n!?"
PROTECTED = said("（这段原文含受保护的姓名）")


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


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What a viewer may not read: these names, anything in these fields, or all of it.

    Fields that list persons are hidden whole while any of them is protected: in the text a name
    may be spelled otherwise than it was entered. Once a name was erased nobody knows any more
    which words it was.
    """

    names: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    everything: bool = False

    def hides(self, field: str, around: str) -> bool:
        said = _plain(around)
        return self.everything or field in self.fields or any(name in said for name in self.names)


def proofs(viewer: Viewer, entry: Entry) -> tuple[Proof, ...]:
    """The citations of an entry that the door gave to this viewer, in the order of the text."""
    sources = entry.values.get("sources") or ()
    assert isinstance(sources, tuple)
    sources = tuple(source for source in sources if source.get("sheet") is None)
    documents = Document.objects.in_bulk({str(source["document"]) for source in sources})
    hidden = _hidden(viewer, entry) if sources else _Hidden()
    made: dict[tuple[str, tuple[int, int]], Proof] = {}
    for source in sources:
        document = documents.get(str(source["document"]))
        if document is None:
            continue
        at = int(str(source["starts_at"])), int(str(source["ends_at"]))
        stands = former.stand(document, at, str(source["seal"]))
        proof = _proof(viewer, document, str(source["field"]), stands, hidden)
        made.setdefault((proof.field, proof.at), proof)
    return tuple(sorted(made.values(), key=lambda proof: proof.at))


def _hidden(viewer: Viewer, entry: Entry) -> _Hidden:
    """What is hidden from this viewer: names of every version, not only of this one."""
    if may(viewer, Verb.REVEAL, owner=entry.owner):
        return _Hidden()
    ledger = ledgers.ledgers()[entry.ledger]
    written = reading.every_version(ledger, entry.id, viewer)
    refs = {ref for version in written for ref in rows.sealed_refs(version.values)}
    if not refs:
        return _Hidden()
    names = vault.opened(refs, entry.owner)
    persons = {
        field.name
        for field in ledger.fields.values()
        if field.person
        or (isinstance(field, Many) and any(inner.person for inner in field.fields.values()))
    }
    return _Hidden(
        frozenset(map(_plain, names.values())),
        frozenset(persons),
        everything=len(names) < len(refs),
    )


def _plain(text: str) -> str:
    """A text as names are sought in it: simplified, without the blanks that spread short names."""
    return "".join(simplified(text).split())


def _proof(
    viewer: Viewer,
    document: Document,
    field: str,
    stands: tuple[str, former.Span, former.Span],
    hidden: _Hidden,
) -> Proof:
    text, (start, end), at = stands
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    stops = [stop for mark in _ENDS if (stop := text.find(mark, end)) >= 0]
    last = min(stops, default=len(text) - 1) + 1
    before = text[max(first, start - _AROUND) : start]
    quote = text[start:end]
    after = text[end : min(last, end + _AROUND)]
    if hidden.hides(field, before + quote + after):
        before, quote, after = "", PROTECTED, ""
    mine = document.owner == viewer.office and bool(may(viewer, Verb.UPLOAD))
    key = document.key if mine else None
    return Proof(field, quote, before, after, document.title, document.published, key, at)
