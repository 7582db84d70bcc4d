"""Documents: the list, the upload, a document with its marks, and a choice where it is torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiedui.access import No, Verb, may
from jiedui.site.store import documents as stored
from jiedui.site.store import door
from jiedui.site.web import asked, kept, listing, page, proposing, reading, uploads
from jiedui.site.web.sheet import FAULTS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.problems import Problem

VIEWS = ("both", "restored", "damaged")
LARGEST = 20 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the office's documents; a post brings a new one."""
    faults: list[Problem] = []
    allowed = may(viewer, Verb.UPLOAD)
    if request.method == "POST":
        if isinstance(allowed, No):
            return page.refused(request, viewer, allowed)
        done = _receive(request, viewer)
        if isinstance(done, No):
            return page.refused(request, viewer, done)
        if isinstance(done, stored.StoredDocument):
            there = reverse("document", args=[done.key])
            return HttpResponseRedirect(page.address(there, already="1" if done.already else ""))
        faults = [done]
    found = stored.listed(viewer, asked.whole(request.GET, "page"))
    here = reverse("documents")
    context = {
        "section": "documents",
        "found": found,
        "pages": listing.pages(found, here, {}),
        "may_upload": bool(allowed),
        "faults": faults,
        "bound": kept.bind(viewer, here),
    }
    return page.show(request, viewer, "documents.html", context, status=FAULTS if faults else 200)


@require_safe
@page.signed_in
def document(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Show a document: proposals, both texts with their marks, facts and edits."""
    found = one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    view = request.GET.get("view", "both")
    view = view if view in VIEWS else "both"
    laid = reading.lay_out(
        found, view, asked.spans(request.GET.get("at", "")), asked.whole(request.GET, "part")
    )
    here = reverse("document", args=[key])
    typed = kept.take(request, viewer)
    context = {
        "section": "documents",
        "crumbs": [page.Crumb(_("资料"), reverse("documents"))],
        "document": found,
        "reading": laid,
        "view": view,
        "here": here,
        "already": request.GET.get("already") == "1",
        "chosen": request.GET.get("chosen") == "1",
        "proposals": [proposing.shown(viewer, one, found) for one in found.proposals],
        "may_decide": bool(may(viewer, Verb.DECIDE)),
        "bound": kept.bind(viewer, here),
        "refuse_fault": request.GET.get("fault", ""),
        "decided": request.GET.get("decided", ""),
        "why": typed.get("entry-why", "") if typed else "",
    }
    return page.show(request, viewer, "document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def choose(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Choose what stood at a damaged place; the document is read again."""
    if isinstance(one(viewer, key), No):
        return page.not_found(request, viewer)
    there = reverse("document", args=[key])
    if request.method != "POST":
        return HttpResponseRedirect(there)
    picked: int | str | None
    at, pick, name = (asked.count(request.POST, word) for word in ("at", "pick", "name"))
    picked = asked.said(request.POST, "typed") if request.POST.get("pick") == "typed" else None
    if pick:
        picked = pick - 1
    done = stored.choose(viewer, key, at, request.POST.get("stands", ""), picked)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    return HttpResponseRedirect(page.address(there, chosen="1") + f"#r-{name}")


def _receive(request: HttpRequest, viewer: Viewer) -> stored.StoredDocument | Problem | No:
    upload = request.FILES.get("file")
    if upload is None:
        text = request.POST.get("text", "").strip()
        return stored.receive(viewer, text.encode(), _("粘贴的文字.txt"))
    if fault := uploads.too_large(upload, LARGEST):
        return fault
    return stored.receive(viewer, upload.read(), upload.name or "")


def one(viewer: Viewer, key: str) -> stored.StoredDocument | No:
    """A document by its key; what is no key is not asked for."""
    return stored.one(viewer, key) if door.entry_id(key) is not None else No("")
