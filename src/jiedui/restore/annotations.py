"""Readings that a byte replacement left behind characters: 學(xué) for 學.

Whether a page is damaged at all is decided here (`examine`): a page must convince before one
character is touched. Not for torn bytes: those are `torn`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore import gbk
from jiedui.restore.edits import Change
from jiedui.restore.readings import LETTERS, TONED, readings, spelled
from jiedui.restore.scripts import is_common, is_only_simplified, is_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Page", "examine", "is_suspicious", "strip"]

# A toned syllable before a closing bracket: clean text is turned away here at memory speed.
_SUSPICIOUS = re.compile(rf"[{TONED}][a-z]{{0,4}} ?\)")
_ANNOTATION = re.compile(rf"\(([{LETTERS}]{{1,7}}) ?\)")

# Characters seen annotated on several damaged sites (reference: the founding article and others).
# A page may use other ones; then more of them are asked for.
_SEEN = frozenset(
    "點團協學習發實經濟關進強責堅鄉質當礎續產業農態環優醫訓項聯機準獻節補創領現戰設運災區隊數務"
    "轉鎮術護導網驅國會動長開報書測來過門個時"
)
_LEAST_SEEN, _LEAST_OTHER = 3, 6
_STRANGE, _BARE, _DENSE = 0.1, 0.1, 0.6

_CONFIDENCE = 0.999


@dataclass(frozen=True, slots=True)
class Page:
    """What a convincing page shows: the characters that were annotated, and their readings.

    `is_wide` says that its commas are full-width, which most crawlers do not leave.
    """

    annotated: Mapping[str, str]
    is_wide: bool = False


def is_suspicious(text: str) -> bool:
    """Whether a text is worth a second look."""
    return _SUSPICIOUS.search(text) is not None


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each character with a bracketed reading of its own behind it."""
    for match in _ANNOTATION.finditer(text):
        start = match.start()
        if start and not text[start - 1].isascii():
            one, reading = text[start - 1], spelled(match[1])
            if reading in readings(one):
                yield one, reading


def examine(text: str) -> Page | None:
    """Say what was annotated on a page, or None when the page is not convincingly damaged.

    A byte replacement annotates every occurrence, always with the same reading, and knows only
    common characters that have a simplified form. Whoever annotates by hand does otherwise.
    """
    counts: Counter[tuple[str, str]] = Counter(_found(text))
    if not counts:
        return None
    total = sum(counts.values())
    plausible = {key for key in counts if is_traditional(key[0]) and gbk.pair(key[0])}
    strange = total - sum(counts[key] for key in plausible if is_common(key[0]))
    by_character: Counter[str] = Counter()
    main: dict[str, str] = {}
    for one, reading in sorted(plausible):
        by_character[one] += counts[one, reading]
        if counts[one, reading] > counts.get((one, main.get(one, "")), 0):
            main[one] = reading
    if not _convinces(frozenset(by_character)) or strange > _STRANGE * total:
        return None
    consistent = sum(counts[item] for item in main.items())
    if by_character.total() - consistent > _STRANGE * by_character.total():
        return None
    occurrences = Counter(text)
    bare = {one: occurrences[one] - by_character[one] for one in by_character}
    if sum(bare.values()) > _BARE * sum(occurrences[one] for one in by_character):
        return None
    if not _is_running_traditional(occurrences, total):
        return None
    return Page({one: main[one] for one in main if bare[one] <= by_character[one]}, "，" in text)


def _convinces(annotated: frozenset[str]) -> bool:
    return len(annotated & _SEEN) >= _LEAST_SEEN or len(annotated) >= _LEAST_OTHER


def _is_running_traditional(occurrences: Counter[str], annotations: int) -> bool:
    """Whether a page reads as converted text and not as a list of characters with readings."""
    written = [one for one in occurrences if "\u4e00" <= one <= "\u9fff"]
    characters = sum(occurrences[one] for one in written)
    left_simplified = sum(occurrences[one] for one in written if is_only_simplified(one))
    traditional = sum(occurrences[one] for one in written if is_traditional(one))
    return annotations <= _DENSE * characters and left_simplified <= traditional


def _split_by(before: str, shown: str) -> str | None:
    """The character whose bytes are the last of `before` and the ASCII character `shown`."""
    coded = gbk.pair(gbk.wide(before)) if before else None
    one = gbk.character(coded[1:] + shown.encode()) if coded else None
    return one if one and is_traditional(one) else None


def strip(text: str, page: Page) -> list[Change]:
    """Find the readings that the replacement inserted, in the order of the text.

    The change spans the character too, so that it reads 學(xué) -> 學; an ASCII letter stands in
    its place where the bytes matched across two characters (宏P(guān)LC, 關 = EA50).
    """
    changes: list[Change] = []
    for match in _ANNOTATION.finditer(text):
        start, end = match.start() - 1, match.end()
        repeated = bool(changes) and changes[-1].end == start + 1
        if repeated:
            start = changes[-1].start
        if start < 0:
            continue
        one = text[start]
        annotated: str | None = one if one in page.annotated else None
        if one.isascii():
            # Bytes and reading agree: not asked for elsewhere on the page.
            annotated = _split_by(_before(text, start, changes), one)
        if annotated is None or spelled(match[1]) not in readings(annotated):
            continue
        if repeated:
            changes.pop()
        found = text[start:end]
        reason = said("“{one}”后的“{found}”是转码时误插的注音", one=one, found=found[1:])
        changes.append(Change(start, end, found, one, "annotation", reason, _CONFIDENCE))
    return changes


def _before(text: str, start: int, changes: list[Change]) -> str:
    """The character before a position, once what precedes it is stripped."""
    if changes and changes[-1].end == start:
        return changes[-1].became
    return text[start - 1 : start]
