"""The files of a demonstration to hand in; elsewhere there are none."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jiedui import ledgers
from jiedui.site.demonstration import samples
from jiedui.site.web import page, saved

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer


@require_safe
@page.signed_in
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List the articles and workbooks that may be saved and handed in."""
    if not viewer.demonstration:
        return page.not_found(request, viewer)
    kinds = ledgers.ledgers()
    context = {
        "section": "samples",
        "articles": [one for one in samples.SAMPLES if not one.ledger],
        "workbooks": [(one, kinds[one.ledger]) for one in samples.SAMPLES if one.ledger],
    }
    return page.show(request, viewer, "samples.html", context)


@require_safe
@page.signed_in
def sample(request: HttpRequest, viewer: Viewer, file: str) -> HttpResponse:
    """One of them, as it would come by mail."""
    found = samples.named(file)
    if found is None or not viewer.demonstration:
        return page.not_found(request, viewer)
    sort = mimetypes.guess_type(found.file)[0] or "application/octet-stream"
    answer = HttpResponse(samples.content(found), content_type=sort)
    answer["Content-Disposition"] = saved.disposition(viewer, found.called)
    return answer
