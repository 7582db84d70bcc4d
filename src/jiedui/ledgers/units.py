"""What numbers count; two numbers of different units are never added.

Not money's 元 and 万元, which are one unit written in two ways: that is `show`.
"""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a number counts. Persons and person-times are never added to each other."""

    NONE = ""
    PERSONS = "人"
    PERSON_TIMES = "人次"
    HOUSEHOLDS = "户"
    TIMES = "次"
    BATCHES = "批次"
    CLASSES = "期"
    ITEMS = "个"
    PAIRS = "对"
    FIRMS = "家"
    FEN = "分"
