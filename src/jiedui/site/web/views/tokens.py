"""The tokens of the signed-in person: made and shown once, listed, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiedui.access import No, Verb, may
from jiedui.site.store import tokens as stored
from jiedui.site.web import asked, page
from jiedui.site.web.sheet import FAULTS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer

DAYS = (30, 90, 180, stored.LONGEST_DAYS)
_USUAL = 90
_WRITING = (Verb.ENTER, Verb.REGISTER, Verb.CONFIRM)


@require_http_methods(["GET", "HEAD", "POST"])
@page.signed_in
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """List one's tokens; a post makes one and shows it, this once."""
    if request.method != "POST":
        return _draw(request, viewer, {})
    name = asked.said(request.POST, "name")
    days = asked.whole(request.POST, "days", 0)
    writes = request.POST.get("writes") == "1"
    done = stored.make(viewer, name, days, writes=writes)
    if isinstance(done, No):
        typed = {"fault": done.reason, "name": name, "days": days, "writes": writes}
        return _draw(request, viewer, typed, status=FAULTS)
    # Not a redirect: the token would have to be kept somewhere until the next page.
    return _draw(request, viewer, {"fresh": done})


@require_POST
@page.signed_in
def revoke(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponse:
    """End a token at once."""
    done = stored.revoke(viewer, key)
    if isinstance(done, No):
        return page.not_found(request, viewer)
    return HttpResponseRedirect(page.address(reverse("tokens"), revoked=done.key))


def _draw(
    request: HttpRequest, viewer: Viewer, more: dict[str, object], *, status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {
        "section": "tokens",
        "tokens": [(one, _state(one)) for one in stored.listed(viewer)],
        "choices": DAYS,
        "days": _USUAL,
        "may_write": any(may(viewer, verb) for verb in _WRITING),
        "revoked": request.GET.get("revoked", ""),
    }
    return page.show(request, viewer, "tokens.html", context | more, status=status)


def _state(one: stored.StoredToken) -> str:
    if one.revoked:
        return _("已停用")
    if one.ended:
        return _("已到期")
    return _("有效至 %(day)s") % {"day": one.expires.isoformat()}
