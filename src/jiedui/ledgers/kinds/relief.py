"""Relief: aid after a disaster, by whom to whom, in money, in goods and in teams."""

from __future__ import annotations

from jiedui.ledgers.declare import Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.goods import Goods
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import (
    Choice,
    Choices,
    Count,
    Date,
    Flag,
    Many,
    Moment,
    Money,
    Place,
    Row,
    Text,
)


class Hazard(Choices):
    """What sort of disaster it was."""

    EARTHQUAKE = "earthquake", "地震"
    FLOOD = "flood", "洪涝"
    LANDSLIDE = "landslide", "地质灾害"
    DROUGHT = "drought", "干旱"
    SNOW = "snow", "低温雪灾"
    STORM = "storm", "风雹台风"
    FIRE = "fire", "火灾"
    EPIDEMIC = "epidemic", "疫情"
    ACCIDENT = "accident", "事故"
    OTHER = "other", "其他"


class Team(Row):
    """One rescue team: whose, how many persons, with what, and when it went and came back."""

    organisation = Text("队伍", required=True, note="单位或队伍名称，不写个人姓名")
    trade = Text("专业", note="如 搜救、医疗、通信、供电")
    persons = Count("人数", unit=Unit.PERSONS, high=1_000_000)
    vehicles = Count("车辆数", high=1_000_000)
    equipment = Text("装备")
    departed = Moment("出发时刻")
    arrived = Moment("到达时刻")
    returned = Moment("返回时刻")

    rules = (
        Rule("arrived-before-departed", "arrived >= departed", "到达早于出发", Unknown.PASS),
        Rule(
            "returned-before-arrived",
            "returned >= coalesce(arrived, departed)",
            "返回早于到达或出发",
            Unknown.PASS,
        ),
    )


class Receipt(Row):
    """A receipt: its number and day, and the office that signed it."""

    number = Text("签收单号", limit=80)
    day = Date("签收日期", required=True)
    signed_by = Text("签收单位", required=True)


_CUTS = ("place", "month", "hazard")


class Relief(Ledger):
    """Relief (应急援助): one entry what one giver gave one receiver after one disaster.

    Money and goods are two measures and never added; what is known to be given without its amount
    is said by a flag, and its amount stays empty.
    """

    title = "应急援助台账"
    shelf = 50

    event = Text("灾害事件", also=("事件", "事件名称", "灾害名称", "突发事件"), required=True)
    hazard = Choice("灾害类型", Hazard, also=("事件类型",), required=True)
    happened = Date("发生日期", also=("灾害日期",), required=True)
    happened_at = Moment("发生时刻", also=("发生时间",), note="只知道日期的留空")
    event_year = Count("发生年份", low=1949, high=2100, note="日期未核实时，先记年份")
    event_place = Place("受灾地", also=("灾区",), towns=True)
    magnitude = Text("震级或响应级别", also=("震级", "响应级别"), limit=40)
    giver = Text("援助方", also=("援助单位",), required=True)
    receiver = Text("受援方", also=("接收单位", "受援单位", "受援地单位"), required=True)
    decided = Moment("决定时刻", also=("决定时间",))
    gave_funds = Flag("提供资金", note="提供了而金额未知的，填“是”，金额留空")
    funds = Money("援助资金", also=("资金", "资金额"))
    gave_goods = Flag("提供物资")
    goods = Many(Goods, "物资明细", also=("援助物资", "物资"))
    goods_worth = Money("物资折价合计", total_of="goods.worth")
    gave_teams = Flag("派出救援队")
    teams = Many(Team, "救援队明细")
    persons = Count("救援人员合计", unit=Unit.PERSONS, total_of="teams.persons")
    receipts = Many(Receipt, "签收")
    went_to = Text("发放去向", limit=500, lines=True)
    rebuilding = Text("后续重建项目", also=("重建项目",))

    on = "happened"
    label = ("happened", "event", "giver")
    listed = (
        "happened", "event", "giver", "receiver", "funds", "goods_worth", "persons", "place",
        "state",
    )  # fmt: skip
    filters = ("event", "hazard", "happened", "giver", "receiver", "place", "state")
    identity = ("event", "happened", "giver", "receiver")
    rules = (
        Rule(
            "something-is-given",
            "coalesce(gave_funds, false) or coalesce(gave_goods, false)"
            " or coalesce(gave_teams, false) or funds is not null"
            " or goods.count > 0 or teams.count > 0",
            "至少要有资金、物资或救援队中的一项",
        ),
        Rule("funds-above-zero", "funds > 0", "资金应大于零；未提供的留空", Unknown.PASS),
        Rule(
            "funds-not-given",
            "funds is null or coalesce(gave_funds, true)",
            "写了金额，“提供资金”却填“否”",
        ),
        Rule(
            "goods-not-given",
            "goods.count = 0 or coalesce(gave_goods, true)",
            "列了物资，“提供物资”却填“否”",
        ),
        Rule(
            "teams-not-given",
            "teams.count = 0 or coalesce(gave_teams, true)",
            "列了队伍，“派出救援队”却填“否”",
        ),
        Rule(
            "moment-of-the-day",
            "day(happened_at) = happened",
            "发生时刻不在发生日期那一天",
            Unknown.PASS,
        ),
        Rule("year-of-the-day", "year(happened) = event_year", "发生年份与日期不符", Unknown.PASS),
        Rule("decided-before-event", "day(decided) >= happened", "决定早于灾害发生", Unknown.PASS),
        Rule("giver-is-receiver", "giver <> receiver", "援助方与受援方相同", Unknown.PASS),
    )
    indicators = (
        Indicator(
            "R01", "应急援助资金", "sum(funds)", Unit.FEN, on="happened",
            where="coalesce(gave_funds, funds is not null)", by=_CUTS, needs=("funds",),
            note="按灾害发生日期计，只计资金；物资折价另列，两者不可相加。",
        ),
        Indicator(
            "R02", "应急援助物资折价", "sum(goods_worth)", Unit.FEN, on="happened",
            where="coalesce(gave_goods, goods.count > 0)", by=_CUTS, needs=("goods_worth",),
            note="有折价依据的物资之和；没有折价的物资不计，不与资金相加。",
        ),
        Indicator(
            "R03", "派出救援人员", "sum(persons)", Unit.PERSONS, on="happened",
            where="coalesce(gave_teams, teams.count > 0)", by=_CUTS, needs=("persons",),
            note="各队人数之和，一人随一队计一次；不是人次。",
        ),
    )  # fmt: skip
    cues = ("aid",)
