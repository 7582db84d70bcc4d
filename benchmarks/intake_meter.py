"""What a run of the intake bench took: time on the clock, and of the processor wherever spent.

Counted are this process, the children it waited for, and the server's processes that work for
its database: on a machine that does other things too, the clock tells more about those.
"""

from __future__ import annotations

import json
import os
import sys
import time
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
    return here + sum(_of(number) for number in _servers())


def _servers() -> list[int]:
    """The processes of a PostgreSQL server on this machine that serve this database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [row[0] for row in cursor.fetchall()]


def _of(number: int) -> float:
    """The processor seconds of a process: fields 14 and 15 of its line, see proc(5)."""
    line = Path(f"/proc/{number}/stat").read_text("ascii")
    user, system = line.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICK


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
