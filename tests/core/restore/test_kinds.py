"""What happens to pages on their way: cases as data, one a line, in a folder a kind of damage."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jiedui.restore import restore
from tests.core.restore.cases import CORPUS, holds

KINDS = ("encodings", "characters")


def lines(name: str) -> list[Any]:
    """The cases of all kinds, named by what they are."""
    return [case for kind in KINDS for case in _lines(f"{kind}/{name}")]


def _lines(name: str) -> list[Any]:
    written = (CORPUS / f"restore/{name}.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    return [pytest.param(row, id=row["what"]) for row in map(json.loads, written)]


@pytest.mark.parametrize("case", lines("restored"))
def test_restored(case: dict[str, str]) -> None:
    restored = holds(case["damaged"])
    assert restored.text == case["intact"]
    assert all(edit.sure for edit in restored.edits)


@pytest.mark.parametrize("case", lines("marked"))
def test_marked(case: dict[str, Any]) -> None:
    restored = holds(case["damaged"])
    assert restored.text == (case["restored"] or case["damaged"])
    marks = [edit for edit in restored.edits if not edit.sure]
    assert [edit.found for edit in marks] == [found for found, _ in case["marked"]]
    for edit, (_, candidates) in zip(marks, case["marked"], strict=True):
        assert set(candidates) <= set(edit.candidates)


@pytest.mark.parametrize("case", lines("leave-alone"))
def test_leave_alone(case: dict[str, str]) -> None:
    restored = restore(case["text"])
    assert restored.text is case["text"]
    assert restored.edits == ()
