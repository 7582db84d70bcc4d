"""The search for what stood where bytes were torn: all readings that the shown bytes allow.

It follows the moves of `moves` from a torn mark until all that is left agrees again, keeping the
likeliest at each character. Not for deciding whether a reading is believed: `torn` does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from jiedui.restore.moves import Moves
from jiedui.restore.states import Part, State, by_score

__all__ = ["FARTHEST", "Found", "Reading", "search"]

# Caps, so that no page takes long: readings kept at each character, how far below the best one
# may lie (nats), characters looked at; how many readings may try a vanished pair, and two.
_BEAM, _BEHIND, FARTHEST = 40, 18.0, 80
# Several characters at once may fall that much further behind before the next comparison.
_HOPPING, _HOPPING_TWICE, _SLACK = 7, 3, 7.0
# Characters that all readings must share before they are compared: the reach of the model.
_SETTLED = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a stretch of text; `parts` are (start, end, became) where it differs.

    Positions count from the beginning of the line. `replaced` are the characters, with their
    readings, that the replacement found across characters or behind torn ones; `lost` says that
    a swallowed character, most often a digit, cannot be known.
    """

    score: float
    parts: tuple[Part, ...]
    replaced: tuple[tuple[str, str], ...]
    lost: bool

    def text(self, line: str, start: int, end: int) -> str:
        """The span of the line as this reading has it; every part lies inside or outside."""
        pieces: list[str] = []
        done = start
        for first, last, became in self.parts:
            if start <= first and last <= end:
                pieces += (line[done:first], became)
                done = last
        return "".join((*pieces, line[done:end]))


class Found(NamedTuple):
    """The readings, best first; where they all end; and what the search cost, in states made."""

    end: int
    readings: list[Reading]
    work: int


def search(line: str, start: int, annotated: frozenset[str], *, ends: bool = False) -> Found:
    """Find the readings of a line from a torn mark on.

    Without any reading that the bytes allow the list is empty. `annotated` are the characters
    that the page shows replaced; `ends` says that the line ends where it does, and is not cut.
    """
    moves = Moves(line, annotated)
    agenda: defaultdict[int, list[State]] = defaultdict(list)
    agenda[start] = [moves.opening(start)]
    end, settled = min(len(line), start + FARTHEST), 0
    for at in range(start, end):
        states = _kept(agenda.pop(at, []))
        pending = bool(agenda) or any(state.pending for state in states)
        settled = 0 if pending else settled + 1
        if settled > _SETTLED:
            return Found(at, _readings(states), moves.work)
        least = states[0].score - _BEHIND - _SLACK if states else 0.0
        tried = 0
        for state in states:
            tried += bool(state.pending)
            hops = (tried <= _HOPPING) + (tried <= _HOPPING_TWICE)
            for position, following in moves.step(at, state, least, hops):
                agenda[position].append(following)
        if not agenda:
            return Found(at, [], moves.work)
    states = [state for state in _kept(agenda[end]) if not state.pending]
    if ends and end == len(line):
        states = sorted(map(moves.ended, states), key=by_score, reverse=True)
    return Found(end, _readings(states), moves.work)


def _kept(states: list[State]) -> list[State]:
    best = nlargest(_BEAM, states, key=by_score)
    # The text as it is (真的?!) is never dropped: every other reading must beat it in the end.
    untouched = [state for state in states if not state.pending and not state.parts]
    return [
        state
        for state in dict.fromkeys(best + untouched)
        if state.score > best[0].score - _BEHIND or state in untouched
    ]


def _readings(states: list[State]) -> list[Reading]:
    found: dict[tuple[Part, ...], Reading] = {}
    for state in states:
        found.setdefault(state.parts, Reading(state.score, state.parts, state.replaced, state.lost))
    return list(found.values())
