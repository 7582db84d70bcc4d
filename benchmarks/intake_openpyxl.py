"""The hand-written peer: openpyxl, `full_clean` of each row, `bulk_create` and `bulk_update`.

Two requests, as a page has them: the preview reads, checks and compares; the load reads, checks
and compares again inside its transaction, for the table may have moved. With `--once` it does so
a single time and writes at once, which no page can whose preview a person looks at.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.db import transaction

from benchmarks.intake_meter import Meter, tell
from benchmarks.intake_peer import FIELDS, IDENTITY, NAMES, READ, Fund, set_up

BATCH = 1000


@dataclass
class Plan:
    """What each row would do, and every message at its row and column."""

    added: list[Fund] = field(default_factory=list)
    changed: list[Fund] = field(default_factory=list)
    differences: list[tuple[int, str, object, object]] = field(default_factory=list)
    unchanged: int = 0
    problem: int = 0
    messages: list[tuple[int, str, str]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        return {
            "added": len(self.added), "changed": len(self.changed), "unchanged": self.unchanged,
            "problem": self.problem,
        }  # fmt: skip


def plan(path: Path) -> Plan:
    """Read the workbook, check each row, compare the good ones with what stands."""
    sheet: Any = openpyxl.load_workbook(path, read_only=True, data_only=True).active
    lines = sheet.iter_rows(values_only=True)
    names = [FIELDS[heading] for heading in next(lines)]
    stands = {_identity(one): one for one in Fund.objects.select_related("pairing")}
    found, seen = Plan(), set()
    for number, cells in enumerate(lines, 2):
        values, faults = _read(dict(zip(names, cells, strict=True)))
        fund = Fund(**values)
        faults |= _cleaned(fund, exclude=faults)
        if faults:
            found.problem += 1
            found.messages += [(number, name, told) for name, told in faults.items()]
            continue
        same = _identity(fund)
        if same in seen:
            found.messages.append((number, "", "与另一行相同"))
        elif same not in stands:
            found.added.append(fund)
        else:
            _against(found, number, stands[same], fund)
        seen.add(same)
    return found


def _read(cells: dict[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    values, faults = {}, {}
    for name, cell in cells.items():
        try:
            values[name] = READ[name](cell)
        except ValueError as told:
            faults[name] = str(told)
    return values, faults


def _cleaned(fund: Fund, exclude: dict[str, str]) -> dict[str, str]:
    try:
        # Uniqueness is told by the comparison; asking here would be a query for each row.
        fund.full_clean(exclude=set(exclude), validate_unique=False, validate_constraints=False)
    except ValidationError as told:
        return {name: " ".join(said) for name, said in told.message_dict.items()}
    return {}


def _identity(fund: Fund) -> tuple[object, ...]:
    return tuple(getattr(fund, name) for name in IDENTITY)


def _against(found: Plan, number: int, stands: Fund, fund: Fund) -> None:
    differs = [
        (number, name, getattr(stands, name), getattr(fund, name))
        for name in NAMES
        if getattr(stands, name) != getattr(fund, name)
    ]
    found.differences += differs
    if not differs:
        found.unchanged += 1
        return
    fund.pk = stands.pk
    found.changed.append(fund)


def load(path: Path, ready: Plan | None = None) -> Plan:
    """Write the good rows, all or none."""
    with transaction.atomic():
        now = ready or plan(path)
        Fund.objects.bulk_create(now.added, batch_size=BATCH)
        Fund.objects.bulk_update(now.changed, NAMES, batch_size=BATCH)
    return now


def main(standing: str, brought: str, *options: str) -> None:
    """Load what stands, and measure the way of what is brought."""
    set_up()
    load(Path(standing))
    with Meter() as meter:
        shown = plan(Path(brought))
        done = load(Path(brought), shown if "--once" in options else None)
    assert done.counts() == shown.counts()
    tell(meter, done.counts(), len(shown.messages))


if __name__ == "__main__":
    main(*sys.argv[1:])
