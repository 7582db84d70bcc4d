"""What a problem code is: a title and what to do."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Code"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: a few words, and what to do about it."""

    title: str
    hint: str
