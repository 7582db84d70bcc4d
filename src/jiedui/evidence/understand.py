"""From a document's text to what it says: restore, head, facts, proposals.

Not for deciding: every step is a room's own, and a proposal becomes an entry only by a person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.evidence.document import Document

if TYPE_CHECKING:
    from jiedui.evidence.extracted import Extracted
    from jiedui.facts import Register
    from jiedui.places import PlaceCode

__all__ = ["understand"]


def understand(
    extracted: Extracted, *, place: PlaceCode | None = None, register: Register | None = None
) -> Document:
    """Read what a document says; `place` is the reader's own, `register` knows names of parties.

    The head of the text names title, source and day of publication; a title that only the file
    carries is taken when the text has none.
    """
    from jiedui import facts
    from jiedui.evidence.propose import propose
    from jiedui.restore import restore

    restored = restore(extracted.text)
    head = facts.header(restored.text)
    found = facts.read(
        restored.text, published=head.published, place=place, source=head.source, register=register
    )
    document = Document(
        digest=extracted.digest,
        media=extracted.media,
        encoding=extracted.encoding,
        title=head.title or extracted.title or None,
        source=head.source,
        published=head.published,
        clicks=head.clicks,
        reporters=head.reporters,
        text=restored.text,
        damaged=extracted.text,
        edits=restored.edits,
        facts=tuple(found),
        remarks=extracted.remarks,
    )
    return replace(document, proposals=tuple(propose(document)))
