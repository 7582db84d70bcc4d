"""What is refused before a request is read: too much, another type of content, unknown words.

Not for what stands in a body: its shape is a model's, its values are `ledgers.check`'s.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils.translation import gettext as _
from ninja.errors import HttpError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import MethodType

    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase
    from ninja.operation import Operation

    Run = Callable[..., HttpResponseBase]

LARGEST_FILE = 50 * 1024 * 1024
# A form around a file: its boundaries and the few words beside it.
_AROUND = 64 * 1024
_TYPES = {"body": "application/json", "form": "multipart/form-data", "file": "multipart/form-data"}


def gate(run: MethodType) -> Run:
    """Look at a request's length, type and query before its operation runs."""
    operation, go = cast("Operation", run.__self__), cast("Run", run)

    @wraps(run)
    def looked_at(request: HttpRequest, **words: object) -> HttpResponseBase:
        try:
            _look(request, operation)
        except HttpError as error:
            return operation.api.on_exception(request, error)
        return go(request, **words)

    return looked_at


def _look(request: HttpRequest, operation: Operation) -> None:
    sources = {model.__ninja_param_source__ for model in operation.models}
    expected = next((_TYPES[one] for one in ("file", "form", "body") if one in sources), None)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if expected == _TYPES["file"]:
        limit = LARGEST_FILE + _AROUND
    if request.method != "GET" and _length(request) > limit:
        raise HttpError(413, _("内容过大：最多 %(limit)s 字节") % {"limit": limit})
    # An empty body has no type to be wrong; that it is missing is said by its model.
    if expected and _length(request) and request.content_type != expected:
        raise HttpError(415, _("内容的类型应为 %(expected)s") % {"expected": expected})
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    # A filter that is misspelt and passed over would answer with everything.
    once(request.GET, known, _("查询参数"))


def once(words: QueryDict, known: Collection[str], sort: str) -> None:
    """Refuse words that nobody reads, and one that is given twice: only the last would count."""
    for name, given in words.lists():
        said = {"sort": sort, "name": name[:40]}
        if name not in known:
            raise HttpError(400, _("没有“%(name)s”这个%(sort)s") % said)
        if len(given) > 1:
            raise HttpError(400, _("%(sort)s“%(name)s”只能给出一次") % said)


def _length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0
