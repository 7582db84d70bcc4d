"""Jobs: work that a person asked for and a process does under a lease, with progress and cancel.

Not for the work itself: that is `working`. A job's rows live in the work database, so nobody
who reads or writes them waits for the book.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jiedui.problems import said
from jiedui.problems.said import pack
from jiedui.site.store.entries import key, new_id
from jiedui.site.store.tables.jobs import Job as Row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from jiedui.access import Viewer

__all__ = [
    "CANCELLED", "DONE", "FAILED", "QUEUED", "RUNNING", "CancelledError", "Claimed", "Job",
    "LostError", "cancel", "claim", "due", "forget", "of", "queue", "take",
]  # fmt: skip

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
LIVE = (QUEUED, RUNNING)
# A holder says that it lives long before its lease runs out, and is believed dead after it.
LEASE = timedelta(seconds=30)
TRIES = 3
# Progress is written this often at the most: it is for people's eyes.
_EVERY = timedelta(seconds=0.4)


class CancelledError(Exception):
    """The person who asked for the work does not want it any more."""


class LostError(Exception):
    """Another process holds the job now: this one was believed dead and has to leave it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as pages show it; `seconds` are those since its phase began.

    `told` is what came of it: `reason` in words, or `problem` with its code, found and hint.
    """

    key: str
    kind: str
    batch: str
    state: str
    phase: str
    done: int
    rows: int
    seconds: float
    cancelling: bool
    told: Mapping[str, Any]

    @property
    def live(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.state in LIVE

    @property
    def rate(self) -> float:
        """Rows a second in this phase; 0 when nothing can be said yet."""
        return self.done / self.seconds if self.done and self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that this phase will still take at its rate, or None when nobody knows."""
        return (self.rows - self.done) / self.rate if self.rows and self.rate else None


@dataclass(slots=True)
class Claimed:
    """A job that this process holds: what is asked, and the way to say how far it is."""

    key: str
    holder: str
    kind: str
    batch: str
    account: int
    tries: int
    asked: Mapping[str, Any]
    phase: str = ""
    stop: bool = False
    said: datetime | None = None

    def progress(self, phase: str, done: int = 0, rows: int = 0) -> None:
        """Say how far the work is, and learn whether it is still wanted.

        Raises `CancelledError` when it is not, `LostError` when another process does it now.
        """
        now = timezone.now()
        fresh = phase != self.phase
        last = 0 < rows <= done
        if self.said and not (fresh or last or self.stop) and now - self.said < _EVERY:
            return
        self.said, self.phase = now, phase
        changed: dict[str, Any] = {"phase": phase, "done": done, "rows": rows}
        if fresh:
            changed["phase_began"] = now
        self.beat(**changed)
        if self.stop:
            raise CancelledError

    def beat(self, **changed: Any) -> None:
        """Renew the lease; raises `LostError` when it was lost."""
        mine = _held(self)
        if not mine.update(lease=timezone.now() + LEASE, **changed):
            raise LostError
        self.stop = bool(mine.values_list("cancelling", flat=True).first())

    def end(self, state: str, **told: Any) -> None:
        """Say what came of it; nothing when another process holds the job by now."""
        words = json.dumps(told, ensure_ascii=False)
        _held(self).update(state=state, told=words, lease=None, holder="")

    def release(self) -> None:
        """Leave the job to another process: this one has to end, which is no fault of the work."""
        tries = max(self.tries - 1, 0)
        _held(self).update(state=QUEUED, tries=tries, lease=None, holder="", **_UNBEGUN)


def queue(viewer: Viewer, kind: str, batch: str, **asked: Any) -> Job:
    """Ask for work over a batch of the viewer's office; what is asked for already is not twice."""
    return _shown(_asked(viewer, kind, batch, asked)[0])


def take(viewer: Viewer, kind: str, batch: str, **asked: Any) -> Claimed | Job:
    """Ask for work and hold it from the first moment; the live job where there is one already."""
    held = {"state": RUNNING, "holder": secrets.token_hex(16), "lease": timezone.now() + LEASE}
    row, made = _asked(viewer, kind, batch, asked, tries=1, **held)
    return _claimed(row) if made else _shown(row)


def claim(job: str) -> Claimed | None:
    """Hold a job that is due, or None when another process does or it is over.

    One whose holders died again and again is given up: it may be what kills them.
    """
    holder = secrets.token_hex(16)
    now = timezone.now()
    with transaction.atomic(using="work"):
        wanted = _due(now).filter(key=job)
        if wanted.filter(tries__gte=TRIES).update(state=FAILED, told=_GIVEN_UP, holder=""):
            return None
        taken = wanted.update(
            state=RUNNING, holder=holder, lease=now + LEASE, tries=F("tries") + 1, **_UNBEGUN
        )
        row = Row.objects.get(key=job) if taken else None
    return _claimed(row) if row else None


def due() -> list[str]:
    """The jobs that nobody holds, the oldest first."""
    return list(_due(timezone.now()).order_by("made").values_list("key", flat=True))


def cancel(viewer: Viewer, batch: str) -> bool:
    """Ask that the live job of a batch be stopped; one that nobody began is over at once."""
    mine = Row.objects.filter(owner=viewer.office, batch=batch)
    with transaction.atomic(using="work"):
        if mine.filter(state=QUEUED).update(state=CANCELLED):
            return True
        return bool(mine.filter(state=RUNNING).update(cancelling=True))


def forget(batch: str) -> None:
    """Take the jobs of a batch that is no more away; who does one leaves it at its next step."""
    Row.objects.filter(batch=batch).delete()


def of(viewer: Viewer, batch: str) -> Job | None:
    """The last job of a batch of the viewer's office."""
    found = Row.objects.filter(owner=viewer.office, batch=batch).order_by("-made").first()
    return _shown(found) if found else None


# Whoever takes a job up begins it anew; how far another was says nothing.
_UNBEGUN: dict[str, Any] = {"phase": "", "done": 0, "rows": 0, "phase_began": None}
_GIVEN_UP = json.dumps(
    {"reason": pack(said("处理程序多次中断，没有完成；账本没有改动"))}, ensure_ascii=False
)


def _asked(
    viewer: Viewer, kind: str, batch: str, asked: Mapping[str, Any], **held: Any
) -> tuple[Row, bool]:
    """The live job of a batch, and whether it was made now."""
    asked_for = {
        "key": key(new_id()),
        "owner": viewer.office,
        "account": viewer.account,
        "kind": kind,
        "asked": json.dumps(asked, ensure_ascii=False),
        "made": timezone.now(),
    }
    live = Row.objects.filter(state__in=LIVE)
    return live.get_or_create(batch=batch, defaults=asked_for | held)


def _claimed(row: Row) -> Claimed:
    asked = json.loads(row.asked)
    return Claimed(row.key, row.holder, row.kind, row.batch, row.account, row.tries, asked)


def _due(now: datetime) -> QuerySet[Row]:
    return Row.objects.filter(Q(state=QUEUED) | Q(state=RUNNING, lease__lt=now))


def _held(claimed: Claimed) -> QuerySet[Row]:
    return Row.objects.filter(key=claimed.key, holder=claimed.holder, state=RUNNING)


def _shown(row: Row) -> Job:
    began = row.phase_began
    return Job(
        row.key,
        row.kind,
        row.batch,
        row.state,
        row.phase,
        row.done,
        row.rows,
        (timezone.now() - began).total_seconds() if began else 0.0,
        row.cancelling,
        json.loads(row.told),
    )
