"""Text that was read as Latin-1 or Windows-1252: UTF-8 (æ–‡ä»¶), GBK or Big5 (ÎÄ¼þ) for 文件.

UTF-8, also twice encoded, is recognised by ftfy, with everything but its repair of encodings
switched off; Chinese encodings it does not know. Not for text of other scripts in GBK or Big5.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.plausible import plausibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ftfy import TextFixerConfig

__all__ = ["HIGH", "as_windows_1252", "find", "is_suspicious"]

# What Windows-1252 shows for the bytes 80 to 9F, where Latin-1 has control characters.
_SPECIAL = {
    ord(shown): byte
    for byte in range(0x80, 0xA0)
    if (shown := bytes((byte,)).decode("cp1252", "replace")) != "\ufffd"
}
_SHOWN = {byte: chr(shown) for shown, byte in _SPECIAL.items()}
HIGH = "\x80-\xff" + re.escape("".join(map(chr, _SPECIAL)))
# No-break spaces in a row are a layout and no encoding.
_SUSPICIOUS = re.compile(rf"[\x80-\x9f\xa1-\xff][{HIGH}]")
_STRETCH = re.compile(rf"[\t\x20-\x7e{HIGH}]+")
_BETWEEN = re.compile(r"([\x00-\x7f]+)")

_CODECS = (("gb18030", "GBK"), ("cp950", "Big5"))
_SURE = 0.99
_LEAST_SIGNS, _LEAST_HANZI = 2, 4
_PLAUSIBLE, _LEAST_PLAUSIBLE, _BETTER = 0.55, 0.3, 0.2


class _Reading(NamedTuple):
    """A stretch of a line and what it was."""

    start: int
    found: str
    became: str
    encoding: str


def as_windows_1252(content: bytes) -> str:
    """Read bytes as programs do that take them for Windows-1252: what it lacks, as Latin-1."""
    return content.decode("latin-1").translate(_SHOWN)


def is_suspicious(text: str) -> bool:
    """Whether a text is worth a second look."""
    return _SUSPICIOUS.search(text) is not None


def find(text: str) -> list[Change]:
    """Find the stretches that were read as Latin-1, when together they convince."""
    stretches = [match for match in _STRETCH.finditer(text) if not match[0].isascii()]
    found = [one for match in stretches if (one := _utf8(match))]
    if found and _signs(found) < _LEAST_SIGNS:
        found = []
    taken = {one.start for one in found}
    others = [match for match in stretches if match.start() not in taken]
    # Big5 and GBK take many of the same bytes; a page has one of them.
    gbk, big5 = (_chinese(others, *codec) for codec in _CODECS)
    found += gbk if _signs(gbk) >= _signs(big5) else big5
    return [change for one in sorted(found) for change in _changes(one)]


def _utf8(match: re.Match[str]) -> _Reading | None:
    if not is_suspicious(match[0]):
        return None
    became = _unmixed(match[0])
    return None if became == match[0] else _Reading(match.start(), match[0], became, "UTF-8")


def _chinese(stretches: list[re.Match[str]], codec: str, encoding: str) -> list[_Reading]:
    """What reads as Chinese in one encoding; on a page that convinces, the short lines too."""
    read = [(match, _decoded(match[0], codec)) for match in stretches]
    told = [
        _Reading(match.start(), match[0], became, encoding)
        for match, became in read
        if became and is_suspicious(match[0]) and plausibility(became) >= _PLAUSIBLE
    ]
    if not _convinces(told):
        return []
    return [
        _Reading(match.start(), match[0], became, encoding)
        for match, became in read
        if became and plausibility(became) >= _LEAST_PLAUSIBLE
    ]


def _decoded(found: str, codec: str) -> str:
    try:
        return found.translate(_SPECIAL).encode("latin-1").decode(codec)
    except UnicodeDecodeError:
        return ""


def _unmixed(found: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(found, _config())


@cache
def _config() -> TextFixerConfig:
    """Nothing but the encoding: no width, quotes, ligatures, line ends or normalisation.

    A blank is not taken for a byte, and what fits UTF-8 in part only is left: GBK often does.
    """
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=False,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def _signs(readings: Sequence[_Reading]) -> int:
    return sum(not one.isascii() for reading in readings for one in reading.became)


def _convinces(readings: list[_Reading]) -> bool:
    became = "".join(one.became for one in readings)
    hanzi = sum("\u4e00" <= one <= "\u9fff" for one in became)
    if hanzi < _LEAST_HANZI:
        return False
    found = "".join(one.found for one in readings)
    return plausibility(became) >= max(_PLAUSIBLE, plausibility(found) + _BETTER)


def _changes(one: _Reading) -> Iterator[Change]:
    """A change for each run that is not ASCII, or for the whole where ASCII changed too."""
    reason = said(
        "{encoding} 文字曾被当作 Latin-1 或 Windows-1252 读取，已按字节还原", encoding=one.encoding
    )
    found, became = _BETWEEN.split(one.found), _BETWEEN.split(one.became)
    if found[1::2] != became[1::2]:
        found, became = [one.found], [one.became]
    at = one.start
    for shown, intact in zip(found, became, strict=True):
        if shown != intact:
            yield Change(at, at + len(shown), shown, intact, "mojibake", reason, _SURE)
        at += len(shown)
