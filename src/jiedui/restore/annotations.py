"""Readings that a byte replacement left behind characters: 學(xué) for 學.

Whether a page is damaged at all is decided here (`examine`): a page must convince before one
character is touched. Not for torn bytes: those are `torn`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore import gbk
from jiedui.restore.edits import Change
from jiedui.restore.readings import LETTERS, TONED, readings, spelled
from jiedui.restore.scripts import is_common, is_traditional, only_simplified

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Page", "examine", "is_suspicious", "strip", "stripped"]

# A toned syllable before a closing bracket: clean text is turned away here at memory speed.
_SUSPICIOUS = re.compile(rf"[{TONED}][a-z]{{0,4}} ?\)")
_ANNOTATION = re.compile(rf"\(([{LETTERS}]{{1,7}}) ?\)")
# The same behind a character that is not ASCII; begun with the bracket, it is looked for fastest.
_PAIR = re.compile(rf"\((?<=([^\x00-\x7f])\()([{LETTERS}]{{1,7}} ?)\)")
_HANZI = bytes(range(0x4E, 0xA0))

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

    `is_wide` says that its commas are full-width, which most crawlers do not leave; `written` are
    the characters and readings as they stand there.
    """

    annotated: Mapping[str, str]
    is_wide: bool = False
    written: tuple[tuple[str, str], ...] = ()


def is_suspicious(text: str) -> bool:
    """Whether a text is worth a second look."""
    return _SUSPICIOUS.search(text) is not None


def examine(text: str) -> Page | None:
    """Say what was annotated on a page, or None when the page is not convincingly damaged.

    A byte replacement annotates every occurrence, always with the same reading, and knows only
    common characters that have a simplified form. Whoever annotates by hand does otherwise.
    """
    written: Counter[tuple[str, str]] = Counter(_PAIR.findall(text))
    if not (counts := _own(written)):
        return None
    by_character: Counter[str] = Counter()
    main: dict[str, str] = {}
    for one, reading in sorted(
        key for key in counts if is_traditional(key[0]) and gbk.pair(key[0])
    ):
        by_character[one] += counts[one, reading]
        if counts[one, reading] > counts.get((one, main.get(one, "")), 0):
            main[one] = reading
    if not _convinces(frozenset(by_character)) or _is_by_hand(counts, by_character, main):
        return None
    occurrences = {one: text.count(one) for one in by_character}
    bare = {one: occurrences[one] - by_character[one] for one in by_character}
    if sum(bare.values()) > _BARE * sum(occurrences.values()):
        return None
    if not _is_running_traditional(text, counts.total()):
        return None
    annotated = {one: main[one] for one in main if bare[one] <= by_character[one]}
    return Page(annotated, "，" in text, tuple(written))


def _own(written: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each character has a reading of its own behind it, as the dictionary spells it."""
    counts: Counter[tuple[str, str]] = Counter()
    for (one, raw), often in written.items():
        if (reading := spelled(raw)) in readings(one):
            counts[one, reading] += often
    return counts


def _is_by_hand(
    counts: Counter[tuple[str, str]], by_character: Counter[str], main: dict[str, str]
) -> bool:
    """Whether annotations are of characters, or in ways, that no replacement has."""
    common = sum(often for one, often in by_character.items() if is_common(one))
    consistent = sum(counts[item] for item in main.items())
    annotated = by_character.total()
    return (
        counts.total() - common > _STRANGE * counts.total()
        or annotated - consistent > _STRANGE * annotated
    )


def _convinces(annotated: frozenset[str]) -> bool:
    return len(annotated & _SEEN) >= _LEAST_SEEN or len(annotated) >= _LEAST_OTHER


def _is_running_traditional(text: str, annotations: int) -> bool:
    """Whether a page reads as converted text and not as a list of characters with readings."""
    # The upper bytes tell the block: the fastest way to count characters of one.
    blocks = text.encode("utf-16-le", "surrogatepass")[1::2]
    if annotations > _DENSE * (len(blocks) - len(blocks.translate(None, _HANZI))):
        return False
    left_simplified = len(only_simplified().findall(text))
    # The annotated ones are traditional: mostly nothing else needs counting.
    return left_simplified <= annotations or left_simplified <= sum(map(is_traditional, text))


def _split_by(before: str, shown: str) -> str | None:
    """The character whose bytes are the last of `before` and the ASCII character `shown`."""
    coded = gbk.pair(gbk.wide(before)) if before else None
    one = gbk.character(coded[1:] + shown.encode()) if coded else None
    return one if one and is_traditional(one) else None


def stripped(text: str, page: Page) -> str | None:
    """The text as `strip` makes it, at the speed of memory; None where only `strip` can tell."""
    for one, raw in page.written:
        if one in page.annotated and spelled(raw) in readings(one):
            text = text.replace(f"{one}({raw})", one)
    return None if _ANNOTATION.search(text) else text


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
        changes.append(
            Change(start, end, found, one, "annotation", _reason(one, found[1:]), _CONFIDENCE)
        )
    return changes


@lru_cache(1024)
def _reason(one: str, found: str) -> str:
    return said("“{one}”后的“{found}”是转码时误插的注音", one=one, found=found)


def _before(text: str, start: int, changes: list[Change]) -> str:
    """The character before a position, once what precedes it is stripped."""
    if changes and changes[-1].end == start:
        return changes[-1].became
    return text[start - 1 : start]
