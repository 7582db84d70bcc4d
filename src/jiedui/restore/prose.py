"""Whether a page is Chinese prose: only in such a page is a stray sign damage.

In code, in a web page's source and in a text about markup the same signs are what is meant.
"""

from __future__ import annotations

import re
from itertools import islice

__all__ = ["HANZI", "is_plain_side", "is_prose", "is_wide_side"]

HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HANZI = re.compile(f"[{HANZI}]")
_WIDE = re.compile(f"[{HANZI}\u2e80-\u303f\uff00-\uff5e]")
_PLAIN = re.compile(f"{_WIDE.pattern}|[\xa0-\xbf×÷\u2010-\u2027]")
_CODE = re.compile(
    r"[;{}]\s*$|^\s*(?:#include|#!|import |from \S+ import|def |class |function\b|var |let |const |"
    r"public |private |return\b|(?:if|for|while) ?\(|<\?|SELECT |INSERT |UPDATE |//|/\*|\$ )"
)
_SOURCE = re.compile(r"<(?:!doctype|html|head|body|script|style|\?xml|\?php)[\s>]", re.IGNORECASE)
_TOLD = re.compile(
    r"HTML|XML|XSS|CSS|JavaScript|Markdown|LaTeX|字符实体|转义|源代码|代码示例|代码如下|```"
)
_LOOKED_AT, _CODED, _LEAST = 400, 0.2, 2


def is_prose(text: str) -> bool:
    """Whether a page has Chinese characters, and is neither code nor source nor about them."""
    if not _HANZI.search(text) or _SOURCE.search(text) or _TOLD.search(text):
        return False
    lines = [line for line in islice(text.split("\n"), _LOOKED_AT) if line.strip()]
    coded = sum(_CODE.search(line[-200:]) is not None for line in lines)
    return coded < max(_LEAST, _CODED * len(lines))


def is_wide_side(one: str) -> bool:
    """Whether a character is Chinese: ideographs, their punctuation, full-width forms."""
    return _WIDE.match(one) is not None


def is_plain_side(one: str) -> bool:
    """Whether a character needs no invisible one beside it: Chinese, ASCII, no character at all.

    Other scripts join and break by them (Mongolian, Tibetan, Arabic, emoji).
    """
    return not one or one.isascii() or _PLAIN.match(one) is not None
