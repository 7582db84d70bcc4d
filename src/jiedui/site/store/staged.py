"""What was read of a waiting workbook, as it waits beside it: what was said, and each row.

The rows stand as the load writes them: stored columns, digests and sealed names. Not for making
it (`staging`) nor for showing rows (`planning`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jiedui import intake, ledgers
from jiedui.intake.child import problem_from_wire, problem_to_wire
from jiedui.intake.headings import How
from jiedui.problems.said import pack, unpack
from jiedui.site.store import waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from jiedui.problems import Problem

__all__ = ["OPEN", "WRITTEN", "Does", "Said", "Staged", "keep", "rows", "said", "written"]

# Columns of the rows that are not the ledger's: what a row does, to which entry and version.
ROW, DOES, ENTRY, BASE = "row", "does", "entry", "base"
IDENTITY, DIGEST = "identity", "digest"


class Does(StrEnum):
    """What a row would do."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBLE = "double"
    ASKED = "asked"
    PROBLEM = "problem"


# What a load writes.
WRITTEN = frozenset((Does.ADDED, Does.CHANGED))
# What keeps a workbook from being loaded whole: it is to be mended, or answered.
OPEN = (Does.PROBLEM, Does.DOUBLE, Does.ASKED)


@dataclass(frozen=True, slots=True)
class Said:
    """What was read of a workbook and compared at link `known`, without its rows.

    `digest` is that of all it would do, `problems` the first of `faults`, `refused` why none of
    it may be written. `declaration` is the ledger's when it was read.
    """

    declaration: str
    known: int
    digest: str
    counts: Mapping[str, int]
    layout: intake.Layout
    problems: tuple[Problem, ...]
    faults: int
    remarks: tuple[Problem, ...]
    refused: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """A workbook's rows (one a row of the sheet, in their order) and the names sealed for them.

    `names` has ref, nonce, box and mark of each name that is not in the vault yet; `stripped` is
    what may be kept of the rows it writes when the workbook itself may not.
    """

    said: Said
    rows: pl.DataFrame
    names: pl.DataFrame
    stripped: bytes = b""

    @property
    def sha256(self) -> str:
        """The SHA-256 of what may be kept; empty where there is nothing."""
        return hashlib.sha256(self.stripped).hexdigest() if self.stripped else ""


def written(rows: pl.DataFrame) -> tuple[int, ...]:
    """The numbers, in the sheet, of the rows that are to be written."""
    return tuple(rows.filter(rows[DOES].is_in(WRITTEN))[ROW])


def keep(batch: str, staged: Staged) -> None:
    """Lay down what was read; the head last, so that a head never stands without its rows."""
    # Packed, for less is to be encrypted, laid down and read again.
    written = BytesIO()
    staged.names.write_ipc_stream(written, compression="zstd")
    size = written.tell()
    staged.rows.write_ipc_stream(written, compression="zstd")
    waiting.put(batch, size.to_bytes(8, "big") + written.getvalue(), waiting.ROWS)
    if staged.stripped:
        waiting.put(batch, staged.stripped, waiting.STRIPPED)
    else:
        waiting.drop_part(batch, waiting.STRIPPED)
    waiting.put(batch, json.dumps(_head(staged.said), ensure_ascii=False).encode(), waiting.HEAD)


def said(batch: str) -> Said | None:
    """What was said of a waiting workbook; None when it was not read yet, or by another version."""
    head = waiting.get(batch, waiting.HEAD)
    if head is None:
        return None
    found = _read(head)
    if found is None:
        return None
    return found if found.declaration == found.layout.ledger.declaration else None


@lru_cache(maxsize=4)
def _read(head: bytes) -> Said | None:
    """What a head says; a page and the load behind it ask for the same one."""
    try:
        return _said(json.loads(head))
    except (KeyError, TypeError, ValueError):
        return None


def rows(batch: str, found: Said) -> Staged | None:
    """The rows of a workbook that was read; None when they are gone or an earlier version's."""
    import polars as pl

    content = waiting.get(batch, waiting.ROWS)
    if content is None:
        return None
    size = int.from_bytes(content[:8], "big")
    names = pl.read_ipc_stream(BytesIO(content[8 : 8 + size]))
    if "mark" not in names.columns:  # Laid down by an earlier version: it is read again.
        return None
    stripped = waiting.get(batch, waiting.STRIPPED) or b""
    return Staged(found, pl.read_ipc_stream(BytesIO(content[8 + size :])), names, stripped)


def _head(found: Said) -> dict[str, Any]:
    layout = found.layout
    return {
        "declaration": found.declaration,
        "known": found.known,
        "digest": found.digest,
        "counts": dict(found.counts),
        "problems": [problem_to_wire(one) for one in found.problems],
        "faults": found.faults,
        "remarks": [problem_to_wire(one) for one in found.remarks],
        "refused": pack(found.refused),
        "personal": found.personal,
        "layout": {
            "sheet": layout.sheet,
            "ledger": layout.ledger.name,
            "heading_row": layout.heading_row,
            "first_row": layout.first_row,
            "columns": [asdict(one) for one in layout.columns],
            "problems": [problem_to_wire(one) for one in layout.problems],
            "across": layout.across,
        },
    }


def _said(head: dict[str, Any]) -> Said:
    laid = head["layout"]
    layout = intake.Layout(
        laid["sheet"],
        ledgers.ledgers()[laid["ledger"]],
        laid["heading_row"],
        laid["first_row"],
        tuple(intake.Column(**{**one, "how": How(one["how"])}) for one in laid["columns"]),
        tuple(problem_from_wire(one) for one in laid["problems"]),
        across=laid["across"],
    )
    return Said(
        head["declaration"],
        head["known"],
        head["digest"],
        head["counts"],
        layout,
        tuple(problem_from_wire(one) for one in head["problems"]),
        head["faults"],
        tuple(problem_from_wire(one) for one in head["remarks"]),
        unpack(head["refused"]),
        head["personal"],
    )
