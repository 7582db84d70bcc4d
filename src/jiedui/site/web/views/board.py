"""The board: every figure of a pairing, one indicator drawn by month and by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, cards, display, drawing, page, shares, tongue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.indicators import Figure


ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on the board in words, the page behind its number, and how far the promise is met.

    `share` is whole percent of the promise, rounded down so that nothing is called done early,
    or None where nothing is promised. `day` says of which day a stock is; `ratios` are those of
    which the figure is the upper part.
    """

    figure: Figure
    href: str
    amount: tuple[str, str]
    verified: str
    promised: str
    share: int | None
    missing: str
    day: str
    ratios: tuple[shares.Share, ...]


@require_safe
@page.signed_in
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the figures of the pairing and the year asked for, until and known as asked."""
    pairings = door.options(ledgers.ledgers()["pairings"], viewer)
    asked_for = asked.times(request.GET, pairings)
    targets = door.targets(viewer, pairing=asked_for.pairing, known=asked_for.known)
    head = door.head()
    counted = door.years(viewer, pairing=asked_for.pairing, known=asked_for.known, head=head.digest)
    years = sorted({*counted, *targets}, reverse=True)
    times = replace(asked_for, year=_year(request, years, targets))
    promised = targets.get(times.year or 0, {})
    figures = _figures(viewer, times, head.digest)
    drawn = _drawn(request.GET.get("chart", ""), figures)
    ratios = shares.shares(figures, times.words())
    quiet = _quiet(figures, promised)
    lines = [_line(one, times, promised.get(one.indicator), ratios) for one in figures]
    context: dict[str, object] = {
        "section": "board",
        "times": times,
        "years": years,
        "pairings": pairings,
        "findings": door.count_findings(viewer, head.digest),
        "lines": lines,
        "cards": cards.cards([one for one in lines if _ledger(one.figure) not in quiet]),
        "quiet": quiet,
        "scope": figures[0].scope if figures else "",
        "empty": not any(one.entries for one in figures),
        "drawable": _drawable(figures),
        "drawn": drawn,
        "drawn_unit": display.drawn_unit(drawn.unit) if drawn else "",
    }
    if drawn is not None:
        context |= _charts(viewer, drawn, times, head.digest)
    return page.show(request, viewer, "board.html", context, head=head)


def _charts(viewer: Viewer, drawn: Figure, times: asked.Times, head: str) -> dict[str, object]:
    words, code = times.words(), drawn.indicator
    months = _figures(viewer, replace(times, year=None), head, [code], by=drawing.MONTH)
    found: dict[str, object] = {"by_month": drawing.by_month(drawn, months, times.year, words)}
    choice = drawing.choice_of(code)
    if choice is not None:
        cuts = _figures(viewer, times, head, [code], by=choice.name)
        found["by_choice"] = drawing.by_choice(drawn, choice, cuts, words)
        found["choice_label"] = _(choice.label)
    return found


def _ledger(one: Figure) -> type[ledgers.Ledger]:
    return indicators.declared()[one.indicator].ledger


def _quiet(figures: Sequence[Figure], promised: Collection[str]) -> list[type[ledgers.Ledger]]:
    """The ledgers of which nothing is entered or promised here, while of others something is.

    Named in one line: a card for each of their noughts would drown the cards that say something.
    """
    busy = {_ledger(one) for one in figures if one.entries or one.indicator in promised}
    return [one for one in dict.fromkeys(map(_ledger, figures)) if busy and one not in busy]


def _line(
    one: Figure, times: asked.Times, promised: int | None, ratios: Sequence[shares.Share]
) -> Line:
    words = {
        "claimed": display.brief(one.claimed, one.unit),
        "verified": display.brief(one.verified, one.unit),
        "count": one.missing,
        "year": times.year,
        "promised": display.brief(promised or 0, one.unit),
        "share": one.claimed * 100 // promised if promised else 0,
        "day": tongue.day(one.until),
    }
    stock = indicators.declared()[one.indicator].stock
    return Line(
        one,
        page.address(reverse("figure", args=[one.indicator]), **times.words()),
        display.amount(one.value, one.unit),
        _verified(one) % words,
        _("%(year)s 年目标 %(promised)s，填报达 %(share)s%%") % words,
        one.claimed * 100 // promised if promised else None,
        _("另有 %(count)s 条缺少所需栏目，未计入") % words if one.missing else "",
        _("%(day)s 当天") % words if stock else "",
        tuple(each for each in ratios if each.over.code == one.indicator),
    )


def _verified(one: Figure) -> str:
    if not one.claimed:
        return _("暂无填报")
    return _("已全部核实") if one.verified == one.claimed else _("其中已核实 %(verified)s")


def _drawable(figures: Sequence[Figure]) -> list[tuple[type[ledgers.Ledger], list[Figure]]]:
    """The figures that may be drawn by month and count something, ledger by ledger."""
    able = [one for one in figures if one.entries and one.indicator in _cut_by(drawing.MONTH)]
    return [(kind, list(of)) for kind, of in groupby(able, _ledger)]


def _figures(
    viewer: Viewer,
    times: asked.Times,
    head: str,
    codes: Sequence[str] | None = None,
    *,
    by: str = "",
) -> list[Figure]:
    return door.figures(
        codes,
        viewer,
        pairing=times.pairing,
        by=(by,) if by else (),
        until=times.until,
        known=times.known,
        filters={"year": str(times.year)} if times.year else None,
        head=head,
    )


def _year(request: HttpRequest, years: Sequence[int], targets: Collection[int]) -> int | None:
    """The year asked for, else the latest with a promise, else the latest with entries."""
    text = request.GET.get("year", "")
    if text == ALL:
        return None
    latest = next(iter(targets or years), None)
    return next((year for year in years if str(year) == text), latest)


@cache
def _cut_by(name: str) -> tuple[str, ...]:
    """The indicators that may be cut by a field."""
    return tuple(code for code, one in indicators.declared().items() if name in one.indicator.by)


def _drawn(code: str, figures: Sequence[Figure]) -> Figure | None:
    """The figure to draw: the one asked for, else the one that counts most entries."""
    able = [one for one in figures if one.indicator in _cut_by(drawing.MONTH)]
    asked_for = next((one for one in able if one.indicator == code), None)
    return asked_for or max(able, key=lambda one: one.entries, default=None)
