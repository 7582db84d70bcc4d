"""The one validation: raw cells in, values and problems out, for every way that rows come.

A form, the API, a command and a sheet all bring the same frame (`frames`): one row an entry,
text cells, child rows as lists of structs. Nothing else in the house has rules about values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from jiedui.ledgers.declare import typed_fields
from jiedui.ledgers.personal import looks_personal, masked
from jiedui.ledgers.read import Around, Lookup, NoRegisters, read
from jiedui.ledgers.rules import broken_rules
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Many, Place
from jiedui.problems import Field as At
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from jiedui.ledgers.declare import Ledger, Rule
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


def check(ledger: type[Ledger], cells: pl.DataFrame, lookup: Lookup | None = None) -> Checked:
    """Read and judge a frame of raw cells (rows x columns named as the fields are).

    Every cell that cannot be read is a problem of its own, and every rule an entry breaks is
    one; none is raised. Columns that are no field of the ledger, or that no one may type, are
    a problem when they hold anything.
    """
    reading = _Reading(ledger, lookup or NoRegisters())
    rows = [reading.row(i, row) for i, row in enumerate(cells.iter_rows(named=True))]
    unread = [{_top(fault) for fault in row.problems} for row in rows]
    for number, rule in broken_rules(ledger, [row.values for row in rows], unread):
        found = _shown(ledger, rule, rows[number].values)
        rows[number].fault(problem("rule-broken", found=found, rule=rule.text), "")
    return Checked(
        ledger,
        tuple(row.values for row in rows),
        tuple(found for row in rows for found in row.problems),
    )


def _shown(ledger: type[Ledger], rule: Rule, values: Values) -> str:
    """The values that a rule is about, under their labels; never a person's name."""
    names = ledger.rule(rule).names
    fields = [ledger.fields[name] for name in names if not ledger.fields[name].person]
    return "；".join(f"{one.label}：{show(one, values.get(one.name)) or '空'}" for one in fields)


def _top(fault: Problem) -> str:
    """The field of the entry that a fault lies in: "attended" of "attended[2].name"."""
    return re.split(r"[\[.]", str(fault.at), maxsplit=1)[0]


@dataclass(slots=True)
class _Row:
    """One row being read: its number, and what has been found so far."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, fault: Problem, path: str) -> None:
        self.problems.append(fault.moved(At(path, self.number)))

    def strange(self, name: str, raw: Raw, path: str) -> None:
        """Something stands where the ledger has no field that a person types."""
        found = _words(raw)
        shown = masked(found) if looks_personal(found) else found
        self.fault(problem("unknown-field", found=shown, label=name), path)


class _Reading:
    """Reads the rows of one frame; the same cell is read once, however many rows hold it."""

    def __init__(self, ledger: type[Ledger], lookup: Lookup) -> None:
        self.ledger = ledger
        self.nowhere = Around(None, None, lookup)
        self.seen: dict[tuple[object, ...], Value | Problem] = {}
        typed = typed_fields(ledger)
        # The day decides which places there are, and the place which of two is meant.
        first = [name for name in (ledger.on, "place") if name in typed]
        self.fields = {name: typed[name] for name in (*first, *typed)}
        self.order = {name: number for number, name in enumerate(ledger.fields)}

    def row(self, number: int, cells: Cells) -> _Row:
        """The values and problems of one row."""
        row = _Row(number)
        around = self.nowhere
        for name, raw in cells.items():
            if name not in self.fields and not _empty(raw):
                row.strange(name, raw, name)
        for name, declared in self.fields.items():
            value = self.field(declared, cells.get(name), name, row, around)
            row.values[name] = value
            if name == self.ledger.on and isinstance(value, date):
                around = replace(around, on=value)
                if "year" in self.ledger.fields:
                    row.values["year"] = value.year
            elif name == "place" and value:
                around = replace(around, near=str(value))
        # As the fields stand in the declaration, which is how a form and a sheet show them.
        row.problems.sort(key=lambda fault: self.order.get(_top(fault), -1))
        return row

    def field(self, declared: Field, raw: Raw, path: str, row: _Row, around: Around) -> Value:
        """The value of a field, child rows and all, or None with a problem at its path."""
        if _empty(raw):
            if declared.required:
                row.fault(problem("required", label=declared.label), path)
            return () if isinstance(declared, Many) else None
        if isinstance(declared, Many):
            rows = raw if isinstance(raw, list) else [{"value": raw}]
            return self.children(declared, rows, path, row, around)
        if isinstance(raw, list):
            for name in dict.fromkeys(name for child in raw for name in child):
                row.strange(name, raw, path)
            return None
        value = self.cell(declared, raw or "", around)
        if isinstance(value, Problem):
            row.fault(value, path)
            return None
        return value

    def cell(self, declared: Field, raw: str, around: Around) -> Value | Problem:
        """The value of one cell that is not empty, or what is wrong with it."""
        nearby = (around.on, around.near) if isinstance(declared, Place) else ()
        key = (declared, raw, *nearby)
        if key not in self.seen:
            self.seen[key] = read(declared, raw, around)
        return self.seen[key]

    def children(
        self,
        declared: Many,
        rows: list[dict[str, str | None]],
        path: str,
        row: _Row,
        around: Around,
    ) -> Value:
        """The child rows that hold anything, each numbered as it was brought."""
        kept = [(i, child) for i, child in enumerate(rows) if not _empty([child])]
        if len(kept) > declared.limit:
            most, given = declared.limit, len(kept)
            fault = problem("too-many-rows", label=declared.label, limit=most, length=given)
            row.fault(fault, path)
            return ()
        return tuple(self.child(declared, f"{path}[{i}]", child, row, around) for i, child in kept)

    def child(
        self, declared: Many, path: str, cells: Mapping[str, str | None], row: _Row, around: Around
    ) -> Values:
        """One child row: only what is not empty."""
        for name, raw in cells.items():
            if name not in declared.fields and not _empty(raw):
                row.strange(name, raw, f"{path}.{name}")
        values: dict[str, Value] = {}
        for name, inner in declared.fields.items():
            value = self.field(inner, cells.get(name), f"{path}.{name}", row, around)
            if value is not None:
                values[name] = value
        return values


def _words(raw: Raw) -> str:
    """What stands in a cell or in child rows, as one would say it."""
    if isinstance(raw, list):
        return "；".join(" ".join(cell for cell in row.values() if cell) for row in raw)
    return raw or ""


def _empty(raw: Raw) -> bool:
    if isinstance(raw, list):
        return all(_empty(cell) for child in raw for cell in child.values())
    return raw is None or not raw.strip()
