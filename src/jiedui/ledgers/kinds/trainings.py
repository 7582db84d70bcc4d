"""Trainings: classes held for people of the western side, counted and not named."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Text


class TrainingSort(Choices):
    """Whom a class is for."""

    CADRE = "cadre", "党政干部"
    PROFESSIONAL = "professional", "专业技术人才"
    LEADER = "leader", "乡村振兴带头人"
    SKILLS = "skills", "劳动力技能"
    FARMER = "farmer", "新型职业农民"
    OTHER = "other", "其他"


class TrainingPlace(Choices):
    """Where a class is held."""

    EAST = "east", "东部"
    WEST = "west", "西部"
    ONLINE = "online", "线上"


_CUTS = ("sort", "held", "month", "place")


class Trainings(Ledger):
    """Trainings (培训): a row a class. Who came is the office's own list and is not kept here."""

    title = "培训台账"
    shelf = 32

    course = Text(
        "班次名称",
        also=("培训班名称", "培训班次", "培训名称", "培训班", "班次", "培训主题"),
        required=True,
    )
    sort = Choice("培训类型", TrainingSort, also=("类型", "培训对象", "培训类别"), required=True)
    host = Text("主办单位", also=("主办", "承办单位", "主办承办", "举办单位", "组织单位"))
    held = Choice("办班地区", TrainingPlace, also=("培训地区",), note="东部、西部或线上")
    starts = Date(
        "开班日期", required=True, until="ends",
        also=(
            "开始日期", "培训开始时间", "日期", "培训时间", "参训时间", "培训起止时间", "起止时间",
            "培训日期", "举办时间", "办班时间",
        ),
    )  # fmt: skip
    ends = Date("结业日期", also=("结束日期", "培训结束时间"))
    hours = Count("学时", high=10_000, also=("培训学时",))
    cost = Money("培训经费", also=("经费", "培训费用", "培训资金"))
    expected = Count("计划人数", unit=Unit.PERSON_TIMES, high=1_000_000, also=("计划培训人数",))
    people = Count(
        "实到人数", unit=Unit.PERSON_TIMES, each=True,
        also=(
            "人数", "培训人次", "培训人数", "参训人数", "参加人数", "实际参训人数", "参训人次",
        ),
        high=1_000_000, required=True,
    )  # fmt: skip
    certified = Count(
        "取证人数",
        unit=Unit.PERSON_TIMES,
        also=("取得证书人数", "获证人数", "持证人数"),
        high=1_000_000,
    )
    hired = Count("就业人数", unit=Unit.PERSON_TIMES, also=("培训后就业人数",), high=1_000_000)

    on = "starts"
    label = ("course", "starts")
    listed = ("course", "sort", "held", "starts", "ends", "people", "place", "state")
    filters = ("sort", "held", "starts", "course", "host", "place", "state")
    identity = ("course", "starts", "host")
    rules = (
        Rule("ends-before-starts", "ends >= starts", "结业早于开班", Unknown.PASS),
        Rule("too-long", "days(starts, ends) <= 366", "一个班超过一年，请核对日期", Unknown.PASS),
        Rule("people-above-zero", "people > 0", "实到人数应大于零"),
        Rule("certified-beyond-people", "certified <= people", "取证人数多于实到", Unknown.PASS),
        Rule("hired-beyond-people", "hired <= people", "就业人数多于实到人数", Unknown.PASS),
        Rule("cost-not-below-zero", "cost >= 0", "培训经费不能小于零", Unknown.PASS),
    )
    across = (
        Across(
            "held-twice", ("course", "starts"), "count(*) = 1",
            "同名班次在同一天开班填了不止一条",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "T04", "培训", "sum(people)", Unit.PERSON_TIMES, on="starts", by=_CUTS,
            needs=("people",), note="各班实到人数之和：一人上两个班计两人次。",
        ),
        Indicator(
            "T05", "举办培训班", "count(*)", Unit.CLASSES, on="starts", by=_CUTS,
            note="按开班日期计，一个班计一期。",
        ),
        Indicator(
            "T06", "培训取证", "sum(certified)", Unit.PERSON_TIMES, on="starts", by=_CUTS,
            needs=("certified",), part_of="T04",
        ),
    )  # fmt: skip
