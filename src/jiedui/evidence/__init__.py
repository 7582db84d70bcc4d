"""Evidence: a document's text, what it says, and the sentences that prove it.

Not for keeping documents or deciding who sees them (that is the store), and not for turning a
proposal into an entry: a person does that, through the door.
"""

from __future__ import annotations

from jiedui.evidence.extract import extract
from jiedui.evidence.extracted import Extracted, Media
from jiedui.evidence.limits import LIMITS, Limits

__all__ = ["LIMITS", "Extracted", "Limits", "Media", "extract"]
