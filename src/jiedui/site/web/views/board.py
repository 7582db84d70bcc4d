"""The board: every figure of a pairing, one indicator drawn by month and by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.ledgers.words import Unit
from jiedui.site.store import door
from jiedui.site.web import asked, display, drawing, page, shares

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.indicators import Figure
    from jiedui.ledgers import Value


ALL = "all"


@dataclass(frozen=True, slots=True)
class Target:
    """A promise of the year, held against what that year's entries come to."""

    amount: int
    done: int
    unit: str

    @property
    def text(self) -> str:
        """The promise as people read it."""
        return display.brief(self.amount, self.unit)

    @property
    def share(self) -> int:
        """Whole percent of the promise, rounded down so that nothing is called done early."""
        return self.done * 100 // self.amount if self.amount else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board, the page behind its number, and the promise it is held against.

    `day` is the day that a stock is of; `ratios` are those of which it is the upper part.
    """

    figure: Figure
    href: str
    amount: tuple[str, str]
    claimed: str
    verified: str
    target: Target | None
    day: date | None
    ratios: tuple[shares.Share, ...]


@require_safe
@page.signed_in
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the figures of the pairing and the year asked for, until and known as asked."""
    pairings = door.options(ledgers.ledgers()["pairings"], viewer)
    asked_for = asked.times(request.GET, pairings)
    agreements = _agreements(viewer, asked_for)
    years = _years(door.years(viewer, pairing=asked_for.pairing, known=asked_for.known), agreements)
    times = replace(asked_for, year=_year(request, years, agreements))
    promised = _promised(agreements, times.year)
    figures = _figures(viewer, times)
    drawn = _drawn(request.GET.get("chart", ""), figures)
    ratios = shares.shares(figures, times.words())
    context: dict[str, object] = {
        "section": "board",
        "times": times,
        "years": years,
        "pairings": pairings,
        "lines": [_line(one, times, promised.get(one.indicator), ratios) for one in figures],
        "scope": figures[0].scope if figures else "",
        "empty": not any(one.entries for one in figures),
        "drawable": [one for one in figures if one.indicator in _cut_by(drawing.MONTH)],
        "drawn": drawn,
        "drawn_unit": ("万元" if drawn.unit == Unit.FEN else drawn.unit) if drawn else "",
    }
    if drawn is not None:
        context |= _charts(viewer, drawn, times)
    return page.show(request, viewer, "board.html", context)


def _charts(viewer: Viewer, drawn: Figure, times: asked.Times) -> dict[str, object]:
    words, code = times.words(), drawn.indicator
    months = _figures(viewer, replace(times, year=None), [code], by=drawing.MONTH)
    found: dict[str, object] = {"by_month": drawing.by_month(drawn, months, times.year, words)}
    choice = drawing.choice_of(code)
    if choice is not None:
        cuts = _figures(viewer, times, [code], by=choice.name)
        found["by_choice"] = drawing.by_choice(drawn, choice, cuts, words)
        found["choice_label"] = choice.label
    return found


def _line(
    one: Figure, times: asked.Times, promised: int | None, ratios: Sequence[shares.Share]
) -> Line:
    return Line(
        one,
        page.address(reverse("figure", args=[one.indicator]), **times.words()),
        display.amount(one.value, one.unit),
        display.brief(one.claimed, one.unit),
        display.brief(one.verified, one.unit),
        Target(promised, one.claimed, one.unit) if promised else None,
        one.until if indicators.declared()[one.indicator].stock else None,
        tuple(each for each in ratios if each.over.code == one.indicator),
    )


def _figures(
    viewer: Viewer, times: asked.Times, codes: Sequence[str] | None = None, *, by: str = ""
) -> list[Figure]:
    return door.figures(
        codes,
        viewer,
        pairing=times.pairing,
        by=(by,) if by else (),
        until=times.until,
        known=times.known,
        filters={"year": str(times.year)} if times.year else None,
    )


def _agreements(viewer: Viewer, times: asked.Times) -> tuple[door.Entry, ...]:
    found = door.entries(
        ledgers.ledgers()["agreements"],
        viewer,
        filters={"pairing": str(times.pairing)} if times.pairing else {},
        order="-of_year",
        known=times.known,
    )
    return found.entries


def _years(counted: Sequence[int], agreements: Sequence[door.Entry]) -> list[int]:
    """The years with entries or promises, latest first."""
    return sorted({*counted, *(_whole(one.values["of_year"]) for one in agreements)}, reverse=True)


def _year(
    request: HttpRequest, years: Sequence[int], agreements: Sequence[door.Entry]
) -> int | None:
    """The year asked for, else the latest with a promise, else the latest with entries."""
    text = request.GET.get("year", "")
    if text == ALL:
        return None
    latest = [_whole(one.values["of_year"]) for one in agreements[:1]] or years[:1]
    return next((year for year in years if str(year) == text), next(iter(latest), None))


def _promised(agreements: Sequence[door.Entry], year: int | None) -> dict[str, int]:
    """What the agreements of a year promise, by indicator."""
    promised: dict[str, int] = {}
    for one in agreements:
        rows = one.values.get("targets") if one.values["of_year"] == year else None
        for row in rows if isinstance(rows, tuple) else ():
            code = str(row["indicator"])
            promised[code] = promised.get(code, 0) + _whole(row["amount"])
    return promised


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


@cache
def _cut_by(name: str) -> tuple[str, ...]:
    """The indicators that may be cut by a field."""
    return tuple(code for code, one in indicators.declared().items() if name in one.indicator.by)


def _drawn(code: str, figures: Sequence[Figure]) -> Figure | None:
    """The figure to draw: the one asked for, else the one that counts most entries."""
    able = [one for one in figures if one.indicator in _cut_by(drawing.MONTH)]
    asked_for = next((one for one in able if one.indicator == code), None)
    return asked_for or max(able, key=lambda one: one.entries, default=None)
