"""Versions written and ended under a link; nothing here asks who may, or whether it is right.

Not to be called from outside the store: `writing` judges first, inside the same lock.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui.ledgers import Sealed, canon
from jiedui.ledgers.rules import seal_names
from jiedui.site.store import bare, chain, rows, select, vault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from jiedui.ledgers import Ledger, Values
    from jiedui.site.store.entries import Entry

_PART = 20_000
# From so many rows on, PostgreSQL takes them faster as a stream.
_COPIED = 200


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
    written = []
    for offset, (entry, given) in enumerate(items):
        owner = given["owner"]
        assert isinstance(owner, int)
        values = seal_names(ledger, given, partial(_seal, held, owner))
        digest = canon.digest(ledger.name, entry, values)
        written.append(chain.Written(first + offset, entry, digest))
        own = [first + offset, entry, draft.number, None, ledger.declaration]
        prepared.append([*own, rows.identity(ledger, values), digest, *rows.encode(ledger, values)])
    draft.add(ledger.name, written)
    _insert(ledger, prepared)


def lay(
    ledger: type[Ledger],
    draft: chain.Draft,
    frame: pl.DataFrame,
    told: Callable[[int], None] = lambda _done: None,
) -> None:
    """Put many versions into the table under a link: stored columns with entry and digests.

    `told` is told how many are in.
    """
    import polars as pl

    if not frame.height:
        return
    first = _next_id(ledger)
    draft.add(ledger.name, chain.Run(first, frame["entry"], frame["digest"]))
    names = rows.columns(ledger)[len(rows.OWN) :]
    whole = frame.select(
        pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("id"),
        "entry",
        pl.lit(draft.number, dtype=pl.Int64).alias("link"),
        pl.lit(None).alias("ended"),
        pl.lit(ledger.declaration).alias("declaration"),
        "identity",
        "digest",
        *names,
    )
    done = 0
    with bare.indexed_afterwards(ledger, whole.height):
        for part in whole.iter_slices(_PART):
            if connection.vendor == "postgresql" and part.height >= _COPIED:
                _copy(ledger, part)
            else:
                _insert(ledger, part.rows())
            done += part.height
            told(done)


def _copy(ledger: type[Ledger], frame: pl.DataFrame) -> None:
    """Rows as stored, as PostgreSQL takes them fastest: text, made by columns.

    Quoted is a text, even an empty one; nothing at all is null.
    """
    import polars as pl

    listed = ", ".join(map(select.quoted, frame.columns))
    order = f"COPY {select.relation(ledger)} ({listed}) FROM STDIN (FORMAT csv)"
    binary = [name for name, kind in frame.schema.items() if kind == pl.Binary]
    texts = frame.with_columns(
        (pl.lit("\\x") + pl.col(name).bin.encode("hex")).alias(name) for name in binary
    )
    lines = texts.write_csv(include_header=False, quote_style="non_numeric")
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(order) as copy,
    ):
        copy.write(lines.encode())


def _insert(ledger: type[Ledger], prepared: Sequence[Sequence[Any]]) -> None:
    """Rows as stored, every column of the table in its order."""
    names = rows.columns(ledger)
    listed = ", ".join(select.quoted(name) for name in names)
    table = select.relation(ledger)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(prepared) >= _COPIED:
            order = f"COPY {table} ({listed}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(order) as copy:
                for row in prepared:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", prepared)


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
