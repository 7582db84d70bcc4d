"""Withdrawing an entry, and moving it along its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from jiedui.access import No, Verb
from jiedui.site.store import door
from jiedui.site.web import asked, display, kept, page, subject
from jiedui.site.web.sheet import FAULTS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer

STEPS = frozenset({"submitted", "returned", "confirmed"})


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def withdraw(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Ask for the reason, then end the entry; its versions stay."""
    named = subject.current(viewer, ledger, key)
    if named is None:
        return page.not_found(request, viewer)
    kind, found = named
    if isinstance(allowed := subject.may_do(viewer, kind, Verb.WITHDRAW, found), No):
        return page.refused(request, viewer, allowed)
    here = reverse("withdraw", args=[ledger, key])
    typed = kept.take(request, viewer)
    why = asked.said(typed or request.POST, "entry-why")
    base = asked.whole(request.POST, "entry-base", found.version)
    fault = ""
    if request.method == "POST" and why:
        done = door.withdraw(kind, found.id, viewer, base=base, why=why)
        if isinstance(done, No):
            return page.refused(request, viewer, done)
        if not isinstance(done, door.Conflict):
            return HttpResponseRedirect(
                page.address(reverse("entries", args=[ledger]), withdrawn=found.key)
            )
        fault = _("这条记录刚被更正，尚未撤销。请看过现在的内容再决定。")
        found = done.now or found
    elif request.method == "POST":
        fault = pgettext("entry", "请写明撤销的原因。")
    label = display.labeller(viewer, kind, (found,))
    context = {
        "section": ledger,
        "ledger": kind,
        "entry": found,
        "title": display.title(kind, found, label),
        "shown": display.fields(kind, found, label),
        "here": here,
        "back": display.entry_href(ledger, key),
        "bound": kept.bind(viewer, here),
        "why": why,
        "fault": fault,
    }
    status = FAULTS if fault else 200
    return page.show(request, viewer, "withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def step(request: HttpRequest, viewer: Viewer, ledger: str, key: str) -> HttpResponse:
    """Submit, confirm or return an entry; anything but a post leads to the entry."""
    named = subject.current(viewer, ledger, key)
    if named is None:
        return page.not_found(request, viewer)
    kind, found = named
    there = display.entry_href(ledger, key)
    if request.method != "POST":
        return HttpResponseRedirect(there)
    to, why = request.POST.get("to", ""), asked.said(request.POST, "entry-why")
    if to == "returned" and not why:
        return HttpResponseRedirect(page.address(there, fault="why") + "#steps")
    base = asked.whole(request.POST, "entry-base", found.version)
    done = (
        door.step(kind, found.id, viewer, to, base=base, why=why)
        if to in STEPS
        else No(_("没有这样的审核环节"))
    )
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, door.Written):
        return HttpResponseRedirect(page.address(there, written=done.link))
    fault = "moved" if isinstance(done, door.Conflict) else "faults"
    return HttpResponseRedirect(page.address(there, fault=fault) + "#steps")
