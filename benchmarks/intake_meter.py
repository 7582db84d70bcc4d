"""What a run of the intake bench took: time on the clock, and of the processor wherever spent.

Counted are this process, its children with theirs, ended or not, and the server's processes that
work for its database: on a machine that does other things too, the clock tells more about those.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TICK = os.sysconf("SC_CLK_TCK")


class Meter:
    """Measures what is done inside `with`; `wall` and `processor` are seconds."""

    def __enter__(self) -> Meter:
        """Begin."""
        self.wall, self.processor = time.perf_counter(), _processor()
        return self

    def __exit__(self, *_fault: object) -> None:
        """End."""
        self.wall = time.perf_counter() - self.wall
        self.processor = _processor() - self.processor


def _processor() -> float:
    taken = os.times()
    here = taken.user + taken.system + taken.children_user + taken.children_system
    # A child that stays has its own time and that of the children it waited for.
    return here + sum(_of(child, 4) for child in _children()) + sum(map(_of, _servers()))


def _children() -> list[str]:
    """The processes that this one started and that still run."""
    found: list[str] = []
    for one in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # A thread that has ended since.
            found += (one / "children").read_text("ascii").split()
    return found


def _servers() -> list[int]:
    """The processes of a PostgreSQL server on this machine that serve this database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [row[0] for row in cursor.fetchall()]


def _of(number: int | str, parts: int = 2) -> float:
    """The processor seconds of a process: fields 14 to 17 of its line, see proc(5).

    These are its own, user's and system's, then those of the children it waited for.
    """
    line = Path(f"/proc/{number}/stat").read_text("ascii")
    return sum(map(int, line.rpartition(")")[2].split()[11 : 11 + parts])) / _TICK


def tell(
    meter: Meter,
    counts: Mapping[str, int],
    messages: int,
    phases: Mapping[str, float] | None = None,
) -> None:
    """Print what was measured, for the process that started this one."""
    told: dict[str, Any] = {
        "wall": meter.wall,
        "processor": meter.processor,
        "counts": {name: number for name, number in sorted(counts.items()) if number},
        "messages": messages,
        "phases": dict(phases or {}),
    }
    sys.stdout.write(json.dumps(told) + "\n")
