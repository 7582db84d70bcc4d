"""The whole book in one file, for keeping and for another database: written, read and restored.

A zip with a file of JSON lines for each table, the originals of documents under their hashes,
and a manifest. The keys are not in it: protected names go in as the vault holds them, encrypted.
Sessions, lock-outs and running jobs are passing things and stay out.
"""

from __future__ import annotations

from jiedui.site.store.archive.loading import Restored, restore
from jiedui.site.store.archive.manifest import Manifest
from jiedui.site.store.archive.packing import Packed, write

__all__ = ["Manifest", "Packed", "Restored", "restore", "write"]
