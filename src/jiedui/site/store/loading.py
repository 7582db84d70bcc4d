"""A shown workbook into the book under one link, in one short transaction.

What was read waits as it will be written. Where the book moved since, the workbook is compared
again and the load goes on only if every row would still do what was shown. All or nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from jiedui.access import No, Viewer
from jiedui.ledgers.words import Ref
from jiedui.problems import problem, said
from jiedui.site.store import chain, files, fitting, staged, staging, vault, versioning, waiting
from jiedui.site.store.entries import Faults
from jiedui.site.store.evidenced import source
from jiedui.site.store.previewed import Preview, stored
from jiedui.site.store.previewing import LOADED, find
from jiedui.site.store.staged import BASE, DOES, OPEN, WRITTEN, Does, Staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem
    from jiedui.site.store.staging import Progress
    from jiedui.site.store.tables import Batch

__all__ = ["Loaded", "Moved", "load"]

WRITE = "write"
_TRIES = 3
_VAULT = re.compile(r'"vault":"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True)
class Moved:
    """The book or the mapping moved since the preview; this is how it would be now."""

    preview: Preview


@dataclass(frozen=True, slots=True)
class Loaded:
    """The workbook is in the book under `link`; 0 when there was nothing to write."""

    link: int
    counts: Mapping[str, int]


def load(
    viewer: Viewer, key: str, shown: str, *, good_only: bool, told: Progress
) -> Loaded | Moved | Faults | Problem | No:
    """Write what the preview with digest `shown` showed, all of it under one link.

    With problems or doubles left it writes nothing, unless the good rows alone are asked for.
    """
    for tried in range(_TRIES):
        batch = find(viewer, key)
        if isinstance(batch, No):
            return batch
        now = _staged(viewer, batch, told)
        if not isinstance(now, Staged):
            return now
        answer = _refused(viewer, now, shown, batch, good_only=good_only)
        if answer is not None:
            return answer
        content = now.stripped if now.said.personal else waiting.get(key)
        if content:
            files.keep(content)
        done = _write(viewer, key, now, told, last=tried == _TRIES - 1)
        if done is not None:
            return done
    raise AssertionError  # The last try compares inside the lock.


def _staged(viewer: Viewer, batch: Batch, told: Progress) -> Staged | Problem | No:
    """What was read, compared again when the book moved since or it was read by another version."""
    head = staged.said(batch.key)
    kept = staged.rows(batch.key, head) if head else None
    if kept is None or _moved(kept):
        return staging.stage(viewer, batch, told)
    return kept


def _moved(kept: Staged) -> bool:
    ledger = kept.said.layout.ledger
    names = {ledger.name, *(one.to for one in ledger.fields.values() if isinstance(one, Ref))}
    return chain.touched(kept.said.known, names, persons=bool(kept.names.height))


def _differs(again: Staged, now: Staged) -> bool:
    """Whether rows would do otherwise now, or other cells of them would be kept."""
    return (again.said.digest, again.stripped) != (now.said.digest, now.stripped)


def _refused(
    viewer: Viewer, now: Staged, shown: str, batch: Batch, *, good_only: bool
) -> Moved | Faults | No | None:
    said = now.said
    if said.digest != shown:
        return Moved(Preview(stored(batch), now, viewer))
    if any(said.counts[one] for one in OPEN) and not good_only:
        unanswered = sum(said.counts[one] for one in (Does.DOUBLE, Does.ASKED))
        open_ones = (problem("rows-unanswered", count=unanswered),) if unanswered else ()
        return Faults((*said.problems, *open_ones))
    # Asked again: an authority may have ended since the preview.
    return fitting.refused(viewer, said.layout.ledger, now.rows)


def _write(
    viewer: Viewer, key: str, now: Staged, told: Progress, *, last: bool
) -> Loaded | No | None:
    """One transaction; None when the book moved before the lock was there."""
    with transaction.atomic():
        with chain.linking(viewer, said("导入工作簿")) as draft:
            batch = find(viewer, key)
            if isinstance(batch, No):
                return batch
            if _moved(now):
                if not last:
                    return None
                again = staging.read(viewer, batch, told)
                if not isinstance(again, Staged) or _differs(again, now):
                    return No(said("账本正被别人改动，没有导入；请稍后再试"))
                now = again
            batch.stripped = now.sha256
            draft.source = source(batch)
            _lay(now, draft, told)
            wrote = bool(draft.wrote)
        batch.state, batch.plan = LOADED, now.said.digest
        batch.counts = json.dumps(dict(now.said.counts))
        batch.link = draft.number if wrote else None
        batch.save()
    waiting.drop(key)
    return Loaded(batch.link or 0, now.said.counts)


def _lay(now: Staged, draft: chain.Draft, told: Progress) -> None:
    import polars as pl

    ledger = now.said.layout.ledger
    writes = now.rows
    if not writes[DOES].is_in(WRITTEN).all():
        writes = writes.filter(pl.col(DOES).is_in(WRITTEN))
    told(WRITE, 0, writes.height)
    if ends := writes[BASE].drop_nulls().to_list():
        versioning.end(ledger, draft, ends)
    _lay_names(ledger, now, writes)
    versioning.lay(ledger, draft, writes, lambda done: told(WRITE, done, writes.height))


def _lay_names(ledger: type[Ledger], now: Staged, writes: pl.DataFrame) -> None:
    """Put the names of the rows that are written into the vault."""
    if not now.names.height:
        return
    held: set[str] = set()
    for name, field in ledger.fields.items():
        if field.person:
            held |= set(writes[f"{name}_vault"].drop_nulls())
        elif field.kind == "rows":
            held.update(*map(_VAULT.findall, writes[name].drop_nulls()))
    owner = writes["owner"][0] if writes.height else 0
    vault.lay(
        vault.Box(ref, owner, nonce, box, mark)
        for ref, nonce, box, mark in now.names.iter_rows()
        if ref in held
    )
