"""A sheet that is an earlier one, row for row, but for one value that is another in all of them.

A document number that was mistyped, the name of a project: a changed value and no other event. Not
for sheets of which some rows differ: each of those asks (`resembling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.ledgers.words import Many, Text
from jiedui.site.store import columnar
from jiedui.site.store.identifying import ALL_FROM, mine_by, own
from jiedui.site.store.staged import Does

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

__all__ = ["Renamed", "of"]

# Of one row nobody can tell whether it is the same.
_LEAST = 2
_NOT_SAID = frozenset({"owner", "state", "sources", "sources_count", "year"})


@dataclass(frozen=True, slots=True)
class Renamed:
    """The field that is another in every row, and its one value before and now."""

    field: str
    old: str
    new: str


def of(
    viewer: Viewer,
    ledger: type[Ledger],
    brought: pl.DataFrame,
    mine: pl.DataFrame,
    held: pl.DataFrame,
    found: pl.DataFrame,
    does: Sequence[Does],
) -> Renamed | None:
    """What was renamed, where that is all; None for any other sheet.

    Every row asks (`found`: row `n` about entry `at`), all about the entries of one link that still
    stand (`held`), each of which is asked about; in one field of words; and whatever else the rows
    say, those entries say.
    """
    parts = found["part"].unique().to_list()
    if len(does) < _LEAST or set(does) != {Does.ASKED} or len(parts) != 1:
        return None
    name = parts[0]
    field = ledger.fields.get(name)
    if not isinstance(field, Text) or field.person or not _whole(held, found):
        return None
    rows = brought[found["n"].to_list()]
    entries = _entries(viewer, ledger, mine["entry"].gather(found["at"]))
    old, new = entries[name].unique().to_list(), rows[name].unique().to_list()
    if len(old) != 1 or len(new) != 1 or None in (*old, *new):
        return None
    same = all(_says_nothing_else(rows[one], entries[one]) for one in _others(ledger, name))
    return Renamed(name, str(old[0]), str(new[0])) if same else None


def _entries(viewer: Viewer, ledger: type[Ledger], numbers: pl.Series) -> pl.DataFrame:
    """These entries with all of their stored columns, in this order."""
    wanted = columnar.stored_names(ledger)
    if len(numbers) >= ALL_FROM:
        stand = columnar.standing(ledger, own(ledger, viewer), wanted)
    else:
        stand = mine_by(ledger, viewer, {"entry": numbers.to_list()}, wanted)
    return (
        numbers.alias("entry").to_frame().join(stand, on="entry", how="left", maintain_order="left")
    )


def _whole(held: pl.DataFrame, found: pl.DataFrame) -> bool:
    """Whether those asked about are all that one link wrote and still stands."""
    asked = set(found["at"])
    links = held.filter(held["at"].is_in(list(asked)))["link"].unique().to_list()
    return len(links) == 1 and set(held.filter(held["link"] == links[0])["at"]) == asked


def _others(ledger: type[Ledger], name: str) -> Iterator[str]:
    """The stored columns that a sheet may bring, but for one; lists without their lengths."""
    lists = {f"{one}_count" for one, field in ledger.fields.items() if isinstance(field, Many)}
    for one in columnar.stored_names(ledger):
        if one not in {name, *_NOT_SAID, *lists} and not one.endswith("_vault"):
            yield one


def _says_nothing_else(rows: pl.Series, entries: pl.Series) -> bool:
    """Whether each row says what its entry says, or nothing."""
    nothing = rows.is_null()
    if rows.dtype == entries.dtype and str(rows.dtype) == "String":
        nothing |= rows == columnar.NONE
    return bool((nothing | rows.eq_missing(entries)).all())
