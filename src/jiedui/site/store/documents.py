"""Documents and what they propose: brought by an office, read once, decided by a person.

A document belongs to the office that brought it, and nobody else learns that it exists, not
even from bringing the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from jiedui import evidence, ledgers
from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Problem
from jiedui.site.sandbox import extract_apart
from jiedui.site.store import files, writing
from jiedui.site.store.entries import Faults, Written, key, new_id
from jiedui.site.store.proofs import Proof, proofs
from jiedui.site.store.tables import Document, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jiedui.ledgers import Checked, Value

Json: TypeAlias = "dict[str, Any]"

_NOT_HERE = No("没有这份资料，或者它不属于您的单位")
_SIZE = 30


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """An entry that a document proposes: `values` and `missing` as `read --json` gives them."""

    key: str
    ledger: str
    values: Mapping[str, Json]
    missing: tuple[str, ...]
    state: str
    decided_by: str
    decided_at: datetime | None
    entry_key: str | None
    why: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it came (`damaged`) and as it reads (`text`), with what was found in it.

    Offsets of facts and edits are code points into `text`; an edit has `damaged_start` and
    `damaged_end` into `damaged` too. `already` says that the office had brought it before.
    """

    key: str
    name: str
    title: str
    source: str
    published: date | None
    received: datetime
    by: str
    media: str
    encoding: str
    damaged: str
    text: str
    edits: tuple[Json, ...]
    facts: tuple[Json, ...]
    proposals: tuple[StoredProposal, ...]
    problems: tuple[Problem, ...] = ()
    already: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in a list."""

    key: str
    name: str
    title: str
    source: str
    published: date | None
    received: datetime
    by: str
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of documents, and how many there are in all."""

    entries: tuple[Summary, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """The proposal was decided before; this is how it stands."""

    proposal: StoredProposal


def receive(viewer: Viewer, content: bytes, name: str) -> StoredDocument | Problem | No:
    """Read a document and keep it with what it says; the same bytes again give the first one.

    The file is parsed in a child process before anything is stored; the bytes are on disk
    before the row that names them.
    """
    answer = may(viewer, Verb.UPLOAD)
    if not answer:
        return answer
    extracted = extract_apart(content, name)
    if isinstance(extracted, Problem):
        return extracted
    before = Document.objects.filter(owner=viewer.office, sha256=extracted.digest).first()
    if before is not None:
        return replace(_stored(before), already=True)
    read = evidence.understand(extracted)
    sha256 = files.keep(content)
    document = _document(viewer, extracted, read, name)
    with transaction.atomic():
        made, new = Document.objects.get_or_create(
            owner=viewer.office, sha256=sha256, defaults=document
        )
        if new:
            _propose(made, read)
    return replace(_stored(made), already=not new, problems=extracted.remarks)


def _document(
    viewer: Viewer, extracted: evidence.Extracted, read: evidence.Document, name: str
) -> Json:
    said = read.as_json()
    for edit, shown in zip(read.edits, said["edits"], strict=True):
        shown |= {"damaged_start": edit.start, "damaged_end": edit.end}
    row = Document(
        key=key(new_id()),
        owner=viewer.office,
        sha256=extracted.digest,
        name=_plain_name(name),
        media=str(extracted.media),
        encoding=extracted.encoding,
        received=timezone.now(),
        account_id=viewer.account,
        title=(read.title or _first_line(read.text))[:300],
        publisher=(read.source or "")[:120],
        published=read.published,
        damaged=read.damaged,
        text=read.text,
        reading=json.dumps(
            {name: said[name] for name in ("facts", "edits", "proposals")}, ensure_ascii=False
        ),
    )
    row.seal = files.seal(row)
    skipped = {"owner", "sha256"}
    return {
        field.attname: getattr(row, field.attname)
        for field in Document._meta.concrete_fields
        if field.attname not in skipped
    }


def _plain_name(name: str) -> str:
    """The last part of a file's name as a label; no path is ever made of it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:200]


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _propose(document: Document, read: evidence.Document) -> None:
    for position in range(len(read.proposals)):
        Proposal.objects.create(key=key(new_id()), document=document, position=position)


def listed(viewer: Viewer, page: int = 1) -> DocumentPage:
    """The documents of the viewer's office, newest first."""
    mine = Document.objects.filter(owner=_office(viewer))
    total = mine.count()
    page = max(1, min(page, -(-total // _SIZE) or 1))
    shown = mine.order_by("-received").select_related("account")
    shown = shown.prefetch_related("proposals").defer("damaged", "text", "reading")
    start = (page - 1) * _SIZE
    return DocumentPage(tuple(map(_summary, shown[start : start + _SIZE])), total, page, _SIZE)


def one(viewer: Viewer, document: str) -> StoredDocument | No:
    """A document of the viewer's office; another's and an unknown one look the same."""
    found = (
        Document.objects.filter(key=document, owner=_office(viewer))
        .select_related("account")
        .prefetch_related("proposals")
        .first()
    )
    return _stored(found) if found else _NOT_HERE


def accept(
    viewer: Viewer, proposal: str, checked: Checked
) -> Written | AlreadyDecided | Faults | No:
    """Enter what a proposal says, as checked by a person, with its citations, once.

    The entry, its sources and the proposal's state are one transaction; of two people who
    accept at once, the second is told what the first did.
    """
    with transaction.atomic():
        found = _open(viewer, proposal)
        if not isinstance(found, Proposal):
            return found
        ledger = ledgers.ledgers()[_content(found)["ledger"]]
        done = writing.add(
            ledger,
            viewer,
            checked,
            why="采纳资料中的拟录",
            source=f"document:{found.document_id}",
            sources=_sources(found),
        )
        if isinstance(done, Written):
            found.entry = done.entry.id
            _decide(found, viewer, "accepted", "")
    if isinstance(done, Written | Faults | No):
        return done
    msg = f"adding an entry cannot end as {done!r}"
    raise AssertionError(msg)


def refuse(viewer: Viewer, proposal: str, why: str) -> StoredProposal | AlreadyDecided | No:
    """Decide that a proposal is not entered, and why; decided once."""
    with transaction.atomic():
        found = _open(viewer, proposal)
        if not isinstance(found, Proposal):
            return found
        _decide(found, viewer, "refused", why[:500])
    return _proposal(found)


def _open(viewer: Viewer, proposal: str) -> Proposal | AlreadyDecided | No:
    answer = may(viewer, Verb.DECIDE)
    if not answer:
        return answer
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(key=proposal, document__owner=viewer.office)
        .first()
    )
    if found is None:
        return _NOT_HERE
    return found if found.state == "open" else AlreadyDecided(_proposal(found))


def _decide(proposal: Proposal, viewer: Viewer, state: str, why: str) -> None:
    proposal.state, proposal.why = state, why
    proposal.decided_by, proposal.decided = viewer.name, timezone.now()
    proposal.save()


def _sources(proposal: Proposal) -> tuple[Mapping[str, Value], ...]:
    """Each citation of each proposed value: the words that prove it, and which field."""
    text = proposal.document.text
    return tuple(
        {
            "document": proposal.document_id,
            "starts_at": start,
            "ends_at": end,
            "field": name,
            "seal": files.quote_seal(text[start:end]),
        }
        for name, value in _content(proposal)["values"].items()
        for start, end in value["citations"]
    )


def _office(viewer: Viewer) -> int:
    """The office whose documents a viewer may see; none for roles that bring none."""
    return viewer.office if may(viewer, Verb.UPLOAD) else -1


def _summary(document: Document) -> Summary:
    states = [proposal.state for proposal in document.proposals.all()]
    return Summary(
        document.key,
        document.name,
        document.title,
        document.publisher,
        document.published,
        document.received,
        _name(document),
        states.count("open"),
        len(states) - states.count("open"),
    )


def _name(document: Document) -> str:
    account = document.account
    return account.get_full_name() or account.get_username()


def _stored(document: Document) -> StoredDocument:
    read = json.loads(document.reading)
    return StoredDocument(
        document.key,
        document.name,
        document.title,
        document.publisher,
        document.published,
        document.received,
        _name(document),
        document.media,
        document.encoding,
        document.damaged,
        document.text,
        tuple(read["edits"]),
        tuple(read["facts"]),
        tuple(_proposal(proposal) for proposal in document.proposals.all()),
    )


def _content(row: Proposal) -> Json:
    """What a proposal says stands in its document's reading, under the document's seal."""
    content: Json = json.loads(row.document.reading)["proposals"][row.position]
    return content


def _proposal(row: Proposal) -> StoredProposal:
    content = _content(row)
    return StoredProposal(
        row.key,
        content["ledger"],
        content["values"],
        tuple(content["missing"]),
        row.state,
        row.decided_by,
        row.decided,
        key(row.entry) if row.entry else None,
        row.why,
    )


__all__ = [
    "AlreadyDecided",
    "DocumentPage",
    "Proof",
    "StoredDocument",
    "StoredProposal",
    "Summary",
    "accept",
    "listed",
    "one",
    "proofs",
    "receive",
    "refuse",
]
