"""Divisions named with their suffix (夏河县, 喀什地区, 夏河县桑科镇), each once in a text.

Not for sites (`places.py`), nor for towns without their county (`towns.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.facts.deeper import town_at
from jiedui.facts.model import PlaceFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.gazetteer import Gazetteer
    from jiedui.facts.view import Taken, View
    from jiedui.places import PlaceCode

__all__ = ["named"]

_FULL = re.compile(r"[市县区州盟旗]")
_PART_OF_POST = re.compile(
    r"(?:委|政府|人大|政协|纪委|长|领导|法院|检察院|[一-龥]{0,6}(?:代表团|考察团|日报))"
)


def named(
    seen: View,
    gazetteer: Gazetteer,
    near: Sequence[PlaceCode],
    start: int,
    taken: Taken,
) -> Iterator[PlaceFact]:
    """Divisions named with their suffix outside the spans taken, each place once."""
    text = seen.text
    known: set[PlaceCode] = set()
    done = start
    for suffix in _FULL.finditer(text, start):
        end = suffix.end()
        before = gazetteer.name_before(text, end, done)
        if before is None or len(before[1]) < 3:
            continue
        at = _chain_start(text, before[0], gazetteer, done)
        chain = gazetteer.chain(text, at, near)
        if chain is None or chain.end < end or chain.code.endswith("0000"):
            continue
        town = town_at(text, chain.end, len(text), chain.code)
        done, code = town or (chain.end, chain.code)
        if code in known or taken.touches(at, done) or _PART_OF_POST.match(text, done):
            continue
        known.add(code)
        yield PlaceFact(
            start=at,
            end=done,
            quote=seen.quote(at, done),
            rule="place-named",
            confidence=0.9,
            code=code,
            name=text[at:done],
        )


def _chain_start(text: str, at: int, gazetteer: Gazetteer, floor: int) -> int:
    """Where nested names that end in the one at `at` begin (西藏 before 那曲市)."""
    while True:
        before = gazetteer.name_before(text, at, floor)
        if before is None or gazetteer.chain(text, before[0]) is None:
            return at
        joined = gazetteer.chain(text, before[0])
        if joined is None or joined.end <= at:
            return at
        at = before[0]
