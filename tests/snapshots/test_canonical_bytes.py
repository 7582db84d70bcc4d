"""The canonical bytes and digest of one entry a ledger: if they change, every book's chain breaks.

`UPDATE_SNAPSHOTS=1 pytest tests/snapshots` writes the file anew; read what changed, and why.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jiedui import ledgers
from jiedui.ledgers import Sealed, canon
from tests.core.ledgers.rows import Registers, cells_of, corpus

PATH = Path(__file__).parent / "canonical.txt"
ENTRY = 1_234_567_890_123


def fullest(name: str) -> dict[str, Any]:
    """The cells of the good row of the corpus that fills most fields."""
    book = corpus(name)
    return cells_of(book, max(book["good"], key=lambda case: len(case["cells"])))


def written() -> str:
    """Each ledger with its declaration, the bytes and the digest."""
    parts = []
    for name, ledger in sorted(ledgers.ledgers().items()):
        checked = ledgers.check(ledger, ledgers.frame([fullest(name)]), Registers())
        assert checked.problems == ()
        values = dict(checked.rows[0]) | {"owner": 201}
        if "attended" in values:
            values["attended"] = ({"name": Sealed("0" * 32, "甲示例"), "side": "west"},)
        made = canon.canonical(name, ENTRY, values).decode()
        digest = canon.digest(name, ENTRY, values).hex()
        parts.append(f"# {name} {ledger.declaration}\n{made}\n{digest}\n")
    return "\n".join(parts)


def test_the_bytes_of_an_entry_are_as_reviewed() -> None:
    found = written()
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PATH.write_text(found, "utf-8")
    assert PATH.read_text("utf-8") == found
    assert '甲示例","side' not in found
