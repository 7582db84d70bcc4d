"""What the tests of this room share: the cases, the seen list of replacements, the comparison."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from jiedui.restore import Restored

CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = Path(__file__).parents[4] / "shared"

# In the order of replacement: 訓 and 數 were replaced before 當, as torn places show.
SEEN = (
    "訓數驅點團協學習發實經濟關進強責堅鄉質當礎續產業農"
    "態環優醫項聯機準獻節補創領現戰設運災區隊務轉鎮術護導"
)


def cases(name: str) -> list[Any]:
    """The cases of one kind, as parameters named by what they are."""
    rows = json.loads((CORPUS / "restore" / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["what"]) for row in rows]


def widened(text: str) -> str:
    """A page with the full-width punctuation that it had before a crawler narrowed it."""
    marks = str.maketrans(",:()!;", "，：（）！；")
    return "\n".join(
        line if line.startswith("- ") else line.translate(marks) for line in text.split("\n")
    )


def agrees(restored: Restored, intact: str) -> bool:
    """Whether a restored text is the intact one wherever it is not marked as torn."""
    pattern, done = "", 0
    for edit in restored.edits:
        if edit.kind == "torn" and not edit.sure:
            pattern += re.escape(restored.text[done : edit.at_start]) + ".*?"
            done = edit.at_end
    return re.fullmatch(pattern + re.escape(restored.text[done:]), intact) is not None
