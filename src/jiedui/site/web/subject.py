"""The entry that an address names, and what its viewer may do with it.

The answer is `access.may`; the door asks again when it writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.access import No, Verb, may
from jiedui.site.store import door
from jiedui.site.store.judging import may_bring

if TYPE_CHECKING:
    from jiedui.access import Viewer, Yes
    from jiedui.ledgers import Ledger

NOTHING = No("")


def current(
    viewer: Viewer, ledger: str, key: str, known: int | None = None
) -> tuple[type[Ledger], door.Entry] | None:
    """The ledger and the entry of an address, None where the viewer sees none."""
    kind, number = ledgers.get(ledger), door.entry_id(key)
    if kind is None or number is None:
        return None
    found = door.entry(kind, number, viewer, known=known)
    return None if isinstance(found, No) else (kind, found)


def withdrawn(
    viewer: Viewer, ledger: str, key: str
) -> tuple[type[Ledger], door.Entry, door.Note] | None:
    """The ledger, the last version and the end of a withdrawn entry, None for any other."""
    kind, number = ledgers.get(ledger), door.entry_id(key)
    found = door.ended(kind, number, viewer) if kind and number is not None else None
    return (kind, *found) if kind and found else None


def may_enter(viewer: Viewer, kind: type[Ledger]) -> Yes | No:
    """Whether the viewer may make a new entry of a ledger or register."""
    return may_bring(viewer, kind)


def may_do(viewer: Viewer, kind: type[Ledger], verb: Verb, found: door.Entry) -> Yes | No:
    """Whether the viewer may do this to the entry; all of a register is `register`."""
    return may(viewer, Verb.REGISTER if kind.register else verb, owner=found.owner)
