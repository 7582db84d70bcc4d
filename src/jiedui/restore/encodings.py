"""Bytes to text in UTF-8, UTF-16, GB18030 or Big5: one encoding for the whole, if it can be.

`read_strictly` says where an encoding stops; `decode` goes on from there line by line and always
gives a text. Text that was damaged before it was saved is the work of `restore`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiedui.restore.plausible import implausible_at, plausibility

__all__ = ["Decoded", "Stop", "read_strictly", "strict", "title"]

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_TITLES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5",
}
_CODECS = {
    "utf8": "utf-8",
    "utf16": "utf-16-le",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "cp950": "cp950",
    "big5hkscs": "big5hkscs",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")

_ADVISED = ("gb18030", "cp950", "big5hkscs")

_LEAST = 0.3  # below this, a reading is not Chinese text
_MARGIN = 0.15  # and this much better than the next it has to be
_DECLARED = 0.2  # what a page's own word for its encoding is worth
_LINE_MARGIN = 0.4
_LINE_SIGNS = 4
_PREFIX_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in ("UTF-8+GB18030" for lines in two), and how sure that is.

    The sureness is 1 for a byte order mark and for UTF-8, whose bytes fit nothing else. For the
    other encodings it says how far ahead of the next one this is, from 0.5 to 0.99; where bytes
    fit none it falls by their share.
    """

    text: str
    encoding: str
    sureness: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where bytes stop to fit: the offset from 0, and the encoding up to there ("" for none)."""

    encoding: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Reading:
    codec: str
    text: str
    score: float


def title(codec: str) -> str:
    """The name of an encoding as people know it."""
    return _TITLES[codec]


def read_strictly(content: bytes, declared: str = "") -> Decoded | Stop:
    """Read bytes in the one encoding that fits all of them, or say where it stops to fit.

    A byte order mark decides, then strict UTF-8, then which of the strict readings looks most
    like Chinese; `declared` (a page's charset) only helps where two look alike.
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return _by_mark(content, mark, codec)
    text = strict(content, "utf-8")
    if text is not None:
        return Decoded(text, _TITLES["utf-8"]) if _is_plain(text) else _utf_8_or_16(content, text)
    stop = _breaks_off(content)
    if stop is not None:
        return Stop(_TITLES["utf-8"], stop)
    readings = _readings(content, _CODECS.get(_plain(declared), ""))
    best = _best(content, readings)
    if best is None:
        return _unread(content)
    if _other_encoding_at(content, best) is None:
        return Decoded(best.text, _TITLES[best.codec], _sureness(best, readings))
    # Of two encodings in one file, the one that fits the beginning is the one to name.
    stops = [(_other_encoding_at(content, one), one.codec) for one in readings]
    offset, codec = max((stop, codec) for stop, codec in stops if stop is not None)
    return Stop(_TITLES[codec], offset)


def _sureness(best: _Reading, readings: list[_Reading]) -> float:
    next_best = max((one.score for one in readings if one is not best), default=_LEAST)
    return round(0.5 + min(0.49, max(0.0, best.score - next_best)), 2)


def _is_plain(text: str) -> bool:
    return _CONTROL.search(text) is None


def _utf_8_or_16(content: bytes, text: str) -> Decoded:
    """Tell text with control characters from UTF-16 whose bytes happen to be UTF-8 as well."""
    least = max(_LEAST, plausibility(text) + _MARGIN)
    for codec in ("utf-16-le", "utf-16-be"):
        wide = strict(content, codec)
        if wide is not None and _is_plain(wide) and plausibility(wide) >= least:
            return Decoded(wide, _TITLES[codec], 0.9)
    return Decoded(text, _TITLES["utf-8"])


def _by_mark(content: bytes, mark: bytes, codec: str) -> Decoded | Stop:
    body = content[len(mark) :]
    try:
        return Decoded(body.decode(codec), _TITLES[codec])
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        return Stop(_TITLES[codec], offset)


def strict(content: bytes, codec: str) -> str | None:
    """The text when all bytes fit an encoding, else None."""
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _stop(content: bytes, codec: str) -> int:
    try:
        content.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(content)


def _breaks_off(content: bytes) -> int | None:
    """Find where a file that is plainly UTF-8 at its beginning stops being so."""
    stop = _stop(content, "utf-8")
    before = content[:stop].decode("utf-8")
    signs = sum(char >= "\x80" for char in before)
    plain = signs >= _LINE_SIGNS and plausibility(before) >= _PREFIX_SCORE
    return stop if plain and _is_plain(before) else None


def _readings(content: bytes, declared: str) -> list[_Reading]:
    """Read the bytes in every encoding that takes all of them, the most plausible first."""
    found: list[_Reading] = []
    for codec in ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be"):
        if codec == "big5hkscs" and any(one.codec == "cp950" for one in found):
            continue
        text = strict(content, codec)
        if text is not None:
            bonus = _DECLARED if codec == declared else 0.0
            found.append(_Reading(codec, text, plausibility(text) + bonus))
    return sorted(found, key=lambda one: one.score, reverse=True)


def _best(content: bytes, readings: list[_Reading]) -> _Reading | None:
    """Choose the reading that is plausible, and clearly more so than every other."""
    if not readings or readings[0].score < _LEAST:
        return None
    if len(readings) == 1 or readings[0].score - readings[1].score >= _MARGIN:
        return readings[0]
    return _advised(content, readings)


def _advised(content: bytes, readings: list[_Reading]) -> _Reading | None:
    """Ask charset-normalizer between readings that look alike; its word counts only for those."""
    from charset_normalizer import from_bytes

    advice = from_bytes(content[:4096], cp_isolation=list(_ADVISED)).best()
    codec = _CODECS.get(_plain(advice.encoding), "") if advice else ""
    near = [one for one in readings if readings[0].score - one.score < _MARGIN]
    return next((one for one in near if one.codec == codec), None)


def _unread(content: bytes) -> Stop:
    """Say how far the encoding that came furthest fits, and that the rest does not."""
    furthest, codec = 0, ""
    for candidate in ("utf-8", "gb18030", "cp950"):
        stop = _stop(content, candidate)
        before = content[:stop].decode(candidate)
        before = before[: implausible_at(before)]
        if any(char >= "\x80" for char in before) and plausibility(before) >= _PREFIX_SCORE:
            reach = len(before.encode(candidate))
            furthest, codec = max((furthest, codec), (reach, candidate))
    if codec:
        return Stop(_TITLES[codec], furthest)
    first = next((i for i, byte in enumerate(content) if byte >= 0x80 or byte < 9), 0)
    return Stop("", first)


def _other_encoding_at(content: bytes, best: _Reading) -> int | None:
    """Find the byte where a part in another encoding begins, by lines and by stretches."""
    if best.codec in {"gb18030", "cp950", "big5hkscs"}:
        offset = 0
        others = [codec for codec in ("utf-8", "gb18030", "cp950") if codec != best.codec]
        for line in content.splitlines(keepends=True):
            if _reads_better(line, best.codec, others):
                return offset + next(i for i, byte in enumerate(line) if byte >= 0x80)
            offset += len(line)
    place = implausible_at(best.text)
    return None if place is None else len(best.text[:place].encode(best.codec))


def _reads_better(line: bytes, codec: str, others: list[str]) -> bool:
    score: float | None = None
    for other in others:
        text = strict(line, other)
        if text is None or sum(char >= "\x80" for char in text) < _LINE_SIGNS:
            continue
        if score is None:
            score = plausibility(line.decode(codec))
        if plausibility(text) > score + _LINE_MARGIN:
            return True
    return False


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").strip()
