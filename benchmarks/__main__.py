"""Measures, prints a table, writes docs/benchmarks.md, and fails when a promise is not kept.

`python -m benchmarks intake` measures one part (intake, million, restore, signin, pages) and writes
nothing.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import intake, million, restore, signin
from benchmarks.pages import MORE_ENTRIES, ROUNDS, first_load, measure, set_up
from benchmarks.result import Found, page_of, text_of
from benchmarks.start import RUNS, demonstration_seconds, start_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parent.parent / "docs/benchmarks.md"
RATIO, QUERIES, LOAD_KB, START, FIRST, SECOND = 8.0, 12, 150.0, 0.3, 60.0, 5.0

HEAD = """# Benchmarks

Written by `make bench`; the numbers below are of one run of it, on the machine named at the end.
"""
METHOD = f"""## How the pages are measured

`.venv/bin/python -m benchmarks pages` runs this part alone. The site runs in one process over the
demonstration and {MORE_ENTRIES} further exchanges, on SQLite. Each page
is asked for {ROUNDS} times in turn with a bare page (a new Django project's middleware, one query,
one template), through the WSGI handler, without network or test client. Compared are medians of the
processor time of the serving thread, so that what else the machine does is not counted.
Queries are all statements to both databases, session and account included. The first load is the
board and everything it makes a browser fetch, in bytes as sent to a browser that takes gzip. The
start is the fastest of {RUNS} runs of `jiedui --help`; the demonstration's is the time to its
sign-in page, in an empty folder and again.
"""
MACHINE = "Python {python}, {cores} cores, {machine}.\n"


def pages() -> list[Found]:
    """Measure the pages, what they weigh, and how long a start takes."""
    began = start_seconds()
    first, second = demonstration_seconds()
    site = set_up()
    shown, bare = measure(site)
    loaded = sum(first_load(site).values()) / 1024
    found = [Found("bare page", f"{bare:.2f} ms", "", kept=True)]
    found.append(Found("entries in sight", str(site.entries), "", kept=True))
    for page in shown:
        what = f"{page.ratio:.1f} × bare ({page.milliseconds:.1f} ms)"
        kept = page.ratio <= RATIO
        found.append(Found(f"{page.name}: time", what, f"≤ {RATIO:.0f} × bare", kept=kept))
        kept = page.queries <= QUERIES
        found.append(Found(f"{page.name}: queries", str(page.queries), f"≤ {QUERIES}", kept=kept))
    for name, taken, most, unit in (
        ("first load", loaded, LOAD_KB, "KB"),
        ("start of `jiedui --help`", began, START, "s"),
        ("demonstration: first", first, FIRST, "s"),
        ("demonstration: again", second, SECOND, "s"),
    ):
        found.append(Found(name, f"{taken:.2f} {unit}", f"≤ {most:g} {unit}", kept=taken <= most))
    return found


PARTS: dict[str, tuple[Callable[[], list[Found]], str]] = {
    # Before the pages: those set this process up, and the others start theirs from it.
    "intake": (intake.measure, intake.METHOD),
    "million": (million.measure, million.METHOD),
    "restore": (restore.measure, restore.METHOD),
    "signin": (signin.measure, signin.METHOD),
    "pages": (pages, METHOD),
}


def main(asked: list[str]) -> int:
    """Print the table; 1 when a promise is not kept."""
    found = {name: measured() for name, (measured, _) in PARTS.items() if name in (asked or PARTS)}
    every = [row for name in PARTS for row in found.get(name, ())]
    sys.stdout.write(text_of(every))
    if not asked:
        methods = [method for _, method in PARTS.values()]
        machine = MACHINE.format(
            python=platform.python_version(), cores=os.cpu_count(), machine=platform.machine()
        )
        PAGE.write_text("\n".join([HEAD, page_of(every), "", *methods, machine]), "utf-8")
    return 0 if all(one.kept for one in every) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
