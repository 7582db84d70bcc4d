"""`jiedui demo` answers soon, stops on Ctrl-C, and leaves nothing outside ignored folders."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
JIEDUI = Path(sys.executable).parent / "jiedui"
PATIENCE, STOP = 120, 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start the demonstration; gives it and its sign-in page. How soon, `make bench` measures."""
    began = time.monotonic()
    demo = subprocess.Popen(
        [JIEDUI, "demo", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    while time.monotonic() - began < PATIENCE and demo.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as page:
                return demo, page.read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    demo.kill()
    raise AssertionError(demo.communicate()[0])


def stop(demo: subprocess.Popen[str]) -> str:
    demo.send_signal(signal.SIGINT)
    try:
        said, _ = demo.communicate(timeout=STOP)
    except subprocess.TimeoutExpired:
        demo.kill()
        raise
    return said


def cloned(folder: Path) -> Path:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git repository")
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    return clone


def test_the_demonstration_starts_stops_and_leaves_nothing(tmp_path: Path) -> None:
    clone = cloned(tmp_path)
    demo, page = start(clone, free_port())
    said = stop(demo)
    assert page.count('action="/sign-in/demonstration"') == 5
    assert "Traceback" not in said

    demo, _ = start(clone, free_port())
    assert "Traceback" not in stop(demo)

    left = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True, text=True
    )
    assert left.stdout == ""


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [JIEDUI, "demo", "--port", str(port)],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr
    assert list(tmp_path.iterdir()) == []
