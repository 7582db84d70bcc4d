"""The board: every figure of a pairing, one indicator drawn by month and by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, display, drawing, page

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.indicators import Figure
    from jiedui.ledgers import Value


ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board in words, the page behind its number, and how far the promise is met.

    `share` is whole percent of the promise, rounded down so that nothing is called done early,
    or None where nothing is promised.
    """

    figure: Figure
    href: str
    amount: tuple[str, str]
    verified: str
    promised: str
    share: int | None
    missing: str

    @property
    def bar(self) -> int:
        """How much of the bar is filled, in percent."""
        return min(self.share or 0, 100)


@require_safe
@page.signed_in
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the figures of the pairing and the year asked for, until and known as asked."""
    pairings = door.options(ledgers.ledgers()["pairings"], viewer)
    asked_for = asked.times(request.GET, pairings)
    agreements = _agreements(viewer, asked_for)
    promised_years = {_whole(one.values["of_year"]) for one in agreements}
    year = _year(request, promised_years or _years(viewer, asked_for))
    times = replace(asked_for, year=year)
    promised = _promised(agreements, year)
    figures = _figures(viewer, times)
    drawn = _drawn(request.GET.get("chart", ""), figures)
    codes = [drawn.indicator] if drawn else []
    counted = _years(viewer, asked_for, codes) if codes else {}
    years = promised_years | set(counted) | ({year} if year else set())
    context: dict[str, object] = {
        "section": "board",
        "times": times,
        "years": sorted(years, reverse=True),
        "pairings": pairings,
        "lines": [_line(one, times, promised.get(one.indicator)) for one in figures],
        "scope": figures[0].scope if figures else "",
        "empty": not any(one.entries for one in figures),
        "drawable": [
            (one, page.address("", **times.words(), chart=one.indicator))
            for one in figures
            if one.indicator in _cut_by(drawing.MONTH)
        ],
        "drawn": drawn,
    }
    if drawn is not None:
        months = [one for cuts in counted.values() for one in cuts]
        context |= _charts(viewer, drawn, times, months)
    return page.show(request, viewer, "board.html", context)


def _charts(
    viewer: Viewer, drawn: Figure, times: asked.Times, months: Sequence[Figure]
) -> dict[str, object]:
    words, code = times.words(), drawn.indicator
    found: dict[str, object] = {"by_month": drawing.by_month(drawn, months, times.year, words)}
    choice = drawing.choice_of(code)
    if choice is not None:
        cuts = _figures(viewer, times, [code], by=choice.name)
        found["by_choice"] = drawing.by_choice(drawn, choice, cuts, words)
        found["choice_label"] = choice.label
    return found


def _line(one: Figure, times: asked.Times, promised: int | None) -> Line:
    words = {
        "claimed": display.brief(one.claimed, one.unit),
        "verified": display.brief(one.verified, one.unit),
        "count": one.missing,
        "year": times.year,
        "promised": display.brief(promised or 0, one.unit),
        "share": one.claimed * 100 // promised if promised else 0,
    }
    return Line(
        one,
        page.address(reverse("figure", args=[one.indicator]), **times.words()),
        display.amount(one.value, one.unit),
        _("已核实 %(verified)s / 填报 %(claimed)s") % words if one.claimed else _("暂无填报"),
        _("%(year)s 年目标 %(promised)s，填报达 %(share)s%%") % words,
        one.claimed * 100 // promised if promised else None,
        _("另有 %(count)s 条缺少所需栏目，未计入") % words if one.missing else "",
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


def _years(
    viewer: Viewer, times: asked.Times, codes: Sequence[str] | None = None
) -> dict[int, list[Figure]]:
    """The months with entries by their year, over all years."""
    found: dict[int, list[Figure]] = {}
    able = codes if codes is not None else _cut_by(drawing.MONTH)
    for one in _figures(viewer, replace(times, year=None), able, by=drawing.MONTH):
        if month := one.by[0][1]:
            found.setdefault(int(month[:4]), []).append(one)
    return found


def _year(request: HttpRequest, years: Collection[int]) -> int | None:
    """The year asked for, else the latest of those with a promise, or else with entries."""
    text = request.GET.get("year", "")
    if text == ALL:
        return None
    asked_for = asked.whole(request.GET, "year", 0)
    return asked_for if 1900 < asked_for < 2200 else max(years, default=None)


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
