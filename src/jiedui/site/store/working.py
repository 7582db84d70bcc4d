"""Doing the jobs: each kind of work run under its lease, and what came of it told.

Not for asking for work: that is `batches`. Whoever runs this may be killed at any instruction:
each kind of work is all or nothing in the book and begins anew when it is taken up again.
"""

from __future__ import annotations

import gc
import json
import logging
import threading
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import DatabaseError, connections

from jiedui.access import No, Viewer
from jiedui.problems import Problem, packed, said
from jiedui.problems.said import pack
from jiedui.site.store import jobs, loading, people, room, staging, undoing
from jiedui.site.store.entries import Faults
from jiedui.site.store.loading import Loaded, Moved
from jiedui.site.store.previewing import LOADED, UNDONE, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.site.store.staged import Staged
    from jiedui.site.store.staging import Progress
    from jiedui.site.store.undoing import Undone

__all__ = ["LOAD", "STAGE", "UNDO", "Outcome", "StoppedError", "do", "run"]

STAGE, LOAD, UNDO = "stage", "load", "undo"
Outcome: TypeAlias = "Staged | Loaded | Moved | Undone | Faults | Problem | No"
# Well within the lease, so that one late beat loses nothing.
_BEAT = 8.0
_LOG = logging.getLogger(__name__)
_BROKE = said("处理程序出错，没有完成；账本没有改动")


class StoppedError(Exception):
    """The work did not come to an end; says why, in words for people."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run(job: str) -> Outcome | None:
    """Do a job that is due, as the one who asked for it; None when another process has it.

    Raises `StoppedError` when the work was given up, and KeyboardInterrupt after the job was left
    to whoever comes next.
    """
    claimed = jobs.claim(job)
    if claimed is None:
        return None
    try:
        return do(claimed, None)
    except KeyboardInterrupt:
        claimed.release()
        raise


def do(
    claimed: jobs.Claimed, viewer: Viewer | None, listen: Progress = staging.nobody
) -> Outcome | None:
    """Do a job that this process holds; None when it was believed dead and another does it now.

    Without a viewer it is done as who asked for it is today. `listen` is told of the progress
    too. Raises `StoppedError` when the work was given up.
    """
    try:
        with _beating(claimed), _undisturbed():
            return _told(claimed, _do(claimed, viewer or _viewer(claimed), listen))
    except jobs.LostError:
        return None
    except jobs.CancelledError:
        claimed.end(jobs.CANCELLED)
        raise StoppedError(said("已取消，账本没有改动")) from None
    except StoppedError as stopped:
        raise _failed(claimed, stopped.why) from None
    except Exception as fault:  # noqa: BLE001 - said to the person, logged without their words
        _log(claimed, fault)
        if full := _no_room(fault):
            _failed(claimed, full.hint)
            return full
        raise _failed(claimed, _BROKE) from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What there is already is not searched for garbage while many rows are made into values.

    Each search would go through everything that the program has imported, again and again.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _do(claimed: jobs.Claimed, viewer: Viewer, listen: Progress) -> Outcome:
    def told(phase: str, done: int = 0, rows: int = 0, /) -> None:
        claimed.progress(phase, done, rows)
        listen(phase, done, rows)

    asked, key = claimed.asked, claimed.batch
    if claimed.tries > 1 and (before := _before(claimed, viewer)):
        return before
    if claimed.kind == UNDO:
        return undoing.undo(viewer, key, asked["why"], told)
    if claimed.kind == LOAD:
        return loading.load(viewer, key, asked["shown"], good_only=asked["good_only"], told=told)
    batch = find(viewer, key)
    return batch if isinstance(batch, No) else staging.stage(viewer, batch, told)


def _before(claimed: jobs.Claimed, viewer: Viewer) -> Loaded | Undone | None:
    """What a holder had written whole before it died; it could only not say so any more."""
    ends = {LOAD: LOADED, UNDO: UNDONE}.get(claimed.kind)
    batch = find(viewer, claimed.batch, ends) if ends else None
    if batch is None or isinstance(batch, No):
        return None
    if claimed.kind == UNDO:
        return undoing.undone(batch)
    return Loaded(batch.link or 0, json.loads(batch.counts))


def _viewer(claimed: jobs.Claimed) -> Viewer:
    found = people.viewer_of_account(claimed.account)
    if found is None:
        raise StoppedError(said("提出这项工作的账号现在没有授权"))
    return found


def _told(claimed: jobs.Claimed, outcome: Outcome) -> Outcome:
    """Write down what came of the work, for who looks later; a refusal is no failure."""
    told: dict[str, Any] = {}
    if isinstance(outcome, Problem):
        told = {"problem": packed(outcome)}
    elif isinstance(outcome, No):
        told = {"reason": pack(outcome.reason)}
    elif isinstance(outcome, Faults):
        # Without what was found: that is a cell of the sheet, which waits sealed.
        told = {"faults": [{**packed(one), "found": ""} for one in outcome.problems[:20]]}
    elif isinstance(outcome, Moved):
        told = {"moved": True}
    claimed.end(jobs.DONE, **told)
    return outcome


def _no_room(fault: Exception) -> Problem | None:
    try:
        return room.no_room(fault) if isinstance(fault, room.FAULTS) else None
    except room.FAULTS:
        return None


def _failed(claimed: jobs.Claimed, reason: str) -> StoppedError:
    # Where nothing can be written, not even this, the lease runs out and the job is due again.
    with suppress(*room.FAULTS):
        claimed.end(jobs.FAILED, reason=pack(reason))
    return StoppedError(reason)


def _log(claimed: jobs.Claimed, fault: BaseException) -> None:
    """Where it broke and on what, never the words: a cell of a sheet may stand in them."""
    frames = "".join(traceback.format_tb(fault.__traceback__))
    _LOG.error("job %s (%s) broke: %s\n%s", claimed.key, claimed.kind, type(fault).__name__, frames)


@contextmanager
def _beating(claimed: jobs.Claimed) -> Iterator[None]:
    """Renew the lease from a thread of its own while work goes on that tells nothing."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(_BEAT):
                # One that comes to nothing loses nothing yet: the next may be in time.
                with suppress(DatabaseError):
                    claimed.beat()
        except jobs.LostError:
            # The work learns it at its next step.
            return
        finally:
            connections["work"].close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
