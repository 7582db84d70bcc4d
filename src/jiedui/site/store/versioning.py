"""Versions written and ended under a link; nothing here asks who may, or whether it is right.

Not to be called from outside the store: `writing` judges first, inside the same lock.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import connection

from jiedui.ledgers import Sealed, canon
from jiedui.ledgers.rules import seal_names
from jiedui.site.store import chain, rows, select, vault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.ledgers import Ledger, Values
    from jiedui.site.store.entries import Entry


def write(
    ledger: type[Ledger],
    draft: chain.Draft,
    items: Sequence[tuple[int, Values]],
    *,
    held: Mapping[str, str] | None = None,
) -> None:
    """Put versions (entry id, values with their owner) into the table under a link.

    Protected names go into the vault first; those in `held` (name to reference) are there
    already and keep their reference.
    """
    if not items:
        return
    held = held or {}
    first = _next_id(ledger)
    prepared = []
    written = draft.wrote.setdefault(ledger.name, [])
    for offset, (entry, given) in enumerate(items):
        owner = given["owner"]
        assert isinstance(owner, int)
        values = seal_names(ledger, given, partial(_seal, held, owner))
        digest = canon.digest(ledger.name, entry, values)
        written.append(chain.Written(first + offset, entry, digest))
        own = [first + offset, entry, draft.number, None, ledger.declaration]
        prepared.append([*own, rows.identity(ledger, values), digest, *rows.encode(ledger, values)])
    names = rows.columns(ledger)
    listed = ", ".join(select.quoted(name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {select.relation(ledger)} ({listed}) VALUES ({marks})",
            prepared,
        )


def _seal(held: Mapping[str, str], owner: int, name: str) -> Sealed:
    return Sealed(held.get(name) or vault.put(owner, name))


def end(ledger: type[Ledger], draft: chain.Draft, version_ids: Sequence[int]) -> None:
    """Mark versions as ended by a link."""
    draft.ends.setdefault(ledger.name, []).extend(version_ids)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {select.relation(ledger)} SET ended = %s WHERE id = %s AND ended IS NULL",
            [(draft.number, number) for number in version_ids],
        )


def replace(ledger: type[Ledger], draft: chain.Draft, now: Entry, values: Values) -> None:
    """End an entry's version and write the next; a name it held keeps its reference."""
    end(ledger, draft, [now.version])
    held = vault.opened(rows.sealed_refs(now.values), now.owner)
    write(ledger, draft, [(now.id, values)], held={name: ref for ref, name in held.items()})


def _next_id(ledger: type[Ledger]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {select.relation(ledger)}")
        return int(cursor.fetchone()[0]) + 1
