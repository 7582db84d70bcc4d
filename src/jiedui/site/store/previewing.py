"""Workbooks that wait: received, compared with the book, shown, settled or dropped.

Nothing is written to the book here: that is `loading`. The preview is what the load does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from jiedui import intake, ledgers
from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Problem
from jiedui.site.sandbox_books import annotate_apart, open_book_apart
from jiedui.site.store import chain, comparing, files, waiting
from jiedui.site.store.entries import key, new_id
from jiedui.site.store.lookup import lookup
from jiedui.site.store.tables import Batch
from jiedui.site.store.tables import Mapping as Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jiedui.ledgers import Ledger
    from jiedui.site.store.comparing import Plan

_NOT_HERE = No("没有这一批，或者它不属于您的单位")
_SIZE = 30
WAITING, LOADED, UNDONE, DROPPED = "waiting", "loaded", "undone", "dropped"


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """One workbook of the viewer's office and what became of it."""

    key: str
    ledger: str
    name: str
    received: datetime
    by: str
    state: str
    counts: Mapping[str, int]
    given: Mapping[str, str]
    link: int | None
    undone: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do: each row, each problem at its cell, and the digest of it all.

    `known` is the link at which it was compared.
    """

    batch: StoredBatch
    layout: intake.Layout
    plan: Plan
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    counts: Mapping[str, int]
    digest: str
    known: int


def receive(
    viewer: Viewer,
    ledger: type[Ledger],
    content: bytes,
    name: str,
    given: Mapping[str, str] | None = None,
) -> StoredBatch | Problem | No:
    """Take a workbook in and hold it until a person says what becomes of it.

    `given` is the raw cell of every row for fields that the sheet has no column for.
    """
    answer = may(viewer, Verb.REGISTER if ledger.register else Verb.ENTER)
    if not answer:
        return answer
    book = open_book_apart(content)
    if isinstance(book, Problem):
        return book
    laid = intake.lay_out_book(book, ledger, given=tuple(given or ()))
    if isinstance(laid, Problem):
        return laid
    batch = Batch(
        key=key(new_id()),
        owner=viewer.office,
        account_id=viewer.account,
        ledger=ledger.name,
        name=files.called(name),
        sha256=book.digest,
        received=timezone.now(),
        given=json.dumps(dict(given or {}), ensure_ascii=False),
    )
    waiting.put(batch.key, content)
    batch.save(force_insert=True)
    return _stored(batch)


def preview(viewer: Viewer, batch: str) -> Preview | Problem | No:
    """What a waiting workbook would do to the book as it stands."""
    found = find(viewer, batch)
    return found if isinstance(found, No) else seen(viewer, found)


def settle(
    viewer: Viewer, batch: str, fields: Mapping[str, str], given: Mapping[str, str]
) -> Preview | Problem | No:
    """Say which heading is which field, remember it for the office and layout, look again.

    `fields` maps column letters to field names, empty for a column that is not to be read.
    """
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    before = seen(viewer, found)
    if isinstance(before, Preview):
        headings = {one.letter: one.heading for one in before.layout.columns}
        said = {headings[letter]: name for letter, name in fields.items() if letter in headings}
        Remembered.objects.update_or_create(
            owner=viewer.office,
            layout=before.layout.signature,
            defaults={"fields": json.dumps(said, ensure_ascii=False)},
        )
    found.given = json.dumps(dict(given), ensure_ascii=False)
    found.save(update_fields=["given"])
    return seen(viewer, found)


def drop(viewer: Viewer, batch: str) -> StoredBatch | No:
    """Decide that a waiting workbook is not loaded; its bytes go."""
    found = find(viewer, batch)
    if isinstance(found, No):
        return found
    found.state = DROPPED
    found.save(update_fields=["state"])
    waiting.drop(batch)
    return _stored(found)


def annotated(viewer: Viewer, batch: str) -> bytes | Problem | No:
    """The waiting workbook in its own layout with every faulty cell marked."""
    found = find(viewer, batch)
    now = found if isinstance(found, No) else seen(viewer, found)
    content = waiting.get(batch)
    if not isinstance(now, Preview):
        return now
    return annotate_apart(content, now.problems) if content is not None else _NOT_HERE


def listed(viewer: Viewer, limit: int = _SIZE) -> list[StoredBatch]:
    """The office's workbooks, newest first."""
    if not may(viewer, Verb.ENTER):
        return []
    found = Batch.objects.filter(owner=viewer.office).select_related("account")
    return [_stored(item) for item in found.order_by("-received")[:limit]]


def one(viewer: Viewer, batch: str) -> StoredBatch | No:
    """A workbook of the viewer's office, whatever became of it."""
    found = Batch.objects.filter(key=batch, owner=viewer.office).select_related("account").first()
    return _stored(found) if found and may(viewer, Verb.ENTER) else _NOT_HERE


def find(viewer: Viewer, batch: str, state: str = WAITING) -> Batch | No:
    """The office's batch in a state, or why there is none to do anything with."""
    found = Batch.objects.filter(key=batch, owner=viewer.office).select_related("account").first()
    if found is None or not may(viewer, Verb.ENTER):
        return _NOT_HERE
    return found if found.state == state else No("这一批已经处理过了")


def seen(viewer: Viewer, batch: Batch) -> Preview | Problem | No:
    """What a batch would do now, compared with the book as it stands in this transaction."""
    ledger = ledgers.ledgers()[batch.ledger]
    content = waiting.get(batch.key)
    if content is None:
        return No("这份工作簿已不在等待处理的文件中，请重新上传")
    book = open_book_apart(content)
    if isinstance(book, Problem):
        return book
    given = json.loads(batch.given)
    taken = _take(viewer, book, ledger, given)
    if isinstance(taken, Problem):
        return taken
    known = chain.head().number
    judged = intake.judge(taken, lookup(viewer))
    plan = comparing.compare(viewer, judged)
    return Preview(
        _stored(batch),
        taken.layout,
        plan,
        judged.problems,
        taken.remarks,
        comparing.totals(plan),
        comparing.digest(plan),
        known,
    )


def _take(
    viewer: Viewer, book: intake.Book, ledger: type[Ledger], given: Mapping[str, str]
) -> intake.Taken | Problem:
    """The entries, by the mapping that the office remembers for these headings."""
    laid = intake.lay_out_book(book, ledger, given=tuple(given))
    if isinstance(laid, Problem):
        return laid
    kept = Remembered.objects.filter(owner=viewer.office, layout=laid[0].signature).first()
    remembered = json.loads(kept.fields) if kept else None
    return intake.read_entries(book, ledger, remembered, given)


def _stored(batch: Batch) -> StoredBatch:
    account = batch.account
    return StoredBatch(
        batch.key,
        batch.ledger,
        batch.name,
        batch.received,
        account.get_full_name() or account.get_username(),
        batch.state,
        json.loads(batch.counts),
        json.loads(batch.given),
        batch.link,
        batch.undone,
    )
