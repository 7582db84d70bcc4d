"""Full-width digits, letters and signs as their ordinary ones, position for position.

Not for text that is stored: what people write in words keeps its width. NFKC would do more than
is meant here: it reads "5²" as 52 and "①" as 1.
"""

from __future__ import annotations

_NARROW = {0x3000: 0x20} | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def narrow(text: str) -> str:
    """The text with full-width forms (U+FF01 to U+FF5E, U+3000) made ordinary.

    >>> narrow("１，２００　人")
    '1,200 人'
    """
    return text.translate(_NARROW)
