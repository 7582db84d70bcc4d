"""Rows of an archive into a table, as fast as the database takes them: COPY, or many at once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui.site.store.archive import shape
from jiedui.site.store.archive.faults import fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jiedui.site.store.archive.shape import Column, Table

_BATCH = 1000
# Forms that every driver takes as they are.
_PLAIN = frozenset({"integer", "text"})


def insert(table: Table, lines: Iterator[bytes], name: str) -> None:
    """Insert every line into a table; `name` is the file they are from.

    Raises `ArchiveError` for a line that is no row of this table, DatabaseError as drivers do.
    """
    listed = ", ".join(f'"{one.name}"' for one in table.columns)
    made = _values(table, lines, name)
    if connection.vendor == "postgresql":
        text = f'COPY "{table.name}" ({listed}) FROM STDIN'
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(text) as copy,
        ):
            for row in made:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(table.columns))
    text = f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})'
    with connection.cursor() as cursor:
        while batch := list(islice(made, _BATCH)):
            cursor.executemany(text, batch)


def _values(table: Table, lines: Iterator[bytes], name: str) -> Iterator[list[Any]]:
    forms = [_form(column) for column in table.columns]
    for number, line in enumerate(lines, 1):
        try:
            row = shape.row(line, table.columns)
            yield [form(value) for form, value in zip(forms, row, strict=True)]
        except (ValueError, TypeError, RecursionError, OverflowError):
            raise fault("archive-row", f"{name} {number}") from None


def _form(column: Column) -> Callable[[object], object]:
    """What turns a value into the driver's own."""
    if column.kind in _PLAIN:
        return _same
    return lambda value: column.field.get_db_prep_save(value, connection)


def _same(value: object) -> object:
    return value
