"""A checked workbook against the book: what each row would do, and to which entry.

Rows find their entry by the id that a file of ours brings, else by identity among the office's
own entries. Whether one changed is told by digests alone; values are read of those that did.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from jiedui.ledgers import Sealed, canon
from jiedui.site.store import reading, rows, select
from jiedui.site.store.entries import entry_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger, Value, Values
    from jiedui.site.store.entries import Entry

_CHUNK = 500


class Does(StrEnum):
    """What a row would do."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBLE = "double"
    PROBLEM = "problem"


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


Plan: TypeAlias = tuple[Planned, ...]


def compare(viewer: Viewer, judged: Judged) -> Plan:
    """What every row of a judged workbook would do to the book as it stands now.

    A second row for the same entry, and a row equal to another in all that makes an event, is a
    double: a question to the person, and not written.
    """
    ledger, taken = judged.taken.ledger, judged.taken
    good = frozenset(judged.good)
    values = judged.checked.rows
    ids = {n: entry_id(text or "") for n, text in enumerate(taken.ids)}
    hashes = {n: rows.identity(ledger, values[n]) for n in good}
    mine = _mine(ledger, viewer, [i for i in ids.values() if i], hashes.values())
    by_identity: dict[bytes, list[Entry]] = {}
    for item in mine.values():
        by_identity.setdefault(rows.identity(ledger, item.values), []).append(item)
    brought = frozenset(taken.frame.columns)
    claimed: set[int] = set()
    fresh: set[tuple[bytes, str]] = set()
    plan = []
    for n, row in enumerate(taken.rows):
        if n not in good:
            plan.append(Planned(row, Does.PROBLEM, values[n]))
            continue
        known = ids[n]
        base = mine.get(known) if known else None
        base = base or _same(ledger, values[n], by_identity.get(hashes[n], ()), claimed)
        mark = (hashes[n], _names(ledger, values[n]))
        if (base and base.id in claimed) or (base is None and mark in fresh):
            plan.append(Planned(row, Does.DOUBLE, values[n], base.id if base else None, base))
            continue
        if base is None:
            fresh.add(mark)
            plan.append(Planned(row, Does.ADDED, values[n]))
            continue
        claimed.add(base.id)
        plan.append(_against(row, values[n], base, brought))
    return tuple(plan)


def digest(plan: Plan) -> str:
    """What the person was shown, in 64 hex digits: it changes when a row would do otherwise."""
    total = hashlib.sha256()
    for one in plan:
        base = one.base.version if one.base else 0
        total.update(f"{one.row}|{one.does}|{one.entry or 0}|{base}|".encode())
        total.update(canon.canonical("", 0, _plain(one.values)))
    return total.hexdigest()


def _plain(values: Values) -> Values:
    return {name: value for name, value in values.items() if not isinstance(value, Sealed)}


def _against(row: int, values: Values, base: Entry, brought: frozenset[str]) -> Planned:
    """A row against the entry it is: only the fields that the sheet brings can change."""
    said = {name: value for name, value in values.items() if name in brought or name == "year"}
    merged = {**base.values, **said}
    changes = tuple(
        Change(name, base.values.get(name), value)
        for name, value in said.items()
        if _differs(base.values.get(name), value)
    )
    does = Does.CHANGED if changes else Does.UNCHANGED
    return Planned(row, does, merged, base.id, base, changes)


def _differs(old: Value, new: Value) -> bool:
    if isinstance(old, Sealed):
        # A name that this viewer sees is compared as text; a mark that stands for it is the same.
        return new != (old if isinstance(new, Sealed) and new.ref == old.ref else old.text)
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) != len(new) or any(
            _differs(one.get(name), other.get(name))
            for one, other in zip(old, new, strict=True)
            for name in one.keys() | other.keys()
        )
    return (old or None) != (new or None) if old in ((), "") or new in ((), "") else old != new


def _mine(
    ledger: type[Ledger], viewer: Viewer, numbers: Iterable[int], hashes: Iterable[bytes]
) -> dict[int, Entry]:
    """The office's own current entries of these ids, or with one of these identities."""
    found: dict[int, Entry] = {}
    for column, wanted in (("entry", list(numbers)), ("identity", list(set(hashes)))):
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            condition = select.where(ledger, viewer.scope)
            condition.add('"owner" = %s', viewer.office)
            marks = ", ".join(["%s"] * len(part))
            condition.add(f'"{column}" IN ({marks})', *part)
            items = reading.fetch(ledger, condition, "")
            found |= {item.id: item for item in reading.shown(viewer, items)}
    return found


def _same(
    ledger: type[Ledger], values: Values, candidates: Sequence[Entry], claimed: set[int]
) -> Entry | None:
    """The entry that a row is, by identity and by the protected names that belong to it."""
    names = _names(ledger, values)
    equal = [item for item in candidates if _names(ledger, item.values) == names]
    free = [item for item in equal if item.id not in claimed]
    return next(iter(free or equal), None)


def _names(ledger: type[Ledger], values: Values) -> str:
    """The protected names that are part of what makes a row the same event."""
    names = [name for name in ledger.identity if ledger.fields[name].person]
    return "|".join(str(values.get(name) or "") for name in names)


def totals(plan: Plan) -> Mapping[str, int]:
    """How many rows do what."""
    return {does.value: sum(one.does is does for one in plan) for does in Does}


__all__ = ["Change", "Does", "Plan", "Planned", "compare", "digest", "totals"]
