"""UTF-8 that was read as GBK (鏂囦欢 for 文件), byte by byte, also where bytes were lost.

GBK has no character for some pairs of bytes and none for a last odd one, so such a reading often
loses the end of a run (鍘? for 县). What is left says which characters it may have been. Not for
deciding whether a page is damaged: `misread` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from jiedui.restore import gbk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FOLLOWED", "LEADING", "Piece", "read"]

# A byte that the reader replaced by ? or U+FFFD.
_LOST = 0x100
_SIZES = (((0xC2, 0xDF), 2), ((0xE0, 0xEF), 3), ((0xF0, 0xF4), 4))
# The first bytes of punctuation, Chinese characters and full-width forms in UTF-8.
_LEADS = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF)
_FOLLOWING = range(0x80, 0xC0)
_BLOCKS = {0xE2: (0x80,), 0xE3: (0x80,), 0xEF: (0xBC, 0xBD)}
_BREAKS = frozenset("，。；：！？、…）》”\n")
_LONGEST, _MOST_OPTIONS = 64, 512


def _shown(leads: Iterable[int], trails: Iterable[int]) -> str:
    """The characters that GBK shows for two bytes."""
    pairs = (bytes(pair) for pair in product(leads, trails))
    return "".join(pair.decode("gb18030", "ignore") for pair in pairs)


# The first two bytes of a character of three; its third with the first of the next one, and the
# last two of that.
LEADING = _shown(_LEADS, _FOLLOWING)
_BETWEEN = f"[{_shown(_FOLLOWING, (0xC2, 0xC3, *_LEADS, 0xF0))}]"
FOLLOWED = rf"(?:{_BETWEEN}[{_shown(_FOLLOWING, _FOLLOWING)}\ufffd]|€)"


@dataclass(slots=True)
class Piece:
    """A stretch of a line, by code points, that begins and ends a character in both readings.

    `text` is what it was; where bytes are missing it is "", and `options` are what it may have
    been, in the order of the code points.
    """

    start: int
    end: int
    text: str
    options: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Sign:
    """The bytes from `start` to `end` as UTF-8 has them; nothing where they are none of its."""

    start: int
    end: int
    text: str
    options: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def _bytes_of(shown: str) -> tuple[int, ...] | None:
    if shown in "?\ufffd":
        return (_LOST,)
    coded = shown.encode("gb18030", "ignore")
    return tuple(coded) if len(coded) == 2 else None


def _euro(behind: str) -> tuple[int, ...]:
    """The bytes of a euro sign: 80 in code page 936, A2E3 in GB18030, by what UTF-8 asks for."""
    coded = _bytes_of(behind) if behind else None
    return (0xA2, 0xE3) if coded and _follows(coded[0]) else (0x80,)


def read(run: str) -> list[Piece] | None:
    """Read a run of characters other than ASCII again; None when it was not read as GBK.

    A question mark counts as a lost byte where UTF-8 lacks one, else as itself. The pieces are in
    order and cover the run.
    """
    stream: list[int] = []
    owners: list[int] = []
    for at, shown in enumerate(run):
        coded = _euro(run[at + 1 : at + 2]) if shown == "€" else _bytes_of(shown)
        if coded is None:
            return None
        stream += coded
        owners += [at] * len(coded)
    owners.append(len(run))
    return list(_pieces(owners, _signs(run, stream, owners)))


def _pieces(owners: list[int], signs: Iterable[_Sign]) -> Iterator[Piece]:
    waiting: list[_Sign] = []
    for sign in signs:
        waiting.append(sign)
        if owners[sign.end] == owners[sign.end - 1]:
            continue  # a character of GBK reaches into the next one of UTF-8
        is_whole = all(one.text for one in waiting)
        if is_whole and sign.text not in _BREAKS and len(waiting) < _LONGEST:
            continue  # one piece a clause: positions lead close, and people can read it
        yield from _settled(waiting, owners)
        waiting = []
    yield from _settled(waiting, owners)


def _settled(signs: list[_Sign], owners: list[int]) -> Iterator[Piece]:
    """The whole ones before the first broken one as far as both readings part, then the rest."""
    first = next((at for at, one in enumerate(signs) if not one.text), len(signs))
    while 0 < first < len(signs) and owners[signs[first].start] == owners[signs[first].start - 1]:
        first -= 1
    if first:
        whole = signs[:first]
        text = "".join(one.text for one in whole)
        yield Piece(owners[whole[0].start], owners[whole[-1].end], text)
    if rest := signs[first:]:
        yield Piece(owners[rest[0].start], owners[rest[-1].end], "", _options(rest))


def _options(signs: list[_Sign]) -> tuple[str, ...]:
    ways = [(one.text,) if one.text else one.options for one in signs]
    count = 1
    for way in ways:
        count *= len(way)
    return tuple(map("".join, product(*ways))) if 0 < count <= _MOST_OPTIONS else ()


def _signs(run: str, stream: list[int], owners: list[int]) -> Iterator[_Sign]:
    at = 0
    while at < len(stream):
        sign = _sign(stream, at)
        if not sign.text and stream[at] == _LOST and run[owners[at]] == "?":
            sign = _Sign(at, at + 1, "?")
        yield sign
        at = sign.end


def _sign(stream: list[int], at: int) -> _Sign:
    first = stream[at]
    size = next((size for (low, high), size in _SIZES if low <= first <= high), 1)
    end = at + 1
    while end < min(at + size, len(stream)) and _follows(stream[end]):
        end += 1
    body = stream[at:end]
    if size == 1 or size == 4 != len(body):
        return _Sign(at, end, "")
    if len(body) == size and _LOST not in body:
        text = bytes(body).decode("utf-8", "ignore")
        return _Sign(at, end, text)
    if size == 4:
        return _Sign(at, end, "")
    ways = [_lost(stream, at + n) if byte == _LOST else (byte,) for n, byte in enumerate(body)]
    ways += [tuple(_FOLLOWING)] * (size - len(body))
    if len(ways[1]) > 1:
        # Punctuation and full-width forms stand in one or two blocks of the many possible.
        ways[1] = tuple(one for one in ways[1] if one in _BLOCKS.get(first, ()))
    options = (bytes(way).decode("utf-8", "ignore") for way in product(*ways))
    return _Sign(at, end, "", tuple(filter(None, options)))


def _lost(stream: list[int], at: int) -> tuple[int, ...]:
    """What a lost byte may have been: none that makes a character with the byte behind it."""
    behind = stream[at + 1] if at + 1 < len(stream) else _LOST
    if behind == _LOST:
        return tuple(_FOLLOWING)
    return tuple(one for one in _FOLLOWING if not gbk.character(bytes((one, behind))))


def _follows(byte: int) -> bool:
    return byte in _FOLLOWING or byte == _LOST
