"""What the rules of events stand on: the text with its times and places, and what all events share.

Not for any one kind of event: `visits.py` and `meetings.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.facts.gazetteer import Gazetteer, abbreviation, fits
from jiedui.facts.view import View, near_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.facts.model import Span, TimeFact
    from jiedui.places import PlaceCode

__all__ = ["OURS", "REACH", "Ground", "clause_end", "host_at", "time_of"]

OURS = re.compile(r"(?:我|本)(省|自治区|市|州|县|区|盟|旗)")
REACH = 400
"""How far from an event its day and its leader may stand."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rules of events stand on: the text, its gazetteer, times, and the places near."""

    seen: View
    gazetteer: Gazetteer
    times: Sequence[TimeFact]
    near: Sequence[PlaceCode]
    start: int
    starts: tuple[int, ...]
    """Where each of the times begins, in order."""

    def times_from(self, first: int, last: int) -> Sequence[TimeFact]:
        """The times that begin from `first` up to, and without, `last`."""
        found = near_by(self.starts, first, last)
        return self.times[found.start : found.stop]


def host_at(ground: Ground, at: int) -> tuple[Span, PlaceCode] | None:
    """The place that receives: a name, a province's one-character name, or 我省."""
    text = ground.seen.text
    ours = OURS.match(text, at)
    if ours:
        for code in ground.near:
            if fits(code, ours[1]):
                return ours.span(), code
        return None
    chain = ground.gazetteer.chain(text, at, ground.near, counties=True)
    if chain is not None:
        return (at, chain.end), chain.code
    by_sign = abbreviation(text[at : at + 1])
    return ((at, at + 1), by_sign) if by_sign else None


def time_of(ground: Ground, start: int, end: int) -> TimeFact | None:
    """The day of an event: the last before it in its sentence, else the first inside or behind."""
    first, stop = ground.seen.sentence(start)
    first, stop = max(first, start - REACH), min(stop, end + REACH)
    inside = [t for t in ground.times_from(first, stop) if t.grain == "day" and t.days]
    before = [t for t in inside if t.end <= start]
    if before:
        return before[-1]
    within = [t for t in inside if t.start < end]
    if within:
        return within[0]
    return inside[0] if inside else None


def clause_end(text: str, at: int) -> int:
    """Where the clause that holds a position ends, or how far it is looked at."""
    far = min(len(text), at + REACH)
    hit = re.compile(r"[,。;!\n(]").search(text, at, far)
    return hit.start() if hit else far
