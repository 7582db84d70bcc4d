"""The totals that a sheet states, compared with what its rows add up to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from jiedui.intake.columns import declared
from jiedui.intake.layout import SUM
from jiedui.ledgers.read import Around, NoRegisters, read
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Count, Money
from jiedui.problems import Cell, Problem, listed, problem, said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from jiedui.intake.layout import Column
    from jiedui.intake.take import Taken, Total
    from jiedui.ledgers import Checked
    from jiedui.ledgers.values import Value
    from jiedui.ledgers.words import Field
    from jiedui.problems import At

__all__ = ["compared"]

_NOWHERE = Around(None, None, NoRegisters())


def compared(
    taken: Taken, checked: Checked, faulty: Collection[At]
) -> tuple[list[Problem], list[Problem]]:
    """A problem for each stated total that is not the sum of its rows; what is said of the others.

    A total over a cell that could not be read (`faulty`) is not compared.
    """
    differing: list[Problem] = []
    agreeing: list[Problem] = []
    columns: dict[str, _Sums] = {}
    for total in taken.totals:
        labels: list[str] = []
        for letter, text in total.cells.items():
            column = next(one for one in taken.layout.columns if one.letter == letter)
            field = declared(taken.ledger, column.field)
            if not isinstance(field, Money | Count):
                continue
            if letter not in columns:
                columns[letter] = _Sums.of(taken, checked, column, faulty)
            found = _compared(taken, total, text.strip(), field, columns[letter])
            if isinstance(found, Problem):
                differing.append(found)
            elif found:
                labels.append(found)
        if labels and not total.quiet:
            place = Cell(taken.layout.sheet, "A", total.row)
            agreeing.append(problem("totals-agree", place, row=total.row, labels=listed(labels)))
    return differing, agreeing


@dataclass(frozen=True, slots=True)
class _Sums:
    """A column: what the entries before each add up to, and how many of their cells are faulty."""

    column: Column
    added: Sequence[int]
    faults: Sequence[int]

    @classmethod
    def of(cls, taken: Taken, checked: Checked, column: Column, faulty: Collection[At]) -> _Sums:
        """Of a column over which a month stands, what the entries of that month have in it."""
        counted = [column.at in {"", SUM, at} for at in taken.at] or [True] * len(taken.rows)
        sums = (
            sum(_numbers(row, column.field)) if counts else 0
            for row, counts in zip(checked.rows, counted, strict=True)
        )
        parts = [one for one in taken.layout.wide if one.field == column.field]
        letters = {one.letter for one in (column, *(parts if column.at == SUM else ()))}
        bad = {
            at.row for at in faulty
            if isinstance(at, Cell) and at.sheet == taken.layout.sheet and at.column in letters
        }  # fmt: skip
        faults = (row in bad for row in taken.rows)
        return cls(column, list(accumulate(sums, initial=0)), list(accumulate(faults, initial=0)))

    def over(self, entries: range) -> int | None:
        """What some entries add up to; None when one of their cells could not be read."""
        if self.faults[entries.stop] > self.faults[entries.start]:
            return None
        return self.added[entries.stop] - self.added[entries.start]


def _compared(
    taken: Taken, total: Total, text: str, field: Field, sums: _Sums
) -> Problem | str | None:
    """The problem of a total, the label and amount of one that agrees, None where there is none.

    It agrees when the entries of one of its ranges add up to it.
    """
    column = sums.column
    label = column.heading if column.at else field.label
    united = text if not column.unit or text.endswith("元") else text + column.unit
    stated = read(field, united, _NOWHERE) if text else None
    if not isinstance(stated, int):
        return None
    found = [sums.over(entries) for entries in total.ranges]
    if stated in found:
        return said("{label} {amount}", label=label, amount=show(field, stated))
    if (added := found[0]) is None or None in found:
        return None
    place = Cell(taken.layout.sheet, column.letter, total.row)
    return problem("total-differs", place, text, label=label,
                   stated=show(field, stated), added=show(field, added))  # fmt: skip


def _numbers(row: Mapping[str, Value], path: str) -> Iterator[int]:
    """What an entry has in a field, or each of its child rows in one of theirs."""
    name, _, child = path.partition(".")
    value: Any = row.get(name)
    found = [one.get(child) for one in value or ()] if child else [value]
    yield from (one for one in found if isinstance(one, int))
