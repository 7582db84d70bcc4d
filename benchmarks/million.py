"""A million rows of 16 columns into an empty book, and once more over themselves, with the floors.

A workbook of good rows is loaded, then one with 1 % changed and 0.5 % faulty is read, previewed and
its good rows loaded. Beside them, on the same file and machine, the fastest parse
(`polars.read_excel` by calamine) and the fastest load (`executemany`, or COPY, of the same cells as
text into a table without an index).
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import intake_ours
from benchmarks import intake_sheet as sheet
from benchmarks.intake import BUFFERS, database, environment, servers
from benchmarks.result import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = int(os.environ.get("JIEDUI_BENCH_ROWS", "1000000"))
CHANGED, FAULTY = 0.01, 0.005
ALL, PREVIEW, MEMORY = 2.2, 2.0, 2.0
ROOT = Path(__file__).parent.parent
METHOD = f"""## How a million rows are measured

`.venv/bin/python -m benchmarks million` runs this part alone (JIEDUI_BENCH_ROWS: another number of
rows). {ROWS:,} good rows are loaded into an empty book; the same with {CHANGED:.0%} changed and
{FAULTY:.1%} faulty are then read, previewed, and their good rows loaded. The floor is the fastest
parse and the fastest load of the same cells, in the same run. Times are the clock's, once each; the
memory is that of the largest process. Jiedui's rows stand in a table of nine indexes, each with its
digest, sealed into the chain; what waits is encrypted. PostgreSQL shares {BUFFERS} of memory.
"""


def measure(*, told: Any = sys.stderr) -> list[Found]:
    """A row for each way on each database, with its promise."""
    found: list[Found] = []
    with tempfile.TemporaryDirectory(prefix="jiedui-million-") as folder:
        # In a process of their own: the rows as objects take more than all the rest.
        _run("write", folder, server="")
        for engine, server in servers():
            if server is None:
                found.append(Found(f"million, {engine}", "not installed", "", kept=False))
                continue
            with database(server) as address:
                told_of = _run("walk", folder, server=address)
            told.write(f"{engine}: {json.dumps(told_of)}\n")
            found += _rows(engine, told_of)
    return found


def _rows(engine: str, spent: dict[str, float]) -> Iterator[Found]:
    parse, load = spent["floor: parse"], spent["floor: load"]
    yield Found(
        f"{ROWS:,} rows, {engine}: floor", f"{parse:.1f} s parse + {load:.1f} s load", "", kept=True
    )
    for name, words in (("empty", "into an empty book"), ("again", "over themselves")):
        whole = spent[f"{name}: preview"] + spent[f"{name}: load"]
        ratio = whole / (parse + load)
        yield Found(
            f"{ROWS:,} rows, {engine}: {words}",
            f"{ratio:.1f} × floor ({spent[f'{name}: preview']:.0f} s preview + "
            f"{spent[f'{name}: load']:.0f} s load)",
            f"≤ {ALL} × floor", kept=ratio <= ALL,
        )  # fmt: skip
        ratio = spent[f"{name}: preview"] / parse
        yield Found(
            f"{ROWS:,} rows, {engine}: preview {words}", f"{ratio:.1f} × parse",
            f"≤ {PREVIEW:.0f} × parse", kept=ratio <= PREVIEW,
        )  # fmt: skip
    most = max(spent["GB here"], spent["GB in the child"])
    yield Found(
        f"{ROWS:,} rows, {engine}: memory",
        f"{spent['GB here']:.1f} GB, {spent['GB in the child']:.1f} GB in the child that reads",
        f"≤ {MEMORY:.0f} GB", kept=most <= MEMORY,
    )  # fmt: skip


def _run(step: str, folder: str, *, server: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="jiedui-million-book-") as book:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.million", step, folder, str(ROWS)],
            check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env=environment(book, server),
        )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def write(folder: Path, count: int) -> None:
    """Lay the two workbooks down."""
    for name, content in zip(("first.xlsx", "second.xlsx"), _workbooks(count), strict=True):
        (folder / name).write_bytes(content)
    sys.stdout.write("{}\n")


def walk(folder: Path) -> None:
    """Measure in this process, whose settings the environment names; prints JSON."""
    import django

    django.setup()
    from jiedui import ledgers
    from jiedui.site.store import setup

    setup.migrate()
    clerk, kind = intake_ours.build(), ledgers.ledgers()["funds"]
    first, second = ((folder / name).read_bytes() for name in ("first.xlsx", "second.xlsx"))
    spent: dict[str, float] = {}
    most = [0]
    threading.Thread(target=_watch, args=(most,), daemon=True).start()
    _walk(clerk, kind, first, "empty", spent)
    _walk(clerk, kind, second, "again", spent)
    spent["GB here"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    spent["GB in the child"] = most[0] / (1 << 20)
    # Behind the rest, whose memory would be this one's.
    with _timed(spent, "floor: parse"):
        import polars as pl

        cells = pl.read_excel(BytesIO(first), engine="calamine", infer_schema_length=0)
    with _timed(spent, "floor: load"):
        _fastest(cells)
    sys.stdout.write(json.dumps(spent) + "\n")


def _watch(most: list[int]) -> None:
    """Note the most kilobytes that any process below this one holds: another waits for those."""
    while True:
        mine = {str(os.getpid())}
        for _ in range(3):  # The server that forks, and what it forked.
            mine |= {number for number, parent in _parents() if parent in mine}
        for number in mine - {str(os.getpid())}:
            with suppress(OSError):
                held = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{number}/status").read_text())
                most[0] = max(most[0], int(held[1]) if held else 0)
        time.sleep(0.05)


def _parents() -> Iterator[tuple[str, str]]:
    for one in Path("/proc").iterdir():
        with suppress(OSError):
            if one.name.isdigit():
                yield one.name, (one / "stat").read_text().rpartition(")")[2].split()[1]


def _workbooks(count: int) -> tuple[bytes, bytes]:
    """The good rows, and the same with some changed and some faulty."""
    good = sheet.rows(count)
    first = sheet.workbook(good)
    draw = random.Random(20241121)
    for row in good:
        chance = draw.random()
        if chance < CHANGED:
            row[sheet.PURPOSE] = "改了的用途（样例）"
        elif chance < CHANGED + FAULTY:
            draw.choice(sheet.FAULTS)(row)
    return first, sheet.workbook(good)


def _walk(clerk: Any, kind: Any, content: bytes, name: str, spent: dict[str, float]) -> None:
    from jiedui.site.store import batches

    def nobody(_phase: str, _done: int = 0, _rows: int = 0, /) -> None:
        """The command line listens."""

    with _timed(spent, f"{name}: preview"):
        received = batches.receive(clerk, kind, content, "样例.xlsx", listen=nobody)
        assert isinstance(received, batches.StoredBatch), received
        shown = batches.preview(clerk, received.key)
        assert isinstance(shown, batches.Preview), shown
    with _timed(spent, f"{name}: load"):
        done = batches.load(clerk, received.key, shown.digest, good_only=True, listen=nobody)
        assert isinstance(done, batches.Loaded), done
    sys.stderr.write(f"{name}: {json.dumps(dict(done.counts))}\n")


def _fastest(cells: Any) -> None:
    """The cells as text into a table of their own, as fast as the database takes them."""
    from django.db import connection

    names = [f"c{number}" for number in range(cells.width)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE floor ({', '.join(f'{n} text' for n in names)})")
            with cursor.copy("COPY floor FROM STDIN (FORMAT csv)") as copy:
                copy.write(cells.write_csv(include_header=False).encode())
            cursor.execute("DROP TABLE floor")
        return
    with tempfile.TemporaryDirectory(prefix="jiedui-floor-") as folder:
        book = sqlite3.connect(Path(folder) / "floor.sqlite3")
        with book:
            book.execute("PRAGMA journal_mode = WAL")
            book.execute(f"CREATE TABLE floor ({', '.join(names)})")
            marks = ", ".join("?" * cells.width)
            book.executemany(f"INSERT INTO floor VALUES ({marks})", cells.iter_rows())
        book.close()


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[name] = round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    asked, place, number = sys.argv[1:]
    if asked == "write":
        write(Path(place), int(number))
    else:
        walk(Path(place))
