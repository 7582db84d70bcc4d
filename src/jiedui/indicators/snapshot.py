"""Computes figures over columns in memory with DuckDB: an export, a snapshot, a notebook.

Not for a store's own tables: those are asked where they are, through the door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.indicators.catalogue import IndicatorError
from jiedui.indicators.figure import AsOf, figures
from jiedui.indicators.statement import query, statements, until
from jiedui.ledgers.expressions import Engine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb
    import polars as pl
    import pyarrow as pa

    from jiedui.indicators.catalogue import Declared
    from jiedui.indicators.figure import Figure


def figures_in_duckdb(
    frames: Mapping[str, pa.Table | pl.DataFrame],
    asked: Sequence[Declared],
    by: Sequence[str] = (),
    at: AsOf | None = None,
) -> list[Figure]:
    """The figures of some indicators over frames by ledger name, in the order asked.

    A frame holds one row an entry, with a column for each field that the indicators name (dates as
    dates, flags as booleans, money in fen, the count of rows as `<field>_count`). Rows after
    `at.until` are left out by the indicator's date; `at.scope` and `at.known` are only repeated.
    Raises KeyError for a ledger without a frame, and `IndicatorError` as `query` does or for a
    stock without a day.
    """
    import duckdb

    at = at or AsOf()
    found: dict[str, list[Figure]] = {}
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as connection:
        for theirs in statements(asked):
            connection.register("frame", frames[theirs[0].ledger.name])
            for figure in figures(theirs, by, _rows(connection, theirs, by, at), at):
                found.setdefault(figure.indicator, []).append(figure)
            connection.unregister("frame")
    return [figure for one in asked for figure in found.get(one.code, [])]


def _rows(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Declared],
    by: Sequence[str],
    at: AsOf,
) -> list[tuple[object, ...]]:
    ledger, where, values = asked[0].ledger.name, "", []
    if at.until is not None:
        condition, times = until(asked[0], "?")
        where, values = f" WHERE {condition}", [at.until] * times
    elif asked[0].stock:
        raise IndicatorError(f"{asked[0].code} is a stock: it needs the day that it is of")
    scoped = f'WITH "{ledger}" AS (SELECT * FROM frame{where})'  # noqa: S608 - declared names
    text = f"{scoped}\n{query(asked, by, Engine.DUCKDB)}"
    return connection.execute(text, values).fetchall()
