"""How much of a document is read before Jiedui says no.

Not for limits of the machine (memory, time): those are the sandbox's, around the parser.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may measure: bytes as handed in, bytes inflated, pages, code points."""

    content: int = 20 * 1024 * 1024
    inflated: int = 100 * 1024 * 1024
    entries: int = 2_000
    ratio: int = 200
    pages: int = 500
    text: int = 2_000_000


LIMITS = Limits()
