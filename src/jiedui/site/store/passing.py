"""Room for what a file is made of while it is made: in the book's own work folder.

An export may name persons, and the folder for passing files of a machine is everybody's.
"""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["file", "folder"]

_PREFIX = "passing-"
_LEFT = 24 * 3600  # seconds after which a folder belongs to a process that was killed


@contextmanager
def folder() -> Iterator[str]:
    """A folder that nobody else can open, gone at the end; those that a kill left go first."""
    room = _room()
    for left in room.glob(f"{_PREFIX}*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - _LEFT:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=_PREFIX, dir=room) as made:
        yield made


def file() -> BinaryIO:
    """A file without a name: it is gone when it is closed, whatever becomes of this process."""
    return cast("BinaryIO", TemporaryFile(prefix=_PREFIX, dir=_room()))


def _room() -> Path:
    room = Path(settings.JIEDUI_FOLDER) / "work"
    room.mkdir(parents=True, exist_ok=True)
    return room
