"""Changing the language of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jiedui.site.store import people, preferences
from jiedui.site.web import asked, languages

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, for the account too, and go back to the page."""
    response = HttpResponseRedirect(_back(request))
    wanted = languages.spoken(asked.said(request.POST, "language"))
    if wanted:
        languages.choose(response, wanted)
        if viewer := people.viewer(request.user):
            preferences.keep(viewer, wanted)
    return response


def _back(request: HttpRequest) -> str:
    """The page that was looked at: every page of this site names itself to this site alone."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(came)
    if not ours or not parts.path.startswith("/"):
        return reverse("board")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
