"""What holds for every text: spans fit, nothing raises, time grows with length."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui import facts
from jiedui.facts import RULES
from jiedui.places import PlaceCode
from tests.core.facts.cast import CASTS, CORPUS

TEMPLATE = (CORPUS / "visit.txt").read_text(encoding="utf-8")
PIECES = (
    "天津市 甘肃省 甘南州夏河县 兰州 党政代表团 来甘 赴津 考察 对接 5月21日 至22日 "
    "22日上午 2024-02-30 座谈会 联席会议 在兰州举行 召开 省委书记 市长 钱示例 欧阳样本 "
    "阿·布 主持 讲话 出席 总书记 重要讲话 ， 、 。 ； ： （ ） ！ ？ 记者 "
    "来源：示例日报 时间：2024-05-23 和 及 到 在 期间 学(xué) ? ?xùn) 「 𠮷 學習 貫徹 "
    "黨政代表團 來甘 市長 蘭州市城關區 率 带队 一行15人 · - 1 0"
)
PIECES_AND_BLANKS = [*PIECES.split(), " ", "\n", "\u3000", "\ufeff"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES_AND_BLANKS), max_size=60).map("".join), st.none() | st.dates()
)
def test_every_text_is_read_and_every_span_fits(text: str, published: date | None) -> None:
    found = facts.read(text, published=published, place=PlaceCode("620000"))
    json.dumps([fact.as_json() for fact in found])
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
        assert fact.quote
        assert fact.rule in RULES
        assert 0 < fact.confidence <= 1
        if isinstance(fact, facts.EventFact):
            assert all(who.person.name for who in fact.people)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_string(text: str) -> None:
    facts.read(text)
    facts.header(text)


def test_the_same_text_gives_the_same_facts() -> None:
    text = CASTS[0].fill(TEMPLATE)
    assert facts.read(text) == facts.read(text)


def test_facts_stand_in_the_order_of_the_text() -> None:
    found = facts.read(CASTS[0].fill(TEMPLATE))
    assert [fact.start for fact in found] == sorted(fact.start for fact in found)


@pytest.mark.parametrize(
    "piece",
    [
        "召开会议",
        "5月21日",
        "22日",
        "到兰州市",
        "市委书记",
        "市长李明，",
        "代表团来甘考察，",
        "张三、",
        "天津市",
        "夏河县桑科镇、",
        "解放街道，",
    ],
)
def test_time_grows_with_length(piece: str) -> None:
    """Four times the text may take some four times as long, never sixteen.

    The time of this process alone, and the shortest of three: how busy the machine is does not
    count.
    """
    facts.read(piece)
    took = []
    for length in (5_000, 20_000):
        times = []
        for _ in range(3):
            start = time.process_time()
            facts.read(piece * (length // len(piece)), published=date(2024, 5, 23))
            times.append(time.process_time() - start)
        took.append(min(times))
    assert took[1] < 9 * took[0] + 0.5


def test_an_article_is_read_in_fifty_milliseconds() -> None:
    """The best of several runs, so that a busy machine does not fail it; 3 times as long fails."""
    text = CASTS[0].fill(TEMPLATE)
    facts.read(text)
    best = 1.0
    for _ in range(5):
        start = time.process_time()
        facts.read(text)
        best = min(best, time.process_time() - start)
    assert best < 0.15
