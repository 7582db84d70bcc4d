"""Aid after a disaster: who gave what to whom, and nothing that the text leaves out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jiedui import facts
from jiedui.ledgers.kinds.relief import Hazard
from jiedui.places import PlaceCode

if TYPE_CHECKING:
    from jiedui.facts.given import Given

DAY = date(2024, 5, 23)
GANSU = PlaceCode("620000")


def told(text: str) -> list[facts.AidFact]:
    found = facts.read(text, published=DAY, place=GANSU)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
    return [fact for fact in found if isinstance(fact, facts.AidFact)]


def given(part: tuple[Given, ...]) -> list[tuple[str, int | None, str]]:
    return [(one.what, one.count, one.unit) for one in part]


def test_all_that_is_written_is_there() -> None:
    (one,) = told(
        "2023年12月18日积石山县6.2级地震发生后，无锡市捐款500万元，"
        "调拨价值600万元的药品、200顶帐篷，派出50人的消防救援队驰援。"
    )
    assert one.struck.time is not None
    assert (one.struck.time.first, one.struck.time.how) == (date(2023, 12, 18), "stated")
    assert (one.struck.code, one.struck.magnitude) == ("622927", "6.2")
    assert (one.giver, one.receiver) == ("320200", "622927")
    # What goods are worth is no money given.
    assert given(one.funds) == [("资金", 500_000_000, "分")]
    assert given(one.goods) == [("药品", None, ""), ("帐篷", 200, "顶")]
    assert given(one.teams) == [("消防救援队", 50, "人")]


def test_what_is_not_written_stays_open() -> None:
    (one,) = told("去年岷县暴雨灾害发生后，天津市捐助资金300余万元，送来物资，派出医疗队。")
    assert one.struck.time is not None
    assert (one.struck.time.grain, one.struck.time.how) == ("year", "derived")
    assert (one.struck.hazard, one.struck.magnitude) == ("flood", None)
    assert [part[0].count for part in (one.funds, one.goods, one.teams)] == [None, None, None]


def test_two_givers_are_two_facts() -> None:
    found = told("地震发生后，天津市捐助资金，厦门市派出救援队。")
    found.sort(key=lambda one: one.giver_span)
    assert [(one.giver_name, bool(one.funds), bool(one.teams)) for one in found] == [
        ("天津市", True, False),
        ("厦门市", False, True),
    ]


@pytest.mark.parametrize(
    ("words", "hazard"),
    [("地震", "earthquake"), ("洪涝灾害", "flood"), ("泥石流", "landslide"), ("旱灾", "drought"),
     ("雪灾", "snow"), ("台风", "storm"), ("火灾", "fire"), ("疫情", "epidemic")],
)  # fmt: skip
def test_hazards(words: str, hazard: str) -> None:
    (one,) = told(f"{words}发生后，天津市捐助资金。")
    assert one.struck.hazard == hazard
    assert hazard in {option.code for option in Hazard}


@pytest.mark.parametrize(
    "text",
    [
        "地震发生后，我们组织群众自救，得到各方支援的物资。",
        "地震发生后，有关部门派出救援队。",
        "地震发生后，天津市高度重视。",
        "地震发生后，天津市将捐助资金。",
        "地震发生后，天津市号召群众捐款。",
        "积石山县地震发生后，甘肃省调拨物资，派出救援队。",
        "天津市捐助资金，派出救援队。",
        "要加强地震监测。天津市捐助资金。",
    ],
)
def test_what_is_no_aid(text: str) -> None:
    assert told(text) == []
