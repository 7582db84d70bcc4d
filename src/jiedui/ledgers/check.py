"""The one validation: raw cells in, values and problems out, for every way that rows come.

A form, the API, a command and a sheet all bring the same frame: one row an entry, text cells,
child rows as lists of structs. Nothing else in the house has rules about values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.ledgers.read import Around, Lookup, NoRegisters, read
from jiedui.ledgers.rules import broken_rules
from jiedui.ledgers.words import Many
from jiedui.problems import Field as At
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import polars as pl

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Cells, Raw, Value, Values
    from jiedui.ledgers.words import Field


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the values of every row, and the problems, each with its row.

    `rows[i]` holds what could be read of row i; only rows without a problem may be written.
    """

    ledger: type[Ledger]
    rows: tuple[Values, ...]
    problems: tuple[Problem, ...]

    @property
    def good(self) -> tuple[Values, ...]:
        """The rows without a problem."""
        bad = {p.at.row for p in self.problems if isinstance(p.at, At)}
        return tuple(row for i, row in enumerate(self.rows) if i not in bad)


def frame(rows: Iterable[Cells]) -> pl.DataFrame:
    """Raw cells as the frame that `check` takes; columns are the union of the rows' names."""
    import polars as pl

    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return pl.DataFrame(
        [pl.Series(name, cells, dtype=_dtype(cells)) for name, cells in columns.items()]
    )


def _dtype(cells: Sequence[Raw]) -> pl.DataType:
    import polars as pl

    children = [row for cell in cells if isinstance(cell, list) for row in cell]
    if not children and not any(isinstance(cell, list) for cell in cells):
        return pl.String()
    names = dict.fromkeys(name for row in children for name in row)
    return pl.List(pl.Struct(dict.fromkeys(names or ("value",), pl.String)))


@dataclass(slots=True)
class _Row:
    """One row being read: its number, its raw cells, and what has been found so far."""

    number: int
    cells: Mapping[str, Raw]
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, fault: Problem, path: str) -> None:
        self.problems.append(fault.moved(At(path, self.number)))


def check(ledger: type[Ledger], cells: pl.DataFrame, lookup: Lookup | None = None) -> Checked:
    """Read and judge a frame of raw cells (rows x columns named as the fields are).

    Every cell that cannot be read is a problem of its own, and every rule an entry breaks is
    one; none is raised. Columns that are no field of the ledger, or that no one may type, are
    a problem when they hold anything.
    """
    lookup = lookup or NoRegisters()
    rows = [_Row(i, row) for i, row in enumerate(cells.iter_rows(named=True))]
    for row in rows:
        _read_row(ledger, row, lookup)
    for number, rule in broken_rules(ledger, [row.values for row in rows]):
        if not rows[number].problems:
            rows[number].fault(problem("rule-broken", found=rule.name, rule=rule.text), "")
    return Checked(
        ledger,
        tuple(row.values for row in rows),
        tuple(found for row in rows for found in row.problems),
    )


def _read_row(ledger: type[Ledger], row: _Row, lookup: Lookup) -> None:
    for name, raw in row.cells.items():
        declared = ledger.fields.get(name)
        if not _empty(raw) and (declared is None or not declared.typed):
            row.fault(problem("unknown-field", found=str(raw), label=name), name)
    names = [name for name in (ledger.on, "place") if name in ledger.fields]
    around = Around(None, None, lookup)
    for name in dict.fromkeys([*names, *ledger.fields]):
        declared = ledger.fields[name]
        if not declared.typed:
            continue
        value = _read_field(declared, row.cells.get(name), row, around)
        row.values[name] = value
        if name == ledger.on:
            around = Around(_as_date(value), around.near, lookup)
        elif name == "place":
            around = Around(around.on, str(value) if value else None, lookup)
    if "year" in ledger.fields and around.on:
        row.values["year"] = around.on.year


def _as_date(value: Value) -> date | None:
    from datetime import date

    return value if isinstance(value, date) else None


def _empty(raw: Raw) -> bool:
    if isinstance(raw, list):
        return all(_empty(cell) for child in raw for cell in child.values())
    return raw is None or not raw.strip()


def _read_field(declared: Field, raw: Raw, row: _Row, around: Around) -> Value:
    if _empty(raw):
        if declared.required:
            row.fault(problem("required", label=declared.label), declared.name)
        return () if isinstance(declared, Many) else None
    if isinstance(declared, Many):
        return _read_children(declared, raw, row, around)
    if not isinstance(raw, str):
        row.fault(problem("unknown-field", found=str(raw), label=declared.label), declared.name)
        return None
    return _read_cell(declared, raw, declared.name, row, around)


def _read_cell(declared: Field, raw: str, path: str, row: _Row, around: Around) -> Value:
    value = read(declared, raw, around)
    if isinstance(value, Problem):
        row.fault(value, path)
        return None
    return value


def _read_children(declared: Many, raw: Raw, row: _Row, around: Around) -> Value:
    children = raw if isinstance(raw, list) else [{"value": raw}]
    kept = [(i, child) for i, child in enumerate(children) if not _empty([child])]
    if len(kept) > declared.limit:
        fault = problem(
            "too-many-rows", label=declared.label, limit=declared.limit, length=len(kept)
        )
        row.fault(fault, declared.name)
        return ()
    return tuple(_read_child(declared, i, child, row, around) for i, child in kept)


def _read_child(
    declared: Many, number: int, child: Mapping[str, str | None], row: _Row, around: Around
) -> dict[str, Value]:
    where = f"{declared.name}[{number}]"
    for name, cell in child.items():
        if name not in declared.fields and not _empty(cell):
            row.fault(problem("unknown-field", found=str(cell), label=name), f"{where}.{name}")
    values: dict[str, Value] = {}
    for name, inner in declared.fields.items():
        cell = child.get(name)
        if cell is None or not cell.strip():
            if inner.required:
                row.fault(problem("required", label=inner.label), f"{where}.{name}")
            continue
        value = _read_cell(inner, cell, f"{where}.{name}", row, around)
        if value is not None:
            values[name] = value
    return values
