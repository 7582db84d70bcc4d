"""The cells behind an entry: the row of the office's own workbook that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiedui import ledgers
from jiedui.access import No
from jiedui.ledgers.words import Count, Money
from jiedui.problems import Problem
from jiedui.site.store import batches, sheets
from jiedui.site.web import page, saved

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger


@require_safe
@page.signed_in
def row(request: HttpRequest, viewer: Viewer, key: str, number: int) -> HttpResponse:
    """Show one row of a workbook among its neighbours, as the file has it."""
    batch = batches.one(viewer, key)
    if isinstance(batch, No):
        return page.not_found(request, viewer)
    found = sheets.around(viewer, key, request.GET.get("sheet", ""), number)
    context: dict[str, object] = {
        "section": "batches",
        "crumbs": [page.Crumb(_("导入"), reverse("batches"))],
        "batch": batch,
    }
    if isinstance(found, No):
        context["told"] = found.reason
    elif isinstance(found, Problem):
        context["told"] = found.hint
    else:
        kind = ledgers.ledgers()[batch.ledger]
        named = {
            letter: _(kind.fields[field].label) if field in kind.fields else ""
            for letter, field in found.read.items()
        }
        context |= {
            "found": found,
            "columns": [(letter, named.get(letter, "")) for letter in found.columns],
            "rows": [
                (n, n in found.heads, [(text, _mark(kind, found, letter)) for letter, text
                 in zip(found.columns, cells, strict=True)])
                for n, cells in found.rows
            ],
        }  # fmt: skip
    return page.show(request, viewer, "sheet_row.html", context)


def _mark(kind: type[Ledger], found: sheets.Around, letter: str) -> str:
    """How a cell of the row is marked: strongly what is counted, softly what else was read."""
    field = kind.fields.get(found.read.get(letter, "").partition(".")[0])
    if field is None:
        return ""
    return "cited" if isinstance(field, Money | Count) else "read"


@require_safe
@page.signed_in
def original(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """The office's own workbook as it was brought, where it was kept."""
    batch, content = batches.one(viewer, key), sheets.original(viewer, key)
    if isinstance(batch, No) or content is None:
        return page.not_found(request, viewer)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = saved.disposition(viewer, batch.name or batch.key)
    return answer
