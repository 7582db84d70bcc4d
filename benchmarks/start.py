"""How long `jiedui --help` takes from nothing to its last line."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

JIEDUI = Path(sys.executable).parent / "jiedui"
RUNS = 15


def start_seconds() -> float:
    """Give the median time of starting the command, after a first run that fills the caches."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run([JIEDUI, "--help"], check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])
