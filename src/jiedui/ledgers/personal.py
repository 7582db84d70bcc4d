"""Tells an ID number, a mobile number or a bank card from other digits, to keep them out.

Used on free text before it is stored, and to mask what a problem shows.
"""

from __future__ import annotations

import re
from datetime import date

_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def is_id_number(text: str) -> bool:
    """Whether 18 characters are a citizen's ID number (GB 11643-1999): day and check digit.

    >>> is_id_number("11010519491231002X")
    True
    """
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == text[17].upper()


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def looks_personal(text: str) -> str:
    """What sort of personal number the text holds, in words; empty when it holds none."""
    if any(is_id_number(found) for found in _ID.findall(text)):
        return "身份证号"
    if _MOBILE.search(text):
        return "手机号"
    if any(_luhn(re.sub(r"\D", "", found)) for found in _CARD.findall(text)):
        return "银行卡号"
    return ""


def masked(text: str) -> str:
    """The text with everything between its first and last character hidden.

    >>> masked("13800000000"), masked("甲示例"), masked("甲")
    ('1***0', '甲***例', '***')
    """
    return f"{text[0]}***{text[-1]}" if len(text) > 1 else "***"
