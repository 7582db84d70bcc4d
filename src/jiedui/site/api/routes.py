"""The addresses of the read interface; each asks the door with the viewer of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import NinjaAPI
from ninja.errors import HttpError

from jiedui import indicators, ledgers
from jiedui.access import No
from jiedui.site.api import schemas
from jiedui.site.store import door, people
from jiedui.site.web import asked
from jiedui.site.web.views.entries import narrowed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

MOST = 200
SIZE = 50


def session(request: HttpRequest) -> Viewer | None:
    """The viewer of a signed-in session; nobody else is answered."""
    return people.viewer(request.user)


api = NinjaAPI(
    title="结对",
    version="1",
    auth=session,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.get("ledgers", url_name="ledgers")
def list_ledgers(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - the same for all
    """Every ledger and register by name."""
    return [
        {"name": one.name, "title": one.title, "register": one.register}
        for one in ledgers.ledgers().values()
    ]


@api.get("ledgers/{ledger}/schema", url_name="schema")
def ledger_schema(request: HttpRequest, ledger: str) -> dict[str, Any]:  # noqa: ARG001 - for all
    """The JSON Schema of a ledger's entries."""
    return schemas.schema(_ledger(ledger).name)


@api.get("ledgers/{ledger}/entries", url_name="entries")
def list_entries(request: HttpRequest, ledger: str) -> dict[str, Any]:
    """A page of entries, filtered and ordered as the list's page is."""
    kind, viewer = _ledger(ledger), _viewer(request)
    times = asked.times(request.GET)
    filters, faults = narrowed(kind, viewer, request.GET)
    if faults or times.faults:
        raise HttpError(400, " ".join((*times.faults, *faults)))
    found = door.entries(
        kind,
        viewer,
        filters=filters,
        order=request.GET.get("order", ""),
        page=asked.whole(request.GET, "page"),
        size=min(asked.whole(request.GET, "size", SIZE), MOST),
        until=times.until,
        known=times.known,
    )
    shown = [
        schemas.entry_json(kind, one, demonstration=viewer.demonstration) for one in found.entries
    ]
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "demonstration": viewer.demonstration,
        "entries": shown,
    }


@api.get("ledgers/{ledger}/entries/{key}", url_name="entry")
def one_entry(request: HttpRequest, ledger: str, key: str) -> dict[str, Any]:
    """One entry, now or as known at a link."""
    kind, viewer, number = _ledger(ledger), _viewer(request), door.entry_id(key)
    times = asked.times(request.GET)
    found = door.entry(kind, number, viewer, known=times.known) if number is not None else No("")
    if isinstance(found, No):
        raise HttpError(404, "没有这条记录，或者它不在您的数据范围内")
    return schemas.entry_json(kind, found, demonstration=viewer.demonstration)


@api.get("figures", url_name="figures")
def list_figures(request: HttpRequest) -> dict[str, Any]:
    """Every figure of what the viewer sees."""
    return _figures(request, None)


@api.get("figures/{code}", url_name="figure")
def one_figure(request: HttpRequest, code: str) -> dict[str, Any]:
    """One figure, with `by` cut as its declaration allows."""
    if code not in indicators.declared():
        raise HttpError(404, "没有这个指标")
    return _figures(request, [code])


def _figures(request: HttpRequest, codes: list[str] | None) -> dict[str, Any]:
    viewer, times = _viewer(request), asked.times(request.GET)
    by = [name for name in request.GET.get("by", "").split(",") if name]
    if times.faults:
        raise HttpError(400, " ".join(times.faults))
    try:
        found = door.figures(codes, viewer, by=by, until=times.until, known=times.known)
    except indicators.IndicatorError as error:
        raise HttpError(400, "这个指标不能这样分组") from error
    return {"demonstration": viewer.demonstration, "figures": [one.as_json() for one in found]}


def _ledger(name: str) -> type[Ledger]:
    found = ledgers.get(name)
    if found is None:
        raise HttpError(404, "没有这本台账")
    return found


def _viewer(request: HttpRequest) -> Viewer:
    """The viewer that `session` found; ninja keeps it on the request as `auth`."""
    found: Viewer = vars(request)["auth"]
    return found
