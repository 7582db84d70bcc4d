"""Pages for what went wrong: each says what to do, none says what broke inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext as _

from jiedui.site.web import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


PROGRAMS = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """400: the address or the form could not be read."""
    return _plain(
        request,
        400,
        _("没有看懂这次请求"),
        _("请返回上一页，核对所填内容后再试；文件请不要超过规定大小。"),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """403: refused before a page could say why."""
    return _plain(request, 403, _("不能这样做"), _("请用有权限的账号登录，或请本单位管理员开通。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """404: no page at this address."""
    return _plain(
        request,
        404,
        _("没有这个页面"),
        _("地址可能抄错了，或者页面已经搬走。请从看板或台账重新进入。"),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing was written, and nothing inside is shown."""
    return _plain(
        request,
        500,
        _("系统出错"),
        _("这次操作没有入账。请稍后再试；再出错时，请把时间告诉管理员。"),
    )


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's shape
    """403 for a form whose token does not fit: opened before a new sign-in, or without cookies."""
    return _plain(
        request,
        403,
        _("表单已过期"),
        _(
            "打开这张表之后重新登录过，或浏览器不接受 Cookie。"
            "请退回上一页，刷新后再提交；所填内容多数浏览器会保留。"
        ),
    )


def _plain(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    """A page that asks no table: the store may be what is broken; JSON where programs ask."""
    if request.path.startswith(PROGRAMS):
        return JsonResponse({"reason": f"{title}：{advice}"}, status=status)
    context = {"title": title, "advice": advice, "status": status}
    return page.show(request, None, "errors/plain.html", context, status=status)
