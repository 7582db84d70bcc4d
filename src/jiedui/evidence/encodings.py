"""Bytes to text in UTF-8, UTF-16, GB18030 or Big5, strictly: one encoding for the whole file.

Not for repairing: a byte that does not fit is a problem with its offset, never a replacement
sign. Text damaged before it was saved is the work of `jiedui.restore`.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.evidence.plausible import implausible_at, plausibility
from jiedui.problems import Problem, problem

__all__ = ["Decoded", "decode"]

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
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1a")

_ADVISED = ("gb18030", "cp950", "big5hkscs")

_LEAST = 0.3  # below this, a reading is not Chinese text
_MARGIN = 0.15  # and this much better than the next it has to be
_DECLARED = 0.2  # what a page's own word for its encoding is worth
_LINE_MARGIN = 0.4
_LINE_SIGNS = 4
_PREFIX_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that fits all of its bytes."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class _Reading:
    codec: str
    text: str
    score: float


def decode(content: bytes, declared: str = "") -> Decoded | Problem:
    """Read bytes in the one encoding that fits all of them.

    A byte order mark decides, then strict UTF-8, then which of the strict readings looks most
    like Chinese; `declared` (a page's charset) only helps where two look alike. The problems are
    `encoding-mixed` and `encoding-unknown`, both with the byte offset counted from 0.
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return _by_mark(content, mark, codec)
    text = _strict(content, "utf-8")
    if text is not None:
        return Decoded(text, _TITLES["utf-8"]) if _is_plain(text) else _utf_8_or_16(content, text)
    stop = _breaks_off(content)
    if stop is not None:
        return problem("encoding-mixed", encoding="UTF-8", offset=stop)
    readings = _readings(content, _CODECS.get(_plain(declared), ""))
    best = _best(content, readings)
    if best is None:
        return _unread(content)
    if _other_encoding_at(content, best) is None:
        return Decoded(best.text, _TITLES[best.codec])
    # Of two encodings in one file, the one that fits the beginning is the one to name.
    stops = [(_other_encoding_at(content, one), one.codec) for one in readings]
    offset, codec = max((stop, codec) for stop, codec in stops if stop is not None)
    return problem("encoding-mixed", encoding=_TITLES[codec], offset=offset)


def _is_plain(text: str) -> bool:
    return _CONTROLS.isdisjoint(text)


def _utf_8_or_16(content: bytes, text: str) -> Decoded:
    """Tell text with control characters from UTF-16 whose bytes happen to be UTF-8 as well."""
    least = max(_LEAST, plausibility(text) + _MARGIN)
    for codec in ("utf-16-le", "utf-16-be"):
        wide = _strict(content, codec)
        if wide is not None and _is_plain(wide) and plausibility(wide) >= least:
            return Decoded(wide, _TITLES[codec])
    return Decoded(text, _TITLES["utf-8"])


def _by_mark(content: bytes, mark: bytes, codec: str) -> Decoded | Problem:
    body = content[len(mark) :]
    try:
        return Decoded(body.decode(codec), _TITLES[codec])
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        return problem("encoding-mixed", encoding=_TITLES[codec], offset=offset)


def _strict(content: bytes, codec: str) -> str | None:
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
        text = _strict(content, codec)
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


def _unread(content: bytes) -> Problem:
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
        return problem("encoding-mixed", encoding=_TITLES[codec], offset=furthest)
    first = next((i for i, byte in enumerate(content) if byte >= 0x80 or byte < 9), 0)
    return problem("encoding-unknown", offset=first)


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
        text = _strict(line, other)
        if text is None or sum(char >= "\x80" for char in text) < _LINE_SIGNS:
            continue
        if score is None:
            score = plausibility(line.decode(codec))
        if plausibility(text) > score + _LINE_MARGIN:
            return True
    return False


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").strip()
