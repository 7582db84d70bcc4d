"""Reading the whole book as of one moment, while others go on writing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODE = "transaction_mode"


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as of one moment, and nobody is kept from writing.

    A read transaction of the WAL on SQLite, a repeatable read on PostgreSQL.
    """
    book = connections["default"]
    book.ensure_connection()
    # The store's transactions on SQLite begin with the write lock; this one must not have it.
    held = vars(book).get(_MODE)
    if book.vendor == "sqlite":
        vars(book)[_MODE] = "DEFERRED"
    try:
        with transaction.atomic():
            if book.vendor == "postgresql":
                _only_read()
            yield
    finally:
        if book.vendor == "sqlite":
            vars(book)[_MODE] = held


def _only_read() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
