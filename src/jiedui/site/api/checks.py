"""The check without writing: rows as JSON, and whole workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext as _
from ninja import Body, File, Form, Router, UploadedFile
from ninja.errors import HttpError
from pydantic import Field

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Field as At
from jiedui.problems import Problem, problem
from jiedui.site.api import asking
from jiedui.site.api.answers import BRINGING, SHOWN, FaultsError, Strict, Told, told
from jiedui.site.api.asking import LedgerName, Rows  # noqa: TC001 - read when it runs
from jiedui.site.api.authority import reader
from jiedui.site.api.gate import once
from jiedui.site.sandbox_books import open_book_apart
from jiedui.site.store import door
from jiedui.site.web import given as beside
from jiedui.site.web import subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

router = Router()
# Of a form ninja says nothing about words beside those that are read; here they are refused.
CLOSED = {
    "requestBody": {"content": {"multipart/form-data": {"schema": {"additionalProperties": False}}}}
}
LEDGER = "ledgers/{ledger}"


class Checked(Strict):
    """What a check found: how many rows, how many of them good, and the problems of the rest."""

    rows: int
    good: int
    total: int = Field(description="问题总数")
    problems: Annotated[list[Told], Field(description=f"最多 {SHOWN} 处")]


class Given(Strict):
    """What is the same for every row of a workbook and has no column in it."""

    programme: str = Field("", description="协作类型")
    pairing: str = Field("", description="结对关系")
    place: str = Field("", description="所属地区")


@router.post(
    LEDGER + "/check",
    url_name="check",
    operation_id="check",
    response=BRINGING | {200: Checked},
)
def check(request: HttpRequest, ledger: LedgerName, rows: Body[Rows]) -> dict[str, Any]:
    """Check rows; nothing is written."""
    kind, viewer = _checking(request, ledger)
    asking.few_names(rows.rows)
    checked = ledgers.check(kind, ledgers.frame(rows.rows), door.lookup(viewer))
    return _told(len(checked.rows), len(checked.good), checked.problems)


@router.post(
    LEDGER + "/check/workbook",
    url_name="check-workbook",
    operation_id="check_workbook",
    openapi_extra=CLOSED,
    response=BRINGING | {200: Checked},
)
def check_workbook(
    request: HttpRequest, ledger: LedgerName, file: File[UploadedFile], given: Form[Given]
) -> dict[str, Any]:
    """Check a workbook as the command does; nothing is written and nothing kept."""
    kind, viewer = _checking(request, ledger)
    cells = given_cells(request, kind, viewer, given)
    book = open_book_apart(file.read())
    if isinstance(book, Problem):
        return _told(0, 0, [book])
    taken = intake.read_entries(book, kind, given=cells)
    if isinstance(taken, Problem):
        return _told(0, 0, [taken])
    judged = intake.judge(taken, door.lookup(viewer))
    return _told(len(taken.rows), len(judged.good), judged.problems)


def given_cells(
    request: HttpRequest, kind: type[Ledger], viewer: Viewer, given: Given, *, fitting: bool = False
) -> dict[str, str]:
    """The cells beside a workbook; a wrong one, or one that is no field of the ledger, is said.

    One that is no field is left out where only `fitting` ones are asked for.
    """
    once(request.POST, type(given).model_fields.keys(), _("表单项"))
    said = {name: text.strip() for name, text in given.model_dump().items()}
    cells = {name: text for name, text in said.items() if text}
    if fitting:
        cells = beside.of(kind, cells)
    strange = [name for name in cells if name not in kind.fields]
    faults = [problem("unknown-field", At(name), label=name) for name in strange]
    if faults := [*faults, *beside.faults(viewer, kind, cells)]:
        raise FaultsError(faults)
    return cells


def _checking(request: HttpRequest, ledger: str) -> tuple[type[Ledger], Viewer]:
    kind, viewer = asking.ledger(ledger), reader(request)
    if isinstance(allowed := subject.may_enter(viewer, kind), No):
        raise HttpError(403, allowed.reason)
    return kind, viewer


def _told(rows: int, good: int, problems: Sequence[Problem]) -> dict[str, Any]:
    shown = told(problems[:SHOWN])
    return {"rows": rows, "good": good, "total": len(problems), "problems": shown}
