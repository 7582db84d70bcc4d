"""The work on a workbook as it goes on: how far it is, stopping it, and reading once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiedui import ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import answering
from jiedui.site.store import batches as stored
from jiedui.site.web import page, working
from jiedui.site.web.batched import draw
from jiedui.site.web.sheet import CONFLICT

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer


_DIGITS = 8


@require_POST
@page.signed_in
def again(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Read a waiting workbook once more, as of another ledger where one is named."""
    ledger = ledgers.get(request.POST.get("ledger", ""))
    done = stored.read_again(viewer, key, ledger)
    if done == stored.NOT_HERE:
        return page.not_found(request, viewer)
    return HttpResponseRedirect(reverse("batch", args=[key]))


@require_POST
@page.signed_in
def answer(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Say what a row that asks is, or all of them, or that persons are counted.

    With no answer rows ask again.
    """
    found = stored.one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    told, row = request.POST.get("answer", ""), request.POST.get("row", "")
    if told and told not in {*answering.ANSWERS, answering.COUNT}:
        return page.not_found(request, viewer)
    rows = [int(row)] if row.isascii() and row.isdigit() and len(row) < _DIGITS else None
    done = answering.answer(viewer, key, told, rows, request.POST.get("of", ""))
    if isinstance(done, No | Problem):
        now = stored.preview(viewer, key)
        words = done.reason if isinstance(done, No) else done.hint
        return draw(request, viewer, found, now, told=words, status=CONFLICT)
    here = reverse("batch", args=[key])
    show = request.POST.get("show", "")
    return HttpResponseRedirect((page.address(here, show=show) if show else here) + "#rows")


@require_safe
@page.signed_in
def progress(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """How far the work on a workbook is; when it is over, the page is to be loaded anew."""
    found, job = stored.one(viewer, key), stored.job(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    if job is None or not job.live:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"batch": found, "going": working.going(job)}
    return render(request, "parts/progress.html", context)


@require_POST
@page.signed_in
def cancel(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Ask that the work on a workbook be stopped; nothing of it is written."""
    if isinstance(stored.one(viewer, key), No):
        return page.not_found(request, viewer)
    stored.cancel(viewer, key)
    return HttpResponseRedirect(reverse("batch", args=[key]))
