"""What happens to pages on their way: cases as data, one a line, in a folder a kind of damage."""

from __future__ import annotations

from functools import partial
from typing import Any

import opencc
import pytest

from jiedui.restore import restore, simplified
from tests.core.restore.cases import CORPUS, SHARED, holds, rows

LAID_OUT = partial(restore, layout=True)
LINES = "\n\n甲县与乙区召开联席会议，会议强调要抓好各项任务的落实。"


def found(case: dict[str, Any], restored: Any) -> None:
    """Whether a text came out as its case says, with the marks that it names, in order."""
    assert restored.text == case["restored"]
    marks = [edit for edit in restored.edits if not edit.sure]
    wanted = case.get("marked", [])
    assert [edit.found for edit in marks] == [mark[0] for mark in wanted]
    for edit, (_, *candidates) in zip(marks, wanted, strict=True):
        assert set(candidates) <= set(edit.candidates)
        assert edit.found not in edit.candidates


@pytest.mark.parametrize("case", rows("encodings") + rows("marks"))
def test_kinds(case: dict[str, Any]) -> None:
    found(case, holds(case["damaged"]))


@pytest.mark.parametrize("case", rows("layout"))
def test_layout(case: dict[str, Any]) -> None:
    assert "broken-line" not in {edit.kind for edit in restore(case["damaged"]).edits}
    found(case, holds(case["damaged"], LAID_OUT))


@pytest.mark.parametrize("case", rows("marks"))
def test_marks_in_an_article(case: dict[str, Any]) -> None:
    """A page of its own length does not change the judgement of its marks."""
    if "traditional" not in case["what"]:
        restored = holds(case["damaged"] + LINES).text
        assert "".join(restored.split()).startswith("".join(case["restored"].split()))


@pytest.mark.parametrize("undo", [restore, LAID_OUT], ids=["restore", "layout"])
@pytest.mark.parametrize("case", rows("leave-alone"))
def test_leave_alone(case: dict[str, str], undo: Any) -> None:
    restored = undo(case["text"])
    assert restored.text is case["text"]
    assert restored.edits == ()
    assert len(simplified(case["text"])) == len(case["text"])


@pytest.mark.parametrize("undo", [restore, LAID_OUT], ids=["restore", "layout"])
def test_clean_articles_are_left_alone_in_both_scripts(undo: Any) -> None:
    traditional = opencc.OpenCC("s2t")
    ours = [*CORPUS.glob("articles/*.txt")]
    paths = [path for path in ours if "damaged" not in path.name]
    shared = [path for path in SHARED.glob("corpus/articles/*.txt") if "damaged" not in path.name]
    assert paths
    for path in (*paths, *shared):
        text = path.read_text(encoding="utf-8")
        for script in (text, traditional.convert(text)):
            # Whole, and each sentence alone.
            for passage in (script, *script.replace("。", "。\n").split("\n")):
                assert undo(passage).text is passage, path.name
                assert undo(passage).edits == ()
