"""The door: the only way to ledger rows, always with a viewer, giving values and never rows.

Behind one name: what reads (`reading`, `counting`) and what writes (`writing`, `reviewing`);
nothing outside the store imports those.
"""

from __future__ import annotations

from jiedui.site.store.chain import Head, head
from jiedui.site.store.counting import figures, years
from jiedui.site.store.ended import Note, ended, note
from jiedui.site.store.entries import (
    Conflict,
    Entered,
    Entry,
    Faults,
    Outcome,
    Page,
    Written,
    entry_id,
    key,
)
from jiedui.site.store.explained import Explanation
from jiedui.site.store.explaining import explain, is_gone, may_explain, reopen
from jiedui.site.store.exporting import export, export_workbook, offered
from jiedui.site.store.findings import Finding, findings
from jiedui.site.store.findings import count as count_findings
from jiedui.site.store.lookup import lookup
from jiedui.site.store.mended import Mended, mended
from jiedui.site.store.reading import (
    chosen,
    entries,
    entry,
    frames,
    label,
    labels,
    options,
    refs,
    stood,
    versions,
)
from jiedui.site.store.reviewing import bases, step, step_all
from jiedui.site.store.sides import off_side
from jiedui.site.store.targets import targets, told
from jiedui.site.store.writing import add, amend, enter, erase, withdraw

__all__ = [
    "Conflict",
    "Entered",
    "Entry",
    "Explanation",
    "Faults",
    "Finding",
    "Head",
    "Mended",
    "Note",
    "Outcome",
    "Page",
    "Written",
    "add",
    "amend",
    "bases",
    "chosen",
    "count_findings",
    "ended",
    "enter",
    "entries",
    "entry",
    "entry_id",
    "erase",
    "explain",
    "export",
    "export_workbook",
    "figures",
    "findings",
    "frames",
    "head",
    "is_gone",
    "key",
    "label",
    "labels",
    "lookup",
    "may_explain",
    "mended",
    "note",
    "off_side",
    "offered",
    "options",
    "refs",
    "reopen",
    "step",
    "step_all",
    "stood",
    "targets",
    "told",
    "versions",
    "withdraw",
    "years",
]
