"""Persons: where a name ends, which words are a post, whose it is, what was done."""

from __future__ import annotations

import pytest

from jiedui import facts
from jiedui.facts.names import plain

VISIT = "来源：甘肃日报\n5月21日，天津市党政代表团来甘考察对接东西部协作工作。\n"
EASTERN = "来源：天津日报\n5月21日，天津市党政代表团赴甘肃省考察对接东西部协作工作。\n"
TWO_PROVINCES = "来源：{}\n5月21日，浙江省党政代表团来川考察对接东西部协作工作。\n"
NAMES = [
    *(
        "张工",
        "王省",
        "任主",
        "钱示例",
        "欧阳样本",
        "司马样",
        "李向前",
        "马和平",
        "和样例",
        "石任主",
        "乔主",
    ),
    *("党样", "时例", "阿尔斯兰·样本", "扎西次仁", "巴特尔", "周乐样", "林林", "权示", "于为样"),
]
COUNTY = "来源：平凉日报\n5月21日，天津市西青区党政代表团来平凉市考察东西部协作工作。\n"


def people(text: str) -> dict[str, facts.PersonFact]:
    return {fact.name: fact for fact in facts.read(text) if isinstance(fact, facts.PersonFact)}


def posts(text: str) -> dict[str, tuple[str, str | None]]:
    return {name: (one.post, one.side) for name, one in people(text).items()}


@pytest.mark.parametrize(
    "name",
    NAMES,
)
@pytest.mark.parametrize(
    "verb", ["主持会议", "出席", "介绍情况", "陪同考察", "，", "说，", "等参加"]
)
def test_where_a_name_ends(name, verb):
    assert list(people(f"{VISIT}副省长{name}{verb}。")) == [name]


@pytest.mark.parametrize(
    "words",
    [
        "市长时强调，要抓好落实",
        "省委书记高度重视",
        "市委书记带队调研",
        "市委书记和市长都参加",
        "省长工作会议召开",
        "干部占比达45%",
        "干部和企业、群众都来了",
        "班主任培训课程",
        "代表党中央看望大家",
        "全国人大代表建议",
        "县委常委会研究",
        "主任医师团队来了",
        "西安市长安区",
        "专家向农民传授技术",
    ],
)
def test_no_name(words):
    assert people(f"{VISIT}{words}。") == {}


@pytest.mark.parametrize("word", ["讲话", "强调", "高度重视", "", "张", "和谐", "一二三"])
def test_no_whole_name(word):
    assert not plain(word)


@pytest.mark.parametrize(
    "post",
    [
        "省委书记",
        "省委书记、省人大常委会主任",
        "省委副书记、省长",
        "省委常委、常务副省长",
        "省委常委、组织部部长",
        "省委常委、宣传部部长",
        "省委常委、统战部部长",
        "省委常委、秘书长",
        "省委常委、省纪委书记、省监委主任",
        "省人大常委会副主任",
        "省政协主席",
        "副省长、省公安厅厅长",
        "省政府秘书长",
        "省农业农村厅党组书记、厅长",
        "省乡村振兴局局长",
        "省高级人民法院院长",
        "甘肃省委书记",
        "甘肃省副省长",
        "甘肃省农业农村厅厅长",
        "兰州市委书记",
        "甘南州委书记",
        "夏河县委副书记、县长",
        "城关区委书记",
        "兰州新区党工委书记",
        "州委书记",
        "州委副书记、州长",
        "县委副书记、县长",
    ],
)
def test_posts_of_the_west(post):
    assert posts(f"{VISIT}{post}钱示例出席。") == {"钱示例": (post, "west")}


@pytest.mark.parametrize(
    "post",
    [
        "天津市委书记",
        "天津市委副书记、市长",
        "天津市副市长",
        "天津市政协主席",
        "天津市纪委书记、市监委主任",
        "天津市合作交流办主任",
        "西青区委常委、组织部部长",
        "天津市援甘前方指挥部总指挥",
        "天津援甘工作队领队",
        "援甘工作队领队",
        "前方指挥部总指挥",
        "副总指挥",
        "代表团团长、天津市委常委",
    ],
)
def test_posts_of_the_east(post):
    assert posts(f"{VISIT}{post}钱示例出席。") == {"钱示例": (post, "east")}


def test_how_the_side_is_known():
    found = people(f"{VISIT}天津市委书记钱示例出席。省委书记王样主持。援甘工作队领队李例参加。")
    assert {name: (one.side, one.how) for name, one in found.items()} == {
        "钱示例": ("east", "stated"),
        "王样": ("west", "derived"),
        "李例": ("east", "derived"),
    }


def test_a_bare_post_belongs_to_the_side_of_the_newspaper():
    found = posts(
        f"{EASTERN}市委书记钱示例讲话。甘肃省委书记王样主持。市长李例、省长周样介绍情况。"
    )
    assert {name: side for name, (_, side) in found.items()} == {
        "钱示例": "east",
        "王样": "west",
        "李例": "east",
        "周样": "west",
    }


@pytest.mark.parametrize(
    ("paper", "side"), [("四川日报", "west"), ("浙江日报", "east"), ("新华社", "west")]
)
def test_of_two_provinces_the_newspaper_decides_and_else_who_received(paper, side):
    found = posts(f"{TWO_PROVINCES.format(paper)}省委书记钱示例主持会议。")
    assert found == {"钱示例": ("省委书记", side)}


def test_a_post_behind_and_belongs_to_the_one_before():
    text = TWO_PROVINCES.format("四川日报")
    text += "浙江省领导钱样、王例及省政府秘书长李示，省领导周样、吴例参加活动。"
    assert {name: side for name, (_, side) in posts(text).items()} == {
        "钱样": "east",
        "王例": "east",
        "李示": "east",
        "周样": "west",
        "吴例": "west",
    }


def test_levels_below_the_province():
    text = f"{COUNTY}市委书记钱样，西青区委书记王例、区长李示，区农业农村委主任周样出席。"
    assert {name: one.code for name, one in people(text).items()} == {
        "钱样": "620800",
        "王例": "120111",
        "李示": "120111",
        "周样": "120111",
    }


@pytest.mark.parametrize(
    ("words", "did"),
    [
        ("出席并讲话", ("spoke", "attended")),
        ("主持并讲话", ("chaired", "spoke")),
        ("主持会议", ("chaired",)),
        ("致辞", ("spoke",)),
        ("介绍全省情况", ("reported",)),
        ("汇报了工作", ("reported",)),
        ("参加有关活动", ("attended",)),
        ("陪同考察", ("attended",)),
        ("出席会议，听取情况介绍", ("attended",)),
        ("任组长", ()),
    ],
)
def test_what_was_done(words, did):
    assert people(f"{VISIT}副省长钱示例{words}。")["钱示例"].did == did


def test_a_row_shares_what_stands_behind_its_last():
    text = f"{VISIT}天津市副市长钱样，副省长王例、李示分别介绍情况。"
    assert {one.did for one in people(text).values()} == {("reported",)}


def test_those_listed_behind_the_words():
    text = f"{VISIT}参加活动的还有：天津市领导钱样、王例，省领导李示、周样。"
    assert {one.did for one in people(text).values()} == {("attended",)}
    assert all(one.took_part for one in people(text).values())


@pytest.mark.parametrize(
    "words",
    [
        "会议深入学习贯彻钱示例总书记在某地考察时的重要讲话精神",
        "全面落实钱示例总书记关于某项工作的重要指示批示精神",
        "会议传达学习国家主席钱示例在示例会议上的重要讲话",
        "要牢记钱示例同志的嘱托",
    ],
)
def test_who_is_only_cited_took_no_part(words):
    found = people(f"{VISIT}22日，座谈会在兰州举行。{words}。省委书记王样主持会议。")
    assert (found["钱示例"].took_part, found["钱示例"].did) == (False, ())
    assert found["王样"].took_part
    events = [f for f in facts.read(VISIT + words) if isinstance(f, facts.EventFact)]
    assert all(who.person.name != "钱示例" for event in events for who in event.people)


def test_two_of_one_name_on_two_sides_are_two():
    text = f"{VISIT}天津市副市长张样、甘肃省副省长张样出席。"
    sides = [f.side for f in facts.read(text) if isinstance(f, facts.PersonFact)]
    assert sides == ["east", "west"]


def test_later_mentions_are_the_same_person():
    text = f"{VISIT}天津市委书记钱示例出席。22日，座谈会在兰州举行，钱示例讲话。"
    (found,) = people(text).values()
    assert found.did == ("spoke", "attended")


def test_padded_names():
    assert list(people(f"{VISIT}省领导张　样、李示例、王 例参加活动。")) == [
        "张样",
        "李示例",
        "王例",
    ]
