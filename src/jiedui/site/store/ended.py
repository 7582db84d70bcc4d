"""Entries that were withdrawn, as they last stood, and what link ended them.

Nothing is overwritten: who may see the versions of an entry may see those of one that has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiedui.access import No, Verb, Viewer, may
from jiedui.site.store import reading
from jiedui.site.store.tables import Link

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger
    from jiedui.site.store.entries import Entry

__all__ = ["Note", "ended", "note"]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in a link beside what it wrote: its number, when, by whom and why."""

    number: int
    at: datetime
    by: str
    why: str


def ended(ledger: type[Ledger], number: int, viewer: Viewer) -> tuple[Entry, Note] | None:
    """The last version of a withdrawn entry and the link that ended it; None for any other."""
    history = reading.versions(ledger, number, viewer)
    if not history or history[0].ended is None:
        return None
    return history[0], _noted(Link.objects.get(number=history[0].ended))


def note(viewer: Viewer, number: int) -> Note | None:
    """A link that the viewer's own office wrote, if he may see what was; None for any other."""
    if isinstance(may(viewer, Verb.HISTORY), No):
        return None
    link = Link.objects.filter(number=number, office=viewer.office).first()
    return _noted(link) if link else None


def _noted(link: Link) -> Note:
    return Note(link.number, datetime.fromisoformat(link.at), link.by, link.why)
