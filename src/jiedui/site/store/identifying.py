"""Which entry each row of a workbook is: by the id that it bears, else by what makes an event.

Only the office's own entries are looked at. What a row changes is for `comparing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.site.store import columnar, select
from jiedui.site.store.staged import Does

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger
    from jiedui.site.store.sealing import Names
    from jiedui.site.store.statement import Where

__all__ = ["ALL_FROM", "matched", "mine_by", "mine_of", "own"]

# So many values a database is asked by at once.
_CHUNK = 500
# From so many rows on, all of the office's entries are asked for at once.
ALL_FROM = 5_000


def own(ledger: type[Ledger], viewer: Viewer) -> Where:
    """The condition of the office's own current entries."""
    condition = select.where(ledger, viewer.scope)
    condition.add('"owner" = %s', viewer.office)
    return condition


def mine_of(
    ledger: type[Ledger],
    viewer: Viewer,
    numbers: Sequence[int],
    hashes: pl.Series,
    wanted: Sequence[str],
) -> pl.DataFrame:
    """The office's own current entries of these ids, or with one of these identities.

    Of their stored columns those that are `wanted`.
    """
    if len(hashes) >= ALL_FROM:
        return columnar.standing(ledger, own(ledger, viewer), wanted)
    asked: dict[str, Sequence[int] | Sequence[bytes]] = {
        "entry": list(numbers),
        "identity": list(dict.fromkeys(hashes)),
    }
    return mine_by(ledger, viewer, asked, wanted)


def mine_by(
    ledger: type[Ledger],
    viewer: Viewer,
    by: Mapping[str, Sequence[int] | Sequence[bytes]],
    wanted: Sequence[str],
) -> pl.DataFrame:
    """The office's own current entries with any of these values in any of these columns."""
    import polars as pl

    found = []
    for column, values in by.items():
        for start in range(0, max(len(values), 1), _CHUNK):
            part = values[start : start + _CHUNK]
            condition = own(ledger, viewer)
            marks = ", ".join(["%s"] * len(part)) or "NULL"
            condition.add(f'"{column}" IN ({marks})', *part)
            found.append(columnar.standing(ledger, condition, wanted))
    return pl.concat(found).unique("id", maintain_order=True)


def matched(
    judged: Judged,
    brought: pl.DataFrame,
    identities: pl.Series,
    ids: Sequence[int | None],
    mine: pl.DataFrame,
    names: Names,
) -> tuple[list[int | None], list[Does]]:
    """For each row the entry of `mine` that it is, by position, and what it does so far."""
    entries = mine["entry"].to_list() if any(ids) else ()
    by_entry = {number: at for at, number in enumerate(entries)}
    # The first entry of each event, and the others of the few that have any.
    first: dict[object, int] = {}
    others: dict[object, list[int]] = {}
    for at, key in enumerate(_keys(mine["identity"].to_list(), names.standing())):
        if first.setdefault(key, at) != at:
            others.setdefault(key, []).append(at)
    bases: list[int | None] = [None] * brought.height
    does = [Does.PROBLEM] * brought.height
    keys = _keys(identities.to_list(), names.brought(brought))
    claimed: set[int] = set()
    fresh: set[object] = set()
    for n in judged.good:
        key, known = keys[n], ids[n]
        base = by_entry.get(known) if known else None
        if base is None:
            base = first.get(key)
            if base in claimed:
                base = next((at for at in others.get(key, ()) if at not in claimed), base)
        if base is None:
            does[n] = Does.DOUBLE if key in fresh else Does.ADDED
            fresh.add(key)
        else:
            bases[n] = base
            does[n] = Does.DOUBLE if base in claimed else Does.CHANGED
            claimed.add(base)
    return bases, does


def _keys(identities: Sequence[bytes], names: Sequence[str] | None) -> Sequence[object]:
    """What makes each row its event; with the names of persons where they are part of it."""
    return identities if names is None else list(zip(identities, names, strict=True))
