"""Quotation marks and brackets come in pairs, further apart than a model of the language sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.restore.states import by_score

if TYPE_CHECKING:
    from jiedui.restore.search import Found

__all__ = ["balanced"]

_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "(", "」": "「", "』": "『", "】": "【"}
_OPENING = frozenset(_PAIRS.values())
# What each mark without its other half costs, in nats.
_ALONE = 2.5


def balanced(found: Found, before: str, line: str) -> Found:
    """The readings of a line, which `before` stands in front of, ranked with their marks in mind.

    What is open at the end of a reading is no fault: the rest may close it.
    """
    if len(found.readings) < 2:
        return found
    opened = _opened("", before)[0]
    readings = [
        replace(one, score=one.score - _ALONE * _opened(opened, one.text(line, 0, len(line)))[1])
        for one in found.readings
    ]
    return found._replace(readings=sorted(readings, key=by_score, reverse=True))


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
