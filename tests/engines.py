"""The engines that run expressions in tests, over one table with nulls and edges.

Each answers a list of expressions at once, as plain Python values in the order of the rows.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import psycopg

from jiedui.ledgers.expressions import LARGEST, Engine, Expression, Kind, Named
from jiedui.ledgers.expressions.frames import DTYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = (
    None, "", "a", "A", "it's", '"quoted"', "back\\slash", "50%", "a_c", "%s", "第", "𠮷野家",
    "𠮷", "Ａ", "é", " a", "a ", "line\nbreak", "?", ":x", "{}", "-- x", "夏河县藏族中学",
)  # fmt: skip
WHOLES = (None, 0, 1, -1, 7, 2**31, -(2**31) - 1, LARGEST, -LARGEST, 2024)
DAYS = (
    None, date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(2000, 2, 29),
    date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31), date(1, 1, 1), date(2024, 2, 28),
    date(2100, 2, 28), date(1582, 10, 10),
)  # fmt: skip
MOMENTS = (
    None, "2023-12-18T23:59", "2023-12-19T00:00", "2024-02-29T08:30", "2023-12-18T09:05",
    "1900-03-01T00:00", "2100-12-31T23:59", "2023-12-18T23:58",
)  # fmt: skip
FLAGS = (None, True, False)
FORMS = (None, "visit", "meeting", "joint-meeting")
PLACES = (None, "623027", "620100", "120000", "540100", "623001")
REFS = (None, 1, 2, 2**62, 2**63 - 1)
COUNTS = (0, 1, 3)

COLUMNS: dict[str, tuple[Kind, tuple[Any, ...]]] = {
    "note": (Kind.TEXT, TEXTS),
    "other": (Kind.TEXT, TEXTS[::-1][:-2]),
    "people": (Kind.WHOLE, WHOLES),
    "guests": (Kind.WHOLE, WHOLES[::-1][:-3]),
    "paid": (Kind.MONEY, WHOLES[::-1]),
    "planned": (Kind.MONEY, WHOLES[2:]),
    "starts": (Kind.DATE, DAYS),
    "ends": (Kind.DATE, DAYS[::-1][:-1]),
    "departed": (Kind.MOMENT, MOMENTS),
    "arrived": (Kind.MOMENT, MOMENTS[::-1][:-1]),
    "chief": (Kind.FLAG, FLAGS),
    "done": (Kind.FLAG, FLAGS[::-1][:2]),
    "form": (Kind.CHOICE, FORMS),
    "at": (Kind.PLACE, PLACES),
    "owner": (Kind.REF, REFS),
    "pairing": (Kind.REF, REFS[::-1][:-1]),
    "attended_count": (Kind.ROWS, COUNTS),
}
NAMES: dict[str, Kind | Named] = {
    name.removesuffix("_count"): kind for name, (kind, _) in COLUMNS.items()
}
SIZE = 60
ROWS = list(zip(*(islice(cycle(values), SIZE) for _, values in COLUMNS.values()), strict=True))

SQLITE_TYPES = {Kind.WHOLE: "bigint", Kind.MONEY: "bigint", Kind.REF: "bigint"} | {
    Kind.ROWS: "integer", Kind.FLAG: "bool", Kind.DATE: "date", Kind.CHOICE: "varchar(40)",
    Kind.PLACE: "varchar(6)", Kind.TEXT: "text", Kind.MOMENT: "text",
}  # fmt: skip
POSTGRESQL_TYPES = SQLITE_TYPES | {Kind.ROWS: "bigint", Kind.FLAG: "boolean"}


def columns_sql(types: dict[Kind, str]) -> str:
    """The columns of the table, as Django makes them."""
    return ", ".join(f'"{name}" {types[kind]}' for name, (kind, _) in COLUMNS.items())


def selected(expressions: Sequence[Expression], engine: Engine) -> str:
    """The SELECT of some row expressions, or of some measures."""
    values = ", ".join(f"{e.sql(engine)} AS x{i}" for i, e in enumerate(expressions))
    return f"SELECT {values} FROM t" + ("" if expressions[0].aggregate else " ORDER BY n")


class Sqlite:
    """SQLite, the way Django stores: dates as ISO text, flags as 0 and 1."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(f"CREATE TABLE t (n integer, {columns_sql(SQLITE_TYPES)})")
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        rows = [
            (n, *(v.isoformat() if isinstance(v, date) else v for v in row))
            for n, row in enumerate(ROWS)
        ]
        self.connection.executemany(f"INSERT INTO t VALUES ({marks})", rows)

    def answers(self, expressions: Sequence[Expression]) -> list[tuple[Any, ...]]:
        """The values; a flag must be 0 or 1 and a date ISO text, else this raises."""
        found = self.connection.execute(selected(expressions, Engine.SQLITE)).fetchall()
        return [
            tuple(plain(v, e.kind) for v, e in zip(row, expressions, strict=True)) for row in found
        ]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def plain(value: Any, kind: Kind) -> Any:
    """A value of SQLite as the other engines give it."""
    if value is None:
        return None
    if kind is Kind.FLAG:
        return {0: False, 1: True}[value]
    return date.fromisoformat(value) if kind is Kind.DATE else value


class Postgresql:
    """A PostgreSQL server; the table lives as long as the connection."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute(
            f"CREATE TEMPORARY TABLE t (n bigint, {columns_sql(POSTGRESQL_TYPES)})"
        )
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO t VALUES ({marks})", [(n, *row) for n, row in enumerate(ROWS)]
            )

    def answers(self, expressions: Sequence[Expression]) -> list[tuple[Any, ...]]:
        """The values, asked for with a parameter, as the store does."""
        text = selected(expressions, Engine.POSTGRESQL)
        return self.connection.execute(f"SELECT * FROM ({text}) AS q WHERE %s", [True]).fetchall()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def frame() -> pl.DataFrame:
    """The table as Polars has it."""
    columns = {
        name: pl.Series(name, [row[i] for row in ROWS], dtype=getattr(pl, DTYPES[kind]))
        for i, (name, (kind, _)) in enumerate(COLUMNS.items())
    }
    return pl.DataFrame({"n": range(SIZE), **columns})


class Duckdb:
    """DuckDB over the columns of a Polars frame."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.register("t", frame())

    def answers(self, expressions: Sequence[Expression]) -> list[tuple[Any, ...]]:
        """The values."""
        return self.connection.execute(selected(expressions, Engine.DUCKDB)).fetchall()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class Polars:
    """Polars, for row expressions only."""

    def __init__(self) -> None:
        self.frame = frame()

    def answers(self, expressions: Sequence[Expression]) -> list[tuple[Any, ...]]:
        """The values."""
        columns = [e.polars().alias(f"x{i}") for i, e in enumerate(expressions)]
        names = [f"x{i}" for i in range(len(expressions))]
        return self.frame.with_columns(columns).select(names).rows()

    def close(self) -> None:
        """Nothing is open."""
