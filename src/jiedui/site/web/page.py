"""What every page has: the viewer, the frame around it, and the way to sign in or be refused.

Not for a page's own content; that is a module of `views`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from jiedui import ledgers
from jiedui.access import ROLE_TITLES, Viewer
from jiedui.site.store import door, people
from jiedui.site.store.judging import may_bring
from jiedui.site.web import kept, languages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.utils.safestring import SafeString

    from jiedui.access import No


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step back: where, and what it is called."""

    title: str
    href: str


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view its viewer; ask anybody else to sign in, keeping what he typed."""

    @wraps(view)
    def seen(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        viewer = people.viewer(request.user)
        if viewer is None:
            return _sign_in_first(request)
        return view(request, viewer, *args, **kwargs)

    return seen


def show(
    request: HttpRequest,
    viewer: Viewer | None,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    head: door.Head | None = None,
) -> HttpResponse:
    """Render a page within the frame: navigation, viewer, demonstration mark, head of the chain.

    A view that asked for the `head` already hands it on.
    """
    frame: dict[str, object] = {
        "viewer": viewer,
        "demonstration": bool(getattr(settings, "JIEDUI_DEMONSTRATION", False)),
        "section": "",
        "language": languages.tag(get_language() or settings.LANGUAGE_CODE),
        "languages": _languages(request),
    }
    if viewer is not None:
        frame["role"] = ROLE_TITLES[viewer.role]
        frame["head"] = head = head or door.head()
        frame["head_at"] = datetime.fromisoformat(head.at) if head else None
        frame["nav_batches"] = may_load = bool(may_bring(viewer))
        frame["keys"] = _keys(get_language() or "", may_load=may_load)
        frame["nav_ledgers"] = shelf = [k for k in ledgers.ledgers().values() if not k.register]
        frame["ledger_names"] = [one.name for one in shelf]
    return render(request, template, frame | dict(context), status=status)


def refused(request: HttpRequest, viewer: Viewer | None, no: No, status: int = 403) -> HttpResponse:
    """The page that says what was refused, why, and what to do."""
    return show(request, viewer, "errors/refused.html", {"reason": no.reason}, status=status)


def not_found(request: HttpRequest, viewer: Viewer | None) -> HttpResponse:
    """The page for what is not there or not within the viewer's scope: both look the same."""
    return show(request, viewer, "errors/not_found.html", {}, status=404)


def address(path: str, **words: object) -> str:
    """A path with the words that are not empty as its query."""
    query = urlencode({name: str(word) for name, word in words.items() if word not in (None, "")})
    return f"{path}?{query}" if query else path


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    """The languages as each names itself; none on a page whose typed words a change would lose."""
    if request.method == "POST" and request.path != reverse("sign-in"):
        return []
    now = get_language()
    return [
        {"code": code, "tag": languages.tag(code), "name": name, "now": code == now}
        for code, name in settings.LANGUAGES
    ]


@cache
def _keys(language: str, *, may_load: bool) -> SafeString:  # noqa: ARG001 - one a language
    """The list of keys, which is the same on every page."""
    return render_to_string("parts/keys.html", {"nav_batches": may_load})


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else ""
    if request.method == "POST":
        back = kept.keep(request)
    to = address(reverse("sign-in"), next=back)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
