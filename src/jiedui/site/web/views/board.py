"""The board: every figure of a pairing, one indicator drawn by month and by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, charts, page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.indicators import Figure

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board, the page behind its number, and the promise it is held against."""

    figure: Figure
    href: str
    target: int | None

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
        context |= _charts(viewer, drawn, pairing, times, words)
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


def _charts(
    viewer: Viewer, drawn: Figure, pairing: int | None, times: asked.Times, words: dict[str, str]
) -> dict[str, object]:
    ledger = indicators.declared()[drawn.indicator].ledger
    declared = indicators.declared()[drawn.indicator].indicator
    listing = reverse("entries", args=[ledger.name])
    context: dict[str, object] = {}

    def cut(by: str) -> list[Figure]:
        return door.figures(
            [drawn.indicator],
            viewer,
            pairing=pairing,
            by=(by,),
            until=times.until,
            known=times.known,
        )

    if "month" in declared.by:
        points = [
            charts.Point(
                _("%(month)s月") % {"month": int(month[5:7])},
                claimed,
                verified,
                page.address(listing, figure=drawn.indicator, **{declared.on: month}, **words),
                month,
            )
            for month, claimed, verified in _months(cut("month"))
        ]
        context["by_month"] = charts.columns(points, str(drawn.unit))
    if "level" in declared.by:
        level = ledger.fields["level"]
        points = [
            charts.Point(
                ledgers.show(level, key) if key else _("未填"),
                claimed,
                verified,
                page.address(listing, figure=drawn.indicator, level=key, **words),
            )
            for key, claimed, verified in _cut_values(cut("level"))
        ]
        context["by_level"] = charts.rows(points, str(drawn.unit))
    return context


def _cut_values(figures: Sequence[Figure]) -> list[tuple[str, int, int]]:
    return [(one.by[0][1] or "", one.claimed, one.verified) for one in figures]


def _months(figures: Sequence[Figure]) -> list[tuple[str, int, int]]:
    """The last twelve months up to the latest with a figure, months without one included."""
    known = {month: (claimed, verified) for month, claimed, verified in _cut_values(figures)}
    known.pop("", None)
    if not known:
        return []
    year, month = (int(part) for part in max(known).split("-"))
    names = []
    for back in range(MONTHS - 1, -1, -1):
        ordinal = year * 12 + month - 1 - back
        names.append(f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}")
    return [(name, *known.get(name, (0, 0))) for name in names]
