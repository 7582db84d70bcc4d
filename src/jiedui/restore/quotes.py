"""Quotation marks and brackets come in pairs, further apart than a model of the language sees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.restore.states import by_score

if TYPE_CHECKING:
    from jiedui.restore.search import Found

__all__ = ["Paragraph"]

_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "(", "」": "「", "』": "『", "】": "【"}
_OPENING = frozenset(_PAIRS.values())
_OTHERS = re.compile(f"[^{re.escape(''.join((*_PAIRS, *_OPENING)))}]+")
# What each mark without its other half costs, in nats; and one that its paragraph leaves open.
_ALONE, _OPEN = 7.0, 5.0


class Paragraph:
    """A paragraph as far as it was read, for what is open in it."""

    def __init__(self, text: str, begins: int) -> None:
        self.text, self.begins, self.done = text, begins, begins
        self.opened = ""
        end = text.find("\n", begins)
        self.end = len(text) if end < 0 else end

    def read(self, start: int, end: int, became: str | None) -> None:
        """Remember what a torn place most likely was; nothing is known where it is None."""
        likely = self.text[start:end] if became is None else became
        self.opened = _opened(self.opened, self.text[self.done : start] + likely)[0]
        self.done = end

    def balanced(self, found: Found, low: int, line: str, *, is_torn: bool) -> Found:
        """The readings of a line that begins at `low`, ranked with their marks in mind.

        Where more is torn behind them, nobody can tell what the paragraph leaves open.
        """
        if len(found.readings) < 2:
            return found
        opened = _opened(self.opened, self.text[self.done : low])[0]
        behind = None if is_torn else _OTHERS.sub("", self.text[low + len(line) : self.end])
        readings = [
            replace(one, score=one.score - _cost(opened, one.text(line, 0, len(line)), behind))
            for one in found.readings
        ]
        return found._replace(readings=sorted(readings, key=by_score, reverse=True))


def _cost(opened: str, line: str, behind: str | None) -> float:
    left, alone = _opened(opened, line + (behind or ""))
    return _ALONE * alone + (_OPEN * len(left) if behind is not None else 0.0)


def _opened(opened: str, text: str) -> tuple[str, int]:
    """The marks that are open behind a text, and how many close or open what does not fit."""
    alone = 0
    for one in text:
        if one in _OPENING:
            # The same mark twice: the first was never closed.
            alone += one in opened
            opened += one
        elif opening := _PAIRS.get(one):
            at = opened.rfind(opening)
            alone += at < 0
            opened = opened[:at] if at >= 0 else opened
    return opened, alone
