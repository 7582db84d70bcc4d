"""From a document's text to what it says: restore, head, facts, proposals.

Not for deciding: every step is a room's own, and a proposal becomes an entry only by a person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.evidence.document import Document
from jiedui.evidence.passages import paragraphs

if TYPE_CHECKING:
    from jiedui.evidence.extracted import Extracted
    from jiedui.facts import Register
    from jiedui.places import PlaceCode
    from jiedui.restore import Restored

__all__ = ["understand"]

_HEAD, _LINES, _SHORTEST = 2_000, 12, 5


def understand(
    extracted: Extracted,
    *,
    place: PlaceCode | None = None,
    register: Register | None = None,
    restored: Restored | None = None,
) -> Document:
    """Read what a document says; `place` is the reader's own, `register` knows names of parties.

    `restored` is its text as people settled it; without it the text is restored here. The head of
    the text names title, source and day of publication.
    """
    from jiedui import facts
    from jiedui.evidence.propose import propose
    from jiedui.restore import restore

    if restored is None:
        restored = restore(extracted.text)
    head = facts.header(restored.text)
    found = facts.read(
        restored.text, published=head.published, place=place, source=head.source, register=register
    )
    document = Document(
        digest=extracted.digest,
        media=extracted.media,
        encoding=extracted.encoding,
        title=_title(extracted.title, restored.text, head.title),
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


def _title(declared: str, text: str, read: str | None) -> str | None:
    """Choose the title: the line that the file's own title holds, else what the head says.

    A page declares "title - name of the site" and may print the name of the site first.
    """
    for passage in paragraphs(text[:_HEAD])[:_LINES]:
        line = passage.of(text)
        if len(line) >= _SHORTEST and line in declared:
            return line
    return read or declared or None
