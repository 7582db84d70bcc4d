"""Row expressions run over values: a ledger's rules, and which names are a person's.

The same text that a database runs is run here by Polars over typed columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.declare import Rule, Unknown
from jiedui.ledgers.values import Sealed, Value, Values, child_rows
from jiedui.ledgers.words import Field, Many, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import polars as pl

    from jiedui.ledgers.declare import Ledger


def typed_frame(fields: Mapping[str, Field], rows: Sequence[Values]) -> pl.DataFrame:
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
            counts = [len(child_rows(row.get(name))) for row in rows]
            columns.append(pl.Series(f"{name}_count", counts, dtype=pl.Int64))
            continue
        cells = [_bare(row.get(name)) for row in rows]
        columns.append(pl.Series(name, cells, dtype=dtypes.get(field.kind, pl.String)))
    return pl.DataFrame(columns)


def _bare(value: Value) -> object:
    return value.ref if isinstance(value, Sealed) else value


def broken_rules(
    ledger: type[Ledger], rows: Sequence[Values], unread: Sequence[AbstractSet[str]]
) -> Iterator[tuple[int, Rule]]:
    """Each row number with a rule that it breaks.

    A rule must come out TRUE; NULL breaks it unless the rule says that unknown passes. A rule
    over a field that could not be read (`unread`, a set of names a row) is not judged.
    """
    if not rows or not ledger.rules:
        return
    frame = typed_frame(ledger.fields, rows)
    for rule in ledger.rules:
        expression = ledger.rule(rule)
        passed = rule.unknown is Unknown.PASS
        outcome = frame.select(expression.polars().fill_null(passed).alias("kept"))["kept"]
        for number, kept in enumerate(outcome):
            if not kept and unread[number].isdisjoint(expression.names):
                yield number, rule


def seal_names(ledger: type[Ledger], values: Values, seal: Callable[[str], Sealed]) -> Values:
    """The values with every protected name put away by `seal`; others stay readable text.

    `seal` is given the name and returns its reference; names sealed before stay as they are.
    """
    (sealed,) = _sealed_rows(ledger, None, (values,), seal)
    for name, field in ledger.fields.items():
        if isinstance(field, Many) and (rows := child_rows(values.get(name))):
            sealed[name] = tuple(_sealed_rows(ledger, field, rows, seal))
    return sealed


def _sealed_rows(
    ledger: type[Ledger],
    within: Many | None,
    rows: Sequence[Values],
    seal: Callable[[str], Sealed],
) -> list[dict[str, Value]]:
    sealed = [dict(row) for row in rows]
    for name, field in (within.fields if within else ledger.fields).items():
        if not isinstance(field, Text) or not field.person:
            continue
        for row, person in zip(sealed, _are_persons(ledger, within, field, rows), strict=True):
            value = row.get(name)
            if person and isinstance(value, str):
                row[name] = seal(value)
    return sealed


def _are_persons(
    ledger: type[Ledger], within: Many | None, field: Text, rows: Sequence[Values]
) -> list[bool]:
    condition = ledger.personal(field, within)
    if isinstance(condition, bool):
        return [condition] * len(rows)
    frame = typed_frame(within.fields if within else ledger.fields, rows)
    outcome = frame.select(condition.polars().alias("person"))["person"]
    # Not known to be a public officer's is protected: the door errs on the person's side.
    return [person is not False for person in outcome]
