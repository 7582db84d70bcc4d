"""Days of a text that names no year: their month and day are known, the year is not made up.

They are read in a stand-in year, so that ranges, bare days and 次日 are worked out as in any other
text, and the year is then taken away. Not for finding days: `time.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jiedui.facts.model import TimeFact

__all__ = ["STAND_IN", "without_years"]

STAND_IN = date(2024, 12, 31)
"""The end of a leap year, so that every day of a year is one."""


def without_years(facts: Iterable[TimeFact]) -> Iterator[TimeFact]:
    """Take the stand-in year away; months and years that rest on nothing else are no facts."""
    for fact in facts:
        if fact.how == "stated":
            yield fact
        elif fact.grain == "day":
            days = (fact.first, fact.last) if fact.first and fact.last else None
            yield replace(fact, first=None, last=None, confidence=0.5, without_year=days)
