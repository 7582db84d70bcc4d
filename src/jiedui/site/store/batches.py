"""Workbooks into the book, as pages and commands see them: the doors of two rooms in one.

Receiving and comparing is `previewing`; writing and undoing is `loading`.
"""

from __future__ import annotations

from jiedui.site.store.loading import Loaded, Moved, Undone, load, undo
from jiedui.site.store.previewing import (
    DROPPED,
    LOADED,
    UNDONE,
    WAITING,
    Preview,
    StoredBatch,
    annotated,
    drop,
    listed,
    one,
    preview,
    receive,
    settle,
)

__all__ = [
    "DROPPED",
    "LOADED",
    "UNDONE",
    "WAITING",
    "Loaded",
    "Moved",
    "Preview",
    "StoredBatch",
    "Undone",
    "annotated",
    "drop",
    "listed",
    "load",
    "one",
    "preview",
    "receive",
    "settle",
    "undo",
]
