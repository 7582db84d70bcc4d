"""Many entries at once as stored columns: brought by a sheet, or standing in the book.

The same form as `rows`, one frame for all: a workbook of any size is compared and written without
a value of its own for each cell. Not for judging: nothing here asks who may see or write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui.ledgers import bulk, canon
from jiedui.ledgers.columns import Columns, empty
from jiedui.ledgers.words import Many
from jiedui.site.store import rows
from jiedui.site.store.statement import quoted, relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from jiedui.ledgers import Checked, Ledger
    from jiedui.ledgers.words import Field
    from jiedui.site.store.statement import Where

_WHOLE = frozenset({"whole", "money", "ref"})
KEYS = ("id", "entry", "identity", "digest")
# So many rows are taken from the database at once.
_PART = 50_000
# How a list without child rows is stored.
NONE = "[]"


def stored_names(ledger: type[Ledger]) -> list[str]:
    """The columns of a ledger's values, in the order of its table."""
    return rows.columns(ledger)[len(rows.OWN) :]


def schema(ledger: type[Ledger]) -> dict[str, Any]:
    """The Polars type of each of those columns; days are ISO text, as SQLite keeps them."""
    import polars as pl

    made: dict[str, Any] = {}
    for name, field in ledger.fields.items():
        if isinstance(field, Many):
            made |= {name: pl.String, f"{name}_count": pl.Int64}
            continue
        made[name] = _dtype(field)
        if field.person:
            made[f"{name}_vault"] = pl.String
    return made


def _dtype(field: Field) -> Any:
    import polars as pl

    if field.kind == "flag":
        return pl.Boolean
    return pl.Int64 if field.kind in _WHOLE else pl.String


def brought(checked: Checked) -> pl.DataFrame:
    """What a check read, as stored columns; names of persons still in the clear."""
    import polars as pl

    ledger, columns = checked.ledger, checked.columns
    made: list[pl.Series] = []
    for name, field in ledger.fields.items():
        if isinstance(field, Many):
            made += _children(name, columns)
            continue
        values = columns.scalars.get(name, empty(name, field, columns.height)).alias(name)
        made.append(values.cast(pl.String) if field.kind == "date" else values)
        if field.person:
            refs = columns.vault.get(name, empty(name, field, columns.height))
            made.append(refs.alias(f"{name}_vault"))
    return pl.DataFrame(made)


def _children(name: str, columns: Columns) -> list[pl.Series]:
    """Child rows as canonical text, and how many they are."""
    import polars as pl

    lists = columns.children.get(name, ())
    texts, counts = [NONE] * columns.height, [0] * columns.height
    for at, children in enumerate(lists):
        if children:
            texts[at], counts[at] = canon.text(canon.plain(children)), len(children)
    return [
        pl.Series(name, texts, dtype=pl.String),
        pl.Series(f"{name}_count", counts, dtype=pl.Int64),
    ]


def standing(
    ledger: type[Ledger], condition: Where, wanted: Iterable[str] | None = None
) -> pl.DataFrame:
    """The versions of a condition: `KEYS`, then the stored columns, or those that are `wanted`."""
    import polars as pl

    names = stored_names(ledger)
    if wanted is not None:
        kept = frozenset(wanted)
        names = [name for name in names if name in kept]
    keys = ", ".join(quoted(name) for name in KEYS)
    listed = ", ".join(_plainly(ledger, name) for name in names)
    keyed = {"id": pl.Int64, "entry": pl.Int64, "identity": pl.Binary, "digest": pl.Binary}
    said, come = schema(ledger), _fetched(ledger)
    types = keyed | {name: come[name] for name in names}
    parts = [pl.DataFrame(schema=types)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, {listed} FROM {relation(ledger)} WHERE {condition.sql()}",
            condition.values,
        )
        # So that no value of its own stands for every cell of a million rows at once.
        while found := cursor.fetchmany(_PART):
            parts.append(_frame(found, types))
    return pl.concat(parts, rechunk=True).cast(keyed | {name: said[name] for name in names})


def _frame(found: Sequence[tuple[Any, ...]], types: Mapping[str, Any]) -> pl.DataFrame:
    """Rows from the database as columns: by rows it takes three times as long."""
    import polars as pl

    columns = zip(*found, strict=True)
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=kind)
            for (name, kind), values in zip(types.items(), columns, strict=True)
        ]
    )


def _plainly(ledger: type[Ledger], name: str) -> str:
    """A column as plain text or number on every database, out of reach of drivers' converters."""
    field = ledger.fields.get(name)
    if field is not None and field.kind == "date":
        return f"CAST({quoted(name)} AS TEXT)"
    if field is not None and field.kind == "flag":
        return f"CAST({quoted(name)} AS INTEGER)"
    return quoted(name)


def _fetched(ledger: type[Ledger]) -> dict[str, Any]:
    """The types as they come from the database: flags as whole numbers."""
    import polars as pl

    made = schema(ledger)
    return {name: pl.Int64 if kind == pl.Boolean else kind for name, kind in made.items()}


def identities(ledger: type[Ledger], frame: pl.DataFrame) -> pl.Series:
    """`rows.identity` of every row."""
    same = [name for name in ledger.identity if not ledger.fields[name].person]
    return bulk.digests(ledger.name, 0, columns(ledger, frame), same, _written(ledger, frame))


def digests(
    ledger: type[Ledger], entries: Sequence[int] | pl.Series, frame: pl.DataFrame
) -> pl.Series:
    """`canon.digest` of every row as that entry; names must be sealed."""
    whole = columns(ledger, frame)
    return bulk.digests(ledger.name, entries, whole, None, _written(ledger, frame))


def columns(ledger: type[Ledger], frame: pl.DataFrame) -> Columns:
    """The fields of one value each; a day is its ISO text, which is what is hashed of it."""
    scalars = [name for name, field in ledger.fields.items() if not isinstance(field, Many)]
    vault = [name for name in scalars if ledger.fields[name].person]
    return Columns(
        frame.height,
        tuple(scalars),
        {name: frame[name] for name in scalars},
        {},
        {name: frame[f"{name}_vault"] for name in vault},
    )


def _written(ledger: type[Ledger], frame: pl.DataFrame) -> dict[str, pl.Series]:
    """The canonical text of child rows, as it is stored; null where there are none."""
    lists = [name for name, field in ledger.fields.items() if isinstance(field, Many)]
    return {name: frame[name].set(frame[name] == NONE, None) for name in lists}
