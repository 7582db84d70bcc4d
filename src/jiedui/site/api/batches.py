"""Workbooks that were brought: previewed, answered, loaded, undone or dropped, by `store.batches`.

Nothing is decided here: each address asks one function of the store and says what it answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _
from ninja import Body, Query, Router, Status
from ninja.errors import HttpError

from jiedui.access import No
from jiedui.problems import Field as At
from jiedui.problems import Problem, problem
from jiedui.site.api.answers import (
    BRINGING,
    READING,
    SHOWN,
    ConflictError,
    FaultsError,
    Reason,
    not_here,
    told,
)
from jiedui.site.api.asking import Key, Paged  # noqa: TC001 - read when it runs
from jiedui.site.api.authority import reader, writer
from jiedui.site.api.batch_models import (
    Answering,
    BatchMoved,
    Loading,
    OneBatch,
    Shown,
    Undoing,
    Undone,
)
from jiedui.site.api.bringing import plain_of
from jiedui.site.api.planned import asking, asks
from jiedui.site.store import batches as stored
from jiedui.site.store import door
from jiedui.site.store.answering import answer
from jiedui.site.store.judging import why_fault
from jiedui.site.web.tongue import plain
from jiedui.site.web.working import ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from jiedui.access import Viewer

router = Router()


BATCH = "batches/{batch}"
DECIDING = BRINGING | {409: BatchMoved}


@router.get(BATCH, url_name="batch", operation_id="batch", response=READING | {200: Shown})
def batch(request: HttpRequest, batch: Key, paged: Query[Paged]) -> dict[str, Any]:
    """A workbook, and while it waits what it would do and what is wrong with it."""
    viewer = reader(request)
    found = _found(viewer, batch)
    now = stored.preview(viewer, batch) if found.state == stored.WAITING else No("")
    counts, digest, reason = found.counts, None, None
    problems: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()
    total = 0
    if isinstance(now, stored.Preview):
        counts, digest, problems, remarks = now.counts, now.digest, now.problems, now.remarks
        reason, total = now.refused or None, now.faults
    elif isinstance(now, stored.Job):
        reason, problems = ended(now)
        total = len(problems)
    else:
        reason = now.reason or None
    shown = now if isinstance(now, stored.Preview) else None
    said = _paged(problems, total, asks(shown) if shown else 0, paged)
    return {
        **plain_of(found),
        "job": _job(stored.job(viewer, batch)),
        "counts": dict(counts),
        "digest": digest,
        "reason": plain(reason) if reason else None,
        **said,
        "asking": asking(shown, said["page"], paged.size) if shown else [],
        "remarks": told(remarks),
    }


@router.post(
    BATCH + "/load",
    url_name="load",
    operation_id="load",
    response=DECIDING | {200: OneBatch, 202: OneBatch},
)
def load(request: HttpRequest, batch: Key, loading: Body[Loading]) -> Status[Any]:
    """Load what the preview showed: all of it, or its good rows; 202 when it goes on."""
    viewer = writer(request)
    found = _found(viewer, batch)
    done = stored.load(viewer, batch, loading.digest, good_only=loading.good_only)
    if isinstance(done, stored.Moved):
        said = _("账本或栏目对应在预览之后有变动，没有导入；请看过新的预览再决定")
        raise ConflictError(said, {"digest": done.preview.digest})
    if isinstance(done, door.Faults):
        raise FaultsError(done.problems)
    if isinstance(done, Problem):
        raise FaultsError([done])
    if isinstance(done, No):
        _refused(found, done)
    going = isinstance(done, stored.Job)
    return Status(202 if going else 200, plain_of(_found(viewer, batch)))


@router.post(
    BATCH + "/answers",
    url_name="answers",
    operation_id="answers",
    response=DECIDING | {200: OneBatch, 202: OneBatch},
)
def answers(request: HttpRequest, batch: Key, answering: Body[Answering]) -> Status[Any]:
    """Say of rows that ask, or of all, that they are the `same` entry or a `new` one.

    Or that the persons whom a sheet lists are counted.
    """
    viewer = writer(request)
    found = _found(viewer, batch)
    if found.state != stored.WAITING:
        raise ConflictError(_("这一批已经处理过了"), {"digest": None})
    done = answer(viewer, batch, answering.answer, answering.rows, answering.of)
    if isinstance(done, Problem):
        raise FaultsError([done])
    if isinstance(done, No):
        raise ConflictError(plain(done.reason), {"digest": None})
    going = isinstance(done, stored.Job)
    return Status(202 if going else 200, plain_of(_found(viewer, batch)))


@router.post(
    BATCH + "/cancel",
    url_name="cancel",
    operation_id="cancel",
    response=READING | {200: OneBatch, 413: Reason},
)
def cancel(request: HttpRequest, batch: Key) -> dict[str, Any]:
    """Stop the work on a workbook; nothing of it is written."""
    viewer = writer(request)
    _found(viewer, batch)
    stored.cancel(viewer, batch)
    return plain_of(_found(viewer, batch))


@router.post(
    BATCH + "/undo",
    url_name="undo",
    operation_id="undo",
    response=DECIDING | {200: Undone, 202: OneBatch},
)
def undo(request: HttpRequest, batch: Key, undoing: Body[Undoing]) -> Status[Any]:
    """Take a loaded workbook back; what was changed since stands and is listed."""
    viewer, why = writer(request), undoing.why
    _found(viewer, batch)
    fault = why_fault(why) if why.strip() else problem("required", At("why"), label=_("原因"))
    if fault:
        raise FaultsError([fault])
    done = stored.undo(viewer, batch, why)
    if isinstance(done, No):
        raise ConflictError(done.reason, {"digest": None})
    if isinstance(done, stored.Job):
        return Status(202, plain_of(_found(viewer, batch)))
    kept = [door.key(number) for number in done.kept]
    return Status(200, {"link": done.link, "ended": done.ended, "kept": kept})


@router.post(
    BATCH + "/drop",
    url_name="drop",
    operation_id="drop",
    response=READING | {200: OneBatch, 409: BatchMoved, 413: Reason},
)
def drop(request: HttpRequest, batch: Key) -> dict[str, Any]:
    """Decide that a workbook is not loaded; its bytes go."""
    viewer = writer(request)
    _found(viewer, batch)
    done = stored.drop(viewer, batch)
    if isinstance(done, No):
        raise ConflictError(done.reason, {"digest": None})
    return plain_of(done)


def _found(viewer: Viewer, batch: str) -> stored.StoredBatch:
    found = stored.one(viewer, batch) if door.entry_id(batch) is not None else No("")
    if isinstance(found, No):
        raise not_here()
    return found


def _refused(found: stored.StoredBatch, no: No) -> NoReturn:
    if found.state != stored.WAITING:
        raise ConflictError(no.reason, {"digest": None})
    raise HttpError(403, no.reason)


def _job(job: stored.Job | None) -> dict[str, Any] | None:
    if job is None:
        return None
    left = job.left if job.live else None
    return {"state": job.state, "phase": job.phase, "done": job.done, "rows": job.rows,
            "left": left}  # fmt: skip


def _paged(problems: Sequence[Problem], total: int, rows: int, paged: Paged) -> dict[str, Any]:
    """A page of the problems; there are pages for them and for the rows that ask."""
    reached = problems[:SHOWN]
    pages = max(1, -(-max(len(reached), rows) // paged.size))
    page = min(paged.page, pages)
    shown = reached[(page - 1) * paged.size : page * paged.size]
    return {"total": total, "asks": rows, "page": page, "pages": pages, "problems": told(shown)}
