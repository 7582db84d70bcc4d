"""Visits and meetings: the ways to tell them, and what is none."""

from __future__ import annotations

import pytest

from jiedui import facts

HEAD = "来源：{}\n时间：2024-06-12\n"


def events(text: str, paper: str = "甘肃日报") -> list[facts.EventFact]:
    return [f for f in facts.read(HEAD.format(paper) + text) if isinstance(f, facts.EventFact)]


def told(event: facts.EventFact) -> tuple[str | None, str | None, str | None]:
    """Sending place, receiving place, first day."""
    said = event.as_json()
    return event.origin, event.host, str(said["from"]) if said["from"] else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月10日，天津市党政代表团来甘考察。", ("120000", "620000", "2024-06-10")),
        ("天津市党政代表团于6月10日至11日来甘考察。", ("120000", "620000", "2024-06-10")),
        ("6月10日，天津市党政代表团到甘肃省学习考察。", ("120000", "620000", "2024-06-10")),
        ("6月10日，天津市党政代表团来我省考察。", ("120000", "620000", "2024-06-10")),
        ("6月10日，甘肃省党政代表团赴津考察。", ("620000", "120000", "2024-06-10")),
        ("6月10日，省党政代表团赴天津市考察。", ("620000", "120000", "2024-06-10")),
        ("6月10日，天津市西青区代表团到平凉市对接工作。", ("120111", "620800", "2024-06-10")),
        ("6月10日，天津市副市长钱样率队来甘调研。", ("120000", "620000", "2024-06-10")),
        ("6月10日，天津市副市长钱样一行来甘调研。", ("120000", "620000", "2024-06-10")),
        ("6月10日，天津市副市长钱样率党政代表团来甘考察。", ("120000", "620000", "2024-06-10")),
        ("天津市党政代表团来甘考察。", ("120000", "620000", None)),
        ("6月10日，西青区考察团赴静宁县考察。", ("120111", "620826", "2024-06-10")),
        (
            "6月10日，天津市西青区教育局调研组到静宁县开展调研。",
            ("120111", "620826", "2024-06-10"),
        ),
        (
            "6月10日，天津示例集团有限公司考察团到静宁县考察。",
            ("120000", "620826", "2024-06-10"),
        ),
        (
            "6月10日，天津市西青区考察团走进静宁县，实地考察示例产业园。",
            ("120111", "620826", "2024-06-10"),
        ),
        (
            "6月10日，西青区考察团在副区长钱样的带领下到静宁县考察。",
            ("120111", "620826", "2024-06-10"),
        ),
        ("6月10日，静宁县迎来天津市西青区考察团。", ("120111", "620826", "2024-06-10")),
        (
            "6月10日，天津市西青区副区长钱样带领区示例局有关负责人到静宁县调研。",
            ("120111", "620826", "2024-06-10"),
        ),
        (
            "6月10日，天津市西青区副区长钱样一行8人到静宁县调研。",
            ("120111", "620826", "2024-06-10"),
        ),
        ("6月10日，天津市西青区副区长钱样到静宁县调研。", ("120111", "620826", "2024-06-10")),
        ("6月10日，静宁县县长王例到天津市西青区考察。", ("620826", "120111", "2024-06-10")),
    ],
)
def test_a_visit(text, expected):
    (visit,) = events(text)
    assert (visit.type, told(visit)) == ("visit", expected)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("6月10日，甘肃·天津工作座谈会在兰州举行。", "甘肃·天津工作座谈会", "meeting"),
        ("甘肃·天津工作座谈会6月10日在兰州召开。", "甘肃·天津工作座谈会", "meeting"),
        ("6月10日，在兰州召开东西部协作联席会议。", "东西部协作联席会议", "joint-meeting"),
        ("6月10日在兰州举行的津甘协作对接会上，大家谈得很好。", "津甘协作对接会", "meeting"),
        (
            "6月10日，天津市、甘肃省东西部协作联席会议在兰州召开。",
            "天津市、甘肃省东西部协作联席会议",
            "joint-meeting",
        ),
    ],
)
def test_a_meeting(text, name, kind):
    (meeting,) = events(text)
    assert (meeting.name, meeting.type) == (name, kind)
    assert told(meeting)[2] == "2024-06-10"
    assert [at.code for at in meeting.places] == ["620100"]


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻在某座谈会上的重要讲话精神。",
        "天津市党政代表团成员表示，要加强合作。",
        "6月10日，省政府新闻办召开新闻发布会。",
        "要开好联席会议，用好协作机制。",
        "6月10日，甘肃省代表团赴德国访问。",
        "6月10日，德国考察团到甘肃省考察。",
        "6月10日，国务院调研组到甘肃省调研。",
        "6月10日，静宁县委书记王例到甘沟镇调研。",
        "6月10日，静宁县委书记王例率调研组到城川镇调研。",
        "6月10日，示例团团长王例带领一分团到天津市考察。",
        "6月10日，天津市副市长钱样到甘肃省出席示例论坛开幕式。",
        "6月10日，陕西省副省长钱样到甘肃省调研。",
    ],
)
def test_no_event(text):
    assert events(text) == []


def test_the_head_line_and_the_body_tell_one_visit():
    text = "6月10日，天津市党政代表团来甘考察。\n6月10日，天津市党政代表团来甘考察对接工作。"
    (visit,) = events(text)
    assert len(visit.also) == 1


def test_two_visits_stay_two():
    text = "6月1日，天津市党政代表团来甘考察。6月10日，山东省党政代表团来甘考察。"
    assert [told(one) for one in events(text)] == [
        ("120000", "620000", "2024-06-01"),
        ("370000", "620000", "2024-06-10"),
    ]


def test_people_go_to_the_meeting_or_the_visit_that_their_words_name():
    text = (
        "6月10日至11日，天津市党政代表团来甘考察。11日，座谈会在兰州举行，天津市委书记钱样讲话。"
        "副省长王例陪同考察。"
    )
    visit, meeting = events(text)
    assert [who.person.name for who in visit.people] == ["钱样", "王例"]
    assert [who.person.name for who in meeting.people] == ["钱样"]


def test_the_head_of_a_delegation_and_its_number():
    text = "6月10日，天津市委书记钱样、市长王例率天津市党政代表团一行32人来甘考察。"
    (visit,) = events(text)
    assert visit.head is not None
    assert (visit.head.name, visit.count) == ("钱样", 32)


def test_a_visit_that_does_not_say_what_it_is_is_less_sure():
    said = [
        events(f"6月10日，天津市西青区{who}到静宁县考察。")[0].confidence
        for who in ("党政代表团", "考察团", "副区长钱样")
    ]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == 3


def test_a_delegation_named_again_is_no_site_of_its_own():
    (visit,) = events("6月10日，西青区考察团赴静宁县考察，到静宁县示例中学、静宁县样例村考察。")
    assert [at.name for at in visit.places] == ["静宁县示例中学", "静宁县样例村"]


def test_visits_of_a_text_without_a_year_keep_their_days_apart():
    text = (
        "5月21日至22日，天津市党政代表团来甘考察。22日，座谈会在兰州举行。"
        "6月10日，天津市党政代表团来甘考察。"
    )
    found = [f.as_json() for f in facts.read(text) if isinstance(f, facts.EventFact)]
    assert [(one["type"], one["from"], one["without_year"]) for one in found] == [
        ("visit", None, "5月21日至5月22日"),
        ("meeting", None, "5月22日"),
        ("visit", None, "6月10日"),
    ]


@pytest.mark.parametrize(
    ("text", "origin", "host", "between"),
    [
        (
            "6月10日，2024年天津市·甘肃省东西部协作联席会议在兰州召开。",
            "120000", "620100", ("120000", "620000"),
        ),
        (
            "6月10日，天津市西青区与静宁县联席会议在静宁县召开。",
            "120111", "620826", ("120111", "620826"),
        ),
        ("6月10日，静宁县召开与西青区联席会议。", "120111", "620826", ("620826", "120111")),
        ("6月10日，津甘高层联席会议在天津召开。", "620000", "120000", ("120000", "620000")),
        ("6月10日，西青区和静宁县召开联席会议。", None, None, ("120111", "620826")),
        ("6月10日，静宁县召开部门联席会议。", None, None, None),
        ("6月10日，静宁县防汛联席会议在静宁县召开。", None, "620826", None),
    ],
)  # fmt: skip
def test_the_sides_of_a_joint_meeting_without_a_visit(text, origin, host, between):
    (meeting,) = events(text)
    assert meeting.type == "joint-meeting"
    assert (meeting.origin, meeting.host, meeting.between) == (origin, host, between)


def test_the_guests_of_a_meeting_are_of_their_own_level():
    text = "6月10日，东西部协作联席会议在静宁县召开。西青区委书记钱样讲话，静宁县委书记王例主持。"
    (meeting,) = events(text)
    assert (meeting.origin, meeting.host) == ("120111", "620826")
