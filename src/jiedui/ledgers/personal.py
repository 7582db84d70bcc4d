"""Tells an ID number, a mobile number or a bank card from other digits, to keep them out.

Used on free text before it is stored, and to mask what a problem shows.
"""

from __future__ import annotations

import re
from datetime import date

from jiedui.ledgers.widths import narrow
from jiedui.problems import said

CARD = said("银行卡号")
_ID = re.compile(r"(?<![0-9])[1-9](?:[- ]?[0-9]){16}[- ]?[0-9Xx](?![0-9])")
# An amount of eleven digits is no telephone number.
_MOBILE = re.compile(
    r"(?<![0-9])(?<![0-9]\.)(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
    r"(?![0-9元万亿]|\.[0-9])"
)
_CARD = re.compile(r"(?<![0-9A-Z])[0-9]{4}(?:[- ]?[0-9]{4}){3}(?:[- ]?[0-9]{1,3})?(?![0-9A-Z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_id_number(text: str) -> bool:
    """Whether 18 characters are a citizen's ID number (GB 11643-1999): day and check digit.

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _ID_WEIGHTS, strict=True))
    return 1850 <= born.year <= 2100 and _ID_CHECK[total % 11] == text[17].upper()


def is_credit_code(text: str) -> bool:
    """Whether 18 characters are an organisation's credit code (GB 32100-2015), by its check.

    An office's code may be all digits, and every tenth of those would pass for a bank card.

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    if len(text) != 18 or any(char not in _CREDIT for char in text):
        return False
    total = sum(
        _CREDIT.index(char) * weight for char, weight in zip(text, _CREDIT_WEIGHTS, strict=False)
    )
    return _CREDIT[-total % 31] == text[17]


def _is_card(digits: str) -> bool:
    """Whether the digits pass Luhn's test (ISO/IEC 7812-1), and are no office's code."""
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(digits))]
    luhn = sum(number - 9 * (number > 9) for number in doubled) % 10 == 0
    return luhn and not is_credit_code(digits)


def looks_personal(text: str) -> str:
    """What sort of personal number the text holds, in words; empty when it holds none."""
    text = narrow(text)
    if any(is_id_number(re.sub("[- ]", "", found)) for found in _ID.findall(text)):
        return said("身份证号")
    if _MOBILE.search(text):
        return said("手机号")
    if any(_is_card(re.sub("[- ]", "", found)) for found in _CARD.findall(text)):
        return CARD
    return ""


def blanked(text: str) -> str:
    """The text with every number of a person made blank, of the same length.

    >>> blanked("联系人13800000000，文号2024")
    '联系人           ，文号2024'
    """
    seen = narrow(text)
    hits = [hit.span() for hit in _MOBILE.finditer(seen)]
    hits += [hit.span() for hit in _ID.finditer(seen) if is_id_number(re.sub("[- ]", "", hit[0]))]
    hits += [hit.span() for hit in _CARD.finditer(seen) if _is_card(re.sub("[- ]", "", hit[0]))]
    for start, end in hits:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def masked(text: str) -> str:
    """The text with everything after its first character hidden: half of a name of two is one.

    >>> masked("13800000000"), masked("甲例"), masked("甲")
    ('1***', '甲***', '***')
    """
    return f"{text[0]}***" if len(text) > 1 else "***"
