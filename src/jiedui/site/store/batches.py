"""Workbooks into the book: staged, previewed, loaded under one link, undone under another.

The preview is what the load does: the load compares again inside the lock and refuses when a
row would do otherwise than was shown. Everything or nothing is written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from jiedui import intake, ledgers
from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Problem
from jiedui.site.sandbox_books import annotate_apart, open_book_apart
from jiedui.site.store import (
    chain,
    comparing,
    reading,
    rows,
    select,
    vault,
    versioning,
    waiting,
)
from jiedui.site.store.comparing import Does, Plan
from jiedui.site.store.entries import Entry, Faults, key, new_id
from jiedui.site.store.judging import faults, may_write
from jiedui.site.store.lookup import lookup
from jiedui.site.store.tables import Batch
from jiedui.site.store.tables import Mapping as Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jiedui.ledgers import Ledger, Value, Values

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


@dataclass(frozen=True, slots=True)
class Moved:
    """The book or the mapping moved since the preview; this is how it would be now."""

    preview: Preview


@dataclass(frozen=True, slots=True)
class Loaded:
    """The workbook is in the book under `link`; 0 when there was nothing to write."""

    link: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Undone:
    """The batch was undone under `link`; `kept` entries had been changed since and stand."""

    link: int
    ended: int
    kept: tuple[int, ...]


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
        name=_plain(name),
        sha256=book.digest,
        received=timezone.now(),
        given=json.dumps(dict(given or {}), ensure_ascii=False),
    )
    waiting.put(batch.key, content)
    batch.save(force_insert=True)
    return _stored(batch)


def preview(viewer: Viewer, batch: str) -> Preview | Problem | No:
    """What a waiting workbook would do to the book as it stands."""
    found = _find(viewer, batch)
    return found if isinstance(found, No) else _preview(viewer, found)


def settle(
    viewer: Viewer, batch: str, fields: Mapping[str, str], given: Mapping[str, str]
) -> Preview | Problem | No:
    """Say which heading is which field, remember it for the office and layout, look again.

    `fields` maps column letters to field names, empty for a column that is not to be read.
    """
    found = _find(viewer, batch)
    if isinstance(found, No):
        return found
    before = _preview(viewer, found)
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
    return _preview(viewer, found)


def load(
    viewer: Viewer, batch: str, shown: str, *, good_only: bool = False
) -> Loaded | Moved | Faults | Problem | No:
    """Write what the preview with digest `shown` showed, all of it under one link.

    With problems or doubles left it writes nothing, unless the good rows alone are asked for.
    """
    with transaction.atomic():
        # The lock first: what is compared now is what is written over.
        with chain.linking(viewer, "导入工作簿", f"batch:{batch}") as draft:
            found = _find(viewer, batch)
            if isinstance(found, No):
                return found
            now = _preview(viewer, found)
            if not isinstance(now, Preview):
                return now
            if now.digest != shown:
                return Moved(now)
            told = _refused(viewer, now, good_only=good_only)
            if told is not None:
                return told
            _write(viewer, now, draft)
            wrote = bool(draft.wrote)
        found.state, found.plan = LOADED, now.digest
        found.counts = json.dumps(dict(now.counts))
        found.link = draft.number if wrote else None
        found.save()
    waiting.drop(batch)
    return Loaded(found.link or 0, now.counts)


def drop(viewer: Viewer, batch: str) -> StoredBatch | No:
    """Decide that a waiting workbook is not loaded; its bytes go."""
    found = _find(viewer, batch)
    if isinstance(found, No):
        return found
    found.state = DROPPED
    found.save(update_fields=["state"])
    waiting.drop(batch)
    return _stored(found)


def undo(viewer: Viewer, batch: str, why: str) -> Undone | No:
    """End what a batch wrote and is still current; what was changed since stands and is listed.

    An entry that the batch had changed goes back to what it was before, as a new version.
    """
    with transaction.atomic():
        with chain.linking(viewer, why, f"undo:{batch}") as draft:
            found = _find(viewer, batch, state=LOADED)
            if isinstance(found, No):
                return found
            ledger = ledgers.ledgers()[found.ledger]
            written = _written_by(ledger, found.link or -1)
            current = [item for item in written if item.ended is None]
            versioning.end(ledger, draft, [item.version for item in current])
            for item in current:
                before = _before(ledger, item.id, item.link)
                if before is not None:
                    held = vault.opened(rows.sealed_refs(before.values), before.owner)
                    versioning.write(
                        ledger, draft, [(item.id, before.values)],
                        held={name: ref for ref, name in held.items()},
                    )  # fmt: skip
            if not current:
                draft.ends.pop(ledger.name, None)
        found.state, found.undone = UNDONE, draft.number if current else None
        found.save()
    kept = tuple(item.id for item in written if item.ended is not None)
    return Undone(found.undone or 0, len(current), kept)


def annotated(viewer: Viewer, batch: str) -> bytes | Problem | No:
    """The waiting workbook in its own layout with every faulty cell marked."""
    found = _find(viewer, batch)
    now = found if isinstance(found, No) else _preview(viewer, found)
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


def _find(viewer: Viewer, batch: str, state: str = WAITING) -> Batch | No:
    found = Batch.objects.filter(key=batch, owner=viewer.office).select_related("account").first()
    if found is None or not may(viewer, Verb.ENTER):
        return _NOT_HERE
    return found if found.state == state else No("这一批已经处理过了")


def _preview(viewer: Viewer, batch: Batch) -> Preview | Problem | No:
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


def _refused(viewer: Viewer, now: Preview, *, good_only: bool) -> Faults | No | None:
    open_ones = now.counts[Does.PROBLEM] + now.counts[Does.DOUBLE]
    if open_ones and not good_only:
        return Faults(now.problems)
    ledger = ledgers.ledgers()[now.batch.ledger]
    seen: set[tuple[Value, ...]] = set()
    for one_row in now.plan:
        if one_row.does not in {Does.ADDED, Does.CHANGED}:
            continue
        # What only the book can tell is the same for rows of one day, place and pairing.
        names = ("programme", "pairing", "place", ledger.on)
        same = tuple(one_row.values.get(name) for name in names)
        if same in seen:
            continue
        seen.add(same)
        verb = Verb.AMEND if one_row.base else Verb.ENTER
        answer = may_write(ledger, viewer, verb, one_row.values)
        if isinstance(answer, No):
            return No(f"第 {one_row.row} 行：{answer.reason}")
        found = faults(ledger, viewer, one_row.values, one_row.base)
        if told := tuple(one for one in found if one.code != "same-entry"):
            return Faults(told)
    return None


def _write(viewer: Viewer, now: Preview, draft: chain.Draft) -> None:
    ledger = ledgers.ledgers()[now.batch.ledger]
    new: list[tuple[int, Values]] = []
    held: dict[str, str] = {}
    for planned in now.plan:
        if planned.does is Does.ADDED:
            values: dict[str, Value] = {**planned.values, "owner": viewer.office, "sources": ()}
            new.append((new_id(), _draft(ledger, values)))
        elif planned.does is Does.CHANGED and planned.base is not None:
            versioning.end(ledger, draft, [planned.base.version])
            names = vault.opened(rows.sealed_refs(planned.base.values), viewer.office)
            held |= {name: ref for ref, name in names.items()}
            new.append((planned.base.id, _draft(ledger, dict(planned.values))))
    versioning.write(ledger, draft, new, held=held)


def _draft(ledger: type[Ledger], values: dict[str, Value]) -> dict[str, Value]:
    if "state" in ledger.fields:
        values["state"] = "draft"
    return values


def _written_by(ledger: type[Ledger], link: int) -> list[Entry]:
    condition = select.Where()
    condition.add('"link" = %s', link)
    return reading.fetch(ledger, condition, 'ORDER BY v."id"')


def _before(ledger: type[Ledger], entry: int, link: int) -> Entry | None:
    condition = select.Where()
    condition.add('"entry" = %s AND "ended" = %s', entry, link)
    return next(iter(reading.fetch(ledger, condition, "")), None)


def _plain(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:200]


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


__all__ = [
    "Loaded",
    "Moved",
    "Preview",
    "StoredBatch",
    "Undone",
    "annotated",
    "drop",
    "listed",
    "load",
    "one",
    "preview",
    "receive",
    "settle",
    "undo",
]
