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
    counted = _counted(viewer, found, times, asked.whole(request.GET, "page"))
    here = reverse("figure", args=[code])
    context = {
        "section": "board",
        "crumbs": [page.Crumb(_("看板"), page.address(reverse("board"), **words))],
        "declared": found.indicator,
        "figure": shown,
        "amount": display.amount(shown.value, shown.unit),
        "claimed": display.amount(shown.claimed, shown.unit),
        "verified": display.amount(shown.verified, shown.unit),
        "stock": found.stock,
        "shares": cards.ratios(shares.shares(figures, words)),
        "definition": shown.definition.rstrip("。").split("；"),
        "times": times,
        "all_years": page.address(here, **{**words, "year": ""}),
        "table": listing.table(viewer, found.ledger, counted.entries, times.words()),
        "pages": listing.pages(counted, here, words),
        "whole_list": page.address(
            reverse("entries", args=[found.ledger.name]), figure=code, **words
        ),
    }
    return page.show(request, viewer, "figure.html", context)


def _counted(
    viewer: Viewer, declared: indicators.Declared, times: asked.Times, number: int
) -> door.Page:
    return door.entries(
        declared.ledger,
        viewer,
        filters={"figure": declared.code, **times.filters()},
        order=f"-{declared.indicator.on}",
        page=number,
        size=SIZE,
        until=times.until,
        known=times.known,
    )
