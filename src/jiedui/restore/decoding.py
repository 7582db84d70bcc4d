"""Bytes to text whatever they are: in one encoding, else line by line, never an exception.

Not for proof: where bytes fit nothing, U+FFFD stands for them, which `restore` marks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jiedui.restore.encodings import Decoded, read_strictly, strict, title
from jiedui.restore.plausible import plausibility

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["decode"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHINESE = ("gb18030", "cp950", "big5hkscs")
_LEAST = 0.3
_BY_LINE, _REPLACED = 0.9, 0.0


class _Line(NamedTuple):
    """A line as it was read; `high` counts its bytes that are not ASCII."""

    text: str
    codec: str
    high: int
    sureness: float


def decode(content: bytes, declared: str = "") -> Decoded:
    """Read any bytes as text: the encoding that fits them all, or the best one for each line.

    `declared` is a page's own word for its encoding, and only helps where two look alike.

    >>> decode("甲示例县协作".encode("gb18030"))
    Decoded(text='甲示例县协作', encoding='GB18030', sureness=0.99)
    """
    found = read_strictly(content, declared)
    if isinstance(found, Decoded):
        return found
    for mark, codec in _MARKS:
        if content.startswith(mark) and codec != "utf-8":
            text = content[len(mark) :].decode(codec, "replace")
            return Decoded(text, title(codec), 1 - _share_of_losses(text))
    body = content.removeprefix(_MARKS[0][0])
    lines = body.splitlines(keepends=True)
    main = _main(lines)
    return _joined([_read(line, main) for line in lines])


def _share_of_losses(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _main(lines: Iterable[bytes]) -> str:
    """The encoding that fits most of what is not UTF-8, by how Chinese it reads."""
    scores: Counter[str] = Counter()
    for line in lines:
        if strict(line, "utf-8") is None:
            for codec in _CHINESE:
                text = strict(line, codec)
                scores[codec] += round(100 * plausibility(text)) if text is not None else -100
    return max(_CHINESE, key=lambda codec: scores[codec])


def _read(line: bytes, main: str) -> _Line:
    high = sum(byte >= 0x80 for byte in line)
    text = strict(line, "utf-8")
    if text is not None:
        return _Line(text, "utf-8", high, _BY_LINE)
    for codec in (main, *_CHINESE):
        text = strict(line, codec)
        if text is not None and plausibility(text) >= _LEAST:
            return _Line(text, codec, high, _BY_LINE * min(1.0, plausibility(text)))
    # The encoding that loses least.
    ways = [(line.decode(codec, "replace"), codec) for codec in ("utf-8", main)]
    text, codec = min(ways, key=lambda way: way[0].count("\ufffd"))
    return _Line(text, codec, high, _REPLACED)


def _joined(lines: list[_Line]) -> Decoded:
    high = Counter[str]()
    for line in lines:
        high[line.codec] += line.high
    named = [codec for codec, count in high.most_common() if count] or ["utf-8"]
    encoding = "+".join(dict.fromkeys(map(title, named)))
    total = max(1, sum(high.values()))
    sureness = sum(line.sureness * line.high for line in lines) / total
    return Decoded("".join(line.text for line in lines), encoding, round(sureness, 2))
