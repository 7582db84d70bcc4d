"""The annotation damage: what is stripped, and what is never touched."""

from __future__ import annotations

import pytest

from jiedui.restore import NotThisTextError, replay, restore, simplified

DAMAGED = "深入學(xué)習(xí)貫徹落實(shí)精神,推動鄉(xiāng)村振興。"
INTACT = "深入學習貫徹落實精神,推動鄉村振興。"


def test_readings_are_stripped_and_told() -> None:
    restored = restore(DAMAGED)
    assert restored.text == INTACT
    assert [(edit.found, edit.became) for edit in restored.edits] == [
        ("學(xué)", "學"),
        ("習(xí)", "習"),
        ("實(shí)", "實"),
        ("鄉(xiāng)", "鄉"),
    ]
    for edit in restored.edits:
        assert edit.kind == "annotation"
        assert edit.sure
        assert "注音" in edit.reason
        assert DAMAGED[edit.start : edit.end] == edit.found
        assert restored.text[edit.at_start : edit.at_end] == edit.became
    assert replay(DAMAGED, restored.edits) == INTACT


def test_clean_text_comes_back_as_the_same_object() -> None:
    text = "".join(["甲示例縣與乙示例區", "召開聯席會議。"])
    assert restore(text).text is text
    assert restore(text).edits == ()


def test_positions_lead_both_ways() -> None:
    restored = restore(DAMAGED)
    assert [restored.to_restored(pos) for pos in (0, 2, 3, 7, 8, 13)] == [0, 2, 3, 3, 3, 4]
    assert [restored.to_damaged(pos) for pos in (0, 2, 3, 4)] == [0, 2, 8, 13]
    assert restored.to_damaged(len(INTACT)) == len(DAMAGED)
    assert restored.to_restored(len(DAMAGED)) == len(INTACT)


def test_a_letter_torn_from_a_character_loses_its_reading() -> None:
    damaged = DAMAGED + "宏P(guān)LC公司關(guān)心員工。"
    assert restore(damaged).text == INTACT + "宏PLC公司關心員工。"


def test_a_blank_in_the_bracket_is_the_sister_generator() -> None:
    assert restore(DAMAGED + "網(wǎng )").text == INTACT + "網"


def test_half_width_commas_are_not_ours() -> None:
    assert restore(DAMAGED).text.count(",") == 1


def test_replaying_on_another_text_is_refused() -> None:
    with pytest.raises(NotThisTextError, match="expected"):
        replay("別的文字,沒有注音,也沒有別的。", restore(DAMAGED).edits)


@pytest.mark.parametrize(
    "text", ["", "黨政代表團", "乾隆", "𠮷野家", "㐂", "ｱ", "a\ud800b", "說説", "Grüße", "髮發"]
)
def test_the_simplified_view_keeps_every_position(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_the_simplified_view_reads_simplified() -> None:
    assert simplified("天津市黨政代表團𬞟") == "天津市党政代表团𬞟"


@pytest.mark.parametrize(
    "asked",
    [
        "這是真的?!他說。",
        "你說什麼?,他問。",
        "怎么辦?。大家討論。",
        "能不能辦成?!群眾很關(guān)心。",
        "為什么?!",
    ],
)
def test_a_question_in_a_damaged_page_is_no_torn_place(asked: str) -> None:
    restored = restore(DAMAGED + "有關(guān)部門。" + asked)
    assert restored.text == INTACT + "有關部門。" + asked.replace("(guān)", "")
    assert {edit.kind for edit in restored.edits} == {"annotation"}
