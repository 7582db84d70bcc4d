"""Days, months and moments as people write them; ordinary digits, and wholly understood or none.

Not dates in a running text: those are facts, and `facts.time` reads them.
"""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(
    r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"
    r"|([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日")
_MONTH = re.compile(
    r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})|([0-9]{4})\s*年\s*([0-9]{1,2})\s*月份?|([0-9]{4})([0-9]{2})"
)
_CLOCK = re.compile(
    r"(.+?)(?:\s+|\s*T)([0-9]{1,2}):([0-9]{2})(?::00)?"
    r"|(.+日)\s*([0-9]{1,2})\s*[时点:]\s*([0-9]{1,2})\s*分?"
)
# A day outside these years is a slip of the hand, not a day of a cooperation.
_YEARS = range(1900, 2101)


def day(text: str) -> date | None:
    """A calendar day, or None.

    >>> day("2024年5月21日"), day("2024.5.21"), day("2024-02-30")
    (datetime.date(2024, 5, 21), datetime.date(2024, 5, 21), None)
    """
    return _date(_DAY.fullmatch(text))


def lacks_year(text: str) -> bool:
    """Whether a text is a day of which only the year is missing.

    >>> lacks_year("5月21日"), lacks_year("2024年5月21日")
    (True, False)
    """
    return _NO_YEAR.fullmatch(text) is not None


def month(text: str) -> date | None:
    """The first day of a month, from the month or from that day; None for any other day.

    >>> month("2024年5月"), month("2024-05-01"), month("2024-05-21")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1), None)
    """
    found = _date(_MONTH.fullmatch(text)) or day(text)
    return found if found and found.day == 1 else None


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
