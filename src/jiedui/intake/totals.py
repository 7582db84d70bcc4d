"""The totals that a sheet states, compared with what its rows add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.ledgers.read import Around, NoRegisters, read
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Count, Money
from jiedui.problems import Cell, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from jiedui.intake.layout import Column
    from jiedui.intake.take import Taken, Total
    from jiedui.ledgers import Checked
    from jiedui.ledgers.words import Field
    from jiedui.problems import At, Problem

__all__ = ["differing"]

_NOWHERE = Around(None, None, NoRegisters())


def differing(taken: Taken, checked: Checked, faulty: Collection[At]) -> Iterator[Problem]:
    """A problem for each stated total that is not the sum of its rows.

    A total over a cell that could not be read (`faulty`) is not compared.
    """
    since = 0
    for total in taken.totals:
        entries = range(since, total.upto) if total.sub else range(len(taken.rows))
        for path in total.cells:
            column = taken.layout.fields[path]
            field = declared(taken.ledger, path)
            if not isinstance(field, Money | Count):
                continue
            cells = {Cell(taken.layout.sheet, column.letter, taken.rows[i]) for i in entries}
            if cells.isdisjoint(faulty):
                yield from _compared(taken, checked, total, column, field, entries)
        since = total.upto if total.sub else since


def _compared(
    taken: Taken,
    checked: Checked,
    total: Total,
    column: Column,
    field: Field,
    entries: range,
) -> Iterator[Problem]:
    text = total.cells[column.field].strip()
    united = text if not column.unit or text.endswith("元") else text + column.unit
    stated = read(field, united, _NOWHERE) if text else None
    if not isinstance(stated, int):
        return
    values = (checked.rows[i].get(column.field) for i in entries)
    added = sum(value for value in values if isinstance(value, int))
    if stated != added:
        place = Cell(taken.layout.sheet, column.letter, total.row)
        yield problem("total-differs", place, text, label=field.label,
                      stated=show(field, stated), added=show(field, added))  # fmt: skip
