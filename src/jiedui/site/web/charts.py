"""Bar charts as positions and words; templates draw them as SVG and as a table beside it.

Positions across are percentages of the width, so that a chart fits a telephone and a sheet of
paper with letters of the same size. No HTML is made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP, FLOOR = 24, 168
ROW = 34


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to draw: its label, its numbers and their texts, and where they lead."""

    label: str
    claimed: int
    verified: int
    href: str = ""
    full_label: str = ""
    claimed_text: str = ""
    verified_text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn point: left edge and width in percent, the rest in pixels."""

    point: Point
    x: str
    width: str
    middle: str
    y: int
    height: int
    verified_y: int
    verified_height: int
    verified_width: str
    text_y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its bars, its height in pixels, and the points for the table."""

    bars: tuple[Bar, ...]
    height: int
    points: tuple[Point, ...]
    unit: str

    @property
    def first(self) -> Point | None:
        """The first point, for the caption."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """The last point, for the caption."""
        return self.points[-1] if self.points else None


def columns(points: Sequence[Point], unit: str) -> Chart:
    """Upright bars side by side, for months."""
    top = max((point.claimed for point in points), default=0) or 1
    step = 100 / max(len(points), 1)
    bars = []
    for number, point in enumerate(points):
        height = round(point.claimed / top * (FLOOR - TOP))
        verified = round(min(point.verified, point.claimed) / top * (FLOOR - TOP))
        bars.append(
            Bar(
                point,
                x=_percent(number * step + step * 0.18),
                width=_percent(step * 0.64),
                middle=_percent((number + 0.5) * step),
                y=FLOOR - height,
                height=height,
                verified_y=FLOOR - verified,
                verified_height=verified,
                verified_width=_percent(step * 0.64),
                text_y=FLOOR - height - 6,
            )
        )
    return Chart(tuple(bars), FLOOR + 26, tuple(points), unit)


def rows(points: Sequence[Point], unit: str) -> Chart:
    """Lying bars below each other, for levels and forms."""
    top = max((point.claimed for point in points), default=0) or 1
    bars = []
    for number, point in enumerate(points):
        bars.append(
            Bar(
                point,
                x="22%",
                width=_percent(point.claimed / top * 64),
                middle=_percent(22 + point.claimed / top * 64),
                y=number * ROW + 6,
                height=ROW - 12,
                verified_y=number * ROW + 6,
                verified_height=ROW - 12,
                verified_width=_percent(min(point.verified, point.claimed) / top * 64),
                text_y=number * ROW + ROW // 2 + 5,
            )
        )
    return Chart(tuple(bars), max(len(points), 1) * ROW, tuple(points), unit)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
