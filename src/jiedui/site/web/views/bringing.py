"""Workbooks brought to the book, as of a ledger or as their sheets say; and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from jiedui import ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import batches as stored
from jiedui.site.store import parting
from jiedui.site.store.judging import may_bring
from jiedui.site.web import given, kept, page, subject, uploads
from jiedui.site.web.sheet import FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

LARGEST = 50 * 1024 * 1024
# What the form says when the sheets are to say themselves which ledger they are of.
AUTO = "auto"
STATES = {
    stored.WAITING: gettext_noop("等您决定"),
    stored.LOADED: gettext_noop("已导入"),
    stored.UNDONE: gettext_noop("已撤销"),
    stored.DROPPED: gettext_noop("没有导入"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the office's workbooks; a post brings a new one, as of a ledger or as it is found."""
    if isinstance(allowed := may_bring(viewer), No):
        return page.refused(request, viewer, allowed)
    if request.method != "POST":
        return _draw(request, viewer, kept.take(request, viewer) or request.GET, {})
    if request.POST.get("ledger") == AUTO:
        return _parted(request, viewer)
    return _brought(request, viewer)


def _brought(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Bring a workbook of a ledger."""
    kind = next((one for one in _kinds(viewer) if one.name == request.POST.get("ledger")), None)
    if kind is None:
        return _draw(request, viewer, request.POST, {"unchosen": True}, status=FAULTS)
    if given.faults(viewer, kind, given.posted(request.POST)):
        return _draw(request, viewer, request.POST, {"wrong": True}, status=FAULTS)
    done = _receive(request, viewer, kind)
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, stored.StoredBatch):
        return HttpResponseRedirect(reverse("batch", args=[done.key]))
    context = {"fault": done, "other": _other(request, viewer, kind, done)}
    return _draw(request, viewer, request.POST, context, status=FAULTS)


def _parted(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Bring a workbook of which each sheet says itself what it is of."""
    said = given.posted(request.POST)

    def cells(kind: type[Ledger]) -> dict[str, str]:
        known = given.defaults(viewer, kind) | stored.last_given(viewer, kind)
        return known | given.of(kind, said)

    content = _content(request)
    done = (
        content
        if isinstance(content, Problem)
        else parting.receive_book(viewer, content, _name(request), cells)
    )
    return _brought_apart(request, viewer, done)


@require_POST
@page.signed_in
def part(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """Bring the sheets of a waiting workbook that are of its ledger as a batch each instead."""
    done = parting.part(viewer, key)
    if done == stored.NOT_HERE:
        return page.not_found(request, viewer)
    return _brought_apart(request, viewer, done)


def _brought_apart(
    request: HttpRequest, viewer: Viewer, done: parting.Parted | Problem | No
) -> HttpResponse:
    """Show the sheets of a workbook that were brought one by one, or why none was."""
    if isinstance(done, No):
        return page.refused(request, viewer, done)
    if isinstance(done, Problem):
        return _draw(request, viewer, request.POST, {"fault": done}, status=FAULTS)
    first = done.batches[0].key
    if done.told:
        return _draw(request, viewer, request.POST, {"refused": done.told}, of=first)
    if len(done.batches) == 1:
        return HttpResponseRedirect(reverse("batch", args=[first]))
    return HttpResponseRedirect(page.address(reverse("batches"), of=first))


def _draw(
    request: HttpRequest,
    viewer: Viewer,
    words: Mapping[str, str],
    more: Mapping[str, object],
    *,
    of: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the form as it was filled, and the list; `of` is a sheet of a workbook just brought."""
    kinds = _kinds(viewer)
    kind = next((one for one in kinds if one.name == words.get("ledger")), None)
    first = kind or next((one for one in kinds if not one.register), kinds[0])
    cells = given.posted(words)
    if request.method != "POST" and not cells:
        cells = given.defaults(viewer, first) | stored.last_given(viewer, first)
    found = stored.listed(viewer)
    context: dict[str, object] = {
        "section": "batches",
        "batches": [_shown(one) for one in found],
        "parts": [_shown(one) for one in _together(found, of or request.GET.get("of", ""))],
        "auto": AUTO,
        "kinds": kinds,
        "chosen": kind.name if kind else AUTO,
        "given": given.drawn(viewer, first, cells),
        "bound": kept.bind(viewer, reverse("batches")),
    }
    return page.show(request, viewer, "batches.html", {**context, **more}, status=status)


def _kinds(viewer: Viewer) -> list[type[Ledger]]:
    return [one for one in ledgers.ledgers().values() if subject.may_enter(viewer, one)]


def _receive(
    request: HttpRequest, viewer: Viewer, kind: type[Ledger]
) -> stored.StoredBatch | Problem | No:
    content = _content(request)
    if isinstance(content, Problem):
        return content
    cells = given.of(kind, given.posted(request.POST))
    return stored.receive(viewer, kind, content, _name(request), cells)


def _content(request: HttpRequest) -> bytes | Problem:
    """The bytes that were uploaded; none where no file was chosen."""
    upload = request.FILES.get("file")
    if upload is None:
        return b""
    if fault := uploads.too_large(upload, LARGEST):
        return fault
    upload.seek(0)
    content: bytes = upload.read()
    return content


def _name(request: HttpRequest) -> str:
    upload = request.FILES.get("file")
    return (upload.name or "") if upload else ""


def _together(found: list[stored.StoredBatch], key: str) -> list[stored.StoredBatch]:
    """The sheets of one workbook that wait, in the order in which they were brought."""
    same = next((one.sha256 for one in found if one.key == key and one.sheet), None)
    return [
        one
        for one in reversed(found)
        if one.sheet and one.sha256 == same and one.state == stored.WAITING
    ]


def _other(
    request: HttpRequest, viewer: Viewer, kind: type[Ledger], told: Problem
) -> tuple[type[Ledger], stored.StoredBatch] | None:
    """The ledger that a sheet is of instead, with the sheet already laid out for it."""
    if told.code != "wrong-ledger":
        return None
    titled = (one for one in ledgers.ledgers().values() if f"“{one.title}”" in told.hint)
    other = next((one for one in titled if one is not kind), None)
    if other is None or not subject.may_enter(viewer, other):
        return None
    done = _receive(request, viewer, other)
    return (other, done) if isinstance(done, stored.StoredBatch) else None


def _shown(one: stored.StoredBatch) -> tuple[stored.StoredBatch, str, str]:
    """A workbook of the list with its ledger's title and the words for its state."""
    return one, _(ledgers.ledgers()[one.ledger].title), _(STATES[one.state])
