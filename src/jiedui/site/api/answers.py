"""What is answered when something is not done: one form a status, declared at every address.

400 the request was not understood, 401 who asks, 403 may not, 404 not there, 409 it moved
meanwhile, 413 too large, 415 another type of content; all with a `reason`. 422 is for people's
data and lists its problems. There is no 429: nothing here counts requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, ConfigDict, Field

from jiedui.problems import Field as At
from jiedui.problems import problem, said
from jiedui.site.web.tongue import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

    from jiedui.problems import Problem

SHOWN = 10_000


class Strict(BaseModel):
    """A form with these names and no others."""

    model_config = ConfigDict(extra="forbid")


class Reason(Strict):
    """Why something was not done."""

    reason: str = Field(description="原因")


class Told(Strict):
    """A problem, at its field (rows counted from 0) or at its cell of a sheet."""

    code: str = Field(description="问题代码，见 docs/reference/problems.md")
    field: str | None = Field(description="栏，如 attended[2].name；空为整条")
    row: int | None = Field(description="第几行：rows 从 0 数起，工作表同表上行号")
    sheet: str | None = Field(description="工作表")
    cell: str | None = Field(description="单元格")
    start: int | None = Field(description="在文字中起于")
    end: int | None = Field(description="在文字中止于")
    found: str = Field(description="现有内容；个人信息已遮盖")
    hint: str = Field(description="怎样改")


class Problems(Strict):
    """What is wrong with what was brought; nothing was written."""

    problems: list[Told]


class FaultsError(HttpError):
    """People's data with problems: 422."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(422, "problems")
        self.problems = tuple(problems)


class ConflictError(HttpError):
    """Something moved meanwhile: 409, with what stands now."""

    def __init__(self, reason: str, now: Mapping[str, Any]) -> None:
        super().__init__(409, reason)
        self.now = now


# What any address may answer; those that write or take a body add their own.
READING: dict[int, Any] = dict.fromkeys((400, 401, 403, 404), Reason) | {422: Problems}
BRINGING: dict[int, Any] = READING | dict.fromkeys((413, 415), Reason)


def told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as the API lists them, in the language that the request asks for."""
    return [
        one.as_json() | {"found": plain(one.found), "hint": plain(one.hint)} for one in problems
    ]


def not_here() -> HttpError:
    """404: not there, or not within the viewer's scope; both look the same."""
    return HttpError(404, _("没有这一项，或者它不在您的数据范围内"))


def reason_missing() -> FaultsError:
    """422: what changes or ends something needs a reason."""
    return FaultsError([problem("required", At("why"), label=said("原因"))])


def teach(api: NinjaAPI) -> None:
    """Answer every exception of a route in the forms of this module."""

    def not_done(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
        assert isinstance(error, HttpError)
        return _answer(api, request, error.status_code, _body(error))

    def misread(
        request: HttpRequest, error: ValidationError | type[ValidationError]
    ) -> HttpResponse:
        assert isinstance(error, ValidationError)
        reason = _("；").join(map(_place, error.errors[:_PLACES]))
        return _answer(api, request, 400, {"reason": reason})

    def broken(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        if isinstance(error, RequestDataTooBig):
            return _answer(api, request, 413, {"reason": _("文件以外的内容过大")})
        return _answer(api, request, 400, {"reason": _("没有看懂这次请求的内容，请核对后再试")})

    api.add_exception_handler(HttpError, not_done)
    api.add_exception_handler(ValidationError, misread)
    for strange in (SuspiciousOperation, BadRequest, MultiPartParserError):
        api.add_exception_handler(strange, broken)


def _answer(
    api: NinjaAPI, request: HttpRequest, status: int, body: Mapping[str, Any]
) -> HttpResponse:
    response = api.create_response(request, body, status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _body(error: HttpError) -> Mapping[str, Any]:
    if isinstance(error, FaultsError):
        return {"problems": told(error.problems[:SHOWN])}
    if isinstance(error, ConflictError):
        return {"reason": plain(error.message), **error.now}
    ours = _OURS.get((type(error), error.status_code)) if error.message.isascii() else None
    return {"reason": ours() if ours else plain(error.message)}


_PLACES = 10
# What ninja says in English, in words of ours.
_OURS: dict[tuple[type[HttpError], int], Callable[[], str]] = {
    (AuthenticationError, 401): lambda: _("请用有效的令牌，或先登录"),
    (HttpError, 400): lambda: _("正文不是 JSON，请核对后再试"),
}
_SHAPES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("没有给出"),
    "extra_forbidden": lambda: _("没有这一项"),
    "string_type": lambda: _("应为文字"),
    "string_unicode": lambda: _("应为完整的文字"),
    "list_type": lambda: _("应为列表"),
    "dict_type": lambda: _("应为对象"),
    "model_type": lambda: _("应为对象"),
    "model_attributes_type": lambda: _("应为对象"),
    "int_type": lambda: _("应为整数"),
    "int_parsing": lambda: _("应为整数"),
    "bool_type": lambda: _("应为 true 或 false"),
    "too_long": lambda: _("过长"),
}


def _place(error: Mapping[str, Any]) -> str:
    """A fault of the request's shape: where, and what was expected; never what was found."""
    where = ".".join(str(part) for part in error["loc"])[:200]
    shape = _SHAPES.get(error["type"], lambda: _("不合要求的写法，见 /api/openapi.json"))
    said = error["msg"].removeprefix("Value error, ") if error["type"] == "value_error" else shape()
    return _("%(where)s：%(what)s") % {"where": where, "what": said}
