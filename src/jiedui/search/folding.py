"""A text as the words of the index: pairs of Chinese characters, Latin words, numbers.

Folded for matching only: what is stored and shown keeps its form. Not for finding names or places
in running text: that is `jiedui.facts`.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from jiedui.restore import simplified

__all__ = ["LONGEST", "fold", "is_han", "runs", "words"]

LONGEST = 60
"""Letters of a Latin word or digits of a number that count; a database takes no endless word."""

# The ideographs of the planes 0, 2 and 3 (Unicode 16), and the zero of years (二〇二四).
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")


def fold(text: str) -> str:
    """The text with widths, cases and scripts made one: NFKC, small letters, simplified script.

    >>> fold("天津市黨政代表團　Ａ１")
    '天津市党政代表团 a1'
    """
    return simplified(unicodedata.normalize("NFKC", text).lower())


def is_han(run: str) -> bool:
    """Whether a run is one of Chinese characters."""
    return _IS_HAN.match(run) is not None


def runs(folded: str) -> list[str]:
    """The runs of a folded text: Chinese characters together, other letters and digits together.

    >>> runs("示财〔2024〕1号,g30高速")
    ['示财', '2024', '1', '号', 'g30', '高速']
    """
    return _RUN.findall(folded)


def words(text: str) -> list[str]:
    """The words of a text in their order, for the index.

    A run of Chinese characters gives its overlapping pairs and then its last character, so that
    each character begins one word: what is of one character is found by how a word begins.

    >>> words("天津市，Deepseek 2024年")
    ['天津', '津市', '市', 'deepseek', '2024', '年']
    """
    found: list[str] = []
    for run in runs(fold(text)):
        if is_han(run):
            found += map("".join, pairwise(run))
            found.append(run[-1])
        else:
            found.append(run[:LONGEST])
    return found
