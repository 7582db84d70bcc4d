"""The board: every figure of a pairing, one indicator drawn by month and by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, display, drawing, page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.indicators import Figure
    from jiedui.ledgers import Value


@dataclass(frozen=True, slots=True)
class Target:
    """A promise of one year, held against what that year's entries come to."""

    year: int
    amount: int
    done: int

    @property
    def share(self) -> int:
        """Whole percent of the promise, rounded down so that nothing is called done early."""
        return self.done * 100 // self.amount if self.amount else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board, the page behind its number, and the promise it is held against."""

    figure: Figure
    href: str
    amount: tuple[str, str]
    target: Target | None


@require_safe
@page.signed_in
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the figures of the pairing asked for, until and known as asked."""
    pairings = door.options(ledgers.ledgers()["pairings"], viewer)
    times = asked.times(request.GET, pairings)
    figures = _figures(viewer, times)
    targets = _targets(viewer, times)
    lines = [
        Line(
            one,
            page.address(reverse("figure", args=[one.indicator]), **times.words()),
            display.amount(one.value, one.unit),
            targets.get(one.indicator),
        )
        for one in figures
    ]
    drawn = _drawn(request.GET.get("chart", ""), figures)
    context: dict[str, object] = {
        "section": "board",
        "times": times,
        "pairings": pairings,
        "lines": lines,
        "scope": figures[0].scope if figures else "",
        "empty": not any(one.entries for one in figures),
        "drawable": [one for one in figures if _cuts(one.indicator)],
        "drawn": drawn,
    }
    if drawn is not None:
        codes = [drawn.indicator]
        context |= drawing.of(
            drawn, times.words(), lambda by: _figures(viewer, times, codes, by=(by,))
        )
    return page.show(request, viewer, "board.html", context)


def _figures(
    viewer: Viewer,
    times: asked.Times,
    codes: Sequence[str] | None = None,
    *,
    by: Sequence[str] = (),
    year: int | None = None,
) -> list[Figure]:
    return door.figures(
        codes,
        viewer,
        pairing=times.pairing,
        by=by,
        until=times.until,
        known=times.known,
        filters={"year": str(year)} if year else None,
    )


def _targets(viewer: Viewer, times: asked.Times) -> dict[str, Target]:
    """Promises by indicator, of the latest year promised, each with what that year came to."""
    found = door.entries(
        ledgers.ledgers()["agreements"],
        viewer,
        filters={"pairing": str(times.pairing)} if times.pairing else {},
        order="-of_year",
        known=times.known,
    )
    last = times.until.year if times.until else 9999
    agreements = [one for one in found.entries if _whole(one.values["of_year"]) <= last]
    if not agreements:
        return {}
    year = _whole(agreements[0].values["of_year"])
    promised: dict[str, int] = {}
    for one in agreements:
        rows = one.values.get("targets") if one.values["of_year"] == year else None
        for row in rows if isinstance(rows, tuple) else ():
            code = str(row["indicator"])
            promised[code] = promised.get(code, 0) + _whole(row["amount"])
    codes = [code for code in promised if code in indicators.declared()]
    done = {one.indicator: one.claimed for one in _figures(viewer, times, codes, year=year)}
    return {code: Target(year, promised[code], done.get(code, 0)) for code in codes}


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _cuts(code: str) -> tuple[str, ...]:
    return indicators.declared()[code].indicator.by


def _drawn(code: str, figures: Sequence[Figure]) -> Figure | None:
    """The figure to draw: the one asked for, else the one that counts most entries."""
    able = [one for one in figures if _cuts(one.indicator)]
    asked_for = next((one for one in able if one.indicator == code), None)
    return asked_for or max(able, key=lambda one: one.entries, default=None)
