"""The search for what stood where bytes were torn: all readings that the shown bytes allow.

From a torn mark on, the faulty program read pairs of bytes one byte late. A reading is either
aligned (what is shown is what stood there) or has a pending lead byte, and each shown character
gives its trail and the next lead. Not for deciding whether a reading is believed: `torn` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from jiedui.restore import gbk
from jiedui.restore.language import Model, model
from jiedui.restore.readings import LETTERS, readings, spelled
from jiedui.restore.scripts import is_common, is_plain, is_traditional
from jiedui.restore.standing import FIRST_LEAD, characters, is_hole

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CUTS", "FARTHEST", "LOST", "MARK", "Part", "Reading", "search"]

# What a swallowed opening bracket leaves, and the marks that were seen to cut the bytes.
MARK = re.compile(rf"\?([{LETTERS}]{{1,7}}) ?\)")
CUTS = {",": b"\xa3\xac", "!": b"\xa3\xa1", "。": b"\xa1\xa3"}

# Caps, so that no page takes long: readings kept at each character, how far below the best one
# may lie (nats), how many of them may try a vanished pair, characters looked at.
_BEAM, _BEHIND, _HOPPING, FARTHEST = 40, 22.0, 10, 80
_SETTLED = 3
_FIRST_CUTS = 4

# What it costs (nats) to suppose that a character was replaced which the page shows replaced
# nowhere else, common or not; and a swallowed character, beyond the digit supposed in its place.
_ELSEWHERE, _ODD, _SWALLOWED = 3.0, 6.0, 2.0
# The model knows simplified script only, so a rare variant (曏 for 向) is as likely as the plain
# character to it; conversion to traditional script writes the plain one.
_RARE = 2.0
# A vanished pair before a lone lead: how many ways are tried, and how likely a second character
# must be behind the first.
_BLIND, _LIKELY = 30, -7.0
LOST = "□"

_FULL_WIDTH = 0xA3

Part = tuple[int, int, str]


class _State(NamedTuple):
    score: float
    history: int
    trail: int  # the last byte of the character before, 0 when it has none
    pending: int = 0  # the lead byte that waits for its trail, 0 when aligned
    since: int = 0  # where the part that is torn began
    became: str = ""
    parts: tuple[Part, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a stretch of text; `parts` are (start, end, became) where it differs.

    Positions count from the beginning of the line. `replaced` are the characters that the
    replacement found across characters or behind torn ones; `lost` says that a swallowed
    character, most often a digit, cannot be known.
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


_score = attrgetter("score")


def _trail(one: str) -> int:
    coded = gbk.pair(gbk.wide(one)) if one else None
    return coded[1] if coded else 0


def search(line: str, start: int, annotated: frozenset[str]) -> tuple[int, list[Reading]]:
    """Find the readings of a line from a torn mark on, best first, and where they all end.

    Without any reading that the bytes allow the list is empty. `annotated` are the characters
    that the page shows replaced.
    """
    return _Search(line, annotated, model()).run(start)


class _Search:
    """One search; the agenda maps a position to the states that reached it."""

    def __init__(self, line: str, annotated: frozenset[str], known: Model) -> None:
        self.line = line
        self.annotated = annotated
        self.known = known
        self.characters = characters()
        self.agenda: defaultdict[int, list[_State]] = defaultdict(list)

    def run(self, start: int) -> tuple[int, list[Reading]]:
        """Follow all readings until those that are left agree again."""
        before = self.line[max(0, start - 3) : start]
        history = 0 if start >= 3 else self.known.start
        for one in before:
            history = self.known.follow(history, self.known.symbol(one))
        self.agenda[start] = [_State(0.0, history, _trail(before[-1:]))]
        end, settled = min(len(self.line), start + FARTHEST), 0
        for at in range(start, end):
            states = self._kept(at)
            pending = bool(self.agenda) or any(state.pending for state in states)
            settled = 0 if pending else settled + 1
            if settled > _SETTLED:
                return at, _readings(states)
            for state in states:
                for position, following in self._step(at, state):
                    self.agenda[position].append(following)
            if not self.agenda:
                return at, []
        return end, _readings([state for state in self._kept(end) if not state.pending])

    def _kept(self, at: int) -> list[_State]:
        states = nlargest(_BEAM, self.agenda.pop(at, ()), key=_score)
        least = states[0].score - _BEHIND if states else 0.0
        hopping = [state for state in states if state.pending][:_HOPPING]
        self.hopping = frozenset(id(state) for state in hopping)
        self.least = least
        return [state for state in states if state.score > least]

    def _step(self, at: int, state: _State) -> Iterator[tuple[int, _State]]:
        shown = self.line[at]
        if not state.pending:
            yield from self._aligned(at, shown, state)
        elif shown == "?":
            yield from self._lone_lead(at, state)
        else:
            yield from self._taken(at, shown, state)
            if id(state) in self.hopping:
                yield from self._vanished(at, shown, state)

    def _emit(self, state: _State, one: str, pending: int = 0, cost: float = 0.0) -> _State:
        """The state after one more character of the intact text."""
        symbol = self.known.symbol(one)
        if (state.pending or state.became) and not is_plain(one):
            cost += _RARE
        return state._replace(
            score=state.score + self.known.score(state.history, symbol) - cost,
            history=self.known.follow(state.history, symbol),
            trail=_trail(one),
            pending=pending,
            became=state.became + one,
        )

    @staticmethod
    def _closed(state: _State, end: int) -> _State:
        """The state when bytes and characters agree again: a part ends here."""
        parts = (*state.parts, (state.since, end, state.became))
        return state._replace(pending=0, became="", parts=parts)

    def _cost(self, one: str) -> float:
        """What it costs to suppose that a character was in the list of replacements."""
        if one in self.annotated:
            return 0.0
        return _ELSEWHERE if is_common(one) else _ODD

    def _aligned(self, at: int, shown: str, state: _State) -> Iterator[tuple[int, _State]]:
        if mark := MARK.match(self.line, at):
            reading = spelled(mark[1])
            for one, lead in self._replaced_behind(state.trail, reading):
                yield (
                    mark.end(),
                    state._replace(
                        score=state.score - self._cost(one),
                        pending=lead,
                        since=at,
                        replaced=(*state.replaced, (one, reading)),
                    ),
                )
            return
        yield at + 1, self._emit(state, shown)._replace(became="")
        if shown == "?" and (cut := CUTS.get(self.line[at + 1 : at + 2])):
            # The mark is no mark: its bytes belong to two characters.
            opened = state._replace(since=at)
            ways = self.characters.by_trail.get(cut[0], ())
            found = [self._emit(opened, one, cut[1]) for one, _ in ways]
            for following in nlargest(_FIRST_CUTS, found, key=_score):
                yield at + 2, following

    def _replaced_behind(self, lead: int, reading: str) -> Iterator[tuple[str, int]]:
        for one, trail in self.characters.by_lead.get(lead, ()):
            if trail >= FIRST_LEAD and is_traditional(one) and reading in readings(one):
                yield one, trail

    def _lone_lead(self, at: int, state: _State) -> Iterator[tuple[int, _State]]:
        """A lead without a trail ends the torn part: it was itself the trail of a character."""
        if mark := MARK.match(self.line, at):
            reading = spelled(mark[1])
            for one, _ in self._replaced_behind(state.pending, reading):
                after = self._emit(state, one, cost=self._cost(one))
                after = after._replace(replaced=(*state.replaced, (one, reading)))
                yield mark.end(), self._closed(after, mark.end())
            return
        following = self.line[at + 1 : at + 2]
        for one, trail in self.characters.by_lead.get(state.pending, ()):
            if trail < FIRST_LEAD:
                continue
            after = self._emit(state, one)
            if following in CUTS or not following:
                yield at + 1, self._closed(after, at + 1)
            lost = self._emit(after, "0", cost=_SWALLOWED)
            lost = lost._replace(became=after.became + LOST, trail=0, lost=True)
            yield at + 1, self._closed(lost, at + 1)
        if id(state) in self.hopping and (following in CUTS or not following):
            yield from self._vanished_blind(at, state)

    def _vanished_blind(self, at: int, state: _State) -> Iterator[tuple[int, _State]]:
        """Before a lone lead stood a pair that left no trace: two characters, both unseen."""
        tried: list[_State] = []
        for one, trail in self.characters.by_lead.get(state.pending, ()):
            symbol = self.known.symbol(one)
            first = state.score + self.known.score(state.history, symbol)
            if trail < FIRST_LEAD or first < self.least:
                continue
            after = self._emit(state, one)
            for number in self.known.followers(symbol, _LIKELY):
                for two, coded in self.characters.by_symbol.get(number, ()):
                    if coded[1] >= FIRST_LEAD and is_hole(trail, coded[0]):
                        tried.append(self._emit(after, two))
        for following in nlargest(_BLIND, tried, key=_score):
            yield at + 1, self._closed(following, at + 1)

    def _shown(self, shown: str) -> Iterator[tuple[int, int]]:
        """The two bytes that a shown character may be; a second byte of 0 means there is none."""
        if not shown.isascii():
            if coded := gbk.pair(shown):
                yield coded[0], coded[1]
            return
        if "@" <= shown <= "~":
            yield ord(shown), 0
        if "!" <= shown <= "~":
            yield _FULL_WIDTH, ord(shown) + 0x80

    def _after(self, at: int, state: _State, second: int) -> tuple[int, _State]:
        """What follows once the first byte of a shown character has been a trail."""
        if second >= FIRST_LEAD:
            return at + 1, state._replace(pending=second)
        if second:
            state = self._emit(state, chr(second))
        return at + 1, self._closed(state, at + 1)

    def _taken(self, at: int, shown: str, state: _State) -> Iterator[tuple[int, _State]]:
        """The shown character gives the trail that is waited for, and the next lead."""
        for first, second in self._shown(shown):
            one = gbk.character(bytes((state.pending, first)))
            if one in self.characters.all:
                yield self._after(at, self._emit(state, one), second)

    def _vanished(self, at: int, shown: str, state: _State) -> Iterator[tuple[int, _State]]:
        """Before the shown character stood a pair that has no character, and left no trace."""
        score, follow = self.known.score, self.known.follow
        for first, second in self._shown(shown):
            ways = [
                (two, lead, self.known.symbol(two))
                for two, lead in self.characters.by_trail.get(first, ())
            ]
            for one, trail in self.characters.by_lead.get(state.pending, ()):
                symbol = self.known.symbol(one)
                so_far = state.score + score(state.history, symbol)
                if trail < FIRST_LEAD or so_far < self.least:
                    continue
                history = follow(state.history, symbol)
                for two, lead, number in ways:
                    if is_hole(trail, lead) and so_far + score(history, number) > self.least:
                        yield self._after(at, self._emit(self._emit(state, one), two), second)


def _readings(states: list[_State]) -> list[Reading]:
    found: dict[tuple[Part, ...], Reading] = {}
    for state in states:
        found.setdefault(state.parts, Reading(state.score, state.parts, state.replaced, state.lost))
    return list(found.values())
