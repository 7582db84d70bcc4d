"""Towns that stand in a text without their county (他来到桑科镇), each once.

Its counties decide, then the prefectures that it is about, or the name itself where only one town
of the country bears it. What is left open comes with all the towns of these prefectures, or else
provinces, that it may be. Not for towns behind their county
(`divisions.py`) and not for sites (`places.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.deeper import KIND, LONGEST, SURE, prefix
from jiedui.facts.model import PlaceFact
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.view import Taken, View
    from jiedui.places import PlaceCode

__all__ = ["named_towns"]

_PART_OF_POST = re.compile(r"(?:党委|党工委|纪委|政府|人大|[镇乡]长|办事处|派出所|领导)")
# What may stand before a town that only its own name tells: the name is not a part of a longer one.
_BEFORE = re.compile(r"[^\u4e00-\u9fff]|[在到赴于至来往从向和与及为对的]")
_NOUNS = frozenset({"小城镇", "中心镇", "新城镇"})
"""Names of towns that are nouns in all other texts."""
MOST = 12
"""Of more towns than these nothing is said but that the text names none of them."""

_SIZES = (6, 4, 2)
"""How many digits tell a county, a prefecture and a province."""
_Areas = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of a town in the text, and the towns it may mean; one of them when it is settled."""

    start: int
    codes: tuple[PlaceCode, ...]
    settled: bool


def named_towns(
    seen: View,
    counties: Sequence[PlaceCode],
    near: Sequence[PlaceCode],
    start: int,
    taken: Taken,
) -> Iterator[PlaceFact]:
    """Towns outside the spans taken; `counties` are those that the text names."""
    text = seen.text
    areas = _areas(counties, near)
    known: set[tuple[PlaceCode, ...]] = set()
    for kind in KIND.finditer(text, start):
        end = kind.end()
        found = _town(text, end, start, areas)
        if found is None or found.codes in known or taken.touches(found.start, end):
            continue
        if _PART_OF_POST.match(text, end):
            continue
        known.add(found.codes)
        yield _fact(seen, found, end)


def _areas(counties: Sequence[PlaceCode], near: Sequence[PlaceCode]) -> _Areas:
    """What a town's code may begin with, nearest first: counties, prefectures, provinces."""
    every = [*counties, *near]
    whole = [code for place in every for code in (*places.ancestors(place), place)]
    digits = {prefix(code) for code in whole}
    return tuple(frozenset(x for x in digits if len(x) == size) for size in _SIZES)


def _town(text: str, end: int, floor: int, areas: _Areas) -> _Named | None:
    """The name that ends at a position, and the towns that it may mean."""
    alone = None
    for at in range(max(floor, end - LONGEST), end - SURE + 1):
        name = text[at:end]
        codes = places.towns_named(name)
        if not codes or name in _NOUNS:
            continue
        close = _close(at, codes, areas)
        if close:
            return close
        before = text[at - 1 : at]
        if alone is None and len(codes) == 1 and (not before or _BEFORE.match(before)):
            alone = _Named(at, codes, settled=True)
    return alone


def _close(at: int, codes: tuple[PlaceCode, ...], areas: _Areas) -> _Named | None:
    """The towns in the nearest areas that have any, unless they are too many to name."""
    for size, area in zip(_SIZES, areas, strict=True):
        found = tuple(code for code in codes if code[:size] in area)
        if found:
            # One in the province, and more in others, is no more than likely.
            settled = len(found) == 1 and (size > _SIZES[-1] or len(codes) == 1)
            return _Named(at, found, settled=settled) if len(found) <= MOST else None
    return None


def _fact(seen: View, found: _Named, end: int) -> PlaceFact:
    """A town, or the place that holds all it may be, with those."""
    return PlaceFact(
        start=found.start,
        end=end,
        quote=seen.quote(found.start, end),
        rule="place-town" if found.settled else "place-town-open",
        confidence=0.7 if found.settled else 0.4,
        code=found.codes[0] if found.settled else _holding(found.codes),
        name=seen.text[found.start : end],
        how="derived",
        candidates=() if found.settled else found.codes,
    )


def _holding(codes: Sequence[PlaceCode]) -> PlaceCode:
    """The deepest place that surely holds the town: of one in a province no more than that."""
    if len(codes) == 1:
        return province(codes[0])
    lines = [places.ancestors(code) for code in codes]
    common = [code for code in lines[0] if all(code in line for line in lines)]
    return common[-1] if common else lines[0][0]
