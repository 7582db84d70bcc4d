"""The door: the only way to ledger rows, always with a viewer, giving values and never rows.

Two halves behind one name: `reading` and `writing`. Nothing outside the store imports those.
"""

from __future__ import annotations

from jiedui.site.store.chain import Head, head
from jiedui.site.store.counting import figures, years
from jiedui.site.store.entries import (
    Conflict,
    Entry,
    Faults,
    Outcome,
    Page,
    Written,
    entry_id,
    key,
)
from jiedui.site.store.exporting import export
from jiedui.site.store.findings import Finding, findings
from jiedui.site.store.lookup import lookup
from jiedui.site.store.reading import entries, entry, frames, label, labels, options, refs, versions
from jiedui.site.store.writing import add, amend, erase, step, withdraw

__all__ = [
    "Conflict",
    "Entry",
    "Faults",
    "Finding",
    "Head",
    "Outcome",
    "Page",
    "Written",
    "add",
    "amend",
    "entries",
    "entry",
    "entry_id",
    "erase",
    "export",
    "figures",
    "findings",
    "frames",
    "head",
    "key",
    "label",
    "labels",
    "lookup",
    "options",
    "refs",
    "step",
    "versions",
    "withdraw",
    "years",
]
