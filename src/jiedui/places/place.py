"""What a place is: a code of GB/T 2260 or 10114 with its name in one span of time.

Not for the list itself (`atlas`) nor for the names people use (`forms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from datetime import date

PlaceCode = NewType("PlaceCode", str)


class UnknownCodeError(JieduiError):
    """A code was asked about that no place ever had."""


class Level(StrEnum):
    """The three levels of GB/T 2260, and the towns of GB/T 10114; a municipality is a province."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """A place under one code and name, from `since` until the day before `until`.

    `since` is None where the beginning lies before the known changes, `until` is None while the
    place is valid. `successors` are the codes its territory went to. `source` names the list, or
    the acts of beginning and end and where they were read. A town has the span of its county
    (see `towns`), and its successors are counties.
    """

    code: PlaceCode
    name: str
    level: Level
    since: date | None
    until: date | None
    successors: tuple[PlaceCode, ...]
    source: str

    def valid(self, on: date | None) -> bool:
        """Whether the place is valid on that day; without a day, whether it still is."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)
