"""The days that a text proves for a field: whole, or without a year where the text has none.

A day without a year is proposed as it is written: a person completes it. Not for finding days:
`jiedui.facts`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.evidence.propose import Value

if TYPE_CHECKING:
    from jiedui.evidence.document import Document
    from jiedui.facts import TimeFact
    from jiedui.facts.model import How, Span

__all__ = ["RULES", "completes", "day_value", "published", "wants_year"]

RULES: dict[str, str] = {
    "date-with-year": "原文写明年月日",
    "date-by-publication": "原文未写年份或月份，按发布日期或上下文推定",
    "day-without-year": "原文只写几月几日，全文没有年份，年份由人补上",
}
"""Rule id -> what it does, in one line."""
_MONTH_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")


def day_value(document: Document, time: TimeFact | None, *, first: bool = True) -> Value | None:
    """The first or the last day of a time, with what proves it."""
    if time is None or time.days is None:
        return None
    day = time.days[0 if first else 1]
    if time.first is None:
        # 当日 and 22日 lean on another day of the text; 5月21日 says itself what is proposed.
        how: How = "stated" if "月" in time.quote else "derived"
        return Value(f"{day.month}月{day.day}日", how, "day-without-year", (time.span,))
    if time.how == "stated":
        return Value(day.isoformat(), "stated", "date-with-year", (time.span,))
    cited = (time.span, *published(document))
    return Value(day.isoformat(), "derived", "date-by-publication", cited)


def published(document: Document) -> tuple[Span, ...]:
    """Where the text says when it was published."""
    from jiedui import facts

    return tuple(facts.header(document.text).spans.get("published", ()))


def wants_year(proposed: object) -> bool:
    """Whether a proposed day is one without a year.

    >>> wants_year("5月21日"), wants_year("2024-05-21")
    (True, False)
    """
    return isinstance(proposed, str) and _MONTH_DAY.fullmatch(proposed) is not None


def completes(proposed: object, taken: object) -> bool:
    """Whether a day in ISO form is the proposed one with its year put to it.

    >>> completes("5月21日", "2024-05-21"), completes("5月21日", "2024-05-22")
    (True, False)
    """
    if not (isinstance(proposed, str) and isinstance(taken, str)):
        return False
    said = _MONTH_DAY.fullmatch(proposed)
    return said is not None and taken[4:] == f"-{int(said[1]):02}-{int(said[2]):02}"
