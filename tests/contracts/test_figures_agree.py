"""Every declared indicator is the same number on SQLite, PostgreSQL and DuckDB.

The ledger is small and made here from its declaration, with nulls and all codes of its choices.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl
import psycopg
import pytest

from jiedui.indicators import (
    AsOf,
    Declared,
    Figure,
    declared,
    figures,
    figures_in_duckdb,
    query,
    statements,
    until,
)
from jiedui.ledgers.expressions import Engine, Kind
from jiedui.ledgers.expressions.frames import DTYPES
from jiedui.ledgers.expressions.tree import Aggregate, Fold, Name, Node, walk
from jiedui.ledgers.words import Choice, Field, Many
from tests.engines import POSTGRESQL_TYPES, SQLITE_TYPES
from tests.needs import require
from tests.postgres import postgres_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.ledgers import Ledger

SIZE = 2000
UNTIL = date(2024, 2, 29)
VALUES: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: (None, "", "甲示例", "it's", "50%"),
    Kind.WHOLE: (None, 0, 1, 12, 2024, 850, 99_999),
    Kind.MONEY: (None, 0, 1, -1, 123_456_789, 10**13 + 1, 10**16),
    Kind.DATE: (
        None, date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(2024, 3, 1),
        date(2024, 5, 21), date(2016, 7, 20), date(2024, 2, 28),
    ),
    Kind.MOMENT: (None, "2023-12-18T23:59", "2023-12-19T00:00", "2024-02-29T08:30"),
    Kind.FLAG: (True, None, False),
    Kind.PLACE: ("623027", None, "620100", "623001", "540102"),
    Kind.REF: (1, 2, None, 2**62),
    Kind.ROWS: (0, 2, 1, 5),
}  # fmt: skip
LEDGERS = {one.ledger.name: one.ledger for one in declared().values()}
CASES = [
    (name, by)
    for name, ledger in LEDGERS.items()
    for by in [(), *sorted({(cut,) for one in ledger.indicators for cut in one.by})]
]


def column(name: str, field: Field) -> tuple[str, Kind, tuple[Any, ...]]:
    """The column of a field: its name, its kind and the values that it takes in turn."""
    kind = Kind(field.kind)
    if isinstance(field, Many):
        return f"{name}_count", kind, VALUES[kind]
    return name, kind, (*field.choices, None) if isinstance(field, Choice) else VALUES[kind]


@cache
def table(name: str) -> tuple[dict[str, Kind], list[tuple[Any, ...]]]:
    """The columns of a ledger and its rows, drawn the same in every run."""
    columns = [column(field.name, field) for field in LEDGERS[name].fields.values()]
    drawn = Random(name)
    rows = [tuple(drawn.choice(values) for _, _, values in columns) for _ in range(SIZE)]
    return {name: kind for name, kind, _ in columns}, rows


def asked(ledger: type[Ledger], by: tuple[str, ...]) -> list[Declared]:
    """The indicators of a ledger that may be cut so."""
    theirs = (one for one in declared().values() if one.ledger is ledger)
    return [one for one in theirs if set(by) <= set(one.indicator.by)]


def in_order(found: list[Figure]) -> list[Figure]:
    """The figures by indicator, as declared; the cuts of each stay as they came."""
    places = {code: number for number, code in enumerate(declared())}
    return sorted(found, key=lambda one: places[one.indicator])


def statement(
    group: list[Declared], by: tuple[str, ...], engine: Engine, mark: str
) -> tuple[str, int]:
    """The query in a scoped select, as the store runs it, and how many parameters it has."""
    name = group[0].ledger.name
    condition, times = until(group[0], mark)
    scoped = f'WITH "{name}" AS (SELECT * FROM "rows_of_{name}" WHERE {condition})'
    return f"{scoped}\n{query(group, by, engine)}", times


def columns_sql(columns: dict[str, Kind], types: dict[Kind, str]) -> str:
    return ", ".join(f'"{name}" {types[kind]}' for name, kind in columns.items())


def in_sqlite(ledger: type[Ledger], by: tuple[str, ...]) -> list[Figure]:
    columns, rows = table(ledger.name)
    connection = sqlite3.connect(":memory:")
    try:
        typed = columns_sql(columns, SQLITE_TYPES)
        connection.execute(f'CREATE TABLE "rows_of_{ledger.name}" ({typed})')
        marks = ", ".join("?" * len(columns))
        stored = [tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in rows]
        connection.executemany(f'INSERT INTO "rows_of_{ledger.name}" VALUES ({marks})', stored)
        made = []
        for group in statements(asked(ledger, by)):
            text, times = statement(group, by, Engine.SQLITE, "?")
            found = connection.execute(text, [UNTIL.isoformat()] * times).fetchall()
            made += figures(group, by, found, AsOf(until=UNTIL))
    finally:
        connection.close()
    return in_order(made)


def in_duckdb(ledger: type[Ledger], by: tuple[str, ...]) -> list[Figure]:
    columns, rows = table(ledger.name)
    schema = {name: getattr(pl, DTYPES[kind]) for name, kind in columns.items()}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    found = figures_in_duckdb({ledger.name: frame}, asked(ledger, by), by, AsOf(until=UNTIL))
    return in_order(found)


@pytest.fixture(scope="module")
def server() -> Iterator[psycopg.Connection[Any]]:
    url = postgres_url()
    if url is None:
        require("postgres")
        pytest.fail("the server fixture and the needs disagree")
    with psycopg.connect(url, autocommit=True) as connection:
        for name in LEDGERS:
            columns, rows = table(name)
            made = columns_sql(columns, POSTGRESQL_TYPES)
            connection.execute(f'CREATE TEMPORARY TABLE "rows_of_{name}" ({made})')
            with connection.cursor() as cursor:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "rows_of_{name}" VALUES ({marks})', rows)
        # A server may write dates its own way; figures may not follow it.
        connection.execute("SET DateStyle TO 'German, DMY'")
        yield connection


def in_postgresql(
    server: psycopg.Connection[Any], ledger: type[Ledger], by: tuple[str, ...]
) -> list[Figure]:
    made = []
    for group in statements(asked(ledger, by)):
        text, times = statement(group, by, Engine.POSTGRESQL, "%s")
        found = server.execute(text, [UNTIL] * times).fetchall()
        made += figures(group, by, found, AsOf(until=UNTIL))
    return in_order(made)


def test_there_is_something_to_compare() -> None:
    assert LEDGERS
    for name, by in CASES:
        found = in_sqlite(LEDGERS[name], by)
        assert {one.indicator for one in found} == {one.code for one in asked(LEDGERS[name], by)}
        # Of different names there are few, and each is in some confirmed row.
        assert all(one.claimed >= one.verified > 0 for one in found if not by), name
        assert by or any(one.claimed > one.verified for one in found), name


@pytest.mark.parametrize(("name", "by"), CASES)
def test_duckdb_agrees_with_sqlite(name: str, by: tuple[str, ...]) -> None:
    assert in_duckdb(LEDGERS[name], by) == in_sqlite(LEDGERS[name], by)


@pytest.mark.parametrize(("name", "by"), CASES)
def test_postgresql_agrees_with_sqlite(
    server: psycopg.Connection[Any], name: str, by: tuple[str, ...]
) -> None:
    assert in_postgresql(server, LEDGERS[name], by) == in_sqlite(LEDGERS[name], by)


@pytest.mark.parametrize(("name", "by"), [case for case in CASES if case[1]])
def test_the_cuts_add_up_to_the_whole(name: str, by: tuple[str, ...]) -> None:
    """For the folds that add; a distinct count or an extreme does not."""
    whole = {one.indicator: one for one in in_sqlite(LEDGERS[name], ())}
    parts = in_sqlite(LEDGERS[name], by)
    for one in asked(LEDGERS[name], by):
        root = one.measure().root
        if isinstance(root, Aggregate) and root.fold in {Fold.SUM, Fold.COUNT}:
            mine = [part for part in parts if part.indicator == one.code]
            for what in ("claimed", "verified", "missing", "entries"):
                total = sum(getattr(part, what) for part in mine)
                assert total == getattr(whole[one.code], what), (one.code, what)


def measured(root: Node) -> Iterator[str]:
    """The fields that a measure takes the sum, least or greatest of."""
    for node in walk(root):
        if not isinstance(node, Aggregate) or not isinstance(node.item, Name):
            continue
        if node.fold in {Fold.SUM, Fold.MIN, Fold.MAX}:
            yield node.item.field


@pytest.mark.parametrize("code", sorted(declared()))
def test_what_may_be_empty_is_said_to_be_needed(code: str) -> None:
    one = declared()[code]
    fields = one.ledger.fields
    optional = {
        name for name in measured(one.measure().root)
        if not fields[name].required and not isinstance(fields[name], Many)
    }  # fmt: skip
    assert optional <= set(one.indicator.needs)
