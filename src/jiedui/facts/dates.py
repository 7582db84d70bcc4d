"""Dates from numbers: which year a month and day mean, and which month a day.

Not for finding them in text: `time.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

__all__ = ["AHEAD", "day_of", "latest", "latest_day", "nearest", "number"]

AHEAD = timedelta(days=31)
"""How far after publication a date without a year may lie: announced meetings."""
_HAN = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def latest(base: date | None, month: int, day: int) -> date | None:
    """The latest such day that lies no more than a month after `base`."""
    if base is None:
        return None
    options = (day_of(year, month, day) for year in range(base.year + 1, base.year - 5, -1))
    return next((one for one in options if one and one <= base + AHEAD), None)


def latest_day(published: date | None, day: int) -> date | None:
    """The latest day of that number up to three days after publication."""
    if published is None:
        return None
    limit = published + timedelta(days=3)
    options = (limit - timedelta(days=n) for n in range(62))
    return next((one for one in options if one.day == day), None)


def number(word: str | None) -> int:
    """A number in Arabic or Chinese digits; 0 for none or what is no number."""
    if not word:
        return 0
    if word.isascii():
        return int(word)
    if len(word) == 4:
        return int("".join(str(_HAN[c]) for c in word))
    word = word.replace("廿", "二十")
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _HAN.get(word, 0) if len(word) == 1 else 0
    return (_HAN.get(tens, 0) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0)


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None when there is no such day (2024-02-30)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(options: list[tuple[int, date]], at: int) -> date | None:
    """Of days at sorted positions of a text, the one nearest to a position."""
    index = bisect_left(options, (at, date.min))
    near = options[max(0, index - 1) : index + 1]
    return min(near, key=lambda option: abs(option[0] - at))[1] if near else None
