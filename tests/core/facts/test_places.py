"""Places: the sites of an itinerary with their codes, and divisions named in full."""

from __future__ import annotations

import pytest

from jiedui import facts

VISIT = "来源：甘肃日报\n5月21日，天津市党政代表团来甘考察对接东西部协作工作。\n"
TOUR = VISIT + "在甘期间，天津市党政代表团到{}，考察产业、教育等情况。"


def sites(text: str) -> list[tuple[str, str]]:
    (visit,) = [f for f in facts.read(text) if isinstance(f, facts.EventFact) and f.type == "visit"]
    return [(site.name, site.code) for site in visit.places]


def divisions(text: str) -> list[tuple[str, str]]:
    return [(f.name, f.code) for f in facts.read(text) if isinstance(f, facts.PlaceFact)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("夏河县示例中学", [("夏河县示例中学", "623027")]),
        ("甘肃省甘南州夏河县示例中学", [("甘肃省甘南州夏河县示例中学", "623027")]),
        (
            "甘南州夏河县示例中学、桑科镇样例产业园",
            [("甘南州夏河县示例中学", "623027"), ("桑科镇样例产业园", "623027")],
        ),
        (
            "合作市示例镇甲村和兰州市城关区、兰州样例研究所",
            [
                ("合作市示例镇甲村", "623001"),
                ("兰州市城关区", "620102"),
                ("兰州样例研究所", "620100"),
            ],
        ),
        (
            "临夏州和政县示例小学以及和政县样例车间",
            [("临夏州和政县示例小学", "622925"), ("和政县样例车间", "622925")],
        ),
        (
            "定西市、陇南市",
            [("定西市", "621100"), ("陇南市", "621200")],
        ),
        (
            "环县示例养殖基地、天津大学示例学院、庆阳市西峰区样例社区",
            [
                ("环县示例养殖基地", "621022"),
                ("天津大学示例学院", "621022"),
                ("庆阳市西峰区样例社区", "621002"),
            ],
        ),
        (
            "榆中县示例企业、兰州新区样例科技公司",
            [("榆中县示例企业", "620123"), ("兰州新区样例科技公司", "620100")],
        ),
        ("夏河示例牧场", [("夏河示例牧场", "623027")]),
        ("和政县示例村", [("和政县示例村", "622925")]),
    ],
)
def test_sites_of_an_itinerary(words, expected):
    text = TOUR.format(words)
    assert sites(text) == expected
    for fact in facts.read(text):
        assert text[fact.start : fact.end] == fact.quote


@pytest.mark.parametrize(
    "sentence",
    [
        "代表团一行先后深入夏河县示例中学、合作市样例车间，详细了解项目建设情况。",
        "代表团实地考察了夏河县示例中学、合作市样例车间等地。",
        "代表团前往夏河县示例中学、合作市样例车间调研。",
        "期间，代表团还到夏河县示例中学、合作市样例车间看望慰问挂职干部。",
        "在甘南州，代表团走进夏河县示例中学、合作市样例车间实地察看。",
    ],
)
def test_ways_to_tell_an_itinerary(sentence):
    assert sites(VISIT + sentence) == [("夏河县示例中学", "623027"), ("合作市样例车间", "623001")]


@pytest.mark.parametrize(
    "sentence",
    [
        "双方考察了产业发展、教育医疗等工作情况。",
        "要到群众中去，深入调研。",
        "合作市场前景广阔，大家对合作充满信心。",
        "要走进乡村、社区，了解民情。",
        "到2025年，全面完成任务。",
    ],
)
def test_no_sites(sentence):
    assert sites(VISIT + sentence) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目落户西藏那曲市。", [("西藏那曲市", "540600")]),
        ("他来到日喀则萨迦县。", [("日喀则萨迦县", "540224")]),
        ("去年积石山县发生地震。", [("积石山县", "622927")]),
        ("长春市朝阳区和北京市朝阳区。", [("长春市朝阳区", "220104"), ("北京市朝阳区", "110105")]),
        ("朝阳区的项目。", []),
        ("市中区的项目。", []),
        ("城区和郊区都有，新城区也有。", []),
        ("建成县级平台，合作市场广阔。", []),
        ("甘肃省和天津市加强合作。", []),
    ],
)
def test_divisions_named_in_full(text, expected):
    assert divisions(text) == expected


def test_the_receiving_side_settles_a_name_that_two_places_bear():
    assert sites(TOUR.format("城关区示例社区")) == [("城关区示例社区", "620102")]


def test_a_place_is_read_as_of_the_year_of_the_text():
    text = "来源：示例日报\n时间：{}\n项目落户米林{}。"
    assert divisions(text.format("2022-06-01", "县")) == [("米林县", "540422")]
    assert divisions(text.format("2024-06-01", "市")) == [("米林市", "540481")]


@pytest.mark.parametrize(
    ("sign", "home", "words", "expected"),
    [
        ("桂", "广西日报", "来宾市武宣县示例村、和平镇样例村", "451323"),
        ("陕", "陕西日报", "咸阳市乾县示例村、样例镇甲村", "610424"),
        ("陕", "陝西日報", "咸陽市乾縣示例村、樣例鎮甲村", "610424"),
        ("疆", "新疆日报", "和田地区和田县示例村、样例镇甲村", "653221"),
        ("疆", "新疆日报", "和田县示例村、样例镇甲村", "653221"),
    ],
)
def test_places_whose_names_begin_with_a_word_that_goes_or_joins(sign, home, words, expected):
    text = f"来源：{home}\n5月21日，江苏省党政代表团来{sign}考察。代表团到{words}考察产业。"
    assert [code for _, code in sites(text)] == [expected, expected]
    assert all("干" not in name for name, _ in sites(text))
