"""Workbooks brought to the book: for a ledger, or as their sheets say; and the list of them.

Nothing is decided here: each address asks one function of the store and says what it answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import File, Form, Router, Status, UploadedFile
from ninja.errors import HttpError

from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.api import asking
from jiedui.site.api.answers import BRINGING, READING, FaultsError, told
from jiedui.site.api.asking import LedgerName  # noqa: TC001 - read when it runs
from jiedui.site.api.authority import reader, writer
from jiedui.site.api.batch_models import OneBatch, Parts
from jiedui.site.api.checks import CLOSED, Given, given_cells
from jiedui.site.store import batches as stored
from jiedui.site.store import parting
from jiedui.site.store.judging import may_bring
from jiedui.site.web.tongue import plain

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

router = Router()


@router.get(
    "batches", url_name="batches", operation_id="batches", response=READING | {200: list[OneBatch]}
)
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest workbooks of one's office."""
    viewer = reader(request)
    importing(viewer)
    return [plain_of(one) for one in stored.listed(viewer)]


@router.post(
    "ledgers/{ledger}/batches",
    url_name="receive",
    operation_id="receive",
    openapi_extra=CLOSED,
    response=BRINGING | {201: OneBatch},
)
def receive(
    request: HttpRequest, ledger: LedgerName, file: File[UploadedFile], given: Form[Given]
) -> Status[Any]:
    """Bring a workbook; it waits until somebody says what becomes of it."""
    kind, viewer = asking.ledger(ledger), writer(request)
    importing(viewer)
    cells = given_cells(request, kind, viewer, given)
    done = stored.receive(viewer, kind, file.read(), file.name or "", cells)
    if isinstance(done, Problem):
        raise FaultsError([done])
    if isinstance(done, No):
        raise HttpError(403, done.reason)
    return Status(201, plain_of(done))


@router.post(
    "batches",
    url_name="receive-book",
    operation_id="receive_book",
    openapi_extra=CLOSED,
    response=BRINGING | {201: Parts},
)
def receive_book(request: HttpRequest, file: File[UploadedFile], given: Form[Given]) -> Status[Any]:
    """Bring a workbook whose sheets say what they are of: a batch for each that is of a ledger."""
    viewer = writer(request)
    importing(viewer)

    def cells(kind: type[Ledger]) -> dict[str, str]:
        return given_cells(request, kind, viewer, given, fitting=True)

    done = parting.receive_book(viewer, file.read(), file.name or "", cells)
    if isinstance(done, Problem):
        raise FaultsError([done])
    if isinstance(done, No):
        raise HttpError(403, done.reason)
    refused = [
        {"sheet": sheet, "problems": told([why]) if isinstance(why, Problem) else [],
         "reason": plain(why.reason) if isinstance(why, No) else None}
        for sheet, why in done.told
    ]  # fmt: skip
    taken = [plain_of(one) for one in done.batches]
    return Status(201, {"batches": taken, "refused": refused, "unknown": list(done.unknown)})


def importing(viewer: Viewer) -> None:
    """Workbooks are for those who enter, or write registers, as on the pages."""
    if isinstance(allowed := may_bring(viewer), No):
        raise HttpError(403, allowed.reason)


def plain_of(one: stored.StoredBatch) -> dict[str, Any]:
    """A batch as the API gives it."""
    return {
        "key": one.key,
        "ledger": one.ledger,
        "sheet": one.sheet,
        "name": one.name,
        "received": one.received,
        "by": one.by,
        "state": one.state,
        "counts": dict(one.counts),
        "link": one.link,
        "undone": one.undone,
    }
