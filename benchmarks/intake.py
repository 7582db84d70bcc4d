"""Ten thousand rows of 16 columns into a ledger that holds half of them: Jiedui beside two peers.

The same duties for each: a message for each faulty cell, a preview of what is added, changed (old
and new) and unchanged, then the good rows written, all or none, checked and compared once more as
a page must that shows a preview first. Each runs in a process of its own, its imports excluded, on
SQLite in an empty folder and in an empty database of PostgreSQL; they take turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks import intake_sheet as sheet
from benchmarks.result import Found, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 3
# What PostgreSQL shares of memory, as one does that is set up for more than a test.
BUFFERS = "1GB"
ROOT = Path(__file__).parent.parent
OURS = "ours"
SIDES = {
    OURS: ("intake_ours",),
    "import-export": ("intake_export",),
    "import-export, own loader": ("intake_export", "--loader"),
    "openpyxl": ("intake_openpyxl",),
    "openpyxl, checked once": ("intake_openpyxl", "--once"),
}
PROMISED = {"import-export": 40.0, "openpyxl": 6.0}
METHOD = f"""## How the intake is measured

`.venv/bin/python -m benchmarks intake` runs this part alone. A workbook of {sheet.ROWS:,} rows and
{len(sheet.HEADINGS)} columns, one cell in {1 / sheet.FAULTY:.0f} faulty in one of
{len(sheet.FAULTS)} ways, is brought to a ledger that holds every other row of it, a tenth of those
otherwise. Each side tells every faulty cell, previews what would be added, changed and unchanged,
and writes the good rows, all or none; that all found the same is checked. Times are the processor's
wherever they were spent (the process, its children, the server's processes for its database), the
clock's behind them; imports are excluded, also those of the program out of which Jiedui's child
processes are forked: it stays, as the process does.
Medians of {ROUNDS} runs that take turns. Jiedui also encrypts what waits, keeps every version and
seals it into the chain; the peers overwrite. django-import-export has the options that its
documentation gives for speed, and an index for the query by which it finds a row. What is called
“own loader” is its instance loader rewritten to read the whole table once; “checked once” is the
hand-written peer without the second check that a load after a preview needs.
"""


def measure(rounds: int = ROUNDS, *, told: Any = sys.stderr) -> list[Found]:
    """Run all sides on both databases; gives a row for each, with its promise where it has one."""
    good = sheet.rows()
    found = []
    with tempfile.TemporaryDirectory(prefix="jiedui-intake-") as folder:
        files = [Path(folder) / name for name in ("standing.xlsx", "brought.xlsx")]
        files[0].write_bytes(sheet.workbook(sheet.standing(good)))
        files[1].write_bytes(sheet.workbook(sheet.with_faults(good)))
        for engine, server in servers():
            if server is None:
                found.append(Found(f"intake, {engine}", "not installed", "", kept=False))
                continue
            runs: dict[str, list[dict[str, Any]]] = {name: [] for name in SIDES}
            for _ in range(rounds):
                for name in SIDES:
                    runs[name].append(run(name, files, server))
                    told.write(f"{engine} {name}: {json.dumps(runs[name][-1])}\n")
            found += compared(engine, runs)
    return found


def servers() -> list[tuple[str, str | None]]:
    """The two databases, and the address of a server of the second."""
    from tests.postgres import postgres_url

    return [("SQLite", ""), ("PostgreSQL", postgres_url(BUFFERS))]


def run(name: str, files: list[Path], server: str) -> dict[str, Any]:
    """One side in a process and a book of its own."""
    module, *options = SIDES[name]
    with (
        tempfile.TemporaryDirectory(prefix="jiedui-intake-") as folder,
        database(server) as address,
    ):
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{module}", *map(str, files), *options],
            check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env=environment(folder, address),
        )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def environment(folder: str, address: str) -> dict[str, str]:
    """That of a process with a book of its own in a folder, or in the database at an address."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("JIEDUI_")}
    return {
        **kept, "JIEDUI_DATA": str(Path(folder) / "book"), "JIEDUI_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "jiedui.site.settings",
    }  # fmt: skip


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of a new database of a server, dropped afterwards; none for SQLite."""
    if not server:
        yield ""
        return
    import psycopg

    name = f"intake_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as there:
            there.execute(f"DROP DATABASE {name} WITH (FORCE)")


def compared(engine: str, runs: dict[str, list[dict[str, Any]]]) -> list[Found]:
    """The rows of the table; raises AssertionError when the sides did not find the same."""
    said = {
        (json.dumps(one["counts"]), one["messages"]) for taken in runs.values() for one in taken
    }
    assert len(said) == 1, said
    spent = {name: _median(taken, "processor") for name, taken in runs.items()}
    clock = {name: _median(taken, "wall") for name, taken in runs.items()}
    parts = [(name, sum(one["phases"].get(name, 0) for one in runs[OURS]) / len(runs[OURS]))
             for name in runs[OURS][0]["phases"]]  # fmt: skip
    parts.sort(key=lambda part: -part[1])
    listed = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts)
    first = Found(
        f"intake, {engine}: Jiedui",
        f"{spent[OURS]:.2f} s (clock {clock[OURS]:.2f} s: {listed})", "", kept=True,
    )  # fmt: skip
    others = [_against(engine, name, spent, clock) for name in SIDES if name != OURS]
    return [first, *others]


def _against(engine: str, name: str, spent: dict[str, float], clock: dict[str, float]) -> Found:
    ratio = spent[name] / spent[OURS]
    least = PROMISED.get(name)
    measured = (
        f"{ratio:.1f} × Jiedui's ({spent[name]:.1f} s; clock {clock[name] / clock[OURS]:.1f} ×)"
    )
    promised = f"≥ {least:.0f} ×" if least else ""
    return Found(
        f"intake, {engine}: {name}", measured, promised, kept=least is None or ratio >= least
    )


def _median(taken: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(one[name] for one in taken))


if __name__ == "__main__":
    sys.stdout.write(text_of(measure()))
