"""Places: the sites of an itinerary with their codes, and divisions named in full."""

from __future__ import annotations

import pytest

from jiedui import facts, places
from jiedui.restore import restore
from tests.core.facts.test_swap import seed

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
            [("甘南州夏河县示例中学", "623027"), ("桑科镇样例产业园", "623027103")],
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("夏河县桑科镇示例产业园", [("夏河县桑科镇示例产业园", "623027103")]),
        ("夏河县的桑科镇", [("夏河县的桑科镇", "623027103")]),
        ("甘南州桑科镇示例村", [("甘南州桑科镇示例村", "623027103")]),
        ("桑科镇示例村", [("桑科镇示例村", "623027103")]),  # one in the province that receives
        ("合作市佐盖曼玛镇甲村、乙村", [("合作市佐盖曼玛镇甲村", "623001102"), ("乙村", "623001")]),
        ("夏河县示例公司桑科镇基地", [("夏河县示例公司桑科镇基地", "623027103")]),
        ("兰州市城关区临夏路街道示例社区", [("兰州市城关区临夏路街道示例社区", "620102004")]),
        # no such town there, though other counties have one
        ("夏河县太平镇示例村", [("夏河县太平镇示例村", "623027")]),
        ("和平镇示例村", [("和平镇示例村", "620000")]),
        ("榆中县和平镇示例村", [("榆中县和平镇示例村", "620123104")]),
    ],
)  # fmt: skip
def test_sites_in_towns(words, expected):
    text = TOUR.format(words)
    assert sites(text) == expected
    for fact in facts.read(text):
        assert text[fact.start : fact.end] == fact.quote


def towns(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = [f for f in facts.read(text) if isinstance(f, facts.PlaceFact)]
    return [(f.name, f.code, f.candidates) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目落户夏河县桑科镇。", [("夏河县桑科镇", "623027103", ())]),
        ("他来到桑科镇。", [("桑科镇", "623027103", ())]),
        ("桑科镇的牧民说。", [("桑科镇", "623027103", ())]),
        ("榆中县的项目在和平镇开工。", [("榆中县", "620123", ()), ("和平镇", "620123104", ())]),
        ("兰州市的项目在和平镇开工。", [("兰州市", "620100", ()), ("和平镇", "620123104", ())]),
        (  # two in the province, none in the prefecture
            "甘南州的项目在和平镇开工。",
            [("甘南州", "623000", ()), ("和平镇", "620000", ("620123104", "620602108"))],
        ),
        (  # one in the province is likely and no more, where other provinces have others
            "来宾市的项目在和平镇开工。",
            [("来宾市", "451300", ()), ("和平镇", "450000", ("450422112",))],
        ),
        ("项目在和平镇开工。", []),
        ("来到城关镇，走进解放街道。", []),
        # not a place, or no more than a part of a name or of a post
        ("加快城镇化，建设小城镇，办好乡镇企业。", []),
        ("实施乡村振兴，桑科镇党委书记张样例介绍情况。", []),
        ("示例桑科镇的项目。", []),
        ("把特色小镇、街道社区和家乡建设好。", []),
        ("时间：2022-06-01\n米林县米林镇的项目。", [("米林县米林镇", "540481100", ())]),
    ],
)
def test_towns_named_in_a_text(text, expected):
    assert towns(text) == expected


def test_a_town_that_received_a_meeting_is_its_venue_and_the_county_its_host():
    text = "来源：甘肃日报\n时间：2024-05-23\n5月22日，津甘协作座谈会在夏河县桑科镇召开。"
    (meeting,) = [f for f in facts.read(text) if isinstance(f, facts.EventFact)]
    assert [(at.name, at.code) for at in meeting.places] == [("夏河县桑科镇", "623027103")]
    assert meeting.host == "623027"


@pytest.mark.needs("shared")
def test_the_towns_of_the_founding_article():
    found = [f for f in facts.read(restore(seed("intact.txt")).text) if f.kind == "place"]
    named = {places.full_name(f.code) for f in found if len(f.code) == 9}
    assert named == {"甘肃省甘南藏族自治州夏河县桑科镇", "甘肃省甘南藏族自治州合作市佐盖曼玛镇"}


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
