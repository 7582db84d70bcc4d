"""The rows of the demonstration: a file a ledger, through the one check and the door.

`rows/<ledger>.tsv` has the names of fields in its first line and a raw cell each below, as a person
would type it: references by their label, child rows as a list of JSON. Two columns more in a ledger
that is no register: `by`, the account that enters the row, and `state`, how far the review is.
A new ledger needs a file here and nothing else. What no sheet of
one table holds, the registers and the aid of the whole year, is in `year/` in the same form.
"""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from typing import TYPE_CHECKING

from jiedui import ledgers, places
from jiedui.access import Role
from jiedui.problems import JieduiError, said
from jiedui.site.store import door

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.values import Raw

__all__ = ["DemonstrationError", "enter", "enter_register", "read"]

WHY = said("建立演示数据")
BY, STATE = "by", "state"
_PATH = ("draft", "submitted", "confirmed")


class DemonstrationError(JieduiError):
    """The demonstration's own rows were refused: they and the declarations contradict."""


def read(ledger: str, folder: str = "rows") -> list[dict[str, str]]:
    """The rows of a ledger's file, a mapping of column to text each; none without a file."""
    file = resources.files("jiedui.site.demonstration") / folder / f"{ledger}.tsv"
    if not file.is_file():
        return []
    lines = io.StringIO(file.read_text("utf-8"), newline="")
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def enter_register(ledger: str, house: Viewer, *, whole: bool = False) -> None:
    """Enter a register's rows as the house, under one link; of the `whole` year too."""
    rows = [*read(ledger), *(read(ledger, "year") if whole else ())]
    _written(ledgers.ledgers()[ledger], house, rows)


def enter(ledger: str, viewers: Mapping[str, Viewer], folder: str = "rows") -> None:
    """Enter a ledger's rows of a folder, account by account, and move them along the review.

    As many links as accounts and steps, however many rows there are.
    """
    kind = ledgers.ledgers()[ledger]
    rows = read(ledger, folder)
    for account in dict.fromkeys(row[BY] for row in rows):
        mine = [row for row in rows if row[BY] == account]
        clerk = viewers[account]
        done = _written(kind, clerk, mine)
        states = {number: row[STATE] for number, row in zip(done, mine, strict=True)}
        for step in _PATH[1:]:
            who = clerk if step == "submitted" else _reviewer(viewers, clerk)
            going = {n: done[n] for n, s in states.items() if _PATH.index(s) >= _PATH.index(step)}
            if going and who is not None:
                done = {**done, **_entered(kind, door.step_all(kind, going, who, step, why=WHY))}


def _written(
    kind: type[Ledger], viewer: Viewer, rows: Sequence[Mapping[str, str]]
) -> dict[int, int]:
    """Check and enter rows; gives the version of each entry by its id, in the order of the rows."""
    own = {BY, STATE}
    cells = [{name: _cell(text) for name, text in row.items() if name not in own} for row in rows]
    checked = ledgers.check(kind, ledgers.frame(cells), door.lookup(viewer))
    return _entered(kind, door.enter(kind, viewer, checked, why=WHY))


def _cell(text: str) -> Raw:
    return json.loads(text) if text.startswith("[") else text or None


def _entered(kind: type[Ledger], done: object) -> dict[int, int]:
    if not isinstance(done, door.Entered):
        msg = f"{kind.name}: {done}"
        raise DemonstrationError(msg)
    return dict(done.entries)


def _reviewer(viewers: Mapping[str, Viewer], clerk: Viewer) -> Viewer | None:
    """Who confirms what a clerk submits: the reviewer in whose bounds he works."""
    for one in viewers.values():
        low, high = places.bounds(places.PlaceCode(one.place))
        if one.role is Role.REVIEWER and low <= clerk.place < high:
            return one
    return None
