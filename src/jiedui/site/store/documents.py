"""Documents: brought by an office, read once, kept with what they say and what they propose.

A document belongs to the office that brought it, and nobody else learns that it exists, not
even from bringing the same bytes. Deciding on proposals is `deciding`, behind this name too.
"""

from __future__ import annotations

import json
from dataclasses import replace

from django.utils import timezone

from jiedui import evidence
from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Problem, said
from jiedui.problems.said import pack
from jiedui.site.sandbox import extract_apart
from jiedui.site.store import chain, files, read_in
from jiedui.site.store.choosing import choose
from jiedui.site.store.deciding import accept, refuse
from jiedui.site.store.entries import entry_id, key, new_id
from jiedui.site.store.proofs import Proof, proofs
from jiedui.site.store.stored import (
    AlreadyDecided,
    DocumentPage,
    StoredDocument,
    StoredProposal,
    Summary,
    document_of,
    summary_of,
)
from jiedui.site.store.tables import Document

_NOT_HERE = No(said("没有这份资料，或者它不属于您的单位"))
_SIZE = 30


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
    files.keep(content)
    if before := _held(viewer, extracted.digest):
        return replace(document_of(before), already=True)
    read = evidence.understand(extracted)
    row = _document(viewer, extracted, read, name)
    with chain.linking(viewer, said("收到资料"), f"received:{row.key}") as draft:
        # Asked again under the lock: a colleague may have brought it in the meantime.
        before = _held(viewer, extracted.digest)
        if before is None:
            row.save(force_insert=True)
            read_in.propose(row, range(len(read.proposals)))
            draft.documents[row.key] = row.seal
    made = document_of(before or row)
    return replace(made, already=before is not None, problems=extracted.remarks)


def _held(viewer: Viewer, sha256: str) -> Document | None:
    return Document.objects.filter(owner=viewer.office, sha256=sha256).first()


def _document(
    viewer: Viewer, extracted: evidence.Extracted, read: evidence.Document, name: str
) -> Document:
    said = read.as_json()
    for edit, shown in zip(read.edits, said["edits"], strict=True):
        shown |= {"damaged_start": edit.start, "damaged_end": edit.end}
        shown["reason"] = pack(edit.reason)
    row = Document(
        key=key(new_id()),
        owner=viewer.office,
        sha256=extracted.digest,
        name=files.called(name),
        media=str(extracted.media),
        encoding=extracted.encoding,
        received=timezone.now(),
        account_id=viewer.account,
        damaged=read.damaged,
        reading=json.dumps(
            {name: said[name] for name in ("facts", "edits", "proposals")}, ensure_ascii=False
        ),
    )
    read_in.describe(row, read)
    row.seal = files.seal(row)
    return row


def listed(viewer: Viewer, page: int = 1) -> DocumentPage:
    """The documents of the viewer's office, newest first."""
    mine = Document.objects.filter(owner=_office(viewer))
    total = mine.count()
    page = max(1, min(page, -(-total // _SIZE) or 1))
    shown = mine.order_by("-received").select_related("account")
    shown = shown.prefetch_related("proposals").defer("damaged", "text", "reading")
    start = (page - 1) * _SIZE
    return DocumentPage(tuple(map(summary_of, shown[start : start + _SIZE])), total, page, _SIZE)


def one(viewer: Viewer, document: str) -> StoredDocument | No:
    """A document of the viewer's office; another's and an unknown one look the same."""
    if entry_id(document) is None:
        return _NOT_HERE
    found = (
        Document.objects.filter(key=document, owner=_office(viewer))
        .select_related("account")
        .prefetch_related("proposals")
        .first()
    )
    return document_of(found) if found else _NOT_HERE


def _office(viewer: Viewer) -> int:
    """The office whose documents a viewer may see; none for roles that bring none."""
    return viewer.office if may(viewer, Verb.UPLOAD) else -1


__all__ = [
    "AlreadyDecided",
    "DocumentPage",
    "Proof",
    "StoredDocument",
    "StoredProposal",
    "Summary",
    "accept",
    "choose",
    "listed",
    "one",
    "proofs",
    "receive",
    "refuse",
]
