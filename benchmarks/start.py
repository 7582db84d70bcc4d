"""How long `jiedui --help` takes to its last line, and the demonstration to its sign-in page."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

JIEDUI = Path(sys.executable).parent / "jiedui"
RUNS = 15


def start_seconds() -> float:
    """Give the fastest of several starts: what else the machine does makes the others slower."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([JIEDUI, "--help"], check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return min(taken)


def demonstration_seconds() -> tuple[float, float]:
    """Give the time to the sign-in page of a first start in an empty folder, and of a second."""
    with tempfile.TemporaryDirectory() as folder:
        return one_start(folder), one_start(folder)


def one_start(folder: str) -> float:
    """Start the demonstration, wait for its sign-in page, stop it; gives the seconds until then."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    demo = subprocess.Popen(
        [JIEDUI, "demo", "--port", str(port), "--folder", folder], stdout=subprocess.DEVNULL
    )
    while demo.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in").close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            break
    taken = time.monotonic() - began
    demo.send_signal(signal.SIGINT)
    demo.wait(30)
    return taken
