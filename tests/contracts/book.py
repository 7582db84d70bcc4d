"""A book in a process of its own, for tests of commands: what to do with it comes as words.

`python -m tests.contracts.book fill 3 20`: a busy book. `many 20000`: so many entries more.
`state`: everything it says, as one hash. `archive FILE`: writes it, and while it does a link is
added by another process. `measure FILE`: writes and restores nothing but times and memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def open_site() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiedui.site.settings")
    import django

    django.setup()


def fill(seed: str, operations: str) -> None:
    from django.conf import settings

    from jiedui.site.environment import DEMONSTRATION_MARK
    from jiedui.site.store import setup
    from tests.site.store import busy

    setup.migrate()
    busy.fill(int(seed), int(operations))
    # It stands for an office's book: a demonstration's would go into a demonstration alone.
    (settings.JIEDUI_FOLDER / DEMONSTRATION_MARK).unlink()


def many(count: str) -> None:
    from tests.site.store import busy

    busy.add_many(int(count))


def state() -> None:
    from tests.site.store import busy

    said = {**busy.state(), "folder": ""}
    _say(json.dumps({name: hashlib.sha256(repr(part).encode()).hexdigest()
                      for name, part in said.items()}))  # fmt: skip


def archive(path: str) -> None:
    """Write the book while another process links something after the first table."""
    from jiedui.site.store.archive import packing

    written, calls = packing._table, []

    def meanwhile(file, table):
        calls.append(table)
        if len(calls) == 2:
            code = "from tests.contracts.book import open_site; open_site()\n"
            code += "from tests.site.store import busy; busy.add_many(3)"
            subprocess.run([sys.executable, "-c", code], check=True)
        return written(file, table)

    packing._table = meanwhile
    done = packing.write(Path(path))
    assert isinstance(done, packing.Packed), done
    _say(json.dumps({"head": done.manifest.head.digest, "calls": len(calls)}))


def measure(path: str, what: str) -> None:
    """Time and memory of one writing or restoring, in a process that did nothing else."""
    from jiedui.site.store import archive

    done: Any
    before, begins = _megabytes(), time.monotonic()
    if what == "write":
        done = archive.write(Path(path))
    elif what == "write-only":
        done = archive.write(Path(path), check=False)
    else:
        done = archive.restore(Path(path))
    assert hasattr(done, "manifest"), done
    spent = time.monotonic() - begins
    _say(json.dumps({
        "seconds": round(spent, 2), "rows": done.manifest.rows, "before": before,
        "peak": _megabytes(), "bytes": Path(path).stat().st_size,
    }))  # fmt: skip


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _megabytes() -> int:
    """The most that this process ever held; getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


if __name__ == "__main__":
    open_site()
    globals()[sys.argv[1]](*sys.argv[2:])
