"""The rows of a workbook that was read, as a person is shown them: what each would do and change.

Not for deciding what a row does: that is `comparing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.ledgers import Sealed, canon
from jiedui.site.store import columnar, reading, rows, select, vault
from jiedui.site.store.staged import BASE, DOES, ENTRY, ROW, Does

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger, Value, Values
    from jiedui.site.store.entries import Entry
    from jiedui.site.store.staged import Staged

__all__ = ["Change", "Planned", "planned"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row that would change."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row of a sheet would do; `base` is the version it would follow."""

    row: int
    does: Does
    values: Values
    entry: int | None = None
    base: Entry | None = None
    changes: tuple[Change, ...] = ()


def planned(viewer: Viewer, staged: Staged, part: pl.DataFrame) -> tuple[Planned, ...]:
    """Some of the rows of a workbook, with names opened as its office may see them."""
    ledger = staged.said.layout.ledger
    held = [rows.decode(ledger, row) for row in part.select(columnar.stored_names(ledger))
            .iter_rows(named=True)]  # fmt: skip
    refs = [ref for values in held for ref in rows.sealed_refs(values)]
    names = {**vault.opened(refs, viewer.office), **dict(_waiting(viewer, staged, refs))}
    bases = _bases(viewer, ledger, part[BASE].drop_nulls().to_list())
    return tuple(
        _planned(ledger, one, rows.reveal(values, names, erased=False), bases)
        for one, values in zip(part.iter_rows(named=True), held, strict=True)
    )


def _waiting(viewer: Viewer, staged: Staged, refs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names that wait with the rows, by reference."""
    boxes = staged.names.filter(staged.names["ref"].is_in(refs)) if refs else staged.names.clear()
    for ref, nonce, box, _mark in boxes.iter_rows():
        name = vault.open_box(vault.Box(ref, viewer.office, nonce, box))
        if name is not None:
            yield ref, name


def _bases(viewer: Viewer, ledger: type[Ledger], versions: Sequence[int]) -> dict[int, Entry]:
    """The versions that rows would follow, or would leave as they are."""
    if not versions:
        return {}
    # One that was ended since is still what the row was compared with.
    condition = select.ever(ledger, viewer.scope)
    condition.add(f'"id" IN ({", ".join(["%s"] * len(versions))})', *versions)
    found = reading.shown(viewer, reading.fetch(ledger, condition, ""))
    return {one.version: one for one in found}


def _planned(
    ledger: type[Ledger], one: Mapping[str, object], values: Values, bases: Mapping[int, Entry]
) -> Planned:
    does = Does(str(one[DOES]))
    version = one[BASE]
    base = bases.get(version) if isinstance(version, int) else None
    entry = one[ENTRY] if base else None
    differs = does in {Does.CHANGED, Does.ASKED}
    changes = tuple(_changes(ledger, values, base)) if base and differs else ()
    row = one[ROW]
    assert isinstance(row, int)
    return Planned(row, does, values, entry if isinstance(entry, int) else None, base, changes)


def _changes(ledger: type[Ledger], values: Values, base: Entry) -> Iterator[Change]:
    for name, field in ledger.fields.items():
        if not field.typed and name != "year":
            continue
        old, new = base.values.get(name), values.get(name)
        if _plain(old) != _plain(new):
            yield Change(name, old, new)


def _plain(value: Value) -> object:
    """A value to compare: names by their references, no rows as nothing."""
    if value is None or value in ((), ""):
        return None
    return value.ref if isinstance(value, Sealed) else canon.plain(value)
