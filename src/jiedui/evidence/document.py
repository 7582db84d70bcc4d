"""A document that has been read: its text before and after restoring, what it says, what follows.

Not for reading it: that is `jiedui.evidence.understand`. Not for keeping it: that is the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiedui.evidence.passages import Citation, cite

if TYPE_CHECKING:
    from datetime import date

    from jiedui.evidence.extracted import Media
    from jiedui.evidence.propose import Proposal
    from jiedui.facts import Fact
    from jiedui.problems import Problem
    from jiedui.restore import Edit

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is and says; spans are code points into `text`, the restored text.

    `digest` is the SHA-256 of the bytes, `damaged` the text as it was extracted; `remarks` are
    problems that did not stop the reading.
    """

    digest: str
    media: Media
    encoding: str
    title: str | None
    source: str | None
    published: date | None
    clicks: int | None
    reporters: tuple[str, ...]
    text: str
    damaged: str
    edits: tuple[Edit, ...]
    facts: tuple[Fact, ...]
    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def cite(self, start: int, end: int) -> Citation:
        """Cite a span of the restored text; raises `CitationError` when there is none."""
        return cite(self.digest, self.text, start, end)

    def as_json(self) -> dict[str, Any]:
        """The shape that `jiedui read --json` prints.

        An edit's `start` and `end` are in `text`, so `text[start:end] == became`, and putting
        each `found` back there gives the damaged text.
        """
        return {
            "document": {
                "title": self.title,
                "source": self.source,
                "published": self.published.isoformat() if self.published else None,
                "clicks": self.clicks,
                "reporters": list(self.reporters),
            },
            "text": self.text,
            "edits": [_edit(edit) for edit in self.edits],
            "facts": [fact.as_json() for fact in self.facts],
            "proposals": [proposal.as_json() for proposal in self.proposals],
        }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "start": edit.at_start,
        "end": edit.at_end,
        "found": edit.found,
        "became": edit.became,
        "reason": edit.reason,
        "sure": edit.sure,
        "candidates": list(edit.candidates),
    }
