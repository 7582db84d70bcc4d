"""Commitments: clauses in which a speaker promises something with a kind or a field, and no other."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import facts
from jiedui.facts.topics import AREAS, KINDS
from jiedui.ledgers.every import Area, Assistance

DAY = date(2024, 5, 23)
LEAD = "天津市委书记钱示例在兰州与甘肃省委书记欧阳样本座谈。\n天津市委书记钱示例"


def said(words: str, lead: str = LEAD) -> list[facts.CommitmentFact]:
    text = lead + words
    found = facts.read(text, published=DAY)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
    return [fact for fact in found if isinstance(fact, facts.CommitmentFact)]


def test_every_code_is_one_of_the_ledgers() -> None:
    assert {kind for kind, _ in KINDS} == {one.code for one in Assistance}
    assert [area for area, _ in AREAS] == [one.code for one in Area]


@pytest.mark.parametrize("verb", ["说", "表示", "强调", "指出", "在讲话时强调", "在座谈会上表示"])
def test_a_speaker_promises(verb: str) -> None:
    (one,) = said(f"{verb}，天津将加大教育、医疗支援力度。")
    assert (one.speaker.name, one.speaker.side) == ("钱示例", "east")
    assert (one.quote, one.assistance) == ("天津将加大教育、医疗支援力度", "livelihood")
    assert (one.areas, one.both, one.hoped) == (("education", "health"), False, False)


def test_he_says_is_of_who_was_named_before() -> None:
    (one,) = said("代表市委、市政府感谢甘肃的支持。他说，愿加强新能源合作。")
    assert (one.speaker.name, one.areas) == ("钱示例", ("energy",))


def test_another_speaker_is_another_s_promise() -> None:
    found = said(
        "说，要选派优秀干部人才。甘肃省委书记欧阳样本表示，要深化劳务协作。他强调，将健全联农带农机制。"
    )
    assert [(one.speaker.name, one.speaker.side, one.areas) for one in found] == [
        ("钱示例", "east", ("cadres",)),
        ("欧阳样本", "west", ("labour",)),
        ("欧阳样本", "west", ("farmers",)),
    ]


def test_each_clause_with_its_own_field_is_one() -> None:
    found = said("说，加强就业技能培训，支持农产品精深加工，在文化旅游等领域拓展合作。")
    assert [one.areas for one in found] == [("training",), ("farm-products",), ("tourism",)]


def test_a_kind_that_is_named_holds_for_the_clauses_behind_it() -> None:
    found = said("说，抓好民生帮扶，实施一批帮扶项目。将实施一批帮扶项目。")
    assert [one.assistance for one in found] == ["livelihood", "livelihood"]


def test_a_hope_for_both_is_marked_and_one_for_the_other_is_none() -> None:
    (one,) = said("说，希望双方加强数字经济合作；希望甘肃加大教育投入。")[:1]
    assert (one.quote, one.both, one.hoped) == ("加强数字经济合作", True, True)
    assert said("说，希望甘肃加强数字经济合作。") == []
    first, second = said("说，希望两地加强数字经济合作；推动文化旅游协作。")
    assert first.hoped
    assert second.hoped


def test_term_and_figures() -> None:
    (one,) = said("说，将在三年内选派100名教师、投入1.2亿元支持教育，培训干部人才500余人次。")[:1]
    assert (one.term, [(n.value, n.unit, n.exact) for n in one.figures]) == (
        "三年内",
        [("100", "名", True), ("1.2", "亿元", True)],
    )
    (one,) = said("说，今年将帮助10万名劳动力稳岗就业、培训500余人次。")
    assert [(n.value, n.unit, n.exact) for n in one.figures] == [
        ("10万", "名", True),
        ("500", "人次", False),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "说，感谢甘肃长期以来对天津援派干部人才的关心。",
        "说，近年来天津大力支持甘肃教育事业。",
        "说，天津已经选派了一批优秀教师，支持教育发展。",
        "说，要学习贯彻关于推动教育发展的重要讲话精神。",
        "说，要聚焦高质量发展，立足当地所需，持续加力，推动协作走深走实。",
        "说，两地都处在推动数字经济发展的关键时期。",
        "说，教育、医疗都是民生大事。",
        "介绍了教育、医疗支援情况，将推动文化旅游合作。",
    ],
)
def test_what_is_no_promise(words: str) -> None:
    assert said(words) == []


@pytest.mark.parametrize(
    "lead",
    [
        "会议",
        "中共中央政治局委员、国务院副总理孙某某",
        "全国政协副主席周示例",
    ],
)
def test_policy_of_nobody_s_side_is_none(lead: str) -> None:
    assert said("强调，要加大教育、医疗支援力度，推动产业协作。", f"会议在北京召开。\n{lead}") == []


def test_a_paragraph_without_its_speaker_promises_nothing() -> None:
    assert said("说，天津很好。\n要加大教育支援力度。") == []
