"""Workbooks of the package itself into the book, here and now, by the way that any other takes.

Not for what people bring: that is opened apart from the book, by `batches`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui import intake
from jiedui.access import No
from jiedui.problems import JieduiError
from jiedui.site.store import loading, previewing, staging
from jiedui.site.store.loading import Loaded
from jiedui.site.store.previewed import StoredBatch
from jiedui.site.store.staged import Staged

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

__all__ = ["OwnRefusedError", "load"]


class OwnRefusedError(JieduiError):
    """A workbook of the package was refused: it and the declarations contradict."""


def load(viewer: Viewer, ledger: type[Ledger], content: bytes, name: str) -> Loaded:
    """Load a workbook of the package as a batch of the viewer's office, under one link.

    Raises `OwnRefusedError` where a row has a problem or the viewer may not.
    """
    batch = previewing.register(viewer, ledger, content, name)
    if not isinstance(batch, StoredBatch):
        raise OwnRefusedError(str(batch))
    waits = previewing.find(viewer, batch.key)
    assert not isinstance(waits, No)
    staged = staging.stage(viewer, waits, opened=intake.open_book)
    if not isinstance(staged, Staged):
        raise OwnRefusedError(str(staged))
    done = loading.load(viewer, batch.key, staged.said.digest, good_only=False, told=staging.nobody)
    if not isinstance(done, Loaded):
        raise OwnRefusedError(str(done))
    return done
