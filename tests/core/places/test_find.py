"""From names to places: what is found, what is ambiguous, what was not there on the day."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import places
from jiedui.places import Place, PlaceCode
from jiedui.problems import Problem

FOUND = [
    # full names, nested names, short forms
    ("甘肃省甘南藏族自治州夏河县", "623027"),
    ("甘肃省夏河县", "623027"),
    ("甘南藏族自治州夏河县", "623027"),
    ("甘南州夏河县", "623027"),
    ("甘肃夏河", "623027"),
    ("甘肃甘南州夏河", "623027"),
    ("夏河县", "623027"),
    ("夏河", "623027"),
    ("甘南州合作", "623001"),
    ("合作市", "623001"),
    ("甘南州", "623000"),
    ("甘南藏族自治州", "623000"),
    ("临夏州积石山县", "622927"),
    ("积石山县", "622927"),
    ("积石山", "622927"),
    ("积石山保安族东乡族撒拉族自治县", "622927"),
    ("东乡县", "622926"),
    ("东乡族自治县", "622926"),
    ("张家川县", "620525"),
    ("天祝县", "620623"),
    ("临夏州", "622900"),
    ("天津", "120000"),
    ("天津市", "120000"),
    ("甘肃", "620000"),
    ("兰州", "620100"),
    ("兰州市城关区", "620102"),
    ("兰州城关", "620102"),
    ("天津市滨海新区", "120116"),
    ("武清", "120114"),
    ("天津和平", "120101"),
    ("北京市朝阳区", "110105"),
    ("内蒙古", "150000"),
    ("广西", "450000"),
    ("香港", "810000"),
    ("鄂伦春旗", "150723"),
    ("巴州", "652800"),
    ("黔东南州", "522600"),
    ("西双版纳", "532800"),
    ("玉龙县", "530721"),
    ("三都县", "522732"),
    ("梅里斯区", "230208"),
    ("管城区", "410104"),
    ("神农架", "429021"),
    ("六枝", "520203"),
    ("井陉矿区", "130107"),
    # no level between, none below
    ("仙桃市", "429004"),
    ("湖北仙桃", "429004"),
    ("万州区", "500101"),
    ("重庆市酉阳县", "500242"),
    ("石河子市", "659001"),
    ("可克达拉", "659008"),
    ("东莞", "441900"),
    ("中山市", "442000"),
    ("儋州市", "460400"),
    ("嘉峪关", "620200"),
    # the bare name of a city wins over its own county, that of a province over all others
    ("长沙", "430100"),
    ("长沙县", "430121"),
    ("吉林", "220000"),
    ("吉林市", "220200"),
    ("海南", "460000"),
    ("海南州", "632500"),
    ("西安", "610100"),
    # as cells have them
    (" 夏河县 ", "623027"),
    ("甘肃省 兰州市　城关区", "620102"),
    ("甘肃省/兰州市/城关区", "620102"),
    ("甘肃省-兰州市-城关区", "620102"),
]


@pytest.mark.parametrize(("name", "code"), FOUND)
def test_found(name: str, code: str) -> None:
    found = places.find(name)
    assert isinstance(found, Place), found
    assert found.code == code


AMBIGUOUS = [
    ("朝阳区", {"110105", "220104"}),
    ("市中区", {"370103", "370402", "511002", "511102"}),
    ("城关区", {"540102", "620102"}),
    ("和平区", {"120101", "210102"}),
    ("城区", {"140302", "140502", "441502"}),
    ("临夏", {"622900", "622901", "622921"}),
    ("甘南", {"230225", "623000"}),
    ("和平", {"120101", "210102", "441624"}),
    ("朝阳", {"110105", "211300", "220104"}),
    # one place only, but a word: it is not taken without another name beside it
    ("合作", {"623001"}),
    ("互助", {"630223"}),
    ("白银", {"620400"}),
    ("东区", {"510402"}),
]


@pytest.mark.parametrize(("name", "codes"), AMBIGUOUS)
def test_ambiguous_lists_its_candidates(name: str, codes: set[str]) -> None:
    found = places.find(name)
    assert isinstance(found, Problem), found
    assert found.code == "place-ambiguous"
    assert found.found == name
    assert {place.code for place in places.candidates(name)} == codes
    for code in codes:
        assert f"{places.full_name(PlaceCode(code))}（{code}）" in found.hint


@pytest.mark.parametrize(
    ("name", "near", "code"),
    [
        ("城关区", "620100", "620102"),  # the prefecture itself
        ("城关区", "620105", "620102"),  # another district of it
        ("城关区", "623027", "620102"),  # only the province is shared
        ("城关区", "540000", "540102"),
        ("朝阳区", "220100", "220104"),
        ("和平区", "120116", "120101"),  # below a municipality
        ("和平", "120000", "120101"),
        ("合作", "623027", "623001"),
        ("朝阳", "211321", "211300"),
        ("市中区", "370100", "370103"),
        ("市中区", "370402", "370402"),
        ("甘南", "620000", "623000"),
        ("夏河县", "110000", "623027"),  # a certain name needs no help
    ],
)
def test_near_decides(name: str, near: str, code: str) -> None:
    found = places.find(name, near=PlaceCode(near))
    assert isinstance(found, Place), found
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("市中区", "370000"),  # 济南 and 枣庄 both have one
        ("市中区", "370200"),  # neither in this prefecture, two in the province
        ("市中区", "620000"),  # none there at all
        ("临夏", "622901"),
        ("朝阳区", "620000"),
    ],
)
def test_near_that_does_not_decide(name: str, near: str) -> None:
    found = places.find(name, near=PlaceCode(near))
    assert isinstance(found, Problem)
    assert found.code == "place-ambiguous"


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "　", "/", "None", "nan", "无", "-", "不详", "区", "市", "县", "0", "620102",
        "x", "津", "甘", "甘肃省朝阳区", "夏河县人民政府", "夏河县藏族中学", "兰州市夏河县",
        "夏河县、合作市", "天津市甘肃省", "夏河" * 30, "省" * 100_000, "\x00夏河县", "夏河縣x",
    ],
)  # fmt: skip
def test_unknown(name: str) -> None:
    found = places.find(name)
    assert isinstance(found, Problem)
    assert found.code == "place-unknown"
    assert len(found.found) <= 80
    assert places.candidates(name) == ()


@pytest.mark.parametrize("name", [None, 620102, 3.5, ["夏河县"]])
def test_what_is_no_text_is_unknown(name: object) -> None:
    found = places.find(name)  # type: ignore[arg-type]
    assert isinstance(found, Problem)
    assert (found.code, found.found) == ("place-unknown", "")


def test_candidates_come_in_order_and_by_date() -> None:
    assert [x.code for x in places.candidates("普陀区")] == ["310107", "330903"]
    assert [x.code for x in places.candidates("夏河县")] == ["623027"]
    assert [x.code for x in places.candidates("东乡县", date(2016, 11, 23))] == ["361029", "622926"]
    assert [x.code for x in places.candidates("东乡县", date(2016, 11, 24))] == ["622926"]
