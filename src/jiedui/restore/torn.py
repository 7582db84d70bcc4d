"""Characters torn apart by the replacement: which reading is believed, which is only marked.

A reading is carried out when it is far likelier than the next one and when the model of the
damage turns it into exactly what was found. Everything else stays as it was, with a mark and the
likeliest readings. Not for finding readings: `search` does.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import islice, permutations, product
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore import gbk
from jiedui.restore.damage import corrupt
from jiedui.restore.edits import Change, Restored
from jiedui.restore.moves import MARK
from jiedui.restore.quotes import Paragraph
from jiedui.restore.readings import LETTERS, TONED
from jiedui.restore.search import FARTHEST, Found, Reading, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jiedui.restore.annotations import Page

__all__ = ["MOST_PLACES", "MOST_WORK", "is_torn", "torn_places"]

# A page has a handful of torn places; past this many different ones they are only marked.
MOST_PLACES = 100
# And past so many supposed characters in all, a few seconds.
MOST_WORK = 400_000

_TRIGGER = re.compile(rf"\?(?=[{LETTERS}]{{0,6}}[{TONED}][{LETTERS}]{{0,6}} ?\))|\?(?=[,!。])")
_BEFORE, _BEHIND = 8, FARTHEST + 16

# How a difference of scores becomes a probability: the model is too sure of itself.
_CALM = 0.7
_SURE, _FAR = 0.82, 1.5
# How much likelier (nats) than the text as it is a reading must be that finds no mark in ?!.
_BEATEN = 5.0
_JUDGED, _SHOWN, _LEAST = 12, 3, 0.005
_CUT_SETS = (("，",), (), ("，", "！"), ("！",), ("。",))
_ORDERS = 6
_NEAR = 2
_DIGITS = frozenset("0123456789")
_BEHIND_IT = re.compile(rf"[^0-9\n]{{0,{_NEAR}}}([0-9]+(?:\.[0-9]+)?)")

_SOLVED = said("转码时字节错位，按错位规律还原，再次损坏后与原文一致")
_MARKED = said("转码时字节错位，有多种可能的原文，保留原样待核")
_LOST = said("转码时字节错位，并吞掉了一个字符（多为数字），保留原样待核")
_UNREAD = said("转码时字节错位，未能还原，保留原样待核")
_BESIDE = said("紧挨残损处的数字，可能缺少数位，请核对")


@dataclass(frozen=True, slots=True)
class _Place:
    """A torn place in the stripped text: where it is, and what is to become of it."""

    start: int
    end: int
    became: str | None = None
    reason: str = _UNREAD
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()


def is_torn(text: str) -> bool:
    """Whether anything in a text without annotations may be torn."""
    return _TRIGGER.search(text) is not None


def torn_places(damaged: str, stripped: Restored, page: Page) -> list[Change]:
    """Find the torn places and the numbers beside them, in positions of the damaged text.

    `stripped` is the damaged text without its annotations. At most `MOST_PLACES` are searched,
    with `MOST_WORK` in all; the others are only marked.
    """
    text = stripped.text
    changes: list[Change] = []
    places = list(_places(damaged, stripped, page))
    for place in places:
        start, end = stripped.to_damaged(place.start), stripped.to_damaged(place.end)
        found = damaged[start:end]
        sure = place.became is not None
        became = found if place.became is None else place.became
        changes.append(
            Change(start, end, found, became, "torn", place.reason, place.confidence, sure,
                   place.candidates, place.chances)
        )  # fmt: skip
    for first, last in _numbers(text, places):
        start, end = stripped.to_damaged(first), stripped.to_damaged(last)
        found = damaged[start:end]
        changes.append(Change(start, end, found, found, "number", _BESIDE, 0.5, sure=False))
    return sorted(changes, key=lambda change: change.start)


def _places(damaged: str, stripped: Restored, page: Page) -> Iterator[_Place]:
    text = stripped.text
    known: dict[tuple[str, int, bool], Found] = {}
    paragraph = Paragraph(text, 0)
    done = work = 0
    for trigger in _TRIGGER.finditer(text):
        at = trigger.start()
        if at < done:
            continue
        low = max(text.rfind("\n", max(0, at - _BEFORE), at) + 1, at - _BEFORE, 0)
        high = text.find("\n", at, at + _BEHIND)
        line = text[low : at + _BEHIND if high < 0 else high]
        ends = high >= 0 or at + _BEHIND >= len(text)
        key = (line, at - low, ends)
        if (begins := text.rfind("\n", 0, at) + 1) != paragraph.begins:
            paragraph = Paragraph(text, begins)
        if key not in known:
            if len(known) >= MOST_PLACES or work >= MOST_WORK:
                if mark := MARK.match(text, at):
                    yield _Place(at, mark.end())
                continue
            known[key] = search(line, at - low, frozenset(page.annotated), ends=ends)
            work += known[key].work
        found = known[key]
        is_torn = _TRIGGER.search(text, low + found.end, paragraph.end) is not None
        found = paragraph.balanced(found, low, line, is_torn=is_torn)
        for place in _Judged(line, at - low, page, found).places(damaged, stripped, low):
            likely = place.candidates[0] if place.candidates else place.became
            paragraph.read(place.start, place.end, likely)
            yield place
            done = place.end


class _Judged:
    """The readings of one torn place, weighed."""

    def __init__(self, line: str, start: int, page: Page, found: Found) -> None:
        self.line, self.start, self.page = line, start, page
        self.end, self.readings = found.end, found.readings
        # What the crawler did to the page is done to what is put into it.
        self.fitted: Callable[[str], str] = str if page.is_wide else gbk.narrow

    def places(self, damaged: str, stripped: Restored, low: int) -> list[_Place]:
        """What to do, in positions of the stripped text; nothing when nothing was torn."""
        if not self.readings:
            mark = MARK.match(self.line, self.start)
            return [_Place(low + self.start, low + mark.end())] if mark else []
        first = max(0, self.start - 1)
        raw = damaged[stripped.to_damaged(low + first) : stripped.to_damaged(low + self.end)]
        proved: list[Reading] = []
        for reading in self.readings[:_JUDGED]:
            if len(proved) < _SHOWN and self._is_proved(reading, first, raw):
                proved.append(reading)
        # What the model of the damage cannot bring about stands behind what it can.
        ranked = proved + [reading for reading in self.readings if reading not in proved]
        best = ranked[0]
        untouched = [one.score for one in self.readings if not one.parts]
        if not best.parts or (
            untouched and max(one.score for one in ranked) < untouched[0] + _BEATEN
        ):
            return []
        chances = _chances(ranked)
        margin = best.score - max((one.score for one in ranked[1:]), default=-math.inf)
        sure = best in proved and not best.lost and chances[0] >= _SURE and margin >= _FAR
        if sure:
            return [
                _Place(low + start, low + end, self.fitted(became), _SOLVED, chances[0])
                for start, end, became in best.parts
            ]
        return [self._marked(ranked, chances, low)]

    def _marked(self, ranked: list[Reading], chances: list[float], low: int) -> _Place:
        likely = zip(ranked[:_SHOWN], chances, strict=False)
        shown = [
            (one, chance) for n, (one, chance) in enumerate(likely) if not n or chance >= _LEAST
        ]
        start = min(part[0] for one, _ in shown for part in one.parts)
        end = max(part[1] for one, _ in shown for part in one.parts)
        texts: dict[str, float] = {}
        for one, chance in shown:
            text = self.fitted(one.text(self.line, start, end))
            texts[text] = texts.get(text, 0.0) + chance
        reason = _LOST if ranked[0].lost else _MARKED
        return _Place(
            low + start, low + end, None, reason, chances[0], tuple(texts), tuple(texts.values())
        )

    def _is_proved(self, reading: Reading, first: int, raw: str) -> bool:
        """Whether the model of the damage turns a reading into what was found."""
        if reading.lost:
            return False
        intact = reading.text(self.line, first, self.end)
        return any(
            corrupt(text, replaced, cuts) == raw
            for text in (_widened(intact), intact)
            for replaced, cuts in product(self._lists(reading, text), _CUT_SETS)
        )

    def _lists(self, reading: Reading, intact: str) -> list[dict[str, str]]:
        """The orders of replacement worth trying: which came first shows only where two touch."""
        own = dict(reading.replaced)
        coded = intact.encode("gbk", "replace")
        others = {
            one: word
            for one, word in self.page.annotated.items()
            if one not in own and one.encode("gbk") in coded
        }
        orders = [dict(order) for order in islice(permutations(own.items()), _ORDERS)]
        return [merged for order in orders for merged in (order | others, others | order)]


def _widened(text: str) -> str:
    """The text with the full-width punctuation that the crawler made half-width."""
    return "".join(gbk.wide(one) if one in ",:;!?()" else one for one in text)


def _chances(ranked: list[Reading]) -> list[float]:
    best = max(one.score for one in ranked)
    weights = [math.exp(_CALM * (one.score - best)) for one in ranked]
    total = sum(weights)
    return [round(weight / total, 4) for weight in weights]


def _numbers(text: str, places: list[_Place]) -> list[tuple[int, int]]:
    """The numbers within two characters of a torn place and on its line, outside all places."""
    inside = {at for place in places for at in range(place.start, place.end)}
    found: list[tuple[int, int]] = []
    for place in places:
        if behind := _BEHIND_IT.match(text, place.end):
            found.append(behind.span(1))
        end = place.start
        while end > place.start - _NEAR and text[end - 1 : end] not in _DIGITS and end:
            end -= 1
        start = end
        while start and text[start - 1] in _DIGITS and start - 1 not in inside:
            start -= 1
        if start < end and "\n" not in text[end : place.start]:
            found.append((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if (not kept or kept[-1][1] <= start) and inside.isdisjoint(range(start, end)):
            kept.append((start, end))
    return kept
