"""Money from the eastern side to the western: who gave whom how much, and what is no such thing."""

from __future__ import annotations

import time

import pytest

from jiedui import facts

HEAD = "来源：甘肃日报\n时间：2024-06-12\n"


def told(text: str) -> list[facts.MovementFact]:
    return [one for one in facts.read(HEAD + text) if isinstance(one, facts.MovementFact)]


@pytest.mark.parametrize(
    ("text", "giver", "receiver", "fen"),
    [
        ("6月10日，天津市西青区向静宁县捐赠资金100万元。", "天津市西青区", "静宁县", 10**8),
        (
            "6月10日，西青区红十字会向静宁县捐赠善款50.5万元。",
            "西青区红十字会",
            "静宁县",
            50_500_000,
        ),
        (
            "6月10日，天津示例集团有限公司向静宁县捐赠资金20万元。",
            "天津示例集团有限公司",
            "静宁县",
            20_000_000,
        ),
        ("6月10日，静宁县收到西青区捐赠资金30万元。", "西青区", "静宁县", 30_000_000),
        (
            "6月10日，静宁县举行捐赠仪式，接收西青区捐赠资金30万元。",
            "西青区",
            "静宁县",
            30_000_000,
        ),
        ("6月10日，西青区援助资金1亿元到位静宁县财政局。", "西青区", "静宁县财政局", 10**10),
        ("6月10日，西青区向静宁县捐赠资金100余万元。", "西青区", "静宁县", None),
    ],
)
def test_money_that_was_handed_over(text, giver, receiver, fen):
    (one,) = told(text)
    assert (one.giver.name, one.receiver.name, one.amount) == (giver, receiver, fen)
    assert one.as_json()["from"] == "2024-06-10"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("6月10日，西青区援助资金100万元到位静宁县。", "arrived"),
        ("6月10日，天津市财政局下达援助甘肃省资金300万元。", "issued"),
        ("6月10日，西青区向静宁县移交援助资金100万元。", None),
    ],
)
def test_the_stage_is_the_one_that_is_said(text, stage):
    assert [one.stage for one in told(text)] == [stage]


@pytest.mark.parametrize(
    "text",
    [
        "6月10日，静宁县向天津市西青区捐赠资金10万元。",
        "五年来，天津市西青区累计援助静宁县资金2亿元。",
        "2023年，天津市西青区援助静宁县财政资金4000万元。",
        "6月10日，天津市西青区将向静宁县捐赠资金100万元。",
        "6月10日，天津市西青区向静宁县捐赠价值30万元的物资。",
        "6月10日，甘肃省向静宁县下达资金100万元。",
        "6月10日，天津示例集团有限公司在静宁县投资3000万元，援助资金到位。",
        "6月10日，西青区销售静宁县苹果300万元，援助资金用于收购。",
        "6月10日，天津市、上海市向静宁县捐赠资金100万元。",
        "6月10日，静宁县资金100万元到位。",
    ],
    ids=[
        "the-other-way", "of-years", "of-a-year", "to-come", "goods", "own-province", "invested",
        "sold", "two-givers", "nobody",
    ],
)  # fmt: skip
def test_what_is_no_such_money(text):
    assert told(text) == []


def test_money_given_after_a_disaster_is_aid_and_told_once():
    found = facts.read(f"{HEAD}6月10日岷县地震发生后，天津市捐助资金100万元。")
    assert sum(isinstance(one, facts.AidFact) for one in found) == 1
    assert not any(isinstance(one, facts.MovementFact) for one in found)


def test_sums_without_end_are_read_in_time():
    started = time.process_time()
    facts.read("天津市西青区向静宁县捐赠资金100万元" * 300)
    facts.read("天津市西青区" * 3000 + "捐赠资金100万元")
    assert time.process_time() - started < 10
