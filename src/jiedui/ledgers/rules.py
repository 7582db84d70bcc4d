"""Row expressions run over values: a ledger's rules, and which names are a person's.

The same text that a database runs is run here by Polars over typed columns.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from jiedui.ledgers.columns import of_rows
from jiedui.ledgers.declare import Rule, Unknown
from jiedui.ledgers.values import Sealed, Value, Values, child_rows
from jiedui.ledgers.words import Field, Many, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import polars as pl

    from jiedui.ledgers.columns import Columns
    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.expressions.expression import Expression


def broken_rules(
    ledger: type[Ledger], columns: Columns, unread: Mapping[str, AbstractSet[int]]
) -> Iterator[tuple[Rule, list[int]]]:
    """Each rule with the numbers of the rows that break it.

    A rule must come out TRUE; NULL breaks it unless the rule says that unknown passes. A rule
    over a field that could not be read (`unread`, the rows of each such field) is not judged.
    """
    if not columns.height:
        return
    for rule in ledger.rules:
        expression = ledger.rule(rule)
        passed = rule.unknown is Unknown.PASS
        frame = columns.frame({name: ledger.fields[name] for name in expression.names})
        outcome = frame.select(expression.polars().fill_null(passed).alias("kept"))["kept"]
        untold: set[int] = set().union(*(unread.get(name, ()) for name in expression.names))
        broken = [row for row in (~outcome).arg_true().to_list() if row not in untold]
        if broken:
            yield rule, broken


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
) -> Iterable[bool]:
    condition = ledger.personal(field, within)
    if isinstance(condition, bool):
        return [condition] * len(rows)
    fields = within.fields if within else ledger.fields
    needed = {name: fields[name] for name in condition.names}
    return _persons(condition, needed, of_rows(needed, rows))


def _persons(condition: Expression, fields: Mapping[str, Field], columns: Columns) -> pl.Series:
    outcome = columns.frame(fields).select(condition.polars().alias("person"))["person"]
    # Not known to be a public officer's is protected: the door errs on the person's side.
    return outcome.fill_null(value=True)


def to_seal(ledger: type[Ledger], name: str, columns: Columns) -> pl.Series:
    """For each row whether the text in a field is a name that `seal_names` would put away."""
    field = ledger.fields[name]
    assert isinstance(field, Text)
    there = columns.scalars[name].is_not_null()
    condition = ledger.personal(field)
    if isinstance(condition, bool):
        return there if condition else there & False
    needed = {one: ledger.fields[one] for one in condition.names}
    return there & _persons(condition, needed, columns)


def seal_children(
    ledger: type[Ledger],
    name: str,
    lists: Sequence[tuple[Values, ...]],
    seal: Callable[[str], Sealed],
) -> list[tuple[Values, ...]]:
    """The child rows of many entries as `seal_names` would leave them, judged all at once."""
    field = ledger.fields[name]
    assert isinstance(field, Many)
    flat = [row for rows in lists for row in rows]
    if not flat:
        return list(lists)
    sealed = iter(_sealed_rows(ledger, field, flat, seal))
    return [tuple(islice(sealed, len(rows))) for rows in lists]
