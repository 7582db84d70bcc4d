"""The readings (pinyin) of a character, as written in the annotations of damaged text.

Not a pronunciation of words: any reading that a character has anywhere is accepted.
"""

from __future__ import annotations

from functools import cache, lru_cache

__all__ = ["LETTERS", "TONED", "first_reading", "readings", "spelled"]

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# GBK holds ɑ and ɡ apart from a and g (A8BB, A8C0), and some generators write them.
LETTERS = "a-z" + TONED + "üêɑɡ"

_SPELLING = str.maketrans("ɑɡ", "ag")


@lru_cache(maxsize=8192)
def spelled(reading: str) -> str:
    """A reading as the dictionary spells it."""
    return reading.strip().translate(_SPELLING)


@cache
def _dictionary() -> dict[int, str]:
    # pypinyin takes a quarter of a second to import; clean text never gets here.
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """All readings of a character, with tone marks; empty when none is known."""
    return frozenset(_dictionary().get(ord(character), "").translate(_SPELLING).split(",")) - {""}


@lru_cache(maxsize=8192)
def first_reading(character: str) -> str:
    """The commonest reading of a character, or nothing when none is known."""
    return _dictionary().get(ord(character), "").split(",")[0]
