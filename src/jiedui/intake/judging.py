"""The problems of a workbook, each at the cell in which a person finds and mends it.

Not for finding them: cells are read and rules judged by `ledgers.check` alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.totals import compared
from jiedui.ledgers import check
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Money
from jiedui.problems import Cell, problem
from jiedui.problems import Field as At

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.intake.layout import Column
    from jiedui.intake.take import Taken
    from jiedui.ledgers import Checked, Lookup
    from jiedui.problems import Problem

__all__ = ["Judged", "judge", "judge_further", "problems_at_cells"]

_PATH = re.compile(r"(\w+)(?:\[([0-9]+)\](?:\.(\w+))?)?")
# Said once of the sheet, and not again of every row.
_NO_COLUMN = frozenset({"column-missing", "months-without-year"})
_BARE = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Judged:
    """A workbook after the check: its problems at their cells, and the entries without any.

    `good` are entry numbers; a problem of the whole sheet leaves none. `agreeing` says which stated
    totals are the sums of their rows.
    """

    taken: Taken
    checked: Checked
    problems: tuple[Problem, ...]
    good: tuple[int, ...]
    agreeing: tuple[Problem, ...] = ()


def judge(taken: Taken, lookup: Lookup | None = None) -> Judged:
    """Check the entries of a workbook, and say what is wrong with it cell by cell."""
    checked = check(taken.ledger, taken.frame, lookup)
    problems, agreeing = _told(taken, checked)
    bad = {one.at.row for one in checked.problems if isinstance(one.at, At)}
    bad |= _at_fault(taken)
    whole = taken.layout.problems or any(m.layout.problems for m in taken.children.values())
    good = () if whole else tuple(i for i in range(len(taken.rows)) if i not in bad)
    return Judged(taken, checked, problems, good, agreeing)


def _at_fault(taken: Taken) -> set[int]:
    """The entries with a fault in a cell of their row, or of a row of their children.

    Below a month a cell is of that month's entry alone.
    """
    wide = {one.letter: one.at for one in taken.layout.wide}
    faulty: dict[str, set[int]] = {}
    cells: set[tuple[int, str]] = set()
    for one in taken.problems:
        if not isinstance(at := one.at, Cell):
            continue
        if at.sheet == taken.layout.sheet and at.column in wide:
            cells.add((at.row, wide[at.column]))
        else:
            faulty.setdefault(at.sheet, set()).add(at.row)
    found: set[int] = set()
    if rows := faulty.get(taken.layout.sheet):
        found.update(entry for entry, row in enumerate(taken.rows) if row in rows)
    if cells:
        mine = zip(taken.rows, taken.at, strict=True)
        found.update(entry for entry, cell in enumerate(mine) if cell in cells)
    for many in taken.children.values():
        if rows := faulty.get(many.layout.sheet):
            found.update(e for e, own in enumerate(many.rows) if not rows.isdisjoint(own))
    return found


def judge_further(judged: Judged, found: Sequence[Problem]) -> Judged:
    """The same with more problems, each of a field (`problems.Field`) of one of its entries."""
    if not found:
        return judged
    placed = [one for one in (_placed(judged.taken, each) for each in found) if one]
    main = judged.taken.layout.sheet
    problems = tuple(sorted((*judged.problems, *placed), key=lambda one: _order(one, main)))
    bad = {one.at.row for one in found if isinstance(one.at, At)}
    good = tuple(one for one in judged.good if one not in bad)
    return replace(judged, problems=problems, good=good)


def problems_at_cells(taken: Taken, checked: Checked) -> tuple[Problem, ...]:
    """Every problem of the layout, the cells, the check and the totals, in the order of rows."""
    return _told(taken, checked)[0]


def _told(taken: Taken, checked: Checked) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Those problems, and what is said of totals that agree."""
    found = [*taken.layout.problems, *taken.problems]
    for many in taken.children.values():
        if many.layout is not taken.layout:
            found += many.layout.problems
    known = {one.at for one in found if isinstance(one.at, Cell)}
    for one in checked.problems:
        placed = _placed(taken, one)
        # What the cell's own fault made empty is no second fault.
        if placed and not (placed.at in known and placed.code == "required"):
            found.append(placed)
    differing, agreeing = compared(taken, checked, {one.at for one in found})
    main = taken.layout.sheet
    return tuple(sorted([*found, *differing], key=lambda one: _order(one, main))), tuple(agreeing)


def _order(one: Problem, main: str) -> tuple[bool, str, int, int, str]:
    at = one.at
    if not isinstance(at, Cell):
        return (False, "", 0, 0, "")
    return (at.sheet != main, at.sheet, at.row, len(at.column), at.column)


def _placed(taken: Taken, one: Problem) -> Problem | None:
    """The problem at its cell; none when the sheet lacks the column and that is said already."""
    if not isinstance(one.at, At):
        return one
    match = _PATH.match(one.at.path)
    name, index, inner = match.groups() if match else ("", None, None)
    entry = one.at.row
    if name in taken.children and index is not None:
        many = taken.children[name]
        column = many.layout.fields.get(f"{name}.{inner}")
        row = many.rows[entry][int(index)]
        letter = (column or many.layout.fields[f"{name}.{many.names[0]}"]).letter
        placed = one.moved(Cell(many.layout.sheet, letter, row))
        return _amount(taken, placed, column) if column else placed
    column = taken.column(name, entry)
    row = taken.rows[entry]
    if column is None:
        if one.code == "required" and any(
            fault.code in _NO_COLUMN for fault in taken.layout.problems
        ):
            return None
        first = taken.column(taken.layout.across, entry) or taken.layout.read[0][1]
        return one.moved(Cell(taken.layout.sheet, first.letter, row))
    placed = one.moved(Cell(taken.layout.sheet, column.letter, row))
    return _amount(taken, placed, column)


def _amount(taken: Taken, one: Problem, column: Column) -> Problem:
    """An amount that cannot be read: as the cell has it, and without a unit if that is why."""
    if one.code != "not-an-amount":
        return one
    if column.unit:
        return replace(one, found=one.found.removesuffix(column.unit))
    field = declared(taken.ledger, column.field)
    if not isinstance(field, Money) or not _BARE.fullmatch(narrow(one.found).strip()):
        return one
    other = next(_with_unit(taken, column), "")
    code = "mixed-units" if other else "amount-without-unit"
    return problem(code, one.at, one.found, label=field.label, other=other)


def _with_unit(taken: Taken, column: Column) -> Iterator[str]:
    name, _, child = column.field.partition(".")
    if child:
        rows = (row for rows in taken.children[name].cells for row in rows)
        return (text for row in rows if (text := row[child]) and text.rstrip().endswith("元"))
    cells = taken.frame[column.field]
    return (text for text in cells.filter(cells.str.contains(r"元\s*$")).head(1) if text)
