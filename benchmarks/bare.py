"""The yardstick: a page of a new Django project that makes one query and fills one template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.template import engines
from django.urls import path

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

# What `django-admin startproject` writes.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "benchmarks.bare.here",
]

TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><ul>{% for name in names %}<li>{{ name }}</li>{% endfor %}</ul>
</body></html>"""
_kept = None


def bare(_request: HttpRequest) -> HttpResponse:
    """Make one query and fill one template."""
    global _kept  # noqa: PLW0603 - a template loader would keep it too
    if _kept is None:
        _kept = engines["django"].from_string(TEMPLATE)
    names = list(get_user_model().objects.values_list("username", flat=True)[:10])
    return HttpResponse(_kept.render({"title": "Bare", "names": names}))


def here(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send every request to the bare page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = "benchmarks.bare"
        return get_response(request)

    return middleware


urlpatterns = [path("", bare)]
