"""What the tests of this room share: the cases, the seen list of replacements, the comparison."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jiedui.restore import replay, restore, simplified

if TYPE_CHECKING:
    from collections.abc import Callable

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


def rows(folder: str) -> list[Any]:
    """The cases of all files of a folder, one a line, as parameters named by what they are."""
    return [
        pytest.param(row, id=f"{path.stem}: {row['what']}")
        for path in sorted((CORPUS / "restore" / folder).glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").strip().split("\n"))
    ]


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


def holds(text: str, undo: Callable[[str], Restored] = restore) -> Restored:
    """Everything that must be true of a restored text."""
    restored = undo(text)
    assert replay(text, restored.edits) == restored.text
    assert undo(restored.text).text is restored.text
    if not restored.edits:
        assert restored.text is text
    for edit in restored.edits:
        assert text[edit.start : edit.end] == edit.found
        assert restored.text[edit.at_start : edit.at_end] == edit.became
        assert edit.sure or edit.became == edit.found
        assert len(edit.candidates) <= 3
        assert 0 <= edit.confidence <= 1
        assert restored.to_restored(edit.start) == edit.at_start
        assert restored.to_restored(edit.end) == edit.at_end
        # Of what was taken out, the end is the place; it may touch the edit before.
        back = [restored.to_damaged(pos) for pos in (edit.at_start, edit.at_end)]
        taken_out = {one.at_start for one in restored.edits if not one.became}
        if edit.at_end not in taken_out:
            assert back[1] == edit.end
        if edit.at_start not in taken_out:
            assert back[0] == edit.start
        assert edit.start <= back[0]
        assert edit.end <= back[1]
    forward = [restored.to_restored(pos) for pos in range(len(text) + 1)]
    assert forward == sorted(forward)
    back = [restored.to_damaged(pos) for pos in range(len(restored.text) + 1)]
    assert back == sorted(back)
    assert len(simplified(text)) == len(text)
    return restored
