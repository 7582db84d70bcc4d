"""Ledgers and registers: the index, a list with filters, and one entry with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import ledgers
from jiedui.access import Verb, may
from jiedui.site.store import door
from jiedui.site.web import asked, display, kept, listing, moved, narrowing, page, proofs, subject

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger

SIZE = 25


@require_safe
@page.signed_in
def index(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Name every ledger and register."""
    kinds = list(ledgers.ledgers().values())
    context = {
        "section": "ledgers",
        "kinds": [one for one in kinds if not one.register],
        "registers": [one for one in kinds if one.register],
    }
    return page.show(request, viewer, "ledgers.html", context)


@require_safe
@page.signed_in
def entries(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """List the entries of a ledger within the viewer's scope."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    times = asked.times(request.GET)
    filters, faults = narrowing.narrowed(kind, viewer, request.GET)
    order = narrowing.ordered(kind, request.GET)
    found = door.entries(
        kind,
        viewer,
        filters=filters,
        order=order,
        page=asked.whole(request.GET, "page"),
        size=SIZE,
        until=times.until,
        known=times.known,
    )
    here = reverse("entries", args=[ledger])
    words = filters | times.words()
    context = {
        "section": ledger,
        "ledger": kind,
        "faults": (*times.faults, *map(narrowing.told, faults)),
        "controls": narrowing.controls(kind, viewer, filters),
        "hidden": [(n, v) for n, v in words.items() if n not in kind.filters],
        "figure": filters.get("figure", "").replace("@", " "),
        "without_figure": page.address(here, **{n: v for n, v in words.items() if n != "figure"}),
        "filtered": bool(words),
        "here": here,
        "table": listing.table(viewer, kind, found.entries, times.words(), order, here, words),
        "pages": listing.pages(found, here, words | {"order": order}),
        "total": found.total,
        "export": page.address(reverse("export", args=[ledger]), **words, order=order),
        "export_workbook": page.address(
            reverse("export-workbook", args=[ledger]), **words, order=order
        ),
        "may_enter": bool(subject.may_enter(viewer, kind)),
    }
    return page.show(request, viewer, "entries.html", context)


@require_safe
@page.signed_in
def entry(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Show one entry: fields, child rows, proof, versions, and what the viewer may do with it."""
    times = asked.times(request.GET)
    end = None
    named = subject.current(viewer, ledger, key, times.known)
    if named is None and times.known is None and (gone := subject.withdrawn(viewer, ledger, key)):
        named, end = gone[:2], gone[2]
    if named is None:
        return page.not_found(request, viewer)
    kind, found = named
    history = door.versions(kind, found.id, viewer)
    label = display.labeller(viewer, kind, (found, *history))
    here = reverse("entry", args=[ledger, key])
    typed = kept.take(request, viewer)
    context = {
        "section": ledger,
        "crumbs": [page.Crumb(kind.title, reverse("entries", args=[ledger]))],
        "ledger": kind,
        "entry": found,
        "title": display.title(kind, found, label),
        "state": display.state(kind, found),
        "shown": display.fields(kind, found, label),
        "proofs": proofs.shown(viewer, kind, found),
        "cited": proofs.rows(viewer, found),
        "versions": display.versions(kind, history, label),
        "steps": _steps(kind, found, viewer) if times.known is None and not end else [],
        "may_amend": times.known is None and bool(subject.may_do(viewer, kind, Verb.AMEND, found)),
        "may_withdraw": times.known is None
        and bool(subject.may_do(viewer, kind, Verb.WITHDRAW, found)),
        "moved": moved.moved(request.GET, viewer, kind, found, history),
        "board": page.address(reverse("board"), year=found.values.get("year")),
        "digest": found.digest.hex(),
        "known": times.known,
        "end": end,
        "remark": None if end or times.known else door.off_side(viewer, found.values),
        "bound": kept.bind(viewer, here),
        "why": typed.get("entry-why", "") if typed else "",
    }
    return page.show(request, viewer, "entry.html", context)


def _steps(kind: type[Ledger], found: door.Entry, viewer: Viewer) -> list[str]:
    """The steps that may be taken from the entry's state by this viewer."""
    state = found.values.get("state")
    if "state" not in kind.fields:
        return []
    if state in ("draft", "returned"):
        return ["submitted"] if subject.may_do(viewer, kind, Verb.SUBMIT, found) else []
    if not may(viewer, Verb.CONFIRM):
        return []
    return {"submitted": ["confirmed", "returned"], "confirmed": ["returned"]}.get(str(state), [])
