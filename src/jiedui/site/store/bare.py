"""A large load into a table that is still empty: its indexes are made once the rows are there.

Only on SQLite, where that takes half the time and belongs to the same transaction; PostgreSQL would
keep readers out meanwhile.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from jiedui.site.store import select
from jiedui.site.store.tables import table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.ledgers import Ledger

__all__ = ["indexed_afterwards"]

# So many rows pay for making eight indexes.
MANY = 20_000
# Pages of the database that are held while indexes are made: a hundred megabytes.
_CACHE = -100_000


@contextmanager
def indexed_afterwards(ledger: type[Ledger], rows: int) -> Iterator[None]:
    """Leave the indexes of a ledger's table out until its first `rows` are in."""
    if connection.vendor != "sqlite" or rows < MANY:
        yield
        return
    table = table_name(ledger.name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {select.relation(ledger)} LIMIT 1")
        indexes: list[tuple[str, str]] = []
        if cursor.fetchone() is None:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                "AND tbl_name = %s",
                [table],
            )
            indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {select.quoted(name)}")
        yield
        if indexes:
            cursor.execute("PRAGMA cache_size")
            held = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA cache_size = {_CACHE}")
            for _, made in indexes:
                cursor.execute(made)
            cursor.execute(f"PRAGMA cache_size = {held}")
