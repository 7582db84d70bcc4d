"""Documents, batches, citations and proposals against the chain, their seals, and each other."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from jiedui.site.store import files, former
from jiedui.site.store.claims import Broken
from jiedui.site.store.entries import key
from jiedui.site.store.tables import Batch, Document, Former, Link, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jiedui.ledgers import Values

_UNREADABLE = "内容无法读出"
# As much of a second hash as the source of a link has room for.
_SHORT = 32


class Citations:
    """Checks citations against the documents they point into, few of which are held at once."""

    def __init__(self) -> None:
        self._texts = lru_cache(maxsize=32)(_texts)
        self._loaded = lru_cache(maxsize=1024)(_loaded)

    def fault(self, values: Values) -> str:
        """Why a citation of an entry does not fit its document; empty when all do."""
        sources = values.get("sources") or ()
        assert isinstance(sources, tuple)
        for source in sources:
            if source.get("sheet") is not None:
                if not self._loaded(str(source["document"])):
                    return f"所据的表格 {source['document']} 没有入账的一批"
                continue
            start, end = int(str(source["starts_at"])), int(str(source["ends_at"]))
            texts = self._texts(str(source["document"]))
            if not any(files.quote_seal(text[start:end]) == source["seal"] for text in texts):
                return f"证明“{source['field']}”的原文与资料 {source['document']} 不符"
        return ""


def _texts(document: str) -> list[str]:
    """What a document says, and what it said before choices."""
    now = Document.objects.filter(key=document).values_list("text", flat=True)
    return [*now, *(one.text for one in former.texts(document))]


def _loaded(batch: str) -> bool:
    """Whether a workbook is in the book as the link that brought it names it."""
    found = Batch.objects.filter(key=batch).first()
    if found is None or found.link is None:
        return False
    link = Link.objects.filter(number=found.link).values_list("source", flat=True).first()
    return link == source(found)


def source(batch: Batch) -> str:
    """What the link of a batch names as its source: the batch and the workbook's SHA-256.

    And that of what was kept of a workbook that could not be kept itself.
    """
    kept = f":{batch.stripped[:_SHORT]}" if batch.stripped else ""
    return f"batch:{batch.key}:{batch.sha256}{kept}"


def batches() -> list[Broken]:
    """The loaded workbooks of which other columns were kept than those that are there now."""
    loaded = Batch.objects.filter(link__isnull=False).exclude(stripped="").order_by("key")
    return [
        Broken("jd_batch", key, "", "所留存的表格各栏不见了或与其摘要不符")
        for key, sha256 in loaded.values_list("key", "stripped")
        if not _stands(sha256)
    ]


def _stands(sha256: str) -> bool:
    """Whether the file under a hash is there and is the one."""
    content = files.read(sha256)
    return content is not None and hashlib.sha256(content).hexdigest() == sha256


def documents(said: Mapping[str, str]) -> tuple[int, list[Broken]]:
    """How many documents there are, and which do not fit what the chain says was received."""
    broken: list[Broken] = []
    keys = list(Document.objects.order_by("key").values_list("key", flat=True))
    for one in keys:
        try:
            document = Document.objects.get(key=one)
            faults = list(_document_faults(document, said.get(one)))
        except (ValueError, TypeError):
            faults = [_UNREADABLE]
        broken += [Broken("jd_document", one, "", fault) for fault in faults]
    formers = {one.key: one for one in Former.objects.order_by("key").iterator(100)}
    broken += [
        Broken("jd_former", one, "", "以前的文字被改动，或与入账时的摘要不符")
        for one, row in formers.items()
        if not row.seal == files.seal(row) == said.get(one)
    ]
    gone = sorted(said.keys() - set(keys) - formers.keys())
    broken += [Broken("jd_document", one, "", "收到过的资料不见了") for one in gone]
    return len(keys), broken


def _document_faults(document: Document, said: str | None) -> Iterator[str]:
    if not _stands(document.sha256):
        yield "原件不见了或与其摘要不符"
    if document.seal != files.seal(document):
        yield "所存的文字或读出的内容被改动"
    if said is None:
        yield "没有一笔入账收过它"
    elif said != document.seal:
        yield "与入账时的摘要不符"


def proposals(accepted: Mapping[str, Sequence[int]]) -> list[Broken]:
    """Proposals that do not fit: changed, or accepted without an entry, or the other way round.

    `accepted` names for each document the entries that the chain says were accepted from it.
    """
    broken: list[Broken] = []
    left = Counter((document, entry) for document, ids in accepted.items() for entry in ids)
    for one in list(Proposal.objects.order_by("key").values_list("key", flat=True)):
        try:
            row = Proposal.objects.get(key=one)
            fault = _proposal_fault(row, left)
        except (ValueError, TypeError):
            fault = _UNREADABLE
        if fault:
            broken.append(Broken("jd_proposal", one, "", fault))
    broken += [
        Broken("jd_document", document, key(entry), "采纳了记录，却没有采纳过的拟录")
        for (document, entry), count in sorted(left.items())
        if count > 0
    ]
    return broken


def _proposal_fault(row: Proposal, left: Counter[tuple[str, int]]) -> str:
    made = row.document_id, row.entry or 0
    taken = row.state == "accepted" and left[made] > 0
    left[made] -= taken
    if row.seal != files.seal(row):
        return "所记的决定被改动"
    if row.state == "accepted" and not taken:
        return "写作已采纳，却没有采纳它的记录"
    if row.state != "accepted" and row.entry is not None:
        return "没有采纳，却写着记录"
    return ""
