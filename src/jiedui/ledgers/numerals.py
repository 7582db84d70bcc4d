"""Numbers as offices write them: in digits, in Chinese numerals, with 万 and 亿 behind them.

Exact or not at all: what is spoken short (一万五), rounded (约三百) or a range (3-5) is no number.
Not for units, which are their field's.
"""

from __future__ import annotations

import re

__all__ = ["chinese", "number", "rounded"]

_DIGIT = "一二三四五六七八九"
# Bank forms (GB/T 15835 §5.3 leaves them to receipts) and the words of speech.
_PLAIN = str.maketrans(
    "〇○两壹贰弍叁肆伍陆柒捌玖拾佰仟萬億", "零零二一二二三四五六七八九十百千万亿"
)
# One to four digits below 万. 一百二 is 120 to one reader and 102 to another: ones want their 零.
_SECTION = (
    rf"(?:(?P<k{{0}}>[{_DIGIT}])千)?(?:零?(?P<h{{0}}>[{_DIGIT}])百)?"
    rf"(?:零?(?P<t{{0}}>[{_DIGIT}]?)(?P<ten{{0}}>十)(?P<o{{0}}>[{_DIGIT}]?)|(?P<z{{0}}>零?)(?P<u{{0}}>[{_DIGIT}]))?"
)
_CHINESE = re.compile(
    rf"(?:(?P<a>{_SECTION.format(2)})亿)?(?:(?P<b>零?{_SECTION.format(1)})万)?"
    rf"(?P<c>零?{_SECTION.format(0)})"
)
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+"
_TERM = re.compile(rf"({_GROUPED})(?:\.([0-9]+))?\s*([十百千]?[万亿]|[百千]?)")
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_FIGURE = rf"[0-9零{_DIGIT}十百千万亿]"
_ROUNDED = re.compile(
    rf"约|近|大概|估|左右|上下|不足|逾|超|以上|以下|以内|[~≈]|{_FIGURE}\s*(?:\+|[余多几])|[几数上][十百千万亿]"
)
_NUMBERED = re.compile(_FIGURE)


def number(text: str) -> tuple[int, int] | None:
    """Digits and the power of ten behind them, of a number without its unit; None for others.

    >>> number("1,234"), number("1.2万"), number("一百二十"), number("3亿5000万"), number("约300")
    ((1234, 0), (12, 3), (120, 0), (350000000, 0), None)
    """
    sign = -1 if text.startswith(("-", "负")) else 1
    bare = text[1:].lstrip() if sign < 0 else text
    found = _digits(bare)
    if found is None:
        whole = chinese(bare)
        found = None if whole is None else (whole, 0)
    return None if found is None else (sign * found[0], found[1])


def chinese(text: str) -> int | None:
    """The number that a Chinese numeral writes out, or None.

    >>> chinese("二十三万"), chinese("一万零五"), chinese("壹仟贰佰"), chinese("一万五")
    (230000, 10005, 1200, None)
    """
    plain = text.translate(_PLAIN)
    if plain == "零":
        return 0
    match = _CHINESE.fullmatch(plain) if plain else None
    if match is None:
        return None
    total = 0
    for i, part, scale in ((2, "a", 10**8), (1, "b", 10**4), (0, "c", 1)):
        if match[part] is None:
            continue
        section = _section(match, i)
        if section is None or (scale > 1 and not section):
            return None
        # 一万五 is 15,000 as it is spoken; 一万零五 says what it means.
        if total and 0 < section < 10 and "零" not in match[part]:
            return None
        total += section * scale
    return total or None


def _section(match: re.Match[str], i: int) -> int | None:
    """A number below ten thousand; None when its ones follow 百 or 千 without a 零."""
    ones = match[f"u{i}"]
    above = match[f"k{i}"] or match[f"h{i}"]
    if ones and above and not match[f"z{i}"]:
        return None
    tens = (match[f"t{i}"] or "一") if match[f"ten{i}"] else ""
    parts = ((match[f"k{i}"], 1000), (match[f"h{i}"], 100), (tens, 10), (match[f"o{i}"] or ones, 1))
    return sum((_DIGIT.index(digit) + 1) * scale for digit, scale in parts if digit)


def rounded(text: str) -> bool:
    """Whether a text gives a number that is not meant exactly.

    >>> rounded("约300"), rounded("二十余"), rounded("300"), rounded("大约")
    (True, True, False, False)
    """
    plain = text.translate(_PLAIN)
    return bool(_NUMBERED.search(plain) and _ROUNDED.search(plain))


def _digits(text: str) -> tuple[int, int] | None:
    """A number in digits: one with a scale, or several whose scales go down (3亿5000万)."""
    single = _TERM.fullmatch(text)
    if single:
        whole, part, scale = single.groups()
        digits = re.sub(r"[ ,]", "", whole) + (part or "")
        return int(digits), _power(scale) - len(part or "")
    terms = list(_TERM.finditer(text))
    if len(terms) < 2 or "".join(one[0] for one in terms) != text or any(one[2] for one in terms):
        return None
    total, above = 0, None
    for one in terms:
        value, power = int(re.sub(r"[ ,]", "", one[1])), _power(one[3])
        # 1万2 is spoken short; 1万2000 has every digit that stands below 万.
        short = not one[3] and len(one[1]) != above
        if above is not None and (power >= above or short or value * 10**power >= 10**above):
            return None
        total, above = total + value * 10**power, power
    return total, 0


def _power(scale: str) -> int:
    return sum(_SCALES[one] for one in scale)
