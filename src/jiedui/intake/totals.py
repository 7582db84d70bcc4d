"""The totals that a sheet states, compared with what its rows add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiedui.intake.columns import declared
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
    since = 0
    for total in taken.totals:
        entries = range(since, total.upto) if total.sub else range(len(taken.rows))
        labels: list[str] = []
        for path in total.cells:
            column = taken.layout.fields[path]
            field = declared(taken.ledger, path)
            if not isinstance(field, Money | Count):
                continue
            cells = {Cell(taken.layout.sheet, column.letter, taken.rows[i]) for i in entries}
            if not cells.isdisjoint(faulty):
                continue
            part = range(since, total.upto) if total.either else entries
            found = _compared(taken, checked, total, column, field, (entries, part))
            if isinstance(found, Problem):
                differing.append(found)
            elif found:
                labels.append(found)
        if labels:
            place = Cell(taken.layout.sheet, "A", total.row)
            agreeing.append(problem("totals-agree", place, row=total.row, labels=listed(labels)))
        since = total.upto if total.sub or total.either else since
    return differing, agreeing


def _compared(
    taken: Taken,
    checked: Checked,
    total: Total,
    column: Column,
    field: Field,
    ranges: Sequence[range],
) -> Problem | str | None:
    """The problem of a total, the label and amount of one that agrees, None where there is none.

    It agrees when the entries of one of the ranges add up to it.
    """
    text = total.cells[column.field].strip()
    united = text if not column.unit or text.endswith("元") else text + column.unit
    stated = read(field, united, _NOWHERE) if text else None
    if not isinstance(stated, int):
        return None
    sums = [
        sum(value for i in entries for value in _numbers(checked.rows[i], column.field))
        for entries in ranges
    ]
    if stated in sums:
        return said("{label} {amount}", label=field.label, amount=show(field, stated))
    place = Cell(taken.layout.sheet, column.letter, total.row)
    return problem("total-differs", place, text, label=field.label,
                   stated=show(field, stated), added=show(field, sums[0]))  # fmt: skip


def _numbers(row: Mapping[str, Value], path: str) -> Iterator[int]:
    """What an entry has in a field, or each of its child rows in one of theirs."""
    name, _, child = path.partition(".")
    value: Any = row.get(name)
    found = [one.get(child) for one in value or ()] if child else [value]
    yield from (one for one in found if isinstance(one, int))
