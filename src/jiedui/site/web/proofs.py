"""The sentences that prove an entry: citations of the same words shown once, each marked.

Which words may be shown to whom is for the store; here they are only laid together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from jiedui.problems import listed
from jiedui.site.store import documents, sheets
from jiedui.site.web import page, tongue
from jiedui.site.web.marks import Line, Mark, lines

if TYPE_CHECKING:
    from datetime import date

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store import door


@dataclass(slots=True)
class _Sentence:
    """Overlapping citations of one document: `text` begins at `start` of the document."""

    first: documents.Proof
    start: int
    text: str
    cited: dict[tuple[int, int], list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProofShown:
    """Words of a document with every citation in them marked, and the fields they prove."""

    line: Line
    fields: tuple[str, ...]
    title: str
    published: date | None
    href: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of a workbook: its file, sheet and number, and the way there for who may open it."""

    name: str
    sheet: str
    row: int
    digest: str
    href: str


def shown(viewer: Viewer, kind: type[Ledger], entry: door.Entry) -> list[ProofShown]:
    """The proofs of an entry in the order of the text, one a sentence."""
    sentences: list[_Sentence] = []
    for proof in documents.proofs(viewer, entry):
        declared = kind.fields.get(proof.field)
        label = declared.label if declared else proof.field
        current = sentences[-1] if sentences else None
        if current is None or not _join(current, proof):
            current = _Sentence(
                proof, proof.at[0] - len(proof.before), proof.before + proof.quote + proof.after
            )
            sentences.append(current)
        current.cited.setdefault(proof.at, []).append(label)
    return [_shown(sentence) for sentence in sentences]


def rows(viewer: Viewer, entry: door.Entry) -> list[RowShown]:
    """The rows of workbooks that prove an entry."""
    return [
        RowShown(
            one.name,
            one.sheet,
            one.row,
            one.sha256[:16],
            page.address(reverse("sheet-row", args=[one.batch, one.row]), sheet=one.sheet) + "#at"
            if one.batch
            else "",
        )
        for one in sheets.cited(viewer, entry)
    ]


def _join(current: _Sentence, proof: documents.Proof) -> bool:
    """Lay a proof over the sentence before it, where both show the same words."""
    first = current.first
    same = (proof.title, proof.document) == (first.title, first.document)
    start = proof.at[0] - len(proof.before)
    end = current.start + len(current.text)
    if not same or start > end or start < current.start or not (_whole(proof) and _whole(first)):
        return False
    current.text += (proof.before + proof.quote + proof.after)[end - start :]
    return True


def _whole(proof: documents.Proof) -> bool:
    """Whether the quote is the words themselves, and not the sign that they are protected."""
    return len(proof.quote) == proof.at[1] - proof.at[0]


def _shown(sentence: _Sentence) -> ProofShown:
    first = sentence.first
    if _whole(first):
        marks = [
            Mark(
                start - sentence.start,
                end - sentence.start,
                "",
                "cited",
                tongue.plain(listed(labels)),
            )
            for (start, end), labels in sentence.cited.items()
        ]
    else:
        sentence.text = tongue.plain(first.quote)
        marks = [Mark(0, len(sentence.text), "", "cited")]
    fields = dict.fromkeys(label for labels in sentence.cited.values() for label in labels)
    href = ""
    if first.document is not None:
        at = ",".join(f"{start}-{end}" for start, end in sentence.cited)
        href = page.address(reverse("document", args=[first.document]), at=at) + "#at"
    text = sentence.text.replace("\n", " ")
    return ProofShown(lines(text, marks)[0], tuple(fields), first.title, first.published, href)
