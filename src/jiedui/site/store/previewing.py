"""Workbooks that wait: received, read, shown, settled or dropped.

Nothing is written to the book here: that is `loading`. The preview is what the load does.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from jiedui import intake, ledgers
from jiedui.access import No, Viewer
from jiedui.problems import said
from jiedui.site.sandbox_books import annotate_apart
from jiedui.site.store import files, jobs, personal, room, staged, waiting
from jiedui.site.store.entries import key, new_id
from jiedui.site.store.judging import may_bring
from jiedui.site.store.previewed import Preview, StoredBatch, stored
from jiedui.site.store.tables import Batch, Document
from jiedui.site.store.tables import Mapping as Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

NOT_HERE = No(said("没有这一批，或者它不属于您的单位"))
DECIDED = No(said("这一批已经处理过了"))
_SIZE = 30
WAITING, LOADED, UNDONE, DROPPED = "waiting", "loaded", "undone", "dropped"


def register(
    viewer: Viewer,
    ledger: type[Ledger],
    content: bytes,
    name: str,
    given: Mapping[str, str] | None = None,
    sheet: str = "",
) -> StoredBatch | Problem | No:
    """Take a workbook in, unread, and hold it until a person says what becomes of it.

    `given` is the raw cell of every row for fields that the sheet has no column for; `sheet` is
    the one that is meant, where the workbook has others to be brought by themselves.
    """
    if isinstance(answer := may_bring(viewer, ledger), No):
        return answer
    if told := personal.given_fault(ledger, given or {}) or intake.refuse(content):
        return told
    batch = Batch(
        key=key(new_id()),
        owner=viewer.office,
        account_id=viewer.account,
        ledger=ledger.name,
        sheet=sheet,
        name=files.called(name),
        sha256=hashlib.sha256(content).hexdigest(),
        received=timezone.now(),
        given=json.dumps(dict(given or {}), ensure_ascii=False),
    )
    try:
        waiting.put(batch.key, content)
        batch.save(force_insert=True)
    except room.FAULTS as fault:
        waiting.drop(batch.key)
        return room.no_room(fault)
    return stored(batch)


def preview(viewer: Viewer, batch: str) -> Preview | jobs.Job | No:
    """What a waiting workbook would do to the book, as it was read and compared.

    While it is not read, the job that reads it, or did not come to an end.
    """
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    job = jobs.of(viewer, batch)
    if job is not None and job.live:
        return job
    if (head := staged.said(batch)) and (rows := staged.rows(batch, head)):
        return Preview(stored(found), rows, viewer)
    return job or No(said("这份工作簿还没有读完，请再读一次"))


def remember(viewer: Viewer, batch: str, fields: Mapping[str, str]) -> None:
    """Keep for the office and layout which heading is which field.

    `fields` maps column letters to field names, empty for a column that is not to be read.
    """
    head = staged.said(batch)
    if head is None or isinstance(find(viewer, batch), No):
        return
    headings = {one.letter: one.heading for one in head.layout.columns}
    said = {headings[letter]: name for letter, name in fields.items() if letter in headings}
    Remembered.objects.update_or_create(
        owner=viewer.office,
        layout=head.layout.signature,
        defaults={"fields": json.dumps(personal.headings(said), ensure_ascii=False)},
    )


def give(viewer: Viewer, batch: str, given: Mapping[str, str]) -> StoredBatch | Problem | No:
    """Say what stands in every row of fields that the sheet has no column for."""
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    if told := personal.given_fault(ledgers.ledgers()[found.ledger], given):
        return told
    # That a row is a person was said by an answer, and no form asks for it.
    each = intake.count_of(ledgers.ledgers()[found.ledger])
    counted = {name: text for name, text in json.loads(found.given).items() if name == each}
    found.given = json.dumps({**given, **counted}, ensure_ascii=False)
    found.save(update_fields=["given"])
    return stored(found)


def drop(viewer: Viewer, batch: str) -> StoredBatch | No:
    """Decide that a waiting workbook is not loaded; its bytes go."""
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    jobs.cancel(viewer, batch)
    try:
        # Only while it waits: a load that ends in this moment has decided otherwise.
        if not Batch.objects.filter(key=batch, state=WAITING).update(state=DROPPED, stripped=""):
            return DECIDED
    except room.FAULTS as fault:
        # The bytes go also when the disk has no room for the word.
        waiting.drop(batch)
        return No(room.no_room(fault).hint)
    waiting.drop(batch)
    for sha256 in filter(None, (found.sha256, found.stripped)):
        let_go(sha256)
    jobs.forget(batch)
    found.state = DROPPED
    return stored(found)


def let_go(sha256: str) -> None:
    """Take away what a load that came to nothing had kept, unless the same bytes stand elsewhere.

    A workbook that waits may be being loaded in this moment.
    """
    states = (WAITING, LOADED, UNDONE)
    needed = (
        Batch.objects.filter(Q(sha256=sha256) | Q(stripped=sha256), state__in=states),
        Document.objects.filter(sha256=sha256),
    )
    if not any(one.exists() for one in needed):
        files.forget(sha256)


def forget(batch: str) -> None:
    """Take a workbook that nobody was shown away, as if it had not come."""
    Batch.objects.filter(key=batch, state=WAITING).delete()
    waiting.drop(batch)
    jobs.forget(batch)


def annotated(viewer: Viewer, batch: str) -> bytes | Problem | No:
    """The waiting workbook in its own layout with every faulty cell marked."""
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    content, head = waiting.get(batch), staged.said(batch)
    if content is None or head is None:
        return NOT_HERE
    return annotate_apart(content, head.problems, demonstration=viewer.demonstration)


def listed(viewer: Viewer, limit: int = _SIZE) -> list[StoredBatch]:
    """The office's workbooks, newest first, of the ledgers that the viewer brings them to."""
    kinds = [name for name, one in ledgers.ledgers().items() if may_bring(viewer, one)]
    found = Batch.objects.filter(owner=viewer.office, ledger__in=kinds).select_related("account")
    return [stored(item) for item in found.order_by("-received")[:limit]]


def one(viewer: Viewer, batch: str) -> StoredBatch | No:
    """A workbook of the viewer's office, whatever became of it."""
    found = Batch.objects.filter(key=batch, owner=viewer.office).select_related("account").first()
    return stored(found) if found and _brings(viewer, found) else NOT_HERE


def last_given(viewer: Viewer, ledger: type[Ledger]) -> dict[str, str]:
    """What the office last said for all rows of a workbook of the ledger."""
    mine = Batch.objects.filter(owner=viewer.office, ledger=ledger.name).exclude(given="{}")
    found = mine.order_by("-received").values_list("given", flat=True).first()
    said: dict[str, str] = json.loads(found) if found else {}
    return said


def find(viewer: Viewer, batch: str, state: str = WAITING) -> Batch | No:
    """The office's batch in a state, or why there is none to do anything with."""
    found = Batch.objects.filter(key=batch, owner=viewer.office).select_related("account").first()
    if found is None or not _brings(viewer, found):
        return NOT_HERE
    return found if found.state == state else DECIDED


def _brings(viewer: Viewer, batch: Batch) -> bool:
    """Whether the batch is of a ledger that the viewer may bring workbooks to."""
    return bool(may_bring(viewer, ledgers.ledgers()[batch.ledger]))
