"""Which entry each row of a workbook is: by the id that it bears, else by what makes an event.

Only the office's own entries are looked at. What a row changes is for `comparing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.site.store import columnar, select
from jiedui.site.store.staged import Does

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger
    from jiedui.site.store.sealing import Names

__all__ = ["ALL_FROM", "matched", "mine_of"]

_CHUNK = 500
# From so many rows on, all of the office's entries are asked for at once.
ALL_FROM = 5_000


def mine_of(
    ledger: type[Ledger], viewer: Viewer, numbers: Sequence[int], hashes: Sequence[bytes]
) -> pl.DataFrame:
    """The office's own current entries of these ids, or with one of these identities."""
    import polars as pl

    own = '"owner" = %s'
    if len(hashes) >= ALL_FROM:
        condition = select.where(ledger, viewer.scope)
        condition.add(own, viewer.office)
        return columnar.standing(ledger, condition)
    found = []
    asked: Iterable[tuple[str, list[int] | list[bytes]]] = (
        ("entry", list(numbers)), ("identity", list(dict.fromkeys(hashes)))
    )  # fmt: skip
    for column, wanted in asked:
        for start in range(0, max(len(wanted), 1), _CHUNK):
            part = wanted[start : start + _CHUNK]
            condition = select.where(ledger, viewer.scope)
            condition.add(own, viewer.office)
            marks = ", ".join(["%s"] * len(part)) or "NULL"
            condition.add(f'"{column}" IN ({marks})', *part)
            found.append(columnar.standing(ledger, condition))
    return pl.concat(found).unique("id", maintain_order=True)


def matched(
    judged: Judged,
    brought: pl.DataFrame,
    identities: Sequence[bytes],
    ids: Sequence[int | None],
    mine: pl.DataFrame,
    names: Names,
) -> tuple[list[int | None], list[Does]]:
    """For each row the entry of `mine` that it is, by position, and what it does so far."""
    by_entry = {number: at for at, number in enumerate(mine["entry"])}
    by_key: dict[tuple[bytes, str], list[int]] = {}
    for at, key in enumerate(zip(mine["identity"], names.standing(), strict=True)):
        by_key.setdefault(key, []).append(at)
    keys = list(zip(identities, names.brought(brought), strict=True))
    good = bytearray(len(keys))
    for n in judged.good:
        good[n] = 1
    claimed: set[int] = set()
    fresh: set[tuple[bytes, str]] = set()
    bases: list[int | None] = []
    does: list[Does] = []
    for n, key in enumerate(keys):
        base, do = None, Does.PROBLEM
        if good[n]:
            known = ids[n]
            base = by_entry.get(known) if known else None
            if base is None:
                base = _free(by_key.get(key, ()), claimed)
            twice = base in claimed if base is not None else key in fresh
            do = Does.DOUBLE if twice else Does.ADDED if base is None else Does.CHANGED
            if base is None:
                fresh.add(key)
            else:
                claimed.add(base)
        bases.append(base)
        does.append(do)
    return bases, does


def _free(candidates: Sequence[int], claimed: set[int]) -> int | None:
    """The first entry that no row is yet, else the first of all."""
    for at in candidates:
        if at not in claimed:
            return at
    return candidates[0] if candidates else None
