"""What a name of a place leads on to: a division in its middle, a town behind it.

A town is read only with its kind (镇, 乡, 街道, 苏木) and below a place that is known; of several
in one province nothing is chosen. Not for towns that stand alone in the text: `towns.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.gazetteer import Gazetteer
    from jiedui.places import PlaceCode

__all__ = ["KIND", "county_of", "named_inside", "prefix", "town_at", "town_in"]

KIND = re.compile(r"镇|乡(?!村)|街道|苏木")
"""What the name of a town ends in."""
TOWN_DIGITS = 9
LONGEST = 14
"""Letters of the longest name of a town that is looked for."""
SURE = 3
"""A name of fewer letters (张镇) is a town only where it stands right behind its county."""


def named_inside(
    text: str,
    start: int,
    end: int,
    gazetteer: Gazetteer,
    within: PlaceCode | None,
    *,
    full: bool,
) -> PlaceCode | None:
    """A division named in the middle of an item (兵团第二师铁门关市, 示例中学平凉分校)."""
    if within is None:
        return None
    for at in range(end - 2, start, -1):
        chain = gazetteer.chain(text, at, (within, province(within)))
        if chain is None or chain.end > end or (full and not chain.full):
            continue
        if province(chain.code) == province(within) and not chain.code.endswith("0000"):
            return chain.code
    return None


def town_at(text: str, at: int, end: int, within: PlaceCode) -> tuple[int, PlaceCode] | None:
    """The town whose name begins at a position and ends by `end`, with its end."""
    found = None
    for kind in KIND.finditer(text, at, min(end, at + LONGEST)):
        code = _below(text[at : kind.end()], within)
        found = (kind.end(), code) if code else found
    return found


def town_in(text: str, start: int, end: int, within: PlaceCode) -> PlaceCode | None:
    """The town named anywhere in an item that lies in a county, the first one."""
    own = places.towns_below(within)
    for at, stop in _names(text, start, end) if own else ():
        if (code := own.get(text[at:stop])) is not None:
            return code
    return None


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every span that may be the name of a town, by where it ends and the longest first."""
    for kind in KIND.finditer(text, start, end):
        for at in range(max(start, kind.end() - LONGEST), kind.end() - SURE + 1):
            yield at, kind.end()


def _below(name: str, within: PlaceCode) -> PlaceCode | None:
    """The only town of a name in a county, a prefecture or a province."""
    if not within.endswith("00"):
        return places.towns_below(within).get(name)
    codes = [code for code in places.towns_named(name) if code.startswith(prefix(within))]
    return codes[0] if len(codes) == 1 else None


def prefix(code: PlaceCode) -> str:
    """The digits that all codes below a province, a prefecture or a county begin with."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def county_of(code: PlaceCode) -> PlaceCode:
    """The place that a town lies in, its county or the city of a zone; any other code itself."""
    return places.ancestors(code)[-1] if len(code) == TOWN_DIGITS else code
