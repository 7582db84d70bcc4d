"""The counters of tables that number their rows: read into an archive and set after a load.

An account's number stands in links for good, so it is never handed out a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from jiedui.site.store.archive.shape import Table


def last(table: Table) -> int:
    """The last number that a table's counter gave; 0 for none, or without a counter."""
    if not table.numbered:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            sequence = _sequence(table)
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def advance(table: Table, given: int) -> None:
    """Let a table's counter go on after `given`, and after the largest number in the table."""
    key = table.key.name
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("{key}") FROM "{table.name}"')
        number = max(given, cursor.fetchone()[0] or 0)
        if number < 1:
            return
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                           [table.name, number])  # fmt: skip
        else:
            cursor.execute("SELECT setval(%s, %s)", [_sequence(table), number])


def _sequence(table: Table) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.key.name])
        return str(cursor.fetchone()[0])
