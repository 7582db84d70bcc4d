"""What each shown character may have been, once bytes and characters no longer agree.

From a torn mark on, the faulty program read pairs of bytes one byte late. A state is either
aligned (what is shown is what stood there) or has a pending lead byte, and each shown character
gives its trail and the next lead. Not for choosing among the states: `search` keeps the likeliest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING

from jiedui.restore import gbk
from jiedui.restore.language import model
from jiedui.restore.readings import LETTERS, readings, spelled
from jiedui.restore.scripts import is_common, is_traditional
from jiedui.restore.standing import (
    FIRST_HIGH,
    FIRST_LEAD,
    characters,
    oddness,
    replaceable,
)
from jiedui.restore.states import State, by_score
from jiedui.restore.vanished import blind, once, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CUTS", "LOST", "MARK", "Moves"]

# What a swallowed opening bracket leaves, and the marks that were seen to cut the bytes.
MARK = re.compile(rf"\?([{LETTERS}]{{1,7}}) ?\)")
CUTS = {",": b"\xa3\xac", "!": b"\xa3\xa1", "。": b"\xa1\xa3"}
LOST = "□"
_ANNOTATION = re.compile(rf"\(([{LETTERS}]{{1,7}}) ?\)")

# What it costs (nats) to suppose that a character was replaced which the page shows replaced
# nowhere else, common or not; and a swallowed character, beyond the digit supposed in its place.
_ELSEWHERE, _ODD, _SWALLOWED = 3.0, 6.0, 2.0

# Of what may stand at a cutting mark, and around a vanished pair nobody sees, so many are tried.
_FIRST_CUTS, _BLIND = 16, 40
# What a vanished pair costs (nats), and two in a row: the model of the language finds characters
# put between others more likely than they are.
_SEEMING, _TWICE = 2.0, 4.0

_FULL_WIDTH = 0xA3


@lru_cache(16_384)
def _seen(one: str) -> tuple[int, int, float]:
    """Of a character its number in the model, its last byte, and how odd it is to suppose it."""
    return model().symbol(one), _trail(one), oddness(one)


def _trail(one: str) -> int:
    coded = gbk.pair(gbk.wide(one)) if one else None
    return coded[1] if coded else 0


class Moves:
    """The moves along one line of a page that shows the characters `annotated` replaced."""

    def __init__(self, line: str, annotated: frozenset[str]) -> None:
        self.line = line
        self.annotated = annotated
        self.known = model()
        self.characters = characters()
        self.work = 0  # states made

    def opening(self, start: int) -> State:
        """The state before the first torn mark: aligned, with what stands before it."""
        before = self.line[max(0, start - 3) : start]
        history = 0 if start >= 3 else self.known.start
        for one in before:
            history = self.known.follow(history, self.known.symbol(one))
        return State(0.0, history, _trail(before[-1:]))

    def ended(self, state: State) -> State:
        """The state once the line is known to end behind it."""
        return state._replace(score=state.score + self.known.score(state.history, self.known.end))

    def step(self, at: int, state: State, least: float, hops: int) -> Iterator[tuple[int, State]]:
        """The states that follow at later positions, with so many vanished pairs in a row."""
        shown = self.line[at]
        if not state.pending:
            yield from self._aligned(at, shown, state)
        elif shown == "?":
            yield from self._lone_lead(at, state)
            if hops:
                yield from self._vanished_blind(at, state, least)
        else:
            yield from self._taken(at, shown, state)
            if hops:
                yield from self._vanished(at, shown, state, least, hops)

    def _emit(self, state: State, one: str, pending: int = 0, cost: float = 0.0) -> State:
        """The state after one more character of the intact text."""
        chance = self.known.score(state.history, _seen(one)[0])
        return self._after_one(state, one, chance - cost, pending)

    def _after_one(self, state: State, one: str, chance: float, pending: int = 0) -> State:
        """The state after a character of which the chance is known."""
        self.work += 1
        symbol, trail, odd = _seen(one)
        score, history, _, was_pending, since, became, parts, replaced, lost = state
        if was_pending or became:
            chance -= odd
        history = self.known.follow(history, symbol)
        return State(
            score + chance, history, trail, pending, since, became + one, parts, replaced, lost
        )

    @staticmethod
    def _closed(state: State, end: int) -> State:
        """The state when bytes and characters agree again: a part ends here."""
        parts = (*state.parts, (state.since, end, state.became))
        return state._replace(pending=0, became="", parts=parts)

    def _supposing(self, state: State, one: str, reading: str) -> State:
        """The state that supposes a character in the list of replacements."""
        cost = 0.0
        if one not in self.annotated:
            cost = _ELSEWHERE if is_common(one) else _ODD
        replaced = (*state.replaced, (one, reading))
        return state._replace(score=state.score - cost, replaced=replaced)

    def _aligned(self, at: int, shown: str, state: State) -> Iterator[tuple[int, State]]:
        if mark := MARK.match(self.line, at):
            reading = spelled(mark[1])
            for one, lead in replaceable(state.trail, reading) if state.trail else ():
                if lead >= FIRST_LEAD:
                    torn = self._supposing(state, one, reading)
                    yield mark.end(), torn._replace(pending=lead, since=at)
            return
        yield at + 1, self._emit(state, shown)._replace(became="")
        if shown == "?" and (cut := CUTS.get(self.line[at + 1 : at + 2])):
            # The mark is no mark: its bytes belong to two characters.
            opened = state._replace(since=at)
            ways = self.characters.by_trail.get(cut[0], ())
            found = [self._emit(opened, one, cut[1]) for one, _ in ways]
            for following in nlargest(_FIRST_CUTS, found, key=by_score):
                yield at + 2, following

    def _lone_lead(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """A lead without a trail ends the torn part: it was itself the trail of a character."""
        if mark := MARK.match(self.line, at):
            reading = spelled(mark[1])
            for one, _ in replaceable(state.pending, reading):
                after = self._supposing(self._emit(state, one), one, reading)
                yield mark.end(), self._closed(after, mark.end())
            return
        for one, trail in self.characters.by_lead.get(state.pending, ()):
            if trail >= FIRST_HIGH:
                yield from self._ended(at, self._emit(state, one))

    def _ended(self, at: int, state: State) -> Iterator[tuple[int, State]]:
        """A lone lead stood at the end of the bytes, or took the next byte along."""
        following = self.line[at + 1 : at + 2]
        if following in CUTS or not following:
            yield at + 1, self._closed(state, at + 1)
        lost = self._emit(state, "0", cost=_SWALLOWED)
        lost = lost._replace(became=state.became + LOST, trail=0, lost=True)
        yield at + 1, self._closed(lost, at + 1)

    def _vanished_blind(self, at: int, state: State, least: float) -> Iterator[tuple[int, State]]:
        """Before a lone lead stood a pair that left no trace: two characters, both unseen."""
        if MARK.match(self.line, at):
            return
        found = [
            self._emit(after, both[1])
            for both in blind(state.pending)
            if (after := self._likely(state, both[0], least))
        ]
        for following in nlargest(_BLIND, found, key=by_score):
            yield from self._ended(at, following)

    def _likely(self, state: State, one: str, least: float, cost: float = 0.0) -> State | None:
        """The state after one more character, if that is not too seldom."""
        chance = self.known.score(state.history, _seen(one)[0])
        if state.score + chance <= least:
            return None
        return self._after_one(state, one, chance - cost)

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

    def _after(self, at: int, state: State, second: int) -> tuple[int, State]:
        """What follows once the first byte of a shown character has been a trail."""
        if second >= FIRST_LEAD:
            return at + 1, state._replace(pending=second)
        if second:
            state = self._emit(state, chr(second))
        elif note := _ANNOTATION.match(self.line, at + 1):
            # A replaced character whose trail alone is to be seen: 質(zhì) as |(zhì).
            one, reading = state.became[-1], spelled(note[1])
            if is_traditional(one) and reading in readings(one):
                state = self._supposing(state, one, reading)
                return note.end(), self._closed(state, note.end())
        return at + 1, self._closed(state, at + 1)

    def _begun(
        self, known: dict[str, State | None], state: State, one: str, least: float
    ) -> State | None:
        """As `_likely`, once for each character: many unseen ones begin alike."""
        if one not in known:
            known[one] = self._likely(state, one, least)
        return known[one]

    def _taken(self, at: int, shown: str, state: State) -> Iterator[tuple[int, State]]:
        """The shown character gives the trail that is waited for, and the next lead."""
        for first, second in self._shown(shown):
            if one := gbk.character(bytes((state.pending, first))):
                yield self._after(at, self._emit(state, one), second)

    def _vanished(
        self, at: int, shown: str, state: State, least: float, hops: int
    ) -> Iterator[tuple[int, State]]:
        """Before the shown character stood one or two pairs that left no trace."""
        begun: dict[str, State | None] = {}
        for first, second in self._shown(shown):
            for unseen in once(state.pending, first):
                one = self._begun(begun, state, unseen[0], least)
                if one and (two := self._likely(one, unseen[1], least, _SEEMING)):
                    yield self._after(at, two, second)
            for unseen in twice(state.pending, first) if hops > 1 else ():
                one = self._begun(begun, state, unseen[0], least)
                if one and (two := self._likely(one, unseen[1], least)):
                    yield self._after(at, self._emit(two, unseen[2], cost=_TWICE), second)
