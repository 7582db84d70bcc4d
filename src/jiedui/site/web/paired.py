"""The pairing that an entry is of, where nothing says it and only one fits.

Not for judging: what is filled in is shown, and a person takes it or another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.site.store import door

if TYPE_CHECKING:
    from jiedui.access import Viewer

__all__ = ["pairing_at"]


def pairing_at(viewer: Viewer, place: object) -> int | None:
    """The viewer's only pairing, or the only one of which a side is exactly this place."""
    kinds = ledgers.ledgers()
    mine = [number for number, _ in door.options(kinds["pairings"], viewer)]
    if len(mine) < 2:
        return mine[0] if mine else None
    sides = {
        number: {one.values["east"], one.values["west"]}
        for number, one in door.chosen(kinds["pairings"], mine, viewer).items()
    }
    wanted = [one for both in sides.values() for one in both if isinstance(one, int)]
    parties = door.chosen(kinds["parties"], wanted, viewer)
    there = {number for number, one in parties.items() if one.values["place"] == place}
    found = [number for number, both in sides.items() if both & there]
    return found[0] if len(found) == 1 else None
