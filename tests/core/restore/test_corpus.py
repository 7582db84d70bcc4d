"""The corpus: what must be restored, what must be left alone, what is not yet restored."""

from __future__ import annotations

from typing import Any

import opencc
import pytest

from jiedui.restore import gbk, replay, restore
from jiedui.restore.damage import corrupt
from tests.core.restore.cases import CORPUS, SEEN, SHARED, agrees, cases, widened


@pytest.mark.parametrize("case", cases("made"))
def test_made(case: dict[str, Any]) -> None:
    damaged = corrupt(case["intact"], case["annotated"], case["cuts"])
    restored = restore(damaged)
    assert restored.text != damaged
    assert agrees(restored, gbk.narrow(case["intact"]))
    marks = [edit for edit in restored.edits if edit.kind == "torn" and not edit.sure]
    assert len(marks) <= case["marked_at_most"]
    assert replay(damaged, restored.edits) == restored.text
    assert restore(restored.text).text is restored.text


@pytest.mark.xfail(strict=True, reason="not yet restored")
@pytest.mark.parametrize("case", cases("not-yet"))
def test_not_yet(case: dict[str, str]) -> None:
    damaged = case.get("damaged") or corrupt(case["intact"], case["annotated"], case["cuts"])
    assert restore(damaged).text == gbk.narrow(case["intact"])


def test_the_article_comes_back_but_for_marks() -> None:
    intact = (CORPUS / "articles/visit-intact.txt").read_text(encoding="utf-8")
    damaged = (CORPUS / "articles/visit-damaged.txt").read_text(encoding="utf-8")
    restored = restore(damaged)
    assert agrees(restored, intact)
    torn = [edit for edit in restored.edits if edit.kind == "torn"]
    assert [(edit.became, edit.sure) for edit in torn][:1] == [("東", True)]
    assert sum(not edit.sure for edit in torn) == 1


def test_every_clean_article_of_the_project_is_left_alone() -> None:
    for path in sorted((CORPUS / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if "damaged" not in path.name:
            assert restore(text).text is text


@pytest.mark.needs("shared")
@pytest.mark.parametrize("case", cases("wild"))
def test_wild(case: dict[str, Any]) -> None:
    if "clean" in case:
        _leaves_alone(case)
        return
    damaged = (SHARED / case["damaged"]).read_text(encoding="utf-8")
    restored = restore(damaged)
    by_kind = {
        kind: [edit for edit in restored.edits if edit.kind == kind]
        for kind in ("annotation", "torn", "number")
    }
    assert len(by_kind["annotation"]) == case["annotations"]
    assert len(by_kind["torn"]) == case["torn"]
    assert len(by_kind["number"]) == case["numbers"]
    assert sum(not edit.sure for edit in by_kind["torn"]) <= case["torn_marked_at_most"]
    assert agrees(restored, (SHARED / case["intact"]).read_text(encoding="utf-8"))
    assert replay(damaged, restored.edits) == restored.text


def _leaves_alone(case: dict[str, Any]) -> None:
    paths = sorted(SHARED.glob(case["clean"]))
    assert len(paths) >= case["at_least"]
    traditional = opencc.OpenCC("s2t")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for script in (text, traditional.convert(text), gbk.narrow(text)):
            assert restore(script).text is script


@pytest.mark.needs("shared")
def test_made_damage_on_real_articles_never_gets_a_wrong_character() -> None:
    traditional = opencc.OpenCC("s2t")
    sure = 0
    for path in sorted(SHARED.glob("corpus/articles/*.txt"))[::4]:
        text = traditional.convert(path.read_text(encoding="utf-8"))
        intact = "".join(one if one.isascii() or gbk.pair(one) else "?" for one in text)
        restored = restore(corrupt(intact, SEEN))
        assert agrees(restored, gbk.narrow(intact)), path.name
        sure += sum(edit.sure for edit in restored.edits if edit.kind == "torn")
    assert sure >= 3


def test_widening_is_undone_by_the_crawler() -> None:
    assert gbk.narrow(widened("甲,乙(丙):丁!")) == "甲,乙(丙):丁!"
