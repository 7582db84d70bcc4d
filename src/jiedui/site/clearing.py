"""A demonstration's folder: whether it is one, who holds it, and away with what it made in it.

Opens no book: whether that may go is `demonstration.may_clear`.
"""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING

from jiedui.site.environment import DEMONSTRATION_MARK

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

__all__ = ["clear", "hold", "made"]

# What a demonstration makes in its folder. The mark goes last: it says whose the rest is.
_FILES = (
    "jiedui.db", "jiedui.db-wal", "jiedui.db-shm", "work.db", "work.db-wal", "work.db-shm",
    "secret.key", "vault.key",
)  # fmt: skip
_FOLDERS = ("documents", "work", "static")


def made(folder: Path) -> bool:
    """Whether a demonstration was made in a folder; nothing is opened."""
    return (folder / DEMONSTRATION_MARK).is_file()


def hold(folder: Path, *, alone: bool = False) -> IO[bytes] | None:
    """Hold a demonstration's folder as long as the file is open; None when others do.

    Several may serve from one folder; who takes it away must be `alone`.
    """
    mark = (folder / DEMONSTRATION_MARK).open("ab")
    try:
        fcntl.flock(mark, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        mark.close()
        return None
    return mark


def clear(folder: Path) -> list[str]:
    """Take away what the demonstration made; gives the names of what is left, which is others'."""
    for name in _FOLDERS:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            shutil.rmtree(folder / name)
    for name in (*_FILES, DEMONSTRATION_MARK):
        (folder / name).unlink(missing_ok=True)
    left = sorted(one.name for one in folder.iterdir())
    if not left:
        folder.rmdir()
    return left
