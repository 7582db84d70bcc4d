"""What was read in a document, put into its rows. Not for reading, and not for keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import facts
from jiedui.site.store import files
from jiedui.site.store.entries import key, new_id
from jiedui.site.store.tables import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiedui import evidence
    from jiedui.site.store.tables import Document


def describe(row: Document, read: evidence.Document) -> None:
    """Put the text of a document, and what its head says, into its row."""
    row.text = read.text
    row.title = (read.title or _first_sentence(read.text))[:300]
    row.publisher = (read.source or "")[:120]
    row.published = read.published


def _first_sentence(text: str) -> str:
    """What a document without a title is called: its first words below the head."""
    body = text[facts.header(text).body_start :].strip() or text.strip()
    line = next(iter(body.splitlines()), "")
    return line.partition("。")[0].strip()


def propose(document: Document, positions: Iterable[int]) -> None:
    """Make the rows of proposals by their positions in the reading of a kept document."""
    for position in positions:
        row = Proposal(key=key(new_id()), document=document, position=position)
        row.seal = files.seal(row)
        row.save(force_insert=True)
