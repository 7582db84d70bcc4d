"""Documents and proposals as the store hands them out: frozen values, never rows.

Not for deciding who may have them: `documents` and `deciding` ask that first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from jiedui.site.store import files
from jiedui.site.store.entries import key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jiedui.problems import Problem
    from jiedui.site.store.tables import Document, Proposal

Json: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """An entry that a document proposes, in the shapes that `read --json` gives."""

    key: str
    ledger: str
    values: Mapping[str, Json]
    missing: tuple[str, ...]
    state: str
    decided_by: str
    decided_at: datetime | None
    entry_key: str | None
    why: str
    unsure: tuple[str, ...] = ()


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


def summary_of(document: Document) -> Summary:
    """A document as a list shows it."""
    states = [proposal.state for proposal in document.proposals.all()]
    return Summary(
        document.key,
        document.name,
        document.title,
        document.publisher,
        document.published,
        document.received,
        author(document),
        states.count("open"),
        len(states) - states.count("open"),
    )


def author(document: Document) -> str:
    """Who brought a document, as he is called on pages."""
    account = document.account
    return account.get_full_name() or account.get_username()


def document_of(document: Document) -> StoredDocument:
    """A document with everything that was read in it."""
    read = json.loads(document.reading)
    return StoredDocument(
        document.key,
        document.name,
        document.title,
        document.publisher,
        document.published,
        document.received,
        author(document),
        document.media,
        document.encoding,
        document.damaged,
        document.text,
        tuple(read["edits"]),
        tuple(read["facts"]),
        tuple(proposal_of(proposal) for proposal in document.proposals.all()),
    )


def shown_as(edit: Mapping[str, Any]) -> str:
    """What a page sends back of an edit: nobody chooses for a text that he has not seen."""
    return files.quote_seal(edit["became"])


def is_chosen(edit: Mapping[str, Any]) -> bool:
    """Whether a person settled an edit; then it keeps the reason for which it was asked about."""
    return "asked" in edit


def content(row: Proposal) -> Json:
    """What a proposal says stands in its document's reading, under the document's seal."""
    said: Json = json.loads(row.document.reading)["proposals"][row.position]
    return said


def proposal_of(row: Proposal) -> StoredProposal:
    """A proposal with how it was decided."""
    said = content(row)
    return StoredProposal(
        row.key,
        said["ledger"],
        said["values"],
        tuple(said["missing"]),
        row.state,
        row.decided_by,
        row.decided,
        key(row.entry) if row.entry else None,
        row.why,
        # What was read before a proposal could say so says nothing.
        tuple(said.get("unsure", ())),
    )
