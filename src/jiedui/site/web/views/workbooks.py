"""Workbooks that leave Jiedui: the blank one of a ledger, and a list as the viewer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import intake, ledgers
from jiedui.ledgers.words import Ref
from jiedui.site.store import door
from jiedui.site.web import asked, page
from jiedui.site.web.views import entries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger, Values

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@page.signed_in
def blank(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """The empty workbook of a ledger, with what its registers offer to this viewer."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    name = _("%(ledger)s（空白表）") % {"ledger": _(kind.title)}
    return sent(intake.blank(kind, _options(viewer, kind)), f"{name}.xlsx")


@require_safe
@page.signed_in
def export(request: HttpRequest, viewer: Viewer, ledger: str) -> HttpResponse:
    """The entries of a list as a workbook that can be mended and loaded again."""
    kind = ledgers.get(ledger)
    if kind is None:
        return page.not_found(request, viewer)
    times = asked.times(request.GET)
    written: list[tuple[str, Values]] = []
    names: dict[tuple[str, int], str] = {}
    for batch in door.frames(
        kind,
        viewer,
        filters=entries.narrowed(kind, viewer, request.GET)[0],
        order=entries.ordered(kind, request.GET),
        until=times.until,
        known=times.known,
    ):
        names |= door.labels(viewer, door.refs(kind, batch))
        written += [(item.key, item.values) for item in batch]
    content = intake.write(
        kind,
        written,
        _options(viewer, kind),
        lambda to, number: names.get((to, number), ""),
        demonstration=viewer.demonstration,
    )
    name = _("演示数据-%(name)s") if viewer.demonstration else "%(name)s"
    return sent(content, name % {"name": f"{_(kind.title)}.xlsx"})


def sent(content: bytes, name: str) -> HttpResponse:
    """A workbook as a file to keep."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _options(viewer: Viewer, kind: type[Ledger]) -> dict[str, list[str]]:
    """What each register that the ledger points to offers, by the register's name."""
    pointing = {one.to for one in kind.fields.values() if isinstance(one, Ref) and one.typed}
    return {
        name: [label for _key, label in door.options(ledgers.ledgers()[name], viewer)]
        for name in pointing
    }
