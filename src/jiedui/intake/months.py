"""Months as headings of columns: 1月, 一月份, 2024年1月, and the years that stand beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.intake.headings import normal
from jiedui.ledgers import days, numerals
from jiedui.ledgers.widths import narrow

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["month_of", "year_among"]

_MONTH = re.compile(r"(20[0-9]{2}年)?(?:([0-9]{1,2})|([一二三四五六七八九十]{1,2}))月份?")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")


def month_of(text: str) -> str:
    """The month that a heading is, as `2024-01`, or `-01` without a year; empty for any other.

    >>> month_of("2024年1月"), month_of(" 十二月份"), month_of("13月"), month_of("一季度")
    ('2024-01', '-12', '', '')
    """
    words = normal(text)
    if match := _MONTH.fullmatch(words):
        number = int(match[2]) if match[2] else numerals.chinese(match[3])
        return f"{(match[1] or '')[:4]}-{number:02}" if number and number <= 12 else ""
    found = days.month(narrow(text.strip()))
    return f"{found:%Y-%m}" if found else ""


def year_among(texts: Iterable[str]) -> str:
    """The one year that some texts name; empty where they name none or several.

    >>> year_among(["2024年务工情况（2024年12月填）"]), year_among(["2023年至2024年"])
    ('2024', '')
    """
    found = {year for text in texts for year in _YEAR.findall(narrow(text))}
    return found.pop() if len(found) == 1 else ""
