"""The canonical bytes of an entry: the same on every database, and what its digest is made of.

An entry becomes UTF-8 JSON without spaces: ledger, entry id, and the values that are not empty
under their declared names, sorted; days as ISO text, whole numbers as such, text in NFC. A
field added later does not change the bytes of entries that lack it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from jiedui.ledgers.values import Sealed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.ledgers.values import Value, Values

DIGEST_BYTES = 16

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain]"


def plain(value: Value) -> Plain:
    """A value in the types that JSON has; a protected name is only its reference."""
    if isinstance(value, Sealed):
        return {"vault": value.ref}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return [_plain_row(row) for row in value]
    if value is None:
        msg = "an empty value has no canonical form; leave it out"
        raise TypeError(msg)
    return value


def _plain_row(row: Mapping[str, Value]) -> dict[str, Plain]:
    return {name: plain(value) for name, value in sorted(row.items()) if value is not None}


def text(value: Plain) -> str:
    """The one JSON text of a plain value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def canonical(ledger: str, entry: int, values: Values) -> bytes:
    """The bytes that the digest of a version is made of.

    >>> canonical("exchanges", 7, {"people": 12, "leader": "甲示例", "ends": None}).decode()
    '["exchanges",7,{"leader":"甲示例","people":12}]'
    """
    kept = {
        name: plain(value) for name, value in values.items() if value is not None and value != ()
    }
    return text([ledger, entry, kept]).encode()


def digest(ledger: str, entry: int, values: Values) -> bytes:
    """Sixteen bytes of SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(ledger, entry, values)).digest()[:DIGEST_BYTES]
