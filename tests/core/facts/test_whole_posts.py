"""A post whose words leave its place out is resolved, and said to be derived."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import facts

TEXT = """来源:{paper}
3月4日,{east}党政代表团来{short}考察。{east}委书记钱示例出席座谈会。
{post}赵样本主持座谈会。
"""


@pytest.mark.parametrize(
    ("east", "short", "paper", "post", "place"),
    [
        ("天津市", "甘", "甘肃日报", "省委书记、省人大常委会主任", "甘肃"),
        ("福建省", "宁", "宁夏日报", "自治区党委书记、自治区人大常委会主任", "宁夏回族"),
        ("江苏省", "陕", "陕西日报", "省委副书记、省长", "陕西"),
    ],
)
def test_a_post_without_its_place_is_resolved(
    east: str, short: str, paper: str, post: str, place: str
) -> None:
    text = TEXT.format(east=east, short=short, paper=paper, post=post)
    found = facts.read(text, published=date(2025, 3, 5), source=paper)
    people = {one.name: one for one in found if isinstance(one, facts.PersonFact)}
    assert people["赵样本"].full_post == people["赵样本"].as_json()["post"] == place + post
    assert people["赵样本"].as_json()["how"] == "derived"
    assert people["钱示例"].full_post == people["钱示例"].post
