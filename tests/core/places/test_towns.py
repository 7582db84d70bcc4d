"""Towns and streets: the list, the tree above them, and how their names are found."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from jiedui import places
from jiedui.places import Level, Place, PlaceCode
from jiedui.places.atlas import every
from jiedui.places.towns import KNOWN_ON, codes, listed
from jiedui.problems import Problem

TOWNS = tuple(PlaceCode(code) for all_codes in codes().values() for code in all_codes.split())
# A zone of 邢台 has a 东汪镇, and 宁晋县 of 邢台 another one: the city before the name does not tell.
NOT_TOLD_APART = {"130571100"}


def test_the_list_is_whole() -> None:
    assert len(TOWNS) == len(set(TOWNS)) == 38613
    kinds = Counter(code[6] for code in TOWNS)
    assert kinds == {"0": 9056, "1": 21359, "2": 8147, "3": 51}
    counties = {
        place.code: place.name
        for place in every()
        if place.level is Level.COUNTY and place.valid(KNOWN_ON) and place.code[:2] < "71"
    }
    without = {name for code, name in counties.items() if code not in listed()}
    # Islands, cities of the 兵团, and cities whose villages have no town above them.
    assert without == {
        "西沙区", "南沙区", "金门县", "新星市", "白杨市", "龙港市", "海棠区", "吉阳区", "天涯区", "崖州区",
    }  # fmt: skip


def test_the_chain_above_every_town_is_valid() -> None:
    for code in TOWNS:
        town = places.get(code)
        assert town
        assert (town.code, town.level) == (code, Level.TOWN)
        above = places.ancestors(code)
        assert above
        assert above[0] == f"{code[:2]}0000"
        for over in above:
            holder = places.get(over, KNOWN_ON)
            assert holder, code
            low, high = places.bounds(over)
            assert low <= code < high, code
            assert places.within(code, over)
            assert town.until is None or holder.until == town.until or over != above[-1]
        low, high = places.bounds(code)
        assert low == code < high
        assert places.within(code, code)
        assert town.valid(KNOWN_ON), code


def test_the_full_name_of_every_town_finds_it() -> None:
    for code in TOWNS:
        found = places.find(places.full_name(code), on=KNOWN_ON)
        if code in NOT_TOLD_APART:
            assert isinstance(found, Problem)
            assert found.code == "place-ambiguous"
        else:
            assert found == places.get(code), places.full_name(code)


def test_no_county_holds_the_town_of_another() -> None:
    inside = {code for code in TOWNS if code[:6] == "623027"}
    low, high = places.bounds(PlaceCode("623027"))
    assert inside == {code for code in TOWNS if low <= code < high}
    assert inside == set(places.towns_below(PlaceCode("623027")).values())
    assert len(inside) == 13


@pytest.mark.parametrize(
    ("code", "above", "name"),
    [
        ("623027103", ("620000", "623000", "623027"), "甘肃省甘南藏族自治州夏河县桑科镇"),
        ("623001102", ("620000", "623000", "623001"), "甘肃省甘南藏族自治州合作市佐盖曼玛镇"),
        ("110101001", ("110000", "110101"), "北京市东城区东华门街道"),
        ("441900102", ("440000", "441900"), "广东省东莞市石龙镇"),
        ("429004100", ("420000", "429004"), "湖北省仙桃市郑场镇"),
        ("130171100", ("130000", "130100"), "河北省石家庄市宋营镇"),  # below a development zone
    ],
)
def test_the_tree(code: str, above: tuple[str, ...], name: str) -> None:
    assert places.ancestors(PlaceCode(code)) == above
    assert places.full_name(PlaceCode(code)) == name
    assert places.short(PlaceCode(code)) == name[-len(places.short(PlaceCode(code))) :]


def test_bounds_end_before_the_next_county() -> None:
    assert places.bounds(PlaceCode("623027103")) == ("623027103", "623027104")
    assert places.bounds(PlaceCode("623027")) == ("623027", "623028")


@pytest.mark.parametrize(
    "code", ["623027999", "623027400", "999999001", "623027-03", "夏河县夏河县夏河县", "62302710"]
)
def test_what_is_no_code_of_a_town(code: str) -> None:
    wrong = PlaceCode(code)
    assert places.get(wrong) is None
    with pytest.raises(places.UnknownCodeError, match="no code"):
        places.bounds(wrong)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("甘南州夏河县桑科镇", "623027103"),
        ("甘肃省夏河县桑科镇", "623027103"),
        ("夏河桑科镇", "623027103"),
        ("甘肃桑科镇", "623027103"),
        ("桑科镇", "623027103"),
        (" 夏河县 / 桑科镇 ", "623027103"),
        ("合作市佐盖曼玛镇", "623001102"),
        ("兰州城关区临夏路街道", "620102004"),
        ("兰州市城关区临夏路街道办事处", "620102004"),
        ("兰州市城关区临夏路街道办", "620102004"),
        ("东莞石龙镇", "441900102"),
        ("北京市顺义区仁和地区", "110113003"),
    ],
)
def test_found(name: str, code: str) -> None:
    found = places.find(name)
    assert isinstance(found, Place), found
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "near", "code"),
    [
        ("和平镇", "620123", "620123104"),  # the county has one
        ("和平镇", "620102", "620123104"),  # the only one in the prefecture
        ("城关镇", "620123", "620123100"),
        ("桑科镇", "110000", "623027103"),  # a certain name needs no help
    ],
)
def test_near_decides(name: str, near: str, code: str) -> None:
    found = places.find(name, near=PlaceCode(near))
    assert isinstance(found, Place), found
    assert found.code == code


@pytest.mark.parametrize("name", ["城关镇", "和平镇"])
def test_several_towns_of_a_name_are_named(name: str) -> None:
    found = places.find(name)
    assert isinstance(found, Problem)
    assert found.code == "place-ambiguous"
    assert f"等 {len(places.candidates(name))} 处。" in found.hint
    assert found.hint.count("（") == 12


def test_near_narrows_what_is_named() -> None:
    found = places.find("和平镇", near=PlaceCode("620000"))
    assert isinstance(found, Problem)
    assert found.hint == (
        "请连上级名称一起写。可能是：甘肃省兰州市榆中县和平镇（620123104）、"
        "甘肃省武威市凉州区和平镇（620602108）。"
    )


@pytest.mark.parametrize(
    "name", ["夏河县和平镇", "桑科", "桑科村", "夏河县示例镇", "镇", "乡", "街道"]
)
def test_unknown(name: str) -> None:
    found = places.find(name)
    assert isinstance(found, Problem)
    assert found.code == "place-unknown"


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("林芝地区米林县米林镇", "2014-06-01"),
        ("米林县米林镇", "2022-06-01"),
        ("米林市米林镇", "2024-06-01"),
        ("林芝市米林县米林镇", None),
    ],
)
def test_a_town_is_found_under_what_its_county_wholly_was(name: str, on: str | None) -> None:
    found = places.find(name, on=date.fromisoformat(on) if on else None)
    assert isinstance(found, Place), found
    assert found.code == "540481100"
    below = [places.towns_below(PlaceCode(x)) for x in ("542623", "540422", "540481")]
    assert all(towns["米林镇"] == "540481100" for towns in below)


def test_a_county_made_of_several_says_nothing_of_the_towns_before() -> None:
    # 蓬莱区 was made of 蓬莱市 and 长岛县 on 2020-06-05.
    town = places.find("蓬莱区刘家沟镇")
    assert isinstance(town, Place)
    assert town.since == date(2020, 6, 5)
    for name in ("蓬莱市刘家沟镇", "长岛县刘家沟镇"):
        assert places.find(name, on=date(2019, 1, 1)).code == "place-unknown"
    assert places.towns_below(PlaceCode("370684")) == {}


def test_a_town_whose_county_ended_says_where_it_lies_now() -> None:
    found = places.find("重庆市江北区观音桥街道")
    assert isinstance(found, Problem)
    assert found.code == "place-not-then"
    assert "观音桥街道（500105006）止于 2025-11-07，此后属两江新区（500157）" in found.hint
    assert isinstance(places.find("重庆市江北区观音桥街道", on=date(2025, 11, 6)), Place)


def test_a_town_that_lost_its_code_still_makes_its_name_uncertain() -> None:
    # 观音桥街道 of 重庆 has no code any more; the one of 毕节 is not therefore meant.
    found = places.find("观音桥街道", near=PlaceCode("500157"))
    assert isinstance(found, Problem)
    assert found.code == "place-ambiguous"
    assert isinstance(places.find("观音桥街道", near=PlaceCode("520500")), Place)


def test_towns_are_read_only_when_one_is_asked_for() -> None:
    code = (
        "import time\n"
        "from jiedui import places\n"
        "from jiedui.places import towns\n"
        "places.find('夏河县'), places.find('甘肃省示例县'), list(places.names())\n"
        "assert towns.listed.cache_info().currsize == 0\n"
        "start = time.process_time()\n"
        "assert places.find('桑科镇').code == '623027103'\n"
        "print(time.process_time() - start)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 0.3
