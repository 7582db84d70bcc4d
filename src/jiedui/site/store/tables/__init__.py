"""Every table of the store; all but the versions are written out by hand."""

from __future__ import annotations

from jiedui.site.store.tables.batches import Batch, Mapping
from jiedui.site.store.tables.chain import Link
from jiedui.site.store.tables.documents import Document, Former, Proposal
from jiedui.site.store.tables.people import Grant
from jiedui.site.store.tables.search import IndexDue, Indexed, IndexedName
from jiedui.site.store.tables.tokens import Token
from jiedui.site.store.tables.vault import Secret
from jiedui.site.store.tables.versions import VERSIONS, table_name, version_model

# Django finds models by this package's names; the versions' are known only when it runs.
globals().update({model.__name__: model for model in VERSIONS.values()})

__all__ = [
    "VERSIONS",
    "Batch",
    "Document",
    "Former",
    "Grant",
    "IndexDue",
    "Indexed",
    "IndexedName",
    "Link",
    "Mapping",
    "Proposal",
    "Secret",
    "Token",
    "table_name",
    "version_model",
]
