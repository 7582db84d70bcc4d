"""Ledgers, their schemas, the figures, and the document of this interface itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from jiedui import indicators, ledgers
from jiedui.access import No
from jiedui.problems import Field as At
from jiedui.problems import problem
from jiedui.site.api import asking, schemas
from jiedui.site.api.answers import READING, FaultsError, Reason, Strict, not_here
from jiedui.site.api.asking import Code, Cuts, LedgerName  # noqa: TC001 - read when it runs
from jiedui.site.api.authority import reader
from jiedui.site.policy import DEMONSTRATION_HEADER
from jiedui.site.store import door

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer

router = Router()
SAME_FOR_ALL = {401: Reason, 400: Reason}


class Named(Strict):
    """A ledger or register."""

    name: str
    title: str
    listed: bool = Field(alias="register", description="名录")


class OneFigure(Strict):
    """A number with its unit, dates, scope and definition; money in fen."""

    indicator: str
    title: str
    value: int | None
    unit: str
    scope: str
    until: str | None
    known: int | None
    claimed: int
    verified: int
    missing: int
    entries: int
    definition: str
    digest: str
    by: dict[str, str | None]


class OneRatio(Strict):
    """A share in percent, divided once and rounded by GB/T 8170, with both its parts in figures."""

    indicator: str
    title: str
    value: str | None
    verified: str | None
    unit: str
    over: str
    under: str
    by: dict[str, str | None]
    note: str


class OneTarget(Strict):
    """What the agreements of a year promise of a figure; money in fen."""

    indicator: str
    year: int
    amount: int
    unit: str


class Chain(Strict):
    """The end of the chain when the figures were told."""

    number: int
    digest: str
    at: str


class Figures(Strict):
    """Figures of what the viewer sees, the shares among them, and what was promised."""

    demonstration: bool
    head: Chain
    figures: list[OneFigure]
    ratios: list[OneRatio]
    targets: list[OneTarget]


@router.get(
    "openapi.json", url_name="openapi", operation_id="openapi", response=SAME_FOR_ALL | {200: Any}
)
def openapi(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the same for all
    """This interface as an OpenAPI document."""
    return document()


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, made once."""
    from jiedui.site.api import api

    made = dict(api.get_openapi_schema(path_prefix="/api/"))
    _mark(made)
    return made


def _mark(made: dict[str, Any]) -> None:
    """Declare the header that every answer of a demonstration bears."""
    said = {
        "description": _("演示环境的每个回答都带此项，值为 true；正式环境没有"),
        "schema": {"type": "string", "enum": ["true"]},
    }
    made["components"]["headers"] = {DEMONSTRATION_HEADER: said}
    refers = {DEMONSTRATION_HEADER: {"$ref": f"#/components/headers/{DEMONSTRATION_HEADER}"}}
    for verbs in made["paths"].values():
        for one in verbs.values():
            for answer in one["responses"].values():
                answer["headers"] = refers


@router.get(
    "ledgers",
    url_name="ledgers",
    operation_id="ledgers",
    response=SAME_FOR_ALL | {200: list[Named]},
    by_alias=True,
)
def list_ledgers(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - the same for all
    """Every ledger and register by name."""
    return [
        {"name": one.name, "title": _(one.title), "register": one.register}
        for one in ledgers.ledgers().values()
    ]


@router.get(
    "ledgers/{ledger}/schema",
    url_name="schema",
    operation_id="schema",
    response=SAME_FOR_ALL | {200: dict[str, Any], 404: Reason},
)
def ledger_schema(request: HttpRequest, ledger: LedgerName) -> dict[str, Any]:  # noqa: ARG001 - for all
    """The JSON Schema of a ledger's entries."""
    return schemas.schema(asking.ledger(ledger).name)


@router.get(
    "figures", url_name="figures", operation_id="figures", response=READING | {200: Figures}
)
def list_figures(request: HttpRequest, cuts: Query[Cuts]) -> dict[str, Any]:
    """Every figure of what the viewer sees."""
    return _figures(reader(request), None, cuts)


@router.get(
    "figures/{code}", url_name="figure", operation_id="figure", response=READING | {200: Figures}
)
def one_figure(request: HttpRequest, code: Code, cuts: Query[Cuts]) -> dict[str, Any]:
    """One figure, with `by` cut as its declaration allows."""
    if code not in indicators.declared():
        raise not_here()
    return _figures(reader(request), [code], cuts)


def _figures(viewer: Viewer, codes: list[str] | None, cuts: Cuts) -> dict[str, Any]:
    by = [name for name in cuts.by.split(",") if name]
    _allowed(codes or list(indicators.declared()), by)
    found = door.figures(
        codes,
        viewer,
        pairing=_pairing(viewer, cuts.pairing),
        by=by,
        until=cuts.until,
        known=cuts.known,
        filters={"year": str(cuts.year)} if cuts.year else None,
    )
    return door.told(found, viewer, year=cuts.year, known=cuts.known)


def _allowed(codes: list[str], by: list[str]) -> None:
    """Refuse a cut for which an indicator was not declared, or one that is asked for twice."""
    for code in codes:
        allowed = indicators.declared()[code].indicator.by
        for number, cut in enumerate(by):
            if cut not in allowed or cut in by[:number]:
                said = {"indicator": code, "cut": cut[:40], "allowed": "、".join(allowed)}
                raise FaultsError([problem("cut-not-declared", At("by"), cut, **said)])


def _pairing(viewer: Viewer, text: str) -> int | None:
    """The pairing that figures are narrowed to, when the viewer sees it."""
    if not text:
        return None
    kind, number = ledgers.ledgers()["pairings"], door.entry_id(text)
    if number is None or isinstance(door.entry(kind, number, viewer), No):
        label = _("结对关系")
        raise FaultsError([problem("no-such-entry", At("pairing"), text, label=label)])
    return number


__all__ = ["document", "router"]
