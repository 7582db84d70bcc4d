"""A loaded workbook out of the book again: what it wrote and still stands ends, under a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from jiedui import ledgers
from jiedui.access import No, Viewer
from jiedui.site.store import chain, columnar, select, versioning
from jiedui.site.store.previewing import LOADED, UNDONE, find
from jiedui.site.store.statement import marks

if TYPE_CHECKING:
    import polars as pl

    from jiedui.ledgers import Ledger
    from jiedui.site.store.staging import Progress
    from jiedui.site.store.tables import Batch

__all__ = ["Undone", "undo", "undone"]

UNDO = "undo"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Undone:
    """The batch was undone under `link`; `kept` entries had been changed since and stand."""

    link: int
    ended: int
    kept: tuple[int, ...]


def undo(viewer: Viewer, key: str, why: str, told: Progress) -> Undone | No:
    """End what a batch wrote and is still current; what was changed since stands and is listed.

    An entry that the batch had changed goes back to what it was before, as a new version. What
    another batch changed and its undoing brought back stands as this one wrote it, and ends too.
    """
    with transaction.atomic():
        with chain.linking(viewer, why, f"undo:{key}") as draft:
            batch = find(viewer, key, state=LOADED)
            if isinstance(batch, No):
                return batch
            ledger = ledgers.ledgers()[batch.ledger]
            wrote = columnar.standing(ledger, _written(batch.link))
            stands = _standing(ledger, batch, wrote)
            told(UNDO, 0, stands.height)
            if stands.height:
                versioning.end(ledger, draft, stands["id"].to_list())
                # As stored, names by their references: each is its own digest's again.
                before = columnar.standing(ledger, _ended(batch.link))
                back = before.filter(before["entry"].is_in(stands["entry"].implode()))
                versioning.lay(ledger, draft, back, lambda done: told(UNDO, done, stands.height))
        batch.state, batch.undone = UNDONE, draft.number if stands.height else None
        batch.save()
    kept = wrote.filter(~wrote["entry"].is_in(stands["entry"].implode()))
    return Undone(batch.undone or 0, stands.height, tuple(kept["entry"]))


def undone(batch: Batch) -> Undone:
    """What the undoing of a batch did, of one that was undone before."""
    ledger = ledgers.ledgers()[batch.ledger]
    wrote = columnar.standing(ledger, _written(batch.link))
    stood = columnar.standing(ledger, _ended(batch.undone))
    kept = wrote.filter(~wrote["entry"].is_in(stood["entry"].implode()))
    return Undone(batch.undone or 0, stood.height, tuple(kept["entry"]))


def _standing(ledger: type[Ledger], batch: Batch, wrote: pl.DataFrame) -> pl.DataFrame:
    """The current versions that are as a batch wrote them, whichever link laid them down."""
    import polars as pl

    condition = _written(batch.link)
    condition.add('"ended" IS NULL')
    stands = columnar.standing(ledger, condition)
    others = wrote.filter(~wrote["entry"].is_in(stands["entry"].implode()))
    parts = [stands]
    for part in others.iter_slices(_AT_ONCE):
        now = select.Where()
        now.add(f'"ended" IS NULL AND "entry" IN ({marks(part["entry"])})', *part["entry"])
        parts.append(columnar.standing(ledger, now).join(part, on=["entry", "digest"], how="semi"))
    return pl.concat(parts)


def _written(link: int | None) -> select.Where:
    condition = select.Where()
    condition.add('"link" = %s', link or -1)
    return condition


def _ended(link: int | None) -> select.Where:
    condition = select.Where()
    condition.add('"ended" = %s', link or -1)
    return condition
