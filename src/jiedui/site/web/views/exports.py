"""A list as a file, csv or workbook: what the viewer sees of it, under the same filters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import ledgers
from jiedui.access import No
from jiedui.problems import listed
from jiedui.site.store import door, passing
from jiedui.site.web import asked, narrowing, page, saved
from jiedui.site.web.views import workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

_PIECE = 1 << 16


@require_safe
@page.signed_in
def csv(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse | StreamingHttpResponse:
    """The entries of a list as comma-separated values, sent while they are read."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    question = _asked(kind, viewer, request)
    if isinstance(question, No):
        return page.refused(request, viewer, question, status=422)
    lines = door.export(kind, viewer, **question)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = saved.disposition(viewer, f"{_(kind.title)}.csv")
    return answer


@require_safe
@page.signed_in
def workbook(
    request: HttpRequest, viewer: Viewer, ledger: str
) -> HttpResponse | StreamingHttpResponse:
    """The entries of a list as a workbook that can be mended and loaded again."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    question = _asked(kind, viewer, request)
    if isinstance(question, No):
        return page.refused(request, viewer, question, status=422)
    file = passing.file()  # closed by the answer
    told = door.export_workbook(file, kind, viewer, **question)
    if told is not None:
        file.close()
        return page.refused(request, viewer, told, status=422)
    answer = StreamingHttpResponse(_pieces(file), content_type=workbooks.XLSX)
    answer["Content-Length"] = str(file.tell())
    answer["Content-Disposition"] = saved.disposition(viewer, f"{_(kind.title)}.xlsx")
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """What a file holds, piece by piece; it is closed behind the last."""
    with file:
        file.seek(0)
        yield from iter(partial(file.read, _PIECE), b"")


def _asked(kind: type[Ledger], viewer: Viewer, request: HttpRequest) -> dict[str, Any] | No:
    """What the address asks for. A word that is not understood would widen the file, so it is said.

    A page shows beside its list what it passed over; a file has no such place.
    """
    times = asked.times(request.GET)
    filters, faults = narrowing.narrowed(kind, viewer, request.GET)
    if told := (*times.faults, *(one.hint for one in faults)):
        return No(listed(told, " "))
    order = narrowing.ordered(kind, request.GET)
    return {"filters": filters, "order": order, "until": times.until, "known": times.known}
