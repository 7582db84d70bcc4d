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


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board, the page behind its number, and the promise it is held against."""

    figure: Figure
    href: str
    target: int | None

    @property
    def amount(self) -> tuple[str, str]:
        """The number as people read it, and its unit."""
        return display.amount(self.figure.value, self.figure.unit)

    @property
    def share(self) -> int | None:
        """Whole percent of the target, rounded down so that nothing is called done early."""
        return self.figure.claimed * 100 // self.target if self.target else None


@require_safe
@page.signed_in
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the figures of the pairing asked for, until and known as asked."""
    times = asked.times(request.GET)
    pairings = door.options(ledgers.ledgers()["pairings"], viewer)
    pairing = _pairing(request, pairings)
    figures = door.figures(None, viewer, pairing=pairing, until=times.until, known=times.known)
    targets = _targets(viewer, pairing, times)
    words = times.words() | ({"pairing": str(pairing)} if pairing else {})
    lines = [
        Line(
            one,
            page.address(reverse("figure", args=[one.indicator]), **words),
            targets.get(one.indicator),
        )
        for one in figures
    ]
    drawn = _drawn(request.GET.get("chart", ""), figures)
    context: dict[str, object] = {
        "section": "board",
        "times": times,
        "pairings": [(str(key), label) for key, label in pairings],
        "pairing": str(pairing or ""),
        "lines": lines,
        "scope": figures[0].scope if figures else "",
        "empty": not any(one.entries for one in figures),
        "drawable": [one for one in figures if _cuts(one.indicator)],
        "drawn": drawn,
    }
    if drawn is not None:
        context |= drawing.of(drawn, words, lambda by: _cut(viewer, drawn, by, pairing, times))
    return page.show(request, viewer, "board.html", context)


def _pairing(request: HttpRequest, pairings: Sequence[tuple[int, str]]) -> int | None:
    text = request.GET.get("pairing", "")
    return next((key for key, _label in pairings if str(key) == text), None)


def _targets(viewer: Viewer, pairing: int | None, times: asked.Times) -> dict[str, int]:
    """Promised amounts by indicator: of the pairing asked for, of the latest year promised."""
    filters = {"pairing": str(pairing)} if pairing else {}
    agreements_of = ledgers.ledgers()["agreements"]
    found = door.entries(
        agreements_of, viewer, filters=filters, order="-of_year", known=times.known
    )
    agreements = [
        entry
        for entry in found.entries
        if times.until is None or int(str(entry.values["of_year"])) <= times.until.year
    ]
    targets: dict[str, int] = {}
    for entry in agreements:
        if entry.values["of_year"] != agreements[0].values["of_year"]:
            break
        rows = entry.values.get("targets")
        for row in rows if isinstance(rows, tuple) else ():
            code = str(row["indicator"])
            targets[code] = targets.get(code, 0) + int(str(row["amount"]))
    return targets


def _cuts(code: str) -> tuple[str, ...]:
    return indicators.declared()[code].indicator.by


def _drawn(code: str, figures: Sequence[Figure]) -> Figure | None:
    """The figure to draw: the one asked for, else the one that counts most entries."""
    able = [one for one in figures if _cuts(one.indicator)]
    asked_for = next((one for one in able if one.indicator == code), None)
    return asked_for or max(able, key=lambda one: one.entries, default=None)


def _cut(
    viewer: Viewer, drawn: Figure, by: str, pairing: int | None, times: asked.Times
) -> list[Figure]:
    return door.figures(
        [drawn.indicator],
        viewer,
        pairing=pairing,
        by=(by,),
        until=times.until,
        known=times.known,
    )
