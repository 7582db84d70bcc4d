"""One figure: what it means, what it counts, until when, known when, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, cards, display, listing, page, shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer

SIZE = 25


@require_safe
@page.signed_in
def figure(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """Show the definition of an indicator, its value as asked for, and the rows it counts."""
    found = indicators.declared().get(code)
    if found is None:
        return page.not_found(request, viewer)
    times = asked.times(request.GET, door.options(ledgers.ledgers()["pairings"], viewer))
    words = times.words()
    figures = door.figures(
        shares.partners(code),
        viewer,
        pairing=times.pairing,
        until=times.until,
        known=times.known,
        filters=times.filters(),
    )
    shown = next(one for one in figures if one.indicator == code)
    rows = _rows(found, shown, times)
    counted = _counted(viewer, found, times, rows, asked.whole(request.GET, "page"))
    here = reverse("figure", args=[code])
    context = {
        "section": "board",
        "crumbs": [page.Crumb(_("看板"), page.address(reverse("board"), **words))],
        "declared": found.indicator,
        "figure": shown,
        "amount": display.amount(shown.value, shown.unit),
        "claimed": display.whole(shown.claimed, shown.unit),
        "verified": display.whole(shown.verified, shown.unit),
        "stock": found.stock,
        "shares": cards.ratios(shares.shares(figures, words)),
        "definition": found.explained,
        "times": times,
        "all_years": page.address(here, **{**words, "year": ""}),
        "table": listing.table(viewer, found.ledger, counted.entries, times.words()),
        "pages": listing.pages(counted, here, words),
        "whole_list": page.address(reverse("entries", args=[found.ledger.name]), **rows),
    }
    return page.show(request, viewer, "figure.html", context)


def _rows(
    declared: indicators.Declared, figure: indicators.Figure, times: asked.Times
) -> dict[str, str]:
    """The words of an address under which a list shows the rows that a figure counts.

    A stock is of one day, whatever year its rows began in.
    """
    words = times.words()
    if not declared.stock:
        return {"figure": declared.code, **words}
    kept = {name: word for name, word in words.items() if name not in {"year", "until"}}
    return {"figure": f"{declared.code}@{figure.until}", **kept}


def _counted(
    viewer: Viewer,
    declared: indicators.Declared,
    times: asked.Times,
    rows: Mapping[str, str],
    number: int,
) -> door.Page:
    return door.entries(
        declared.ledger,
        viewer,
        filters={name: word for name, word in rows.items() if name not in {"until", "known"}},
        order=f"-{declared.indicator.on}",
        page=number,
        size=SIZE,
        until=None if declared.stock else times.until,
        known=times.known,
    )
