"""Workbooks into the book, as pages, commands and the API see them: what is asked for, and done.

Small work is done while the person waits, under the same job as large work, which a worker does.
Receiving and showing is `previewing`, writing `loading` and `undoing`, the work itself `working`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Problem, problem, said
from jiedui.site.store import jobs, previewing, room, staged, staging, waiting, working
from jiedui.site.store.jobs import Job, cancel
from jiedui.site.store.jobs import of as job
from jiedui.site.store.judging import may_bring, why_fault
from jiedui.site.store.loading import Loaded, Moved
from jiedui.site.store.previewed import Preview, StoredBatch, stored
from jiedui.site.store.previewing import (
    DROPPED,
    LOADED,
    NOT_HERE,
    UNDONE,
    WAITING,
    annotated,
    drop,
    last_given,
    listed,
    one,
    preview,
)
from jiedui.site.store.staged import Staged
from jiedui.site.store.undoing import Undone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.entries import Faults
    from jiedui.site.store.staging import Progress

__all__ = [
    "DROPPED",
    "LOADED",
    "NOT_HERE",
    "UNDONE",
    "WAITING",
    "Job",
    "Loaded",
    "Moved",
    "Preview",
    "StoredBatch",
    "Undone",
    "annotated",
    "cancel",
    "drop",
    "job",
    "last_given",
    "listed",
    "load",
    "one",
    "preview",
    "read_again",
    "receive",
    "settle",
    "undo",
]

# What is done while the person waits: a workbook of so many bytes, a batch of so many rows.
SMALL_BYTES = 1 << 20
SMALL_ROWS = 20_000


def receive(
    viewer: Viewer,
    ledger: type[Ledger],
    content: bytes,
    name: str,
    given: Mapping[str, str] | None = None,
    listen: Progress | None = None,
    *,
    sheet: str = "",
) -> StoredBatch | Problem | No:
    """Take a workbook in and read it, or have it read when it is large.

    A small one that cannot be read is not kept at all. With `listen`, work of any size is done
    here and now, and `listen` is told how far it is. `sheet` is the one that is meant, where
    others of the workbook are brought by themselves.
    """
    batch = previewing.register(viewer, ledger, content, name, given, sheet)
    if not isinstance(batch, StoredBatch):
        return batch
    small = len(content) <= SMALL_BYTES
    try:
        done = _asked(viewer, working.STAGE, batch.key, listen, here=small)
    except KeyboardInterrupt:
        previewing.forget(batch.key)
        raise
    if isinstance(done, No | Problem):
        previewing.forget(batch.key)
        return done
    return batch


def settle(
    viewer: Viewer, batch: str, fields: Mapping[str, str], given: Mapping[str, str]
) -> Preview | Job | Problem | No:
    """Say which heading is which field, remember it for the office and layout, read again.

    `fields` maps column letters to field names, empty for a column that is not to be read.
    """
    if (now := job(viewer, batch)) and now.live:
        return now
    found = previewing.give(viewer, batch, given)
    if isinstance(found, No | Problem):
        return found
    previewing.remember(viewer, batch, fields)
    return read_again(viewer, batch)


def read_again(
    viewer: Viewer, batch: str, ledger: type[Ledger] | None = None
) -> Preview | Job | Problem | No:
    """Read a waiting workbook anew, as of another ledger where one is given."""
    found = previewing.find(viewer, batch)
    if isinstance(found, No):
        return found
    # What is being read now is read as it was asked for.
    if (now := job(viewer, batch)) and now.live:
        return now
    if ledger is not None and not may_bring(viewer, ledger):
        return No(said("您的身份不能填写这本台账"))
    if ledger is not None:
        given = json.loads(found.given)
        given.pop(intake.count_of(ledgers.ledgers()[found.ledger]), None)
        found.ledger, found.answers, found.given = ledger.name, "{}", json.dumps(given)
        found.save(update_fields=["ledger", "answers", "given"])
    done = _asked(viewer, working.STAGE, batch, here=waiting.size(batch) <= SMALL_BYTES)
    if isinstance(done, No | Problem | Job):
        return done
    return preview(viewer, batch)


def load(
    viewer: Viewer,
    batch: str,
    shown: str,
    *,
    good_only: bool = False,
    listen: Progress | None = None,
) -> Loaded | Moved | Faults | Problem | No | Job:
    """Write what the preview with digest `shown` showed, or have it written when it is large.

    With problems or doubles left it writes nothing, unless the good rows alone are asked for.
    """
    found = previewing.find(viewer, batch)
    if isinstance(found, No):
        return found
    now = job(viewer, batch)
    if now is not None and now.live:
        return now
    head = staged.said(batch)
    small = head is not None and sum(head.counts.values()) <= SMALL_ROWS
    done = _asked(viewer, working.LOAD, batch, listen, here=small, shown=shown, good_only=good_only)
    assert not isinstance(done, Staged | Undone)
    return done


def undo(
    viewer: Viewer, batch: str, why: str, *, listen: Progress | None = None
) -> Undone | No | Job:
    """End what a batch wrote and is still current, or have it done when that is much."""
    found = previewing.find(viewer, batch, state=LOADED)
    if isinstance(found, No):
        return found
    if fault := why_fault(why):
        return No(fault.hint)
    counts = stored(found).counts
    wrote = counts.get("added", 0) + counts.get("changed", 0)
    done = _asked(viewer, working.UNDO, batch, listen, here=wrote <= SMALL_ROWS, why=why)
    assert isinstance(done, Undone | No | Job | Problem)
    return No(done.hint) if isinstance(done, Problem) else done


def _asked(
    viewer: Viewer,
    kind: str,
    batch: str,
    listen: Progress | None = None,
    *,
    here: bool,
    **asked: object,
) -> working.Outcome | Job:
    """Ask for work; do it here and now where that is wanted and nobody else does it."""
    try:
        if not here and listen is None:
            return jobs.queue(viewer, kind, batch, **asked)
        taken = jobs.take(viewer, kind, batch, **asked)
        if isinstance(taken, Job):
            # Unless its holder died: then it is done now, what is asked for or something else.
            done = working.run(taken.key)
            if done is None or taken.kind == kind:
                return done or taken
            taken = jobs.take(viewer, kind, batch, **asked)
    except room.FAULTS as fault:
        return room.no_room(fault)
    except working.StoppedError:
        taken = jobs.take(viewer, kind, batch, **asked)
    return taken if isinstance(taken, Job) else _done(taken, viewer, listen or staging.nobody)


def _done(claimed: jobs.Claimed, viewer: Viewer, listen: Progress) -> working.Outcome | Job:
    try:
        done = working.do(claimed, viewer, listen)
    except working.StoppedError as stopped:
        return problem("work-stopped", why=stopped.why)
    except KeyboardInterrupt:
        claimed.end(jobs.CANCELLED)
        raise
    if done is None:
        return job(viewer, claimed.batch) or NOT_HERE
    return done
