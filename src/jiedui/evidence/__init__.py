"""Evidence: a document's text, what it says, and the sentences that prove it.

Not for keeping documents or deciding who sees them (that is the store), and not for turning a
proposal into an entry: a person does that, through the door.
"""

from __future__ import annotations

from jiedui.evidence.days import completes, wants_year
from jiedui.evidence.document import Document
from jiedui.evidence.extract import extract
from jiedui.evidence.extracted import Extracted, Media
from jiedui.evidence.limits import LIMITS, Limits
from jiedui.evidence.passages import (
    Citation,
    CitationError,
    Passage,
    cite,
    paragraphs,
    sentence_at,
    sentences,
)
from jiedui.evidence.propose import rule
from jiedui.evidence.understand import understand

__all__ = [
    "LIMITS",
    "Citation",
    "CitationError",
    "Document",
    "Extracted",
    "Limits",
    "Media",
    "Passage",
    "cite",
    "completes",
    "extract",
    "paragraphs",
    "rule",
    "sentence_at",
    "sentences",
    "understand",
    "wants_year",
]
