"""Days and spans of days, resolved to dates.

A date without a year is resolved against the day of publication and is then *derived*; a day
that does not exist (2024-02-30) is no fact. Not for quarters, feasts and vague words: later.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jiedui.facts.dates import day_of, latest, latest_day, nearest, number
from jiedui.facts.model import How, TimeFact
from jiedui.facts.view import Taken, View
from jiedui.facts.yearless import STAND_IN, without_years

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["times"]

NEAR = 92
"""How many days from publication a date may lie for a day alone to take its month from it."""
_N = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_Y = r"(?:(?<!\d)(?:1[89]|20)\d\d|[一二][〇○零一二三四五六七八九]{3})"
_RY = r"(?:今年|去年|前年|明年|当年)"
_DASH = r" ?(?:至|到|[-~]{1,2}) ?"
_PART = r"(?P<part>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|当晚|晚|夜间)?"
_YEAR = rf"(?:(?P<y>{_Y})年|(?P<ry>{_RY}))"
_ISO = re.compile(
    r"(?<![\dA-Za-z./_-])(?P<y>(?:19|20)\d\d)"
    r"(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./_])"
    rf"(?:{_DASH}(?P<y2>(?:19|20)\d\d)(?P=s)(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})(?!\d))?"
)
_DAY = re.compile(
    rf"{_YEAR}? ?(?<![\d.一二三四五六七八九十])(?P<m>{_N})月 ?(?P<d>{_N})"
    rf"(?:[日号]?{_DASH}(?:(?P<y2>{_Y})年 ?|[次翌同当]年)?"
    rf"(?:(?P<m2>{_N})月 ?)?(?P<d2>{_N})[日号]|[日号])"
    rf" ?{_PART}"
)
_BARE = re.compile(
    rf"(?<![\d.,近每第月年])(?P<d>\d{{1,2}})"
    rf"(?:[日号]?{_DASH}(?P<d2>\d{{1,2}})日|日)(?!报|均|内|元|龄|游|[-~]) ?{_PART}"
)
_MONTH = re.compile(
    rf"{_YEAR} ?(?P<m>{_N})月?(?:{_DASH}(?:(?P<y2>{_Y})年 ?)?(?P<m2>{_N}))?月(?:份)?(?! ?\d)"
)
_YEARS = re.compile(rf"(?:(?P<y>{_Y})(?:年?{_DASH}(?P<y2>{_Y}))?年|(?P<ry>{_RY}))(?!\d| ?\d+月)")
_SAME = re.compile(
    rf"(?P<w>同日|当日|当天|次日|翌日|第二天|(?:今[天日]|昨[天日])(?=上午|下午|晚|,|\()){_PART}"
)
_NEXT_DAY = frozenset(("次日", "翌日", "第二天"))
_YEARS_BACK = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    groups: dict[str, str | None]
    rule: str


def times(seen: View, published: date | None, start: int = 0) -> list[TimeFact]:
    """Every day, month and year named in a text from `start` on, in order.

    A month and day alone get the latest year that does not lie more than a month after
    publication; a day alone gets its month from the nearest date of the text that holds such a
    day, else from the publication.
    """
    found = _scan(seen.text, start)
    dated = published or _first_full(found)
    base = dated or STAND_IN
    facts = [_resolved(one, seen, base) for one in found if one.rule != "time-bare-day"]
    days = [fact for fact in facts if fact and fact.grain == "day" and fact.first]
    days.sort(key=lambda fact: fact.start)
    by_day = _by_day(days, published)
    facts += [
        _bare(one, seen, days, by_day, published) for one in found if one.rule == "time-bare-day"
    ]
    known = sorted((fact for fact in facts if fact), key=lambda fact: fact.start)
    known += _relative(seen, known, published, start)
    return sorted(known if dated else without_years(known), key=lambda fact: fact.start)


def _scan(text: str, start: int) -> list[_Found]:
    taken = Taken(len(text))
    found: list[_Found] = []
    for rule, pattern in (
        ("time-iso", _ISO),
        ("time-month-day", _DAY),
        ("time-month", _MONTH),
        ("time-year", _YEARS),
        ("time-bare-day", _BARE),
    ):
        for hit in pattern.finditer(text, start):
            if taken.touches(*hit.span()):
                continue
            taken.add(*hit.span())
            end = hit.start() + len(hit.group().rstrip())
            found.append(_Found(hit.start(), end, hit.groupdict(), rule))
    return found


def _first_full(found: list[_Found]) -> date | None:
    full = (one for one in found if all(one.groups.get(part) for part in "ymd"))
    days = (day_of(number(one.groups["y"]), *_month_day(one, "")) for one in full)
    return next((day for day in days if day), None)


def _resolved(one: _Found, seen: View, base: date) -> TimeFact | None:
    groups = one.groups
    year, how = _year(groups, base)
    if one.rule == "time-year":
        return _whole_years(one, seen, year, how)
    if one.rule == "time-month":
        return _whole_months(one, seen, year, how)
    month, day = _month_day(one, "")
    month2, day2 = _month_day(one, "2")
    month2, day2 = month2 or month, day2 or day
    if year is None:
        valid = day_of(2024, month, day) and day_of(2024, month2, day2)
        return _time(one, seen, None, None, "derived") if valid else None
    if groups.get("y") or groups.get("ry"):
        first = day_of(year, month, day)
    else:
        first = latest(base, month, day)
    if first is None:
        return None
    year2 = number(groups.get("y2")) or first.year + (month2 < first.month)
    last = day_of(year2, month2, day2)
    # The far end of a range over New Year may be what publication follows, not its near end.
    return _time(one, seen, first, last, how) if last and last >= first else None


def _year(groups: dict[str, str | None], base: date) -> tuple[int | None, How]:
    if groups.get("y"):
        return number(groups["y"]), "stated"
    word = groups.get("ry")
    if word == "当年":
        return None, "derived"
    return base.year + _YEARS_BACK.get(word or "今年", 0), "derived"


def _whole_years(one: _Found, seen: View, year: int | None, how: How) -> TimeFact | None:
    if year is None:
        return None
    last = number(one.groups.get("y2")) or year
    if last < year:
        return None
    fact = _time(one, seen, date(year, 1, 1), date(last, 12, 31), how)
    return replace(fact, grain="year")


def _whole_months(one: _Found, seen: View, year: int | None, how: How) -> TimeFact | None:
    first = day_of(year or 0, number(one.groups["m"]), 1)
    month2 = number(one.groups.get("m2")) or number(one.groups["m"])
    start_of_last = day_of(number(one.groups.get("y2")) or year or 0, month2, 1)
    if first is None or start_of_last is None or start_of_last < first:
        return None
    last = (start_of_last + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return replace(_time(one, seen, first, last, how), grain="month")


def _bare(
    one: _Found,
    seen: View,
    days: list[TimeFact],
    by_day: dict[int, list[tuple[int, date]]],
    published: date | None,
) -> TimeFact | None:
    day = number(one.groups["d"])
    last_day = number(one.groups.get("d2")) or day
    first = nearest(by_day.get(day, []), one.start) or latest_day(published, day)
    if first is None and days:
        first = _month_of(days, day, one.start)
    if first is None:
        return None
    last = day_of(first.year, first.month, last_day)
    if last is None or last < first:
        return None
    return _time(one, seen, first, last, "derived")


def _by_day(days: list[TimeFact], published: date | None) -> dict[int, list[tuple[int, date]]]:
    """The days inside the dated spans of the text by their number, those near publication only."""
    found: dict[int, list[tuple[int, date]]] = {}
    for fact in days:
        for one in _days(fact):
            if published is None or abs((published - one).days) <= NEAR:
                found.setdefault(one.day, []).append((fact.start, one))
    return found


def _days(fact: TimeFact) -> Iterator[date]:
    if fact.first is None or fact.last is None:
        return
    for n in range(min((fact.last - fact.first).days, 62) + 1):
        yield fact.first + timedelta(days=n)


def _month_of(days: list[TimeFact], day: int, at: int) -> date | None:
    starts = [fact.start for fact in days]
    near = days[max(0, bisect_left(starts, at) - 1)]
    return day_of(near.first.year, near.first.month, day) if near.first else None


def _relative(
    seen: View, known: list[TimeFact], published: date | None, start: int
) -> Iterator[TimeFact]:
    """同日, 次日 from the day named before them; 今天, 昨天 from the publication."""
    whole = [fact for fact in known if fact.grain == "day" and fact.last]
    ends = [fact.end for fact in whole]
    for hit in _SAME.finditer(seen.text, start):
        word = hit["w"]
        index = bisect_right(ends, hit.start()) - 1
        before = whole[index] if index >= 0 and hit.start() - ends[index] <= 200 else None
        if word[0] in "今昨":
            day = published and published - timedelta(days=int(word[0] == "昨"))
        elif before and before.last:
            day = before.last + timedelta(days=int(word in _NEXT_DAY))
        else:
            day = None
        if day:
            one = _Found(hit.start(), hit.end(), hit.groupdict(), "time-same-day")
            yield _time(one, seen, day, day, "derived")


def _time(one: _Found, seen: View, first: date | None, last: date | None, how: How) -> TimeFact:
    return TimeFact(
        start=one.start,
        end=one.end,
        quote=seen.quote(one.start, one.end),
        rule=one.rule,
        confidence=0.99 if how == "stated" else 0.95 if first else 0.5,
        first=first,
        last=last,
        how=how,
        grain="day",
        part=one.groups.get("part") or "",
    )


def _month_day(one: _Found, suffix: str) -> tuple[int, int]:
    return number(one.groups.get("m" + suffix)), number(one.groups.get("d" + suffix))
