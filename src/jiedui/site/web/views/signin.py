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
from jiedui.site.web import kept, page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password, or offer the demonstration's accounts."""
    if request.method != "POST":
        if people.viewer(request.user) is not None:
            return HttpResponseRedirect(_next(request))
        return _ask(request)
    username = request.POST.get("username", "")
    user = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        locked = bool(getattr(request, "axes_locked_out", False))
        fault = (
            _("多次输入有误，已暂停登录。请稍后再试，或请本单位管理员解除。")
            if locked
            else _("用户名或密码不对。请核对后再试；忘记密码请找本单位管理员重设。")
        )
        return _ask(request, username=username, fault=fault, status=403 if locked else 200)
    login(request, user)
    return HttpResponseRedirect(_next(request))


@never_cache
@require_POST
def sign_in_demonstration(request: HttpRequest) -> HttpResponse:
    """Sign in with one of the demonstration's accounts; only there and on loopback."""
    if not people.sign_in_demonstration(request, request.POST.get("username", "")):
        return page.refused(request, None, No(_("演示账号只在演示模式、本机访问时可用")))
    return HttpResponseRedirect(_next(request))


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


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


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this site only."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if safe and to.startswith("/") else reverse("board")
