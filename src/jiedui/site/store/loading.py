"""A shown workbook into the book under one link, and out of it again under another.

The load compares once more inside the lock and refuses when a row would do otherwise than was
shown. Everything or nothing is written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from jiedui import ledgers
from jiedui.access import No, Verb, Viewer
from jiedui.site.store import chain, previewing, reading, rows, select, vault, versioning, waiting
from jiedui.site.store.comparing import Does
from jiedui.site.store.entries import Entry, Faults, new_id
from jiedui.site.store.judging import faults, may_write
from jiedui.site.store.previewing import LOADED, UNDONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Ledger, Value, Values
    from jiedui.problems import Problem


@dataclass(frozen=True, slots=True)
class Moved:
    """The book or the mapping moved since the preview; this is how it would be now."""

    preview: previewing.Preview


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


def load(
    viewer: Viewer, batch: str, shown: str, *, good_only: bool = False
) -> Loaded | Moved | Faults | Problem | No:
    """Write what the preview with digest `shown` showed, all of it under one link.

    With problems or doubles left it writes nothing, unless the good rows alone are asked for.
    """
    with transaction.atomic():
        # The lock first: what is compared now is what is written over.
        with chain.linking(viewer, "导入工作簿", f"batch:{batch}") as draft:
            found = previewing.find(viewer, batch)
            if isinstance(found, No):
                return found
            now = previewing.seen(viewer, found)
            if not isinstance(now, previewing.Preview):
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


def undo(viewer: Viewer, batch: str, why: str) -> Undone | No:
    """End what a batch wrote and is still current; what was changed since stands and is listed.

    An entry that the batch had changed goes back to what it was before, as a new version.
    """
    with transaction.atomic():
        with chain.linking(viewer, why, f"undo:{batch}") as draft:
            found = previewing.find(viewer, batch, state=LOADED)
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


def _refused(viewer: Viewer, now: previewing.Preview, *, good_only: bool) -> Faults | No | None:
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


def _write(viewer: Viewer, now: previewing.Preview, draft: chain.Draft) -> None:
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
