"""Names of places found in a text and settled by what stands around them.

`chain` reads nested names (甘南州夏河县) at a position; `settle` picks among places of one name by
the places near. Not for sites and itineraries: `places.py`. Nothing is guessed: a name that stays
ambiguous gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.sides import ABBREVIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.places import PlaceCode

__all__ = ["Chain", "Gazetteer", "abbreviation", "fits", "settle"]

# Short names of places that are words of their own; `places.names` leaves out most of them.
_WORDS = frozenset(
    [
        "互助",
        "同心",
        "大方",
        "安康",
        "来宾",
        "日照",
        "阿里",
        "大理",
        "中山",
        "山南",
        "海西",
        "海北",
        "朝阳",
        "自贡",
        "宜春",
    ]
)
# Full names that are common nouns unless their parent stands before them.
_NOUNS = frozenset(
    [
        "城区",
        "郊区",
        "矿区",
        "东区",
        "西区",
        "南区",
        "城中区",
        "市中区",
        "市辖区",
        "新城区",
        "老城区",
        "新市区",
    ]
)
SUFFIX = re.compile(r"(?:省|市|县|区|州|盟|旗|特区|林区|地区)$")


@dataclass(frozen=True, slots=True)
class Chain:
    """Nested names at a position: the deepest place they lead to."""

    start: int
    end: int
    code: PlaceCode
    full: bool
    """Whether the last name is written with its suffix."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names in force on a day, with the places that bear each."""

    names: dict[str, tuple[PlaceCode, ...]]
    longest: int
    rare: frozenset[str] = frozenset()
    """Bare names of prefectures that are words too (和田, 安康): only near their parent."""

    def name_at(self, text: str, at: int) -> Iterator[tuple[int, tuple[PlaceCode, ...]]]:
        """Names that begin at a position, longest first, with their ends."""
        for end in range(min(len(text), at + self.longest), at + 1, -1):
            codes = self.names.get(text[at:end])
            if codes and text[end - 1 : end + 1] != "市场":
                yield end, codes

    def name_before(self, text: str, end: int, floor: int) -> tuple[int, str] | None:
        """The longest name that ends at a position and begins at `floor` or later."""
        for start in range(max(floor, end - self.longest), end - 1):
            if text[start:end] in self.names:
                return start, text[start:end]
        return None

    def chain(
        self, text: str, at: int, near: Sequence[PlaceCode] = (), *, counties: bool = False
    ) -> Chain | None:
        """Read nested names at a position; `near` settles ambiguity, nearest first.

        A county's name without 县, 区 or 市 counts only behind its parent, or with `counties`
        when it lies in one of the places near.
        """
        found: list[PlaceCode] = []
        end, full = at, False
        while True:
            step = self._step(text, end, tuple(found), tuple(near), counties=counties)
            if step is None:
                break
            end, found, full = step
        if not found or end == at:
            return None
        code = settle(tuple(found), near)
        return Chain(at, end, code, full) if code else None

    def _step(
        self,
        text: str,
        at: int,
        parents: tuple[PlaceCode, ...],
        near: tuple[PlaceCode, ...],
        *,
        counties: bool,
    ) -> tuple[int, list[PlaceCode], bool] | None:
        for end, codes in self.name_at(text, at):
            name = text[at:end]
            full = bool(SUFFIX.search(name)) and len(name) > 2
            inside = [c for c in codes if not parents or any(_below(c, p) for p in parents)]
            if not inside or (name in _NOUNS and not parents):
                continue
            if not full and not parents and not self._stands(name, inside, near, counties=counties):
                continue
            if not full and parents and not _may_follow(name, inside):
                continue
            return end, inside, full
        return None

    def _stands(
        self,
        name: str,
        codes: Sequence[PlaceCode],
        near: Sequence[PlaceCode],
        *,
        counties: bool,
    ) -> bool:
        """Whether a name without its suffix stands for a place with no parent before it."""
        if any(c.endswith("0000") for c in codes):
            return True
        close = any(places.within(c, n) for c in codes for n in near)
        if name.endswith("县"):
            return close
        if any(c.endswith("00") for c in codes):
            return close or (name not in _WORDS and name not in self.rare)
        return counties and close and name not in _WORDS

    def settle_name(self, name: str, near: Sequence[PlaceCode] = ()) -> PlaceCode | None:
        """The one place that a name means near some places, else None."""
        codes = self.names.get(name)
        return settle(codes, near) if codes else None


def _below(code: PlaceCode, parent: PlaceCode) -> bool:
    return code != parent and places.within(code, parent)


def _may_follow(name: str, codes: Sequence[PlaceCode]) -> bool:
    return name not in _WORDS or any(c.endswith("00") for c in codes)


def settle(codes: Sequence[PlaceCode], near: Sequence[PlaceCode] = ()) -> PlaceCode | None:
    """One code of several: within the nearest place that holds exactly one, else the highest alone.

    Returns None when the choice stays open.
    """
    if len(codes) == 1:
        return codes[0]
    for place in near:
        inside = [c for c in codes if places.within(c, place) or places.within(place, c)]
        if len(inside) == 1:
            return inside[0]
    for zeros in ("0000", "00"):
        high = [c for c in codes if c.endswith(zeros)]
        if len(high) == 1:
            return high[0]
    return None


def abbreviation(sign: str) -> PlaceCode | None:
    """The province of a one-character name (津, 甘)."""
    return ABBREVIATIONS.get(sign)


def fits(code: PlaceCode, level: str) -> bool:
    """Whether a place is of a level that a post names only by its word (省, 市, 自治区)."""
    here = places.get(code)
    if here is None:
        return False
    if level == "区":
        return here.name.endswith("区") and not here.name.endswith("地区")
    return here.name.endswith("地区" if level == "地" else level)
