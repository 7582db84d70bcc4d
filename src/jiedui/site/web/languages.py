"""Which language a page is in: what the person chose, else what the browser asks for.

A choice lies in a cookie, so that it holds before signing in too; who signs in gets the choice that
is kept for his account. The API takes no part in this: it answers in Chinese unless the request
itself asks for another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

from jiedui.site.store import preferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer

YEAR = 365 * 24 * 3600
# As the attribute `lang` of HTML has them (RFC 5646).
TAGS = {"zh-hans": "zh-Hans"}


class Language:
    """Puts the language in force for the length of a request, and says which it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language that this request is to have."""
        api = request.path_info.startswith("/api/")
        language = wanted(request) if api else chosen(request) or wanted(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", tag(language))
        patch_vary_headers(response, ("Accept-Language",) if api else ("Accept-Language", "Cookie"))
        return response


def chosen(request: HttpRequest) -> str:
    """The language of the browser's cookie; empty where there is none that is spoken here."""
    return spoken(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def wanted(request: HttpRequest) -> str:
    """The first language of the request's header that is spoken here, else Chinese."""
    header = request.headers.get("Accept-Language", "")
    for code, _weight in parse_accept_lang_header(header):
        if found := spoken(code):
            return found
    return settings.LANGUAGE_CODE


def spoken(code: str) -> str:
    """The code of the language that serves one asked for (zh-TW: zh-hans); empty for none."""
    try:
        return get_supported_language_variant(code) if code else ""
    except LookupError:
        return ""


def tag(code: str) -> str:
    """A language's code as HTML writes it."""
    return TAGS.get(code, code)


def choose(response: HttpResponse, language: str) -> None:
    """Have the browser keep the language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def recall(response: HttpResponse, viewer: Viewer | None) -> None:
    """On signing in: take up the language that the person chose some time before."""
    if viewer is not None and (kept := spoken(preferences.language(viewer))):
        choose(response, kept)
