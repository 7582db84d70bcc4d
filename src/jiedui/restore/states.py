"""One way to have read a line so far, as the search for torn characters carries it along.

Not a result: `search` turns the states that are left into readings.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

__all__ = ["Part", "State", "by_score"]

# Where a torn part begins and ends in the line, and what it became.
Part = tuple[int, int, str]


class State(NamedTuple):
    """A state of the search; scores are natural logarithms."""

    score: float
    history: int
    trail: int  # the last byte of the character before, 0 when it has none
    pending: int = 0  # the lead byte that waits for its trail, 0 when aligned
    since: int = 0  # where the part that is torn began
    became: str = ""
    parts: tuple[Part, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    lost: bool = False


by_score = attrgetter("score")
