"""Exchanges: visits, meetings and joint meetings between the two sides."""

from __future__ import annotations

from jiedui.ledgers.declare import Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.every import Direction, Side
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Flag, Many, Place, Row, Text


class ExchangeForm(Choices):
    """What sort of exchange it was."""

    VISIT = "visit", "党政代表团考察"
    JOINT_MEETING = "joint-meeting", "联席会议"
    MEETING = "meeting", "座谈会"
    SURVEY = "survey", "调研对接"
    DEPARTMENT = "department", "部门对接"
    INVESTMENT = "investment", "招商活动"
    CONDOLENCE = "condolence", "慰问"
    CULTURE = "culture", "文体交流"
    EVALUATION = "evaluation", "第三方评估"


class ExchangeLevel(Choices):
    """The level of government that went or met."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市州级"
    COUNTY = "county", "县区级"
    TOWNSHIP = "township", "乡镇级"


class AgreedState(Choices):
    """How far an agreed item has come."""

    OPEN = "open", "未办结"
    DONE = "done", "已办结"
    DROPPED = "dropped", "已取消"


class Site(Row):
    """A place that was visited, or where people met."""

    place = Place("行政区划", towns=True, required=True)
    site = Text("具体地点")


class Participant(Row):
    """Who took part; the name of one who is no public officer acting as such is protected."""

    name = Text("姓名", person="not coalesce(officer, false)", limit=40, required=True)
    post = Text("职务", limit=100)
    side = Choice("哪一方", Side)
    officer = Flag("公职人员履职", note="填“是”的姓名公开，其余姓名加密保存")
    did = Text("参与方式", limit=40, note="如 主持、讲话、介绍情况、参加")


class AgreedItem(Row):
    """What was agreed, who does it, and by when."""

    what = Text("议定事项", limit=500, required=True, lines=True)
    who = Text("责任单位")
    due = Date("期限")
    progress = Choice("进展", AgreedState)


_VISITS = "form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')"
_CUTS = ("level", "direction", "month", "place", "form")


class Exchanges(Ledger):
    """Exchanges (互访与会议): one entry a trip or a meeting, however many counties it passed."""

    title = "互访与会议台账"
    shelf = 10

    form = Choice(
        "类型", ExchangeForm, also=("活动类型", "形式", "活动形式", "交流形式"), required=True
    )
    level = Choice(
        "层级",
        ExchangeLevel,
        required=True,
        also=(
            "活动层级",
            "互访层级",
        ),
    )
    direction = Choice("方向", Direction, also=("互访方向",))
    subject = Text(
        "名称或议题", also=("议题", "活动名称", "会议名称", "活动主题", "会议议题", "主题")
    )
    starts = Date(
        "开始日期",
        also=("日期", "起始", "时间", "活动时间", "考察时间", "会议时间", "活动日期", "起止时间"),
        required=True,
        until="ends",
    )
    ends = Date("结束日期", also=("截止",))
    at = Many(Site, "地点与行程", also=("地点", "行程"))
    leader = Text("带队领导", also=("带队", "领队", "带队领导及职务", "带队人"), limit=100)
    chief = Flag("党政主要负责同志带队或出席")
    people = Count(
        "人数",
        unit=Unit.PERSON_TIMES,
        also=("人次", "参加人数", "参加人次", "参与人数"),
        high=100_000,
    )
    attended = Many(Participant, "参加人员")
    agreed = Many(AgreedItem, "议定事项")
    agreements = Many(Text("签订协议", also=("签署协议",), note="会上签订的协议，一项一行"))

    on = "starts"
    label = ("starts", "form", "subject")
    listed = ("starts", "form", "level", "direction", "subject", "place", "people", "state")
    filters = ("form", "level", "direction", "starts", "place", "state", "subject")
    identity = ("form", "starts", "at", "leader", "subject")
    rules = (
        Rule("ends-before-start", "ends is null or ends >= starts", "结束日期早于开始日期"),
        Rule(
            "too-long",
            "days(starts, ends) <= 92",
            "一次活动超过三个月，请核对起止日期",
            Unknown.PASS,
        ),
        Rule(
            "people-less-than-attended",
            "people >= attended.count or form <> 'visit'",
            "人数少于所列参加人员，请核对",
            Unknown.PASS,
        ),
    )
    indicators = (
        Indicator(
            "H01",
            "高层互访",
            "count(*)",
            Unit.TIMES,
            on="starts",
            where="form = 'visit' and level = 'province' and coalesce(chief, false)",
            by=_CUTS,
            note="党政主要负责同志带队的省级党政代表团考察，一次行程计一次。",
        ),
        Indicator(
            "H02",
            "互访批次",
            "count(*)",
            Unit.BATCHES,
            on="starts",
            where=_VISITS,
            by=_CUTS,
            note="一次行程为一批，不按所到县区重复计。",
        ),
        Indicator(
            "H02P",
            "互访交流人次",
            "sum(people)",
            Unit.PERSON_TIMES,
            on="starts",
            where=_VISITS,
            by=_CUTS,
            needs=("people",),
            note="各批次人数之和；未填人数的批次不估计，另行列出。",
        ),
        Indicator(
            "H03",
            "联席会议和座谈会",
            "count(*)",
            Unit.TIMES,
            on="starts",
            where="form in ('joint-meeting', 'meeting')",
            by=_CUTS,
        ),
        Indicator(
            "H03J",
            "联席会议",
            "count(*)",
            Unit.TIMES,
            on="starts",
            where="form = 'joint-meeting'",
            by=_CUTS,
            part_of="H03",
        ),
    )
    cues = ("visit", "meeting", "joint-meeting", "commitment")
