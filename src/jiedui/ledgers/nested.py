"""Child rows of raw cells into values and faults, an entry's list at a time.

Not for the columns of entries themselves: those are read many rows at once (`reading`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from jiedui.ledgers.columns import of_rows
from jiedui.ledgers.personal import looks_personal, masked
from jiedui.ledgers.read import Around, read
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Many, Place
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw, Value, Values
    from jiedui.ledgers.words import Field

Fault: TypeAlias = tuple[str, Problem]
"""What is wrong, behind its path in the entry; the caller knows the row."""


def top(path: str) -> str:
    """The field of the entry that a path lies in: "attended" of "attended[2].name"."""
    return re.split(r"[\[.]", path, maxsplit=1)[0]


def is_empty(raw: Raw) -> bool:
    """Whether a cell, or every cell of child rows, holds nothing but blanks."""
    if isinstance(raw, list):
        return all(is_empty(cell) for child in raw for cell in child.values())
    return raw is None or not raw.strip()


def strange(name: str, raw: Raw, path: str) -> Fault:
    """Something stands where the ledger has no field that a person types."""
    found = _words(raw)
    shown = masked(found) if looks_personal(found) else found
    return path, problem("unknown-field", found=shown, label=name)


def _words(raw: Raw) -> str:
    """What stands in a cell or in child rows, as one would say it."""
    if isinstance(raw, list):
        return "；".join(" ".join(cell for cell in row.values() if cell) for row in raw)
    return raw or ""


class Nested:
    """Reads the child rows of one frame; the same cell is read once, however many rows hold it."""

    def __init__(self, ledger: type[Ledger]) -> None:
        self.ledger = ledger
        self.seen: dict[tuple[object, ...], Value | Problem] = {}

    def read(
        self, declared: Many, raw: Raw, around: Around
    ) -> tuple[tuple[Values, ...], list[Fault]]:
        """The child rows of a cell that is not empty, numbered as brought, and their faults."""
        faults: list[Fault] = []
        rows: Sequence[Mapping[str, str | None]]
        rows = raw if isinstance(raw, list) else [{"value": raw}]
        kept = [(i, child) for i, child in enumerate(rows) if not is_empty([dict(child)])]
        if len(kept) > declared.limit:
            most, given = declared.limit, len(kept)
            fault = problem("too-many-rows", label=declared.label, limit=most, length=given)
            return (), [(declared.name, fault)]
        found = {
            i: self._row(declared, f"{declared.name}[{i}]", child, (around, faults))
            for i, child in kept
        }
        if declared.rules:
            faults += self._broken(declared, found, {path for path, _ in faults})
        return tuple(found.values()), faults

    def _broken(
        self, declared: Many, rows: Mapping[int, Values], unread: AbstractSet[str]
    ) -> Iterator[Fault]:
        """The rules that child rows break, each row by its number as it was brought."""
        columns = of_rows(declared.fields, list(rows.values()))
        for rule in declared.rules:
            expression = self.ledger.row_rule(rule, declared)
            fields = {name: declared.fields[name] for name in expression.names}
            outcome = columns.frame(fields).select(expression.polars().alias("kept"))["kept"]
            passed = outcome.fill_null(rule.unknown == "pass")
            for i, kept in zip(rows, passed, strict=True):
                path = f"{declared.name}[{i}]"
                if not kept and unread.isdisjoint(f"{path}.{name}" for name in fields):
                    said = (f"{one.label}：{show(one, rows[i].get(name)) or '空'}"
                            for name, one in fields.items() if not one.person)  # fmt: skip
                    yield path, problem("rule-broken", found="；".join(said), rule=rule.text)

    def _row(
        self,
        declared: Many,
        path: str,
        cells: Mapping[str, str | None],
        at: tuple[Around, list[Fault]],
    ) -> Values:
        """One child row: only what is not empty."""
        around, faults = at
        for name, raw in cells.items():
            if name not in declared.fields and not is_empty(raw):
                faults.append(strange(name, raw, f"{path}.{name}"))
        values: dict[str, Value] = {}
        for name, inner in declared.fields.items():
            value = self._cell(inner, cells.get(name), around)
            if isinstance(value, Problem):
                faults.append((f"{path}.{name}", value))
            elif value is not None:
                values[name] = value
        return values

    def _cell(self, declared: Field, raw: str | None, around: Around) -> Value | Problem:
        if raw is None or is_empty(raw):
            return problem("required", label=declared.label) if declared.required else None
        nearby = (around.on, around.near) if isinstance(declared, Place) else ()
        key = (declared, raw, *nearby)
        if key not in self.seen:
            self.seen[key] = read(declared, raw, around)
        return self.seen[key]
