"""Workbooks on their way into the book: the list, the preview, loading, and undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiedui import ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import batches as stored
from jiedui.site.store.entries import Faults
from jiedui.site.web import given, kept, page, planfile, saved
from jiedui.site.web.batched import draw, draw_decided
from jiedui.site.web.sheet import CONFLICT, FAULTS
from jiedui.site.web.views.workbooks import sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

FEWEST = 2


@require_safe
@page.signed_in
def batch(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Show a workbook: what it would do while it waits, what became of it afterwards."""
    found = stored.one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    if found.state != stored.WAITING:
        typed = kept.take(request, viewer)
        why = typed.get("entry-why", "") if typed else ""
        return draw_decided(request, viewer, found, why=why)
    return draw(request, viewer, found, stored.preview(viewer, key))


@require_safe
@page.signed_in
def plan(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse | StreamingHttpResponse:
    """What a waiting workbook would do, row by row, as a file; `show` as on its page."""
    found = stored.one(viewer, key)
    now = No("") if isinstance(found, No) else stored.preview(viewer, key)
    if isinstance(found, No) or not isinstance(now, stored.Preview):
        return page.not_found(request, viewer)
    show = request.GET.get("show", "")
    kind = ledgers.ledgers()[found.ledger]
    lines = planfile.lines(viewer, kind, now, show if now.counts.get(show) else "")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = _("%(name)s（会怎样）") % {"name": found.name.rpartition(".")[0] or found.name}
    answer["Content-Disposition"] = saved.disposition(viewer, f"{name}.csv")
    return answer


@require_POST
@page.signed_in
def settle(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Take the columns as the person says, remember it for the office, and look again."""
    found = stored.one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    kind = ledgers.ledgers()[found.ledger]
    cells = given.of(kind, given.posted(request.POST))
    chosen, corrected = _corrected(kind, request.POST)
    if chosen < FEWEST:
        told = _("至少要有两栏对应到台账的项目，没有改动。")
        return draw(request, viewer, found, stored.preview(viewer, key), told=told, status=FAULTS)
    done = stored.settle(viewer, key, corrected, cells)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, Problem):
        now = stored.preview(viewer, key)
        faults = (done,) if isinstance(now, stored.Preview) else ()
        return draw(request, viewer, found, now, faults=faults, status=FAULTS)
    return HttpResponseRedirect(page.address(reverse("batch", args=[key]), settled="1"))


@require_POST
@page.signed_in
def load(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Write what was shown, all of it or the good rows; where the book moved, show it anew."""
    found = stored.one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    digest = request.POST.get("digest", "")
    good_only = request.POST.get("rows") == "good"
    done = stored.load(viewer, key, digest, good_only=good_only)
    if isinstance(done, stored.Loaded | stored.Job):
        return HttpResponseRedirect(reverse("batch", args=[key]))
    if isinstance(done, stored.Moved):
        return draw(request, viewer, found, done.preview, moved=True, status=CONFLICT)
    if found.state != stored.WAITING:
        return HttpResponseRedirect(reverse("batch", args=[key]))
    now = done if isinstance(done, Problem) else stored.preview(viewer, key)
    if isinstance(done, Faults):
        told = _("没有导入，一行也没有写入。")
        return draw(request, viewer, found, now, told=told, faults=done.problems, status=FAULTS)
    told = done.reason if isinstance(done, No) else ""
    status = 403 if isinstance(done, No) else FAULTS
    return draw(request, viewer, found, now, told=told, status=status)


@require_POST
@page.signed_in
def drop(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Decide that a workbook is not loaded."""
    if isinstance(stored.one(viewer, key), No):
        return page.not_found(request, viewer)
    stored.drop(viewer, key)
    return HttpResponseRedirect(reverse("batches"))


@require_POST
@page.signed_in
def undo(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Take a loaded workbook back, for a reason."""
    found = stored.one(viewer, key)
    if isinstance(found, No):
        return page.not_found(request, viewer)
    why = request.POST.get("entry-why", "").strip()
    if not why:
        told = _("请写明撤销的原因。")
        return draw_decided(request, viewer, found, told=told, status=FAULTS)
    done = stored.undo(viewer, key, why)
    if isinstance(done, No):
        return draw_decided(request, viewer, found, told=done.reason, why=why, status=CONFLICT)
    return HttpResponseRedirect(reverse("batch", args=[key]))


@require_safe
@page.signed_in
def annotated(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """The waiting workbook in its own layout, every faulty cell marked."""
    found = stored.one(viewer, key)
    if isinstance(found, No) or found.state != stored.WAITING:
        return page.not_found(request, viewer)
    done = stored.annotated(viewer, key)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, Problem):
        now = stored.preview(viewer, key)
        return draw(request, viewer, found, now, faults=(done,), status=FAULTS)
    name = _("%(name)s（标注）") % {"name": found.name.rpartition(".")[0] or found.name}
    return sent(viewer, done, f"{name}.xlsx")


def _corrected(kind: type[Ledger], words: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """How many columns are read, and what the person said otherwise than it was, by letters."""
    known = {name for name, one in kind.fields.items() if one.typed}
    said = {}
    chosen = 0
    for name, path in words.items():
        if not name.startswith("column-") or (path and path.partition(".")[0] not in known):
            continue
        letter = name.removeprefix("column-")
        chosen += bool(path)
        if path != words.get(f"was-{letter}", ""):
            said[letter] = path
    return chosen, said
