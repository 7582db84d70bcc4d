"""What a code of a problem says. The codes themselves are `codes`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: a few words, and what to do about it."""

    title: str
    hint: str
