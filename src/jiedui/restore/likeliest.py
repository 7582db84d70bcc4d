"""Which of some characters most likely stood at a place, by the model of the language.

Not for finding damage, and never asked about clean text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jiedui.restore.language import model

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["likeliest"]

_BEFORE, _BEHIND = 6, 3
_ENDS = frozenset("^$＾＄")
_SHOWN, _LEAST = 3, 0.01


def likeliest(before: str, options: Sequence[str], behind: str) -> tuple[tuple[str, float], ...]:
    """At most three of the options, the likeliest first, each with its probability.

    `before` and `behind` are the text around; the probabilities of all options add up to one.
    """
    # The model has these two for the ends of a line.
    options = [option for option in options if not _ENDS & set(option)]
    if not options:
        return ()
    scores = [_score(before[-_BEFORE:], option, behind[:_BEHIND]) for option in options]
    best = max(scores)
    weights = [math.exp(score - best) for score in scores]
    total = sum(weights)
    ranked = sorted(zip(options, weights, strict=True), key=lambda pair: -pair[1])
    chances = ((option, round(weight / total, 4)) for option, weight in ranked[:_SHOWN])
    return tuple(pair for at, pair in enumerate(chances) if at == 0 or pair[1] >= _LEAST)


def _score(before: str, option: str, behind: str) -> float:
    known = model()
    history = known.history(before)
    score = 0.0
    for one in option + behind:
        symbol = known.symbol(one)
        score += known.score(history, symbol)
        history = known.follow(history, symbol)
    return score
