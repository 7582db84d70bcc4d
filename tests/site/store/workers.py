"""Workers at once over a book of their own (`apart`): each job is taken by one; no test itself."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

from jiedui.site.store import jobs, setup
from tests.site.store import children

JOBS, WORKERS = 60, 3


def claims() -> None:
    """Some processes claim the same jobs as fast as they can."""
    town = children.build()
    made = [jobs.queue(town.clerk, "stage", f"{number:013d}").key for number in range(JOBS)]
    setup.close()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.site.store.apart", "claim_all"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(WORKERS)
    ]  # fmt: skip
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    taken = Counter(" ".join(one.communicate(timeout=60)[0] for one in running).split())
    assert taken == Counter(made), taken
    print("done")


def claim_all() -> None:
    """Claim whatever is due, once all are there."""
    found = jobs.due()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    print(" ".join(one for one in found if jobs.claim(one)))
