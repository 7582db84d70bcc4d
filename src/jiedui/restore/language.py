"""How likely Chinese text is, character by character: what ranks readings of torn places.

Not for judging people's style, and never asked about clean text: the model is read (0.25 s,
50 MB) when the first torn place of a process is met.
"""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import accumulate
from sys import byteorder
from typing import NamedTuple

from jiedui.restore import gbk
from jiedui.restore.scripts import simplified

__all__ = ["Model", "model"]

_LONGEST = 4
_BITS = 13
_UNKNOWN = -16.0
_MEMO, _CONTEXTS, _KEPT = 400_000, 50_000, 1_000
# The marks of Taiwan and of vertical print stand where those of the mainland do.
_MARKS = {"「": "“", "」": "”", "『": "“", "』": "”"}
_MASKS = tuple((1 << _BITS * length) - 1 for length in range(_LONGEST))


class _Level(NamedTuple):
    keys: array[int]
    chances: bytes
    weights: bytes


class _Follows(NamedTuple):
    """Where a level has what follows a history of its length, and what falling back costs."""

    level: _Level
    low: int
    high: int
    shorter: int
    weight: int


class Model:
    """A character 4-gram model in simplified script; scores are natural logarithms.

    A history is the last three symbols in one integer; runs of digits and Latin letters are one
    symbol, and half-width punctuation counts as full-width.
    """

    def __init__(self, stored: bytes) -> None:
        line, _, body = stored.partition(b"\n")
        head = json.loads(line)
        self._step: float = head["step"]
        self._symbols = {one: index + 1 for index, one in enumerate(head["alphabet"])}
        self._levels = _levels(head["sizes"], zlib.decompress(body))
        self._known: dict[str, int] = {}
        self._memo: dict[int, float] = {}
        self._contexts: dict[int, tuple[_Follows, ...]] = {}
        self._followers: dict[tuple[int, float], frozenset[int]] = {}
        self._folded = self._symbols["0"]
        self.start = self._symbols["^"]
        self.end = self._symbols["$"]

    def symbol(self, one: str) -> int:
        """The number of a character, 0 for one that the model never saw."""
        known = self._known.get(one)
        if known is None:
            known = self._known[one] = self._number(one)
        return known

    def _number(self, one: str) -> int:
        other = gbk.narrow(simplified(_MARKS.get(one, one)))
        if other in "^$":  # the ends of a line, and no characters
            return 0
        if other.isascii() and other.isalnum():
            return self._folded
        ways = (other, one, gbk.wide(other))
        return next((self._symbols[way] for way in ways if way in self._symbols), 0)

    def follow(self, history: int, symbol: int) -> int:
        """The history after one more symbol."""
        if symbol == self._folded == history & _MASKS[1]:
            return history
        return (history << _BITS | symbol) & _MASKS[3]

    def score(self, history: int, symbol: int) -> float:
        """The logarithm of the chance of a symbol after a history."""
        if symbol == self._folded == history & _MASKS[1]:
            return 0.0
        key = history << _BITS | symbol
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > _MEMO:
                self._memo.clear()
            known = self._memo[key] = self._look_up(history, symbol)
        return known

    def history(self, text: str) -> int:
        """The history at the end of a text that begins a line or stands within one."""
        history = 0
        for one in text:
            history = self.follow(history, self.symbol(one))
        return history

    def followers(self, symbol: int, least: float) -> frozenset[int]:
        """The symbols seen behind a symbol with a chance above `least`, a logarithm."""
        if len(self._followers) > _KEPT:
            self._followers.clear()
        known = self._followers.get((symbol, least))
        if known is None:
            level = self._levels[1]
            first = bisect_left(level.keys, symbol << _BITS)
            last = bisect_left(level.keys, symbol + 1 << _BITS)
            most = least / -self._step
            known = frozenset(
                level.keys[at] & _MASKS[1] for at in range(first, last) if level.chances[at] <= most
            )
            self._followers[symbol, least] = known
        return known

    def _look_up(self, history: int, symbol: int) -> float:
        spent = 0
        for level, low, high, shorter, weight in self._context(history):
            if low < high:
                key = shorter << _BITS | symbol
                at = bisect_left(level.keys, key, low, high)
                if at < high and level.keys[at] == key:
                    return -self._step * (spent + level.chances[at])
            spent += weight
        level = self._levels[0]
        at = bisect_left(level.keys, symbol)
        if at < len(level.keys) and level.keys[at] == symbol:
            return -self._step * (spent + level.chances[at])
        return _UNKNOWN - self._step * spent

    def _context(self, history: int) -> tuple[_Follows, ...]:
        """What follows a history, and its shorter ones; looked up once for all its symbols."""
        known = self._contexts.get(history)
        if known is None:
            if len(self._contexts) > _CONTEXTS:
                self._contexts.clear()
            known = self._contexts[history] = tuple(
                self._follows(history & _MASKS[length - 1], length)
                for length in range(_LONGEST, 1, -1)
            )
        return known

    def _follows(self, shorter: int, length: int) -> _Follows:
        level, weights = self._levels[length - 1], self._levels[length - 2]
        low = bisect_left(level.keys, shorter << _BITS)
        high = bisect_left(level.keys, shorter + 1 << _BITS, low)
        at = bisect_left(weights.keys, shorter)
        is_known = at < len(weights.keys) and weights.keys[at] == shorter
        return _Follows(level, low, high, shorter, weights.weights[at] if is_known else 0)


def _levels(sizes: list[int], body: bytes) -> list[_Level]:
    levels: list[_Level] = []
    at = 0
    for size in sizes:
        raw = bytearray(8 * size)
        for plane in range(8):
            raw[plane::8] = body[at : at + size]
            at += size
        steps = array("Q")
        steps.frombytes(bytes(raw))
        if byteorder == "big":
            steps.byteswap()
        chances, weights = body[at : at + size], body[at + size : at + 2 * size]
        at += 2 * size
        levels.append(_Level(array("Q", accumulate(steps)), chances, weights))
    return levels


@cache
def model() -> Model:
    """The packaged model, read once a process."""
    return Model(files("jiedui.restore.model").joinpath("characters.bin").read_bytes())
