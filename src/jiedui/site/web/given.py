"""What is the same for every row of a workbook, said once beside it: programme, pairing, place.

Not for judging: the cells go through `ledgers.check` like those of the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.problems import Field as At
from jiedui.site.store import door
from jiedui.site.web import controls, paired, proposing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

NAMES = ("programme", "pairing", "place")
MARK = "given-"


def defaults(viewer: Viewer, kind: type[Ledger]) -> dict[str, str]:
    """What has one answer for this office: the pairing of its place, its programme, its place."""
    cells: dict[str, str] = {}
    if "pairing" in kind.fields:
        fits = paired.pairing_at(viewer, viewer.place)
        if fits:
            cells["pairing"] = str(fits)
    if "place" in kind.fields:
        cells["place"] = viewer.place
    known = proposing.from_pairing(viewer, kind, cells)
    return cells | {name: text for name, text in known.items() if isinstance(text, str)}


def posted(words: Mapping[str, str]) -> dict[str, str]:
    """The cells of a posted form that say something."""
    found = {name: words.get(MARK + name, "").strip() for name in NAMES}
    return {name: text for name, text in found.items() if text}


def of(kind: type[Ledger], cells: Mapping[str, str]) -> dict[str, str]:
    """Those of the cells that the ledger has a field for."""
    return {name: text for name, text in cells.items() if name in kind.fields}


def drawn(
    viewer: Viewer,
    kind: type[Ledger],
    cells: Mapping[str, str],
    *,
    without: Collection[str] = (),
) -> list[controls.Control]:
    """The controls, `without` those that the sheet has a column for, each with what is wrong."""
    wrong = faults(viewer, kind, cells)
    options = {name: door.options(ledgers.ledgers()[name], viewer) for name in ("pairings",)}
    return [
        controls.control(
            kind.fields[name],
            MARK + name,
            cells.get(name),
            lambda to: options.get(to, []),
            tuple(one for one in wrong if isinstance(one.at, At) and one.at.path == name),
        )
        for name in NAMES
        if name in kind.fields and name not in without
    ]


def words(drawn: Iterable[controls.Control]) -> list[tuple[str, str]]:
    """What was said for all rows: each label, and the text as the control shows it."""
    return [
        (one.label, next((text for value, text in one.options if value == one.value), one.value))
        for one in drawn
        if one.value
    ]


def faults(viewer: Viewer, kind: type[Ledger], cells: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the cells by themselves; what is left open may stand in the sheet."""
    if not cells:
        return []
    raw = {name: text for name, text in cells.items() if name in kind.fields}
    checked = ledgers.check(kind, ledgers.frame([raw]), door.lookup(viewer))
    return [one for one in checked.problems if isinstance(one.at, At) and one.at.path in raw]
