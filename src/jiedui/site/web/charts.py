"""Bar charts as SVG, and the table beside each that says the same in words.

Positions across are percentages of the width, so that a chart fits a telephone and a sheet of
paper with letters of the same size. The marks are made here, escaped, and not in a template,
which takes several times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP, FLOOR = 38, 182
# The height of a line over a bar, and how many narrow signs have room between two neighbours.
LINE, ROOM = 14, 5
ROW, LEFT, BREADTH = 34, 22, 64
# How high a row is whose name stands over its bar, and how many wide signs stand beside one.
HIGH, BESIDE = 52, 12

Box = tuple[str, int, str, int]
Words = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to draw: its label, its numbers and their texts, and where they lead.

    `short` stands over an upright bar where the whole text has no room; the table has the whole.
    """

    label: str
    claimed: int
    verified: int
    href: str = ""
    full_label: str = ""
    claimed_text: str = ""
    verified_text: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what stands in its svg element, its height in pixels, and the rows of its table."""

    drawn: SafeString
    height: int
    rows: SafeString
    first: str = ""
    last: str = ""


def columns(points: Sequence[Point]) -> Chart:
    """Upright bars side by side, for months."""
    top = max((point.claimed for point in points), default=0) or 1
    step = 100 / max(len(points), 1)
    bars, names = [], []
    before: tuple[int, int, int] | None = None
    for number, point in enumerate(points):
        middle = _percent((number + 0.5) * step)
        names.append((middle, FLOOR + 18, "middle", point.label))
        if not point.claimed:
            continue
        x, width = _percent(number * step + step * 0.18), _percent(step * 0.64)
        height = round(point.claimed / top * (FLOOR - TOP))
        solid = round(min(point.verified, point.claimed) / top * (FLOOR - TOP))
        claimed = (x, FLOOR - height, width, height)
        verified = (x, FLOOR - solid, width, solid)
        text = point.short or point.claimed_text
        over = FLOOR - height - 6
        # Two long numbers at one height would run into each other: the second stands above.
        if before and before[0] == number - 1 and _signs(text) + before[2] > 2 * ROOM:
            over = before[1] - LINE if abs(over - before[1]) < LINE else over
        before = number, over, _signs(text)
        bars.append((point, claimed, verified, (middle, over, "middle", text)))
    drawn = "".join([*(_bar(*bar) for bar in bars), *(_name(*name) for name in names)])
    ends = (points[0].full_label, points[-1].full_label) if points else ("", "")
    return Chart(_safe(drawn), FLOOR + 26, _rows(points), *ends)


def rows(points: Sequence[Point]) -> Chart:
    """Lying bars below each other, for levels and forms."""
    top = max((point.claimed for point in points), default=0) or 1
    # Long names take room from the bars, and so do long texts behind them; a name that is too long
    # to stand beside its bar stands over it.
    longest = max((_wide(point.label) for point in points), default=0)
    over = longest > BESIDE
    left = 2 if over else max(LEFT, min(40, 4 + 3 * longest))
    texts = max((len(point.claimed_text) for point in points), default=0)
    breadth = min(BREADTH, 98 - left - 2 * texts - texts // 2)
    high = HIGH if over else ROW
    bars, names = [], []
    for number, point in enumerate(points):
        y = number * high + 6 + high - ROW
        width = point.claimed / top * breadth
        solid = min(point.verified, point.claimed) / top * breadth
        claimed = (_percent(left), y, _percent(width), ROW - 12)
        verified = (_percent(left), y, _percent(solid), ROW - 12)
        label = (_percent(left + width + 1.5), y + 16, "start", point.claimed_text)
        bars.append((point, claimed, verified, label))
        beside = (_percent(left - 2), y + 16, "end", point.label)
        names.append((_percent(left), y - 6, "start", point.label) if over else beside)
    drawn = "".join([*(_bar(*bar) for bar in bars), *(_name(*name) for name in names)])
    return Chart(_safe(drawn), max(len(points), 1) * high, _rows(points))


def _wide(text: str) -> int:
    """How many ideographs are as wide as a text; of Latin letters two are."""
    return -(-sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text) // 2)


def _signs(text: str) -> int:
    """How long a text is in narrow signs; a wide one counts twice."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _bar(point: Point, claimed: Box, verified: Box, label: Words) -> str:
    # A narrow screen has no room for the numbers over upright bars: the link says them itself.
    said = escape(f"{point.full_label or point.label} {point.claimed_text}")
    return (
        f'<a href="{escape(point.href)}" tabindex="-1" aria-label="{said}">'
        f"{_rect('claimed', *claimed)}"
        f"{_rect('verified', *verified)}{_name(*label, kind='count')}</a>"
    )


def _rect(kind: str, x: str, y: int, width: str, height: int) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}"/>'


def _name(x: str, y: int, anchor: str, words: str, *, kind: str = "name") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _rows(points: Sequence[Point]) -> SafeString:
    rows = (
        f'<tr><th scope="row">{escape(point.full_label or point.label)}</th>'
        f'<td class="whole">{_led(point)}</td>'
        f'<td class="whole">{escape(point.verified_text)}</td></tr>'
        for point in points
    )
    return _safe("".join(rows))


def _led(point: Point) -> str:
    """The claimed number, leading to its rows where it has any."""
    words = escape(point.claimed_text)
    return f'<a href="{escape(point.href)}">{words}</a>' if point.href else words


def _safe(drawn: str) -> SafeString:
    """Every word in it was escaped above; the rest is numbers and names of this module."""
    return mark_safe(drawn)  # noqa: S308 - escaped above


def _percent(value: float) -> str:
    return f"{value:.2f}%"
