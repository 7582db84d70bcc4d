"""Row expressions run over values: a ledger's rules, and which names are a person's.

The same text that a database runs is run here by Polars over typed columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers import expressions
from jiedui.ledgers.declare import Rule, Unknown
from jiedui.ledgers.values import Sealed, Value, Values
from jiedui.ledgers.words import Field, Many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import polars as pl

    from jiedui.ledgers.declare import Ledger


def typed_frame(fields: Mapping[str, Field], rows: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """Values as typed columns (rows x fields); child rows only as `<name>_count`."""
    import polars as pl

    dtypes: dict[str, type[pl.DataType]] = {
        "whole": pl.Int64,
        "money": pl.Int64,
        "ref": pl.Int64,
        "date": pl.Date,
        "flag": pl.Boolean,
    }
    columns = []
    for name, field in fields.items():
        if isinstance(field, Many):
            counts = [len(row.get(name) or ()) for row in rows]  # type: ignore[arg-type]  # a Many's value is a tuple
            columns.append(pl.Series(f"{name}_count", counts, dtype=pl.Int64))
            continue
        cells = [_bare(row.get(name)) for row in rows]
        columns.append(pl.Series(name, cells, dtype=dtypes.get(field.kind, pl.String)))
    return pl.DataFrame(columns)


def _bare(value: Value) -> object:
    return value.ref if isinstance(value, Sealed) else value


def broken_rules(ledger: type[Ledger], rows: Sequence[Values]) -> Iterator[tuple[int, Rule]]:
    """Each row number with a rule that it breaks.

    A rule must come out TRUE; NULL breaks it unless the rule says that unknown passes.
    """
    if not rows or not ledger.rules:
        return
    frame = typed_frame(ledger.fields, rows)
    for rule in ledger.rules:
        expression = ledger.expression(rule.expression, aggregate=False, where=rule.name)
        passed = rule.unknown is Unknown.PASS
        outcome = frame.select(expression.polars().fill_null(passed).alias("kept"))["kept"]
        yield from ((i, rule) for i, kept in enumerate(outcome) if not kept)


def seal_names(ledger: type[Ledger], values: Values, seal: Callable[[str], Sealed]) -> Values:
    """The values with every protected name put away by `seal`; others stay readable text.

    `seal` is given the name and returns its reference; names sealed before stay as they are.
    """
    sealed = _seal_row(ledger.fields, values, seal)
    for name, field in ledger.fields.items():
        rows = values.get(name)
        if isinstance(field, Many) and isinstance(rows, tuple):
            sealed[name] = tuple(_seal_row(field.fields, row, seal) for row in rows)
    return sealed


def _seal_row(
    fields: Mapping[str, Field], row: Mapping[str, Value], seal: Callable[[str], Sealed]
) -> dict[str, Value]:
    changed = dict(row)
    for name, field in fields.items():
        value = row.get(name)
        if field.person and isinstance(value, str) and _is_person(fields, field, row):
            changed[name] = seal(value)
    return changed


def _is_person(fields: Mapping[str, Field], field: Field, row: Mapping[str, Value]) -> bool:
    if not isinstance(field.person, str):
        return field.person
    expression = expressions.parse(
        field.person, fields, aggregate=False, where=f"{field.name}: person"
    )
    outcome = typed_frame(fields, [row]).select(expression.polars().alias("person"))["person"][0]
    # Not known to be a public officer's is protected: the door errs on the person's side.
    return outcome is not False
