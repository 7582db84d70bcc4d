"""The model of the damage makes what was seen in the wild."""

from __future__ import annotations

import pytest

from jiedui.restore.damage import corrupt
from tests.core.restore.cases import CORPUS, SEEN, SHARED, widened


@pytest.mark.parametrize(
    ("intact", "replaced", "cuts", "damaged"),
    [
        ("對接東西部", "訓", "", "對接?xùn)|西部"),
        ("立足當地所需，", "數當", "，", "立足當(dāng)?shù)厮?,"),
        ("當地干部提問", "數當問", "", "當(dāng)?shù)馗刹刻釂?wèn)"),
        ("變為產", "優產", "", "變?yōu)楫a(chǎn)"),
        ("宏PLC", "關", "", "宏P(guān)LC"),
        ("。”值得關", "關", "！", "?！敝档藐P(guān)"),
        ("。《統", "統", "！", "?！督y(tǒng)"),
        ("化。”</", "", "！", "化?！?/"),
    ],
)
def test_phrases_seen_on_other_sites(intact: str, replaced: str, cuts: str, damaged: str) -> None:
    assert corrupt(intact, replaced, cuts) == damaged.replace("！", "!").replace(",", ",")


def test_the_order_of_replacement_matters() -> None:
    assert corrupt("當地", "數當") == "當(dāng)?shù)?"
    assert corrupt("當地", "當數") == "當(dāng)地"


def test_what_gbk_lacks_becomes_a_question_mark() -> None:
    assert corrupt("\u00a0\u00a0甲👍", "") == "??甲?"


def test_a_character_without_a_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="no two bytes in GBK or no reading"):
        corrupt("甲", "😀")


def test_the_damaged_twin_of_the_article_is_reproduced() -> None:
    intact = (CORPUS / "articles/visit-intact.txt").read_text(encoding="utf-8")
    damaged = (CORPUS / "articles/visit-damaged.txt").read_text(encoding="utf-8")
    assert corrupt(widened(intact), SEEN) == damaged


@pytest.mark.needs("shared")
def test_the_founding_article_is_reproduced() -> None:
    intact = (SHARED / "corpus/seed/intact.txt").read_text(encoding="utf-8")
    damaged = (SHARED / "corpus/seed/damaged.txt").read_text(encoding="utf-8")
    assert corrupt(widened(intact), SEEN) == damaged
    assert corrupt(widened(intact), SEEN, ()) != damaged
