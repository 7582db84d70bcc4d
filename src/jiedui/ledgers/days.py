"""Days, months and moments as people write them; ordinary digits, and wholly understood or none.

Not dates in a running text: those are facts, and `facts.time` reads them. Nor the serial numbers
of spreadsheets, which only a workbook makes days: those are `intake.serials`.
"""

from __future__ import annotations

import re
from datetime import date

from jiedui.ledgers import numerals

_DAY = re.compile(
    r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"
    r"|([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)
# 24/5/21 begins with what can be neither a month nor, in a Chinese office, a day.
_SHORT = re.compile(
    r"([0-9]{2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"
    r"|([0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]"
)
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日")
_MONTH = re.compile(
    r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})|([0-9]{4})\s*年\s*([0-9]{1,2})\s*月份?|([0-9]{4})([0-9]{2})"
)
_SHORT_MONTH = re.compile(r"([0-9]{2})\s*年\s*([0-9]{1,2})\s*月份?")
_CLOCK = re.compile(
    r"(.+?)(?:\s+|\s*T)([0-9]{1,2}):([0-9]{2})(?::00)?"
    r"|(.+日)\s*([0-9]{1,2})\s*[时点:]\s*([0-9]{1,2})\s*分?"
)
# What may follow a day without changing which it is.
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
_PART = re.compile(
    r"(?<=[0-9日号])\s*(?:上午|下午|中午|凌晨|早上|晚上|全天|\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)$"
)
_CHINESE = re.compile(
    r"([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月"
    r"(?:([一二三四五六七八九十]{1,3})([日号]))?"
)
_AMBIGUOUS = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4})")
# A day outside these years is a slip of the hand, not a day of a cooperation.
_YEARS = range(1900, 2101)
# The years that two digits mean when they can be no month.
_SHORT_YEARS = range(13, 51)


def day(text: str) -> date | None:
    """A calendar day, or None.

    >>> day("2024年5月21日"), day("24/5/21"), day("2024-02-30")
    (datetime.date(2024, 5, 21), datetime.date(2024, 5, 21), None)
    """
    plain = _written(text)
    if short := _SHORT.fullmatch(plain):
        year = int(short[1] or short[5])
        # With 年 behind it, it is the year, whatever it is.
        known = year in _SHORT_YEARS or (short[5] is not None and year <= _SHORT_YEARS[-1])
        return _date(_DAY.fullmatch(f"20{plain}")) if known else None
    return _date(_DAY.fullmatch(plain))


def lacks_year(text: str) -> bool:
    """Whether a text is a day of which only the year is missing.

    >>> lacks_year("5月21日"), lacks_year("2024年5月21日")
    (True, False)
    """
    return _NO_YEAR.fullmatch(text) is not None


def ambiguous(text: str) -> bool:
    """Whether a text is a day in numbers of which the first can be no year.

    >>> ambiguous("05/06/24"), ambiguous("21.05.2024"), ambiguous("24/5/21")
    (True, True, False)
    """
    return _AMBIGUOUS.fullmatch(text) is not None and day(text) is None


def month(text: str) -> date | None:
    """The first day of a month, from the month or from that day; None for any other day.

    >>> month("2024年5月"), month("2024-05-01"), month("2024-05-21")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1), None)
    """
    plain = _written(text)
    short = _SHORT_MONTH.fullmatch(plain)
    if short and int(short[1]) <= _SHORT_YEARS[-1]:
        plain = f"20{plain}"
    found = _date(_MONTH.fullmatch(plain)) or day(plain)
    return found if found and found.day == 1 else None


def span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a stretch of days, the second as short as people write it.

    >>> span("2024.5.21-23"), span("2024年5月21日至6月3日") == (date(2024, 5, 21), date(2024, 6, 3))
    ((datetime.date(2024, 5, 21), datetime.date(2024, 5, 23)), True)
    """
    for cut in re.finditer(r"[-~—–至到]+", text):
        first, rest = day(text[: cut.start()].strip()), text[cut.end() :].strip()
        last = first and _later(first, rest)
        if first and last and first <= last:
            return first, last
    return None


def _later(first: date, text: str) -> date | None:
    """A day whose year, or year and month, is that of another when it is not said."""
    parts = [one for one in re.split(r"\s*(?:[年月/.-])\s*", text.rstrip("日号")) if one]
    if not 1 <= len(parts) <= 2 or not all(one.isdigit() and len(one) <= 2 for one in parts):
        return day(text)
    of_year, of_month = (first.month, *map(int, parts))[-2:]
    try:
        return date(first.year, of_year, of_month)
    except ValueError:
        return None


def moment(text: str) -> str | None:
    """A day and a time of it to the minute, as `YYYY-MM-DDTHH:MM`, or None.

    >>> moment("2023年12月18日 23时59分")
    '2023-12-18T23:59'
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    said, hour, minute = (part for part in match.groups() if part)
    if (found := day(said)) and int(hour) < 24 and int(minute) < 60:
        return f"{found.isoformat()}T{int(hour):02}:{int(minute):02}"
    return None


def _written(text: str) -> str:
    """A day without its weekday and its part of the day, Chinese numerals as digits."""
    plain = _PART.sub("", _WEEKDAY.sub("", text))
    return _CHINESE.sub(_in_digits, plain, count=1) if "年" in plain else plain


def _in_digits(match: re.Match[str]) -> str:
    year = "".join(
        str("零一二三四五六七八九".index(one)) for one in re.sub("[〇○]", "零", match[1])
    )
    of_year, of_month = numerals.chinese(match[2]), match[3] and numerals.chinese(match[3])
    if of_year is None or (match[3] and of_month is None):
        return match[0]
    return f"{year}年{of_year}月" + (f"{of_month}{match[4]}" if match[3] else "")


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    numbers = [int(part) for part in match.groups() if part and part.isdigit()]
    year, of_year, of_month = (*numbers, 1)[:3]
    try:
        found = date(year, of_year, of_month)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
