"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiedui.access import ROLE_TITLES, No
from jiedui.site.store import people
from jiedui.site.web import asked, kept, languages, page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST_NAME = 150


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password, or offer the demonstration's accounts."""
    if request.method != "POST":
        if people.viewer(request.user) is not None:
            return HttpResponseRedirect(_next(request))
        fault = ""
        if request.user.is_authenticated:
            fault = _("账号已登录，但现在没有生效的授权。请本单位管理员核对授权和期限。")
        return _ask(request, fault=fault)
    username = asked.said(request.POST, "username")[:LONGEST_NAME]
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        fault = _("用户名或密码不对。请核对后再试；忘记密码请找本单位管理员重设。")
        return _ask(request, username=username, fault=fault)
    login(request, user)
    return _signed_in(request)


@never_cache
@require_POST
def sign_in_demonstration(request: HttpRequest) -> HttpResponse:
    """Sign in with one of the demonstration's accounts; only there and on loopback."""
    if not people.sign_in_demonstration(request, asked.said(request.POST, "username")):
        return page.refused(request, None, No(_("演示账号只在演示模式、本机访问时可用")))
    return _signed_in(request)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


def locked(
    request: HttpRequest,
    original_response: HttpResponse | None,  # noqa: ARG001 - the shape that axes asks
    credentials: dict[str, str] | None,  # noqa: ARG001 - the same
) -> HttpResponse:
    """Say that signing in is paused after too many failures, whatever was typed this time."""
    fault = _("多次输入有误，登录已暂停十分钟。请稍后再试，或请本单位管理员解除。")
    return _ask(request, fault=fault, status=429)


def _ask(
    request: HttpRequest, *, username: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "accounts": [(one, ROLE_TITLES[one.role]) for one in people.demonstration_accounts()],
        "username": username,
        "fault": fault,
        "next": _next(request),
        "kept": kept.told(request),
        "section": "sign-in",
    }
    return page.show(request, None, "sign_in.html", context, status=status)


def _signed_in(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_next(request))
    languages.recall(response, people.viewer(request.user))
    return response


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this site only."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if safe and to.startswith("/") else reverse("board")
