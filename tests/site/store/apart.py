"""A book of its own for a test that needs other processes: a folder, or a PostgreSQL database.

Run as `python -m tests.site.store.apart <function of children, crowded, killed…> <arguments>` it
is such a process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent.parent


@dataclass
class Book:
    """Where a book of its own lies."""

    folder: Path
    address: str = ""

    def environment(self) -> dict[str, str]:
        """The environment of a process that opens it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JIEDUI_")}
        return kept | {
            "JIEDUI_DATA": str(self.folder),
            "JIEDUI_DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "jiedui.site.settings",
            "PYTHONPATH": str(ROOT),
        }

    def command(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run `jiedui` with these arguments over the book."""
        return subprocess.run(
            [sys.executable, "-m", "jiedui.cli", *arguments],
            env=self.environment(), cwd=self.folder.parent, input=typed, check=False,
            capture_output=True, text=True,
        )  # fmt: skip

    def start(self, function: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a function of `children` over the book."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.site.store.apart", function, *arguments],
            env=self.environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True,
        )  # fmt: skip

    def run(self, function: str, *arguments: str, patience: float = 120) -> str:
        """Run a function of `children` over the book and return what it printed."""
        child = self.start(function, *arguments)
        told, faults = child.communicate(timeout=patience)
        assert child.returncode == 0, faults
        return told


@contextmanager
def book(folder: Path, server: str | None = None) -> Iterator[Book]:
    """A book in a folder, or in a new database of a server, which is dropped afterwards."""
    if os.environ.get("JIEDUI_TEST_DATABASE_URL"):
        pytest.skip("books of their own are tried once, beside the run on SQLite")
    folder = folder / "book"
    if server is None:
        yield Book(folder)
        return
    import psycopg

    name = f"jiedui_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
    try:
        yield Book(folder, f"{server.rpartition('/')[0]}/{name}")
    finally:
        with psycopg.connect(server, autocommit=True) as there:
            there.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    import django

    django.setup()
    from tests.site.store import children, crowded, killed, killed_loads, workers

    rooms = (killed_loads, killed, crowded, workers, children)
    of = next(one for one in rooms if sys.argv[1] in vars(one))
    vars(of)[sys.argv[1]](*sys.argv[2:])
