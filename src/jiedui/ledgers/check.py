"""The one validation: raw cells in, values and problems out, for every way that rows come.

A form, the API, a command and a sheet all bring the same frame (`frames`): one row an entry,
text cells, child rows as lists of structs. Nothing else in the house has rules about values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from jiedui.ledgers.nested import top
from jiedui.ledgers.read import Lookup, NoRegisters
from jiedui.ledgers.reading import Reading
from jiedui.ledgers.rules import broken_rules
from jiedui.ledgers.show import show
from jiedui.problems import Field as At
from jiedui.problems import Problem, listed, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from jiedui.ledgers.columns import Columns
    from jiedui.ledgers.declare import Ledger, Rule
    from jiedui.ledgers.values import Value, Values

__all__ = ["Checked", "check"]


@dataclass(frozen=True, eq=False)
class Checked:
    """What a check found: the values of every row, and the problems, each with its row.

    Row i of `columns`, or `rows[i]`, holds what could be read of row i; only rows without a
    problem, which `bad` leaves out, may be written. `rows` and `good` are made when first asked
    for, and cost more than the check: many rows stay columns.
    """

    ledger: type[Ledger]
    columns: Columns
    problems: tuple[Problem, ...]

    @cached_property
    def bad(self) -> pl.Series:
        """For each row whether it has a problem."""
        import polars as pl

        rows = sorted({p.at.row for p in self.problems if isinstance(p.at, At)})
        bad = pl.repeat(value=False, n=self.columns.height, dtype=pl.Boolean, eager=True)
        return bad.scatter(rows, values=True) if rows else bad

    @cached_property
    def rows(self) -> tuple[Values, ...]:
        """The values of every row."""
        return tuple(map(_row, self.columns.rows()))

    @cached_property
    def good(self) -> tuple[Values, ...]:
        """The rows without a problem."""
        return tuple(row for row, bad in zip(self.rows, self.bad, strict=True) if not bad)


def _row(values: dict[str, Value]) -> Values:
    # The year follows from the day; without one there is none to speak of.
    if "year" in values and values["year"] is None:
        del values["year"]
    return values


def check(ledger: type[Ledger], cells: pl.DataFrame, lookup: Lookup | None = None) -> Checked:
    """Read and judge a frame of raw cells (rows x columns named as the fields are).

    Every cell that cannot be read is a problem of its own, and every rule an entry breaks is
    one; none is raised. Columns that are no field of the ledger, or that no one may type, are
    a problem when they hold anything.
    """
    reading = Reading(ledger, cells, lookup or NoRegisters())
    columns = reading.columns()
    faults = reading.faults
    last = len(ledger.fields)
    unread: dict[str, set[int]] = {}
    for row, _, fault in faults:
        unread.setdefault(top(str(fault.at)), set()).add(row)
    for rule, rows in broken_rules(ledger, columns, unread):
        told = zip(rows, _shown(ledger, rule, columns, rows), strict=True)
        faults += (
            (row, last, problem("rule-broken", At("", row), found, rule=said(rule.text)))
            for row, found in told
        )
    # As the fields stand in the declaration, which is how a form and a sheet show them.
    faults.sort(key=itemgetter(0, 1))
    return Checked(ledger, columns, tuple(fault for _, _, fault in faults))


def _shown(ledger: type[Ledger], rule: Rule, columns: Columns, rows: list[int]) -> Iterator[str]:
    """The values that a rule is about, under their labels; never a person's name."""
    names = ledger.rule(rule).names
    fields = [ledger.fields[name] for name in names if not ledger.fields[name].person]
    for values in columns.rows(rows):
        yield listed(
            (
                said(
                    "{label}：{value}",
                    label=one.label,
                    value=show(one, values.get(one.name)) or said("空"),
                )
                for one in fields
            ),
            "；",
        )
