"""The blank workbook of a ledger, and how a workbook is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import intake, ledgers
from jiedui.site.store import door
from jiedui.site.web import page, saved

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@page.signed_in
def blank(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """The empty workbook of a ledger, with what its registers offer to this viewer."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    name = _("%(ledger)s（空白表）") % {"ledger": _(kind.title)}
    made = intake.blank(kind, door.offered(kind, viewer), demonstration=viewer.demonstration)
    return sent(viewer, made, f"{name}.xlsx")


def sent(viewer: Viewer, content: bytes, name: str) -> HttpResponse:
    """A workbook as a file to keep."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = saved.disposition(viewer, name)
    return answer
