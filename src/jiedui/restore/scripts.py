"""The simplified view of a text, character for character, and which characters belong to a script.

Not a conversion of style: words stay as they are (軟體 becomes 软体, not 软件), because a view
must keep every position. The stored text is never replaced by it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

__all__ = [
    "is_common",
    "is_only_simplified",
    "is_plain",
    "is_traditional",
    "only_simplified",
    "simplified",
]

# The CJK blocks of the planes 0, 2 and 3 (Unicode 16): what OpenCC's tables may hold.
_BLOCKS = ((0x2E80, 0x3000), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))

# GB 2312 keeps its 3,755 commonest characters in the rows before D8.
_SECOND_LEVEL = 0xD8
_BIG5_SECOND_LEVEL = b"\xc9\x40"


@cache
def _table() -> dict[int, str]:
    """Every character that OpenCC's `t2s` changes when it stands alone; built in about 20 ms."""
    import opencc

    characters = [chr(point) for low, high in _BLOCKS for point in range(low, high)]
    # A line for each character: no phrase of the table can match across them.
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(one): other
        for one, other in zip(characters, converted, strict=True)
        if one != other and len(other) == 1
    }


@cache
def _left_by_conversion() -> frozenset[str]:
    """Characters outside Big5 that a conversion to traditional script keeps (着)."""
    import opencc

    outside = [chr(point) for point in range(0x4E00, 0xA000) if not _in_big5(chr(point))]
    converted = opencc.OpenCC("s2t").convert("\n".join(outside)).split("\n")
    return frozenset(one for one, other in zip(outside, converted, strict=True) if one == other)


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def simplified(text: str) -> str:
    """The text in simplified script, of the same length: position n is position n of `text`.

    >>> simplified("天津市黨政代表團")
    '天津市党政代表团'
    """
    return text if text.isascii() else text.translate(_table())


def is_traditional(character: str) -> bool:
    """Whether a character has another, simplified form."""
    return ord(character) in _table()


@lru_cache(maxsize=8192)
def is_only_simplified(character: str) -> bool:
    """Whether a Chinese character is used in simplified script only (东, not 后).

    A conversion to traditional script leaves none of these behind: Big5, which holds what
    traditional script writes, lacks them, and OpenCC has another character for them.
    """
    if not "\u4e00" <= character <= "\u9fff" or is_traditional(character):
        return False
    return not _in_big5(character) and character not in _left_by_conversion()


@cache
def only_simplified() -> re.Pattern[str]:
    """Matches each character of which `is_only_simplified` is true; built in about 30 ms."""
    points = range(0x4E00, 0xA000)
    return re.compile(f"[{''.join(one for one in map(chr, points) if is_only_simplified(one))}]")


@lru_cache(maxsize=8192)
def is_plain(character: str) -> bool:
    """Whether a character is among the 5,401 that Big5 lists first, so no rare variant (曏)."""
    try:
        coded = character.encode("big5")
    except UnicodeEncodeError:
        return False
    return len(coded) == 2 and coded < _BIG5_SECOND_LEVEL


@lru_cache(maxsize=8192)
def is_common(character: str) -> bool:
    """Whether the simplified form is among the 3,755 characters of GB/T 2312-1980, first level."""
    try:
        coded = simplified(character).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(coded) == 2 and coded[0] < _SECOND_LEVEL
