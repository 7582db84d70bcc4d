"""One figure: what it means, what it counts, until when, known when, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, display, listing, page

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
    ledger, declared = found.ledger, found.indicator
    times = asked.times(request.GET)
    pairing = next(
        (
            key
            for key, _label in door.options(ledgers.ledgers()["pairings"], viewer)
            if str(key) == request.GET.get("pairing", "")
        ),
        None,
    )
    words = times.words() | ({"pairing": str(pairing)} if pairing else {})
    figures = door.figures([code], viewer, pairing=pairing, until=times.until, known=times.known)
    filters = {"figure": code} | ({"pairing": str(pairing)} if pairing else {})
    counted = door.entries(
        ledger,
        viewer,
        filters=filters,
        order=f"-{declared.on}",
        page=asked.whole(request.GET, "page"),
        size=SIZE,
        until=times.until,
        known=times.known,
    )
    here = reverse("figure", args=[code])
    context = {
        "section": "board",
        "crumbs": [page.Crumb("看板", page.address(reverse("board"), **words))],
        "ledger": ledger,
        "declared": declared,
        "figure": figures[0],
        "amount": display.amount(figures[0].value, figures[0].unit),
        "claimed": display.amount(figures[0].claimed, figures[0].unit),
        "verified": display.amount(figures[0].verified, figures[0].unit),
        "definition": figures[0].definition.rstrip("。").split("；"),
        "times": times,
        "pairing": str(pairing or ""),
        "table": listing.table(viewer, ledger, counted.entries, times.words()),
        "pages": listing.pages(counted, here, words),
        "whole_list": page.address(reverse("entries", args=[ledger.name]), figure=code, **words),
    }
    return page.show(request, viewer, "figure.html", context)
