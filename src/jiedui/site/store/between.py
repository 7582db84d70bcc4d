"""Rules over two ledgers, asked of the book: the rows of one against those of another.

Not for what is made of the answer: that is `findings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.intake.protected import PROTECTED
from jiedui.site.store import rows, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.access import Scope
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.declare import Against

__all__ = ["broken", "masked", "own", "seen"]


def own(ledger: type[Ledger]) -> list[str]:
    """The ledger's own columns: an expression sees nothing of the book's."""
    return [select.quoted(column) for column in rows.columns(ledger)[len(rows.OWN) :]]


def seen(ledger: type[Ledger], by: Sequence[str]) -> str:
    """The version table as rules see it that group by these fields.

    A protected name is its mark there: the same for the same name in whosever entries, and nothing
    once it is erased.
    """
    persons = [name for name in by if ledger.fields[name].person]
    if not persons:
        return select.relation(ledger)
    listed = [
        f'COALESCE((SELECT s."mark" FROM "jd_vault" s WHERE s."ref" = p."{name}_vault"), '
        f'p."{name}") AS "{name}"'
        if name in persons
        else f'p."{name}"'
        for name in rows.columns(ledger)
    ]
    return f"(SELECT {', '.join(listed)} FROM {select.relation(ledger)} p)"


def masked(ledger: type[Ledger], by: Sequence[str], values: Sequence[object]) -> tuple[str, ...]:
    """What the rows of a group share, without the marks of names."""
    return tuple(
        PROTECTED if ledger.fields[name].person else str(value)
        for name, value in zip(by, values, strict=True)
    )


def broken(
    ledger: type[Ledger], rule: Against, scope: Scope
) -> tuple[str, list[str | int | bool | bytes]]:
    """The SELECT of what the rows share for which the rule is broken, and its parameters.

    With both sides as measured, `ours` and `theirs`. Both ledgers are seen through the same scope.
    """
    other = ledgers.ledgers()[rule.other]
    ours, values = _measured(ledger, rule.by, rule.ours, rule.name, scope)
    theirs, more = _measured(other, rule.theirs_by, rule.theirs, rule.name, scope)
    shared = ", ".join(f"o.{select.quoted(name)}" for name in rule.by)
    same = " AND ".join(
        f"o.{select.quoted(one)} = t.{select.quoted(two)}"
        for one, two in zip(rule.by, rule.theirs_by, strict=True)
    )
    text = (
        f"SELECT {shared}, o.measured AS ours, t.measured AS theirs "
        f"FROM ({ours}) AS o JOIN ({theirs}) AS t ON {same} "
        f"WHERE NOT (o.measured {rule.sign} t.measured)"
    )
    return text, [*values, *more]


def _measured(
    ledger: type[Ledger], by: Sequence[str], measure: str, rule: str, scope: Scope
) -> tuple[str, list[str | int | bool | bytes]]:
    """A measure of the rows in scope for each group of those that share some fields."""
    condition = select.where(ledger, scope)
    columns = ", ".join(map(select.quoted, by))
    measured = ledger.measured(measure, rule).sql(select.engine())
    text = (
        f"SELECT {columns}, {measured} AS measured FROM (SELECT {', '.join(own(ledger))} "
        f"FROM {select.relation(ledger)} WHERE {condition.sql()}) AS {select.quoted(ledger.name)} "
        f"GROUP BY {columns}"
    )
    return text, list(condition.values)
