"""Entering and amending an entry: forms made from the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui import ledgers
from jiedui.access import No, Verb
from jiedui.ledgers.words import Ref
from jiedui.problems import said
from jiedui.site.store import door
from jiedui.site.web import asked, display, forms, kept, page, proposing, subject
from jiedui.site.web.sheet import Sheet, draw, write

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def new(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """Fill a new entry."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    if isinstance(allowed := subject.may_enter(viewer, kind), No):
        return page.refused(request, viewer, allowed)
    listing = reverse("entries", args=[ledger])
    sheet = Sheet(
        kind,
        said("新增：{ledger}", ledger=kind.title),
        reverse("new", args=[ledger]),
        listing,
        _("保存为草稿") if "state" in kind.fields else _("保存"),
    )
    if request.method != "POST":
        typed = kept.take(request, viewer)
        cells = forms.posted_cells(kind, typed) if typed is not None else _defaults(kind, viewer)
        return draw(request, viewer, sheet, cells, kept_words=typed is not None)
    return write(request, viewer, sheet, lambda checked: door.add(kind, viewer, checked))


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def amend(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Change an entry: the form holds its current version, or what was typed over it."""
    named = subject.current(viewer, ledger, key)
    if named is None:
        return page.not_found(request, viewer)
    kind, found = named
    if isinstance(allowed := subject.may_do(viewer, kind, Verb.AMEND, found), No):
        return page.refused(request, viewer, allowed)
    label = display.labeller(viewer, kind, (found,))
    typed = kept.take(request, viewer)
    base = asked.whole(request.POST or typed or {}, "entry-base", found.version)
    sheet = Sheet(
        kind,
        said("更正：{entry}", entry=display.title(kind, found, label)),
        reverse("amend", args=[ledger, key]),
        display.entry_href(ledger, key),
        _("保存更正"),
        base,
        ask_why=True,
    )
    if request.method != "POST":
        stands = ledgers.cells(kind, found.values)
        cells = forms.posted_cells(kind, typed) if typed is not None else stands
        why = typed.get("entry-why", "") if typed else ""
        return draw(request, viewer, sheet, cells, why=why, kept_words=typed is not None)
    return write(
        request,
        viewer,
        sheet,
        lambda checked: door.amend(
            kind,
            found.id,
            viewer,
            checked,
            base=base,
            why=asked.said(request.POST, "entry-why"),
        ),
    )


def _defaults(kind: type[Ledger], viewer: Viewer) -> forms.Cells:
    """What can be known before anybody types: the office's place, and the only choice there is."""
    cells: forms.Cells = {}
    for name, one in kind.fields.items():
        if not one.typed or not one.required:
            continue
        if one.kind == "place" and not kind.register:
            cells[name] = viewer.place
        elif (
            isinstance(one, Ref)
            and len(only := door.options(ledgers.ledgers()[one.to], viewer)) == 1
        ):
            cells[name] = str(only[0][0])
    return cells | proposing.from_pairing(viewer, kind, cells)
