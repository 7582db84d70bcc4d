"""Ledgers and registers: the index, a list with filters, and one entry with proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import ledgers, places
from jiedui.access import Verb, may
from jiedui.ledgers.words import Choice, Date, Flag, Moment, Place, Ref
from jiedui.problems import Field as At
from jiedui.problems import Problem, said
from jiedui.site.store import door
from jiedui.site.web import asked, controls, display, kept, listing, page, proofs, subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger

SIZE = 25
ALWAYS = ("pairing", "year")


@dataclass(frozen=True, slots=True)
class Filter:
    """A control that narrows a list."""

    name: str
    label: str
    widget: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


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
    filters, faults = narrowed(kind, viewer, request.GET)
    order = ordered(kind, request.GET)
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
        "faults": (*times.faults, *map(_fault, faults)),
        "controls": _controls(kind, viewer, filters),
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
        "board": page.address(reverse("board"), year=found.values.get("year")),
        "digest": found.digest.hex(),
        "known": times.known,
        "end": end,
        "bound": kept.bind(viewer, here),
        "why": typed.get("entry-why", "") if typed else "",
    }
    return page.show(request, viewer, "entry.html", context)


def _fault(one: Problem) -> str:
    return said("{title}：{hint}", title=said(one.title), hint=one.hint)


def narrowed(
    kind: type[Ledger], viewer: Viewer, words: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """The filters of an address as the door takes them, and what could not be understood."""
    found, faults = {}, []
    for name in filters_of(kind):
        text = asked.said(words, name)[:200]
        if text and isinstance(kind.fields.get(name), Place):
            place = places.get(places.PlaceCode(text)) or places.find(
                text, near=places.PlaceCode(viewer.place)
            )
            if isinstance(place, places.Place) and place.level is places.Level.TOWN:
                # Entries stand in counties: a town would find none.
                place = ledgers.too_deep(kind.fields[name], place, text)
            if isinstance(place, Problem):
                faults.append(place.moved(At(name)))
                continue
            text = place.code
        if text:
            found[name] = text
    return found, faults


def filters_of(kind: type[Ledger]) -> tuple[str, ...]:
    """The names by which a list of the ledger can be narrowed."""
    names = (*kind.filters, "figure", *(name for name in ALWAYS if name in kind.fields))
    return tuple(dict.fromkeys(names))


def ordered(kind: type[Ledger], words: Mapping[str, str]) -> str:
    """The order that an address asks for, else the ledger's own."""
    asked_for = words.get("order", "")
    name = asked_for.removeprefix("-")
    if name in kind.listed and listing.sortable(kind.fields[name]):
        return asked_for
    return f"-{kind.on}" if kind.on else kind.listed[0]


def _controls(kind: type[Ledger], viewer: Viewer, filters: Mapping[str, str]) -> list[Filter]:
    found = []
    for name in kind.filters:
        one = kind.fields[name]
        widget = "text"
        options: tuple[tuple[str, str], ...] = ()
        if isinstance(one, Choice):
            widget, options = "choice", controls.listed(one)
        elif isinstance(one, Flag):
            widget, options = "choice", (("1", said("是")), ("0", said("否")))
        elif isinstance(one, Ref):
            widget = "choice"
            options = tuple(
                (str(key), label) for key, label in door.options(ledgers.ledgers()[one.to], viewer)
            )
        elif isinstance(one, Date | Moment):
            widget = "date"
        value = filters.get(name, "")
        if isinstance(one, Place) and value:
            value = controls.place(value)
        found.append(Filter(name, one.label, widget, value, options))
    return found


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
