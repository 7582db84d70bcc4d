"""One figure: what it means, what it counts, until when, known when, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import indicators, ledgers
from jiedui.site.store import door
from jiedui.site.web import asked, cards, display, listing, narrowing, page, shares

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.problems import Problem

SIZE = 25
TIMES = frozenset({"until", "known"})
# What the number itself is asked for with: its rows are narrowed by other words, beside these.
QUESTION = frozenset({"figure", "pairing", "year"})


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the rows behind a number, and the words by which they were asked for.

    `words` are those of the number; `chosen` narrow the rows shown and leave the number alone.
    """

    found: door.Page
    words: dict[str, str]
    chosen: dict[str, str]
    order: str
    faults: list[Problem]


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
    rows = _rows(request, viewer, found, shown, times)
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
        "plain": _plain(found),
        "definition": found.explained,
        "times": times,
        "all_years": page.address(here, **{**words, "year": ""}),
        "here": here,
        **_shown(viewer, found, rows, words, here),
    }
    return page.show(request, viewer, "figure.html", context)


def _plain(declared: indicators.Declared) -> tuple[str, ...]:
    """The figure in plain words; an office's own ledger may need the technical ones."""
    try:
        return indicators.plain(declared)
    except indicators.NoPlainWordsError:
        return ()


def _rows(
    request: HttpRequest,
    viewer: Viewer,
    declared: indicators.Declared,
    figure: indicators.Figure,
    times: asked.Times,
) -> Rows:
    """The rows that a figure counts, narrowed and in the order that the address asks for."""
    kind = declared.ledger
    chosen, faults = narrowing.narrowed(kind, viewer, request.GET)
    chosen = {name: word for name, word in chosen.items() if name not in QUESTION}
    order = narrowing.ordered(kind, request.GET, f"-{declared.indicator.on}")
    words = _counted(declared, figure, times)
    found = door.entries(
        kind,
        viewer,
        filters=chosen | {name: word for name, word in words.items() if name not in TIMES},
        order=order,
        page=asked.whole(request.GET, "page"),
        size=SIZE,
        until=None if declared.stock else times.until,
        known=times.known,
    )
    return Rows(found, words, chosen, order, faults)


def _shown(
    viewer: Viewer, declared: indicators.Declared, rows: Rows, words: dict[str, str], here: str
) -> dict[str, object]:
    """The rows as the page draws them: controls, table, and the ways on from it."""
    kind = declared.ledger
    asked_for = words | rows.chosen
    there = reverse("entries", args=[kind.name])
    return {
        "faults": [narrowing.told(one) for one in rows.faults],
        "controls": [
            one for one in narrowing.controls(kind, viewer, rows.chosen) if one.name not in QUESTION
        ],
        "hidden": [*words.items(), ("order", rows.order)],
        "narrowed": [*rows.chosen.items(), ("order", rows.order)],
        "filtered": bool(rows.chosen),
        "cleared": page.address(here, **words) + "#rows",
        "total": rows.found.total,
        "table": listing.table(
            viewer, kind, rows.found.entries, words, rows.order, here, asked_for
        ),
        "pages": listing.pages(rows.found, here, asked_for | {"order": rows.order}),
        "whole_list": page.address(there, **rows.words | rows.chosen, order=rows.order),
    }


def _counted(
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
