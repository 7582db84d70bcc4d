"""What a loaded workbook wrote, and what of it stands: read for the batch's page.

Not for loading or undoing: that is `batches`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers
from jiedui.site.store import reading, select

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.batches import StoredBatch
    from jiedui.site.store.entries import Entry

__all__ = ["Outcome", "outcome"]

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """The entries that a batch wrote: how many, the first of them, and what became of them.

    Its undoing ended `undone` for good and set `back` to what they had been; `moved` were amended
    or withdrawn before that, at most 50 of them with their entries as the batch wrote them, and
    stand as they are.
    """

    wrote: int
    shown: tuple[Entry, ...]
    undone: int
    back: int
    moved: int
    moved_shown: tuple[Entry, ...]


def outcome(viewer: Viewer, batch: StoredBatch) -> Outcome:
    """What a batch of the viewer's office wrote, and what of it was ended by whom."""
    ledger = ledgers.ledgers()[batch.ledger]
    wrote = _condition(viewer, ledger, batch)
    undone = _ever(viewer, ledger)
    undone.add('"ended" = %s', batch.undone or -1)
    back = 0
    if batch.undone:
        back = _count(ledger, _condition(viewer, ledger, batch, link=batch.undone))
    moved = _condition(viewer, ledger, batch)
    # What was brought back in between was undone with the rest.
    ended = f'SELECT "entry" FROM {select.relation(ledger)} WHERE "ended" = %s'
    moved.add(f'"ended" IS NOT NULL AND "entry" NOT IN ({ended})', batch.undone or -1)
    return Outcome(
        _count(ledger, wrote),
        _first(viewer, ledger, wrote),
        _count(ledger, undone) - back,
        back,
        _count(ledger, moved),
        _first(viewer, ledger, moved),
    )


def _condition(
    viewer: Viewer, ledger: type[Ledger], batch: StoredBatch, *, link: int | None = None
) -> select.Where:
    """The versions that the batch wrote, or those of another link of its."""
    condition = _ever(viewer, ledger)
    condition.add('"link" = %s', link or batch.link or -1)
    return condition


def _ever(viewer: Viewer, ledger: type[Ledger]) -> select.Where:
    condition = select.ever(ledger, viewer.scope)
    condition.add('"owner" = %s', viewer.office)
    return condition


def _count(ledger: type[Ledger], condition: select.Where) -> int:
    text = f"SELECT count(*) FROM {select.relation(ledger)} WHERE {condition.sql()}"
    with connection.cursor() as cursor:
        cursor.execute(text, condition.values)
        return int(cursor.fetchone()[0])


def _first(viewer: Viewer, ledger: type[Ledger], condition: select.Where) -> tuple[Entry, ...]:
    found = reading.fetch(ledger, condition, f'ORDER BY v."id" LIMIT {_SHOWN}')
    return tuple(reading.shown(viewer, found))
