"""Measures, prints a table, writes docs/benchmarks.md, and fails when a promise is not kept."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from benchmarks.pages import MORE_ENTRIES, ROUNDS, first_load, measure, set_up
from benchmarks.start import RUNS, demonstration_seconds, start_seconds

PAGE = Path(__file__).parent.parent / "docs/benchmarks.md"
RATIO, QUERIES, LOAD_KB, START, FIRST, SECOND = 8.0, 12, 150.0, 0.3, 60.0, 5.0

HEAD = """# Benchmarks

Written by `make bench`; the numbers below are of one run of it, on the machine named at the end.
"""
METHOD = """## How

`make bench` (`.venv/bin/python -m benchmarks`). The site runs in one process over the
demonstration and {more} further exchanges ({entries} in sight of the clerk), on SQLite. Each page
is asked for {rounds} times in turn with a bare page (a new Django project's middleware, one query,
one template), through the WSGI handler, without network or test client. Compared are medians of the
processor time of the serving thread, so that what else the machine does is not counted.
Queries are all statements to both databases, session and account included. The first load is the
board and everything it makes a browser fetch, in bytes as sent to a browser that takes gzip. The
start is the fastest of {runs} runs of `jiedui --help`; the demonstration's is the time to its
sign-in page, in an empty folder and again.

Python {python}, {cores} cores, {machine}.
"""


def rows() -> list[tuple[str, str, str, bool]]:
    """Measure everything; gives what, measured, promised, kept."""
    began = start_seconds()
    first, second = demonstration_seconds()
    site = set_up()
    pages, bare = measure(site)
    loaded = sum(first_load(site).values()) / 1024
    found = [("bare page", f"{bare:.2f} ms", "the yardstick", True)]
    for page in pages:
        what = f"{page.ratio:.1f} × bare ({page.milliseconds:.1f} ms)"
        found.append((f"{page.name}: time", what, f"≤ {RATIO:.0f} × bare", page.ratio <= RATIO))
        kept = page.queries <= QUERIES
        found.append((f"{page.name}: queries", str(page.queries), f"≤ {QUERIES}", kept))
    found.append(("first load", f"{loaded:.1f} KB", f"≤ {LOAD_KB:.0f} KB", loaded <= LOAD_KB))
    found.append(("start of `jiedui --help`", f"{began:.2f} s", f"≤ {START} s", began <= START))
    found.append(("demonstration: first", f"{first:.1f} s", f"≤ {FIRST:.0f} s", first <= FIRST))
    found.append(("demonstration: again", f"{second:.1f} s", f"≤ {SECOND:.0f} s", second <= SECOND))
    method = METHOD.format(
        more=MORE_ENTRIES,
        entries=site.entries,
        rounds=ROUNDS,
        runs=RUNS,
        python=platform.python_version(),
        cores=os.cpu_count(),
        machine=platform.machine(),
    )
    lines = ["| what | measured | promised | kept |", "|---|---|---|---|"]
    lines += [f"| {a} | {b} | {c} | {'yes' if kept else '**no**'} |" for a, b, c, kept in found]
    PAGE.write_text("\n".join([HEAD, *lines, "", method]), "utf-8")
    return found


def main() -> int:
    """Print the table; 1 when a promise is not kept."""
    found = rows()
    for what, measured, promised, kept in found:
        print(f"{what:28} {measured:24} {promised:16} {'' if kept else 'NOT KEPT'}")
    return 0 if all(kept for *_, kept in found) else 1


if __name__ == "__main__":
    sys.exit(main())
