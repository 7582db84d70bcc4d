"""What every fact has, and the fact that others rest on: a time.

Not for the other kinds: `model.py`, which gives these names too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Fact", "How", "Span", "TimeFact", "iso", "month_days"]

Span = tuple[int, int]
How = Literal["stated", "derived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One finding in a text: `text[start:end] == quote`, offsets in code points."""

    kind: ClassVar[str] = ""

    start: int
    end: int
    quote: str
    rule: str
    confidence: float

    @property
    def span(self) -> Span:
        """Where the fact stands in the text."""
        return self.start, self.end

    def as_json(self) -> dict[str, object]:
        """The shape that `jiedui read --json` prints."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "rule": self.rule,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFact(Fact):
    """A day or a span of days; without a year in reach, `first` and `last` are None.

    `without_year` are then the days in a year that stands in: only month and day mean anything.
    """

    kind: ClassVar[str] = "time"

    first: date | None
    last: date | None
    how: How
    grain: Literal["day", "month", "year"]
    part: str = ""
    without_year: tuple[date, date] | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and last day, to compare with others of the same text."""
        return (self.first, self.last) if self.first and self.last else self.without_year

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with `from` and `to` as ISO dates, and days without a year."""
        return {
            **Fact.as_json(self),
            "from": iso(self.first),
            "to": iso(self.last),
            "how": self.how,
            "grain": self.grain,
            "part": self.part or None,
            "without_year": month_days(self),
        }


def month_days(time: TimeFact | None) -> str | None:
    """Days without a year, as the text's language writes them: 5月21日至5月22日."""
    if time is None or time.without_year is None:
        return None
    return "至".join(dict.fromkeys(f"{day.month}月{day.day}日" for day in time.without_year))


def iso(day: date | None) -> str | None:
    """A day in ISO form, None for none."""
    return day.isoformat() if day else None
