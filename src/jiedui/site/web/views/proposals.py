"""Proposals of a document: taken, changed and taken, or refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui import ledgers
from jiedui.access import No, Verb, may
from jiedui.problems import said
from jiedui.site.store import documents as stored
from jiedui.site.store import door
from jiedui.site.web import asked, display, forms, kept, page, proposing
from jiedui.site.web.sheet import FAULTS, Sheet, draw, write
from jiedui.site.web.views.documents import one

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal and the ledger it is for, found for the viewer."""

    document: stored.StoredDocument
    proposal: stored.StoredProposal


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def accept(request: HttpRequest, viewer: Viewer, document: str, proposal: str) -> HttpResponse:
    """Take a proposal as it stands; where something is missing or wrong, its form is shown."""
    found = _decision(viewer, document, proposal)
    if found is None:
        return page.not_found(request, viewer)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("document", args=[document]))
    kind = ledgers.ledgers()[found.proposal.ledger]
    cells = proposing.cells(viewer, kind, found.proposal)
    checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(viewer))
    sheet = _sheet(found, kind)
    if checked.problems:
        return draw(
            request,
            viewer,
            sheet,
            cells,
            checked.problems,
            status=FAULTS,
            more=_beside(viewer, found),
        )
    done = stored.accept(viewer, proposal, checked)
    if isinstance(done, door.Faults):
        return draw(
            request,
            viewer,
            sheet,
            cells,
            done.problems,
            status=FAULTS,
            more=_beside(viewer, found),
        )
    return _after(request, viewer, found, done)


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def change(request: HttpRequest, viewer: Viewer, document: str, proposal: str) -> HttpResponse:
    """Change a proposal's values in the ledger's form, then take it."""
    found = _decision(viewer, document, proposal)
    if found is None:
        return page.not_found(request, viewer)
    if isinstance(allowed := may(viewer, Verb.DECIDE), No):
        return page.refused(request, viewer, allowed)
    kind = ledgers.ledgers()[found.proposal.ledger]
    sheet, more = _sheet(found, kind), _beside(viewer, found)
    if request.method != "POST":
        typed = kept.take(request, viewer)
        cells = (
            forms.posted_cells(kind, typed)
            if typed is not None
            else proposing.cells(viewer, kind, found.proposal)
        )
        faults = proposing.yearless(kind, cells)
        return draw(request, viewer, sheet, cells, faults, kept_words=typed is not None, more=more)
    decided: list[stored.AlreadyDecided] = []

    def take(checked: ledgers.Checked) -> door.Written | door.Faults | No:
        done = stored.accept(viewer, proposal, checked)
        if isinstance(done, stored.AlreadyDecided):
            decided.append(done)
            return No("")
        return done

    answer = write(request, viewer, sheet, take)
    return _after(request, viewer, found, decided[0]) if decided else answer


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def refuse(request: HttpRequest, viewer: Viewer, document: str, proposal: str) -> HttpResponse:
    """Refuse a proposal, with the reason."""
    found = _decision(viewer, document, proposal)
    if found is None:
        return page.not_found(request, viewer)
    there = reverse("document", args=[document])
    why = asked.said(request.POST, "entry-why")
    if request.method != "POST":
        return HttpResponseRedirect(there)
    if not why:
        return HttpResponseRedirect(page.address(there, fault=proposal) + f"#p-{proposal}")
    done = stored.refuse(viewer, proposal, why)
    return _after(request, viewer, found, done)


def _after(
    request: HttpRequest,
    viewer: Viewer,
    found: Decision,
    done: door.Written | stored.AlreadyDecided | stored.StoredProposal | No,
) -> HttpResponse:
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, door.Written):
        there = display.entry_href(found.proposal.ledger, done.entry.key)
        return HttpResponseRedirect(page.address(there, written=done.link))
    there = reverse("document", args=[found.document.key])
    told = "already" if isinstance(done, stored.AlreadyDecided) else "refused"
    return HttpResponseRedirect(page.address(there, decided=told) + f"#p-{found.proposal.key}")


def _decision(viewer: Viewer, document: str, proposal: str) -> Decision | None:
    found = one(viewer, document)
    if isinstance(found, No):
        return None
    found_one = next((each for each in found.proposals if each.key == proposal), None)
    return Decision(found, found_one) if found_one else None


def _sheet(found: Decision, kind: type[ledgers.Ledger]) -> Sheet:
    back = reverse("document", args=[found.document.key])
    return Sheet(
        kind,
        said("核对拟录：{ledger}", ledger=kind.title),
        reverse("change", args=[found.document.key, found.proposal.key]),
        f"{back}#p-{found.proposal.key}",
        _("采纳并存为草稿"),
    )


def _beside(viewer: Viewer, found: Decision) -> dict[str, object]:
    """The citations that stand beside the form while a proposal is changed."""
    return {"proposal": proposing.shown(viewer, found.proposal, found.document)}
