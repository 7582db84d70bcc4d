"""The demonstration as rows: made once a session, laid down again for each test.

Making it takes seconds, and hundreds of tests begin with it. Laid down it is the same book to the
last digest: the folder with its keys is that of the whole session.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections
from django.test.testcases import DatabaseOperationForbidden

from jiedui import ledgers
from jiedui.site.store import indexing

# By database and table: the names of its columns, and the rows.
_Rows = dict[tuple[str, str], tuple[list[str], list[tuple[Any, ...]]]]
_kept: dict[tuple[Any, ...], _Rows] = {}


def prepare(*, whole: bool = False) -> None:
    """Fill the empty book of a test with the small part of the demonstration, or with all of it.

    All of it is laid down without an index of search: its tests do not ask it.
    """
    from django.conf import settings

    from jiedui.site import demonstration
    from jiedui.site.demonstration import entering

    # A test may leave some of its rows out.
    which = (
        connections["default"].vendor,
        whole,
        *(len(entering.read(name)) for name in ledgers.ledgers()),
    )
    if which not in _kept:
        before = {key for key, (_, rows) in _read().items() if rows}
        assert demonstration.prepare(whole=whole)
        _kept[which] = {
            key: found for key, found in _read().items() if key not in before and found[1]
        }
        return
    (settings.JIEDUI_FOLDER / demonstration.DEMONSTRATION_MARK).touch()
    for (alias, table), (names, rows) in _kept[which].items():
        quoted = connections[alias].ops.quote_name
        columns = ", ".join(map(quoted, names))
        marks = ", ".join(["%s"] * len(names))
        with connections[alias].cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quoted(table)} ({columns}) VALUES ({marks})", rows)
    for alias in {alias for alias, _ in _kept[which]}:
        models = [one for one in apps.get_models() if (alias, one._meta.db_table) in _kept[which]]
        with connections[alias].cursor() as cursor:
            for text in connections[alias].ops.sequence_reset_sql(no_style(), models):
                cursor.execute(text)
    if not whole:
        # The index of search is derived, and its words are in no table that may be written to.
        indexing.start_anew()
        indexing.catch_up()


def _read() -> _Rows:
    found: _Rows = {}
    for alias in connections:
        try:
            with connections[alias].cursor() as cursor:
                tables = connections[alias].introspection.table_names(cursor)
                for table in (one for one in tables if not one.startswith("jd_search")):
                    cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")
                    names = [column[0] for column in cursor.description]
                    found[alias, table] = (names, cursor.fetchall())
        except DatabaseOperationForbidden:  # A test without that database.
            continue
    return found
