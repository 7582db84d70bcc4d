"""Values to columns and back, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from jiedui.ledgers import Sealed, canon
from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.ledgers import Ledger, Value, Values
    from jiedui.ledgers.words import Field

Stored: TypeAlias = "str | int | bool | bytes | None"

OWN = ("id", "entry", "link", "ended", "declaration", "identity", "digest")


def columns(ledger: type[Ledger]) -> list[str]:
    """The columns of a version table in the order in which rows are written and read."""
    names = list(OWN)
    for field in ledger.fields.values():
        names.append(field.name)
        if isinstance(field, Many):
            names.append(f"{field.name}_count")
        elif field.person:
            names.append(f"{field.name}_vault")
    return names


def identity(ledger: type[Ledger], values: Values) -> bytes:
    """Sixteen bytes that two rows of the same event share.

    Without the names of persons: a hash of one would outlive its erasure. Rows that are equal
    but for a protected name are told apart by opening the names (`comparing`).
    """
    same = {name: values.get(name) for name in ledger.identity if not ledger.fields[name].person}
    return hashlib.sha256(canon.canonical(ledger.name, 0, same)).digest()[: canon.DIGEST_BYTES]


def encode(ledger: type[Ledger], values: Values) -> list[Stored]:
    """The stored form of an entry's values, for the columns after `OWN`."""
    row: list[Stored] = []
    for field in ledger.fields.values():
        value = values.get(field.name)
        if isinstance(field, Many):
            rows = value if isinstance(value, tuple) else ()
            row += [canon.text(canon.plain(rows)), len(rows)]
        elif field.person:
            ref = value.ref if isinstance(value, Sealed) else None
            row += [None if ref else _plain(value), ref]
        else:
            row.append(_plain(value))
    return row


def _plain(value: Value) -> Stored:
    if value is None:
        return None
    plain = canon.plain(value)
    if not isinstance(plain, str | int):
        msg = f"{plain!r} is no single column's value"
        raise TypeError(msg)
    return plain


def decode(ledger: type[Ledger], row: Mapping[str, object]) -> dict[str, Value]:
    """An entry's values from its columns; raises ValueError when a column cannot be what it is."""
    values: dict[str, Value] = {}
    for field in ledger.fields.values():
        stored = row[field.name]
        if isinstance(field, Many):
            values[field.name] = _children(field, str(stored))
        elif field.person and row[f"{field.name}_vault"]:
            values[field.name] = Sealed(str(row[f"{field.name}_vault"]))
        else:
            values[field.name] = _value(field, stored)
    return values


def _children(field: Many, stored: str) -> tuple[Mapping[str, Value], ...]:
    rows = json.loads(stored)
    if not isinstance(rows, list):
        msg = f"{field.name} holds no list"
        raise TypeError(msg)
    return tuple(
        {name: _value(field.fields[name], value) for name, value in row.items()} for row in rows
    )


def _value(field: Field, stored: object) -> Value:
    if stored is None:
        return None
    if isinstance(stored, dict):
        return Sealed(str(stored["vault"]))
    if field.kind == "date":
        return stored if isinstance(stored, date) else date.fromisoformat(str(stored))
    if field.kind == "flag":
        return bool(stored)
    if field.kind in {"whole", "money", "ref"}:
        return int(str(stored))
    return str(stored)


def sealed_refs(values: Values) -> list[str]:
    """Every vault reference that an entry's values hold."""
    found: list[str] = []
    for value in values.values():
        if isinstance(value, Sealed):
            found.append(value.ref)
        elif isinstance(value, tuple):
            found += sealed_refs_of(value)
    return found


def sealed_refs_of(rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Every vault reference in child rows."""
    return [inner.ref for row in rows for inner in row.values() if isinstance(inner, Sealed)]


def reveal(values: Values, names: Mapping[str, str], *, erased: bool) -> dict[str, Value]:
    """The values with the names that the vault gave; `erased` marks those it no longer has."""

    def shown(value: Value) -> Value:
        if isinstance(value, Sealed):
            return Sealed(value.ref, names.get(value.ref), erased and value.ref not in names)
        if isinstance(value, tuple):
            return tuple({name: shown(inner) for name, inner in row.items()} for row in value)
        return value

    return {name: shown(value) for name, value in values.items()}


def raw(stored: object) -> bytes:
    """The bytes of a binary column: drivers give bytes or a view of them."""
    if not isinstance(stored, bytes | bytearray | memoryview):
        msg = f"{type(stored).__name__} is no binary column"
        raise TypeError(msg)
    return bytes(stored)
