"""Donations: what society gave, in money and in goods, which are two figures."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Against, Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.goods import Goods
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Date, Many, Money, Text


class GiverSort(Choices):
    """Who gives."""

    FIRM = "firm", "企业"
    SOCIAL = "social", "社会组织"
    STAFF = "staff", "机关干部职工"
    PERSON = "person", "个人"


class DonationChannel(Choices):
    """By what way it was given."""

    CHARITY = "charity", "慈善会"
    RED_CROSS = "red-cross", "红十字会"
    DIRECT = "direct", "直接捐赠"
    TREASURY = "treasury", "财政专户"


_CUTS = ("giver_sort", "channel", "month", "place")


class Donations(Ledger):
    """Donations (社会捐赠): a row what one giver gave one receiver on a day.

    Fiscal money is none, whatever a ceremony calls it; it stands in the ledger of funds.
    """

    title = "社会捐赠台账"
    shelf = 54

    giver = Text("捐赠方", also=("捐赠单位", "捐赠主体"), note="单位名称；个人捐赠的填下一栏")
    person_name = Text(
        "捐赠人姓名", also=("捐赠人",), person=True, limit=40, note="加密保存，只有本单位可见"
    )
    giver_sort = Choice("捐赠方类别", GiverSort, also=("捐赠方类型",), required=True)
    giver_code = Text("捐赠方信用代码", also=("统一社会信用代码",), credit=True)
    day = Date("捐赠日期", also=("日期", "捐赠时间"), required=True)
    cash = Money("捐赠资金", also=("资金", "现金", "捐款金额", "捐赠金额", "捐款"))
    goods = Many(Goods, "捐赠物资明细", also=("捐赠物资", "物资"))
    goods_worth = Money("物资折价合计", total_of="goods.worth")
    total = Money("款物合计", also=("合计金额",), note="公告的合计数，用来核对；不填不影响统计")
    receiver = Text(
        "接收方", also=("接收单位", "受赠单位", "受捐单位", "受赠方", "接受单位"), required=True
    )
    channel = Choice("捐赠渠道", DonationChannel, also=("渠道",))
    purpose = Text("用途", also=("捐赠用途",), limit=500, lines=True)
    project = Text("指定项目")
    arrived = Date("到账或接收日期", also=("到账日期", "接收日期"))
    bill = Text("捐赠票据号", also=("公益捐赠票据号", "票据号"), limit=80)
    spent = Text("使用情况", limit=500, lines=True)
    event = Text("应急事件", note="为救灾捐的写明事件；同一笔不要在应急援助台账再填")

    on = "day"
    label = ("day", "receiver", "giver_sort")
    listed = (
        "day", "giver", "giver_sort", "cash", "goods_worth", "receiver", "arrived", "place",
        "state",
    )  # fmt: skip
    filters = ("giver_sort", "channel", "day", "receiver", "event", "place", "state")
    identity = ("day", "giver", "person_name", "receiver", "cash", "goods", "bill")
    rules = (
        Rule(
            "giver-of-its-sort",
            "case when giver_sort = 'person' then giver is null and person_name is not null"
            " else giver is not null and person_name is null end",
            "单位捐赠的填“捐赠方”，个人捐赠的填“捐赠人姓名”",
        ),
        Rule("something-is-given", "cash is not null or goods.count > 0", "资金、物资至少填一项"),
        Rule("cash-above-zero", "cash > 0", "捐赠资金应大于零；没有的留空", Unknown.PASS),
        Rule(
            "total-below-both",
            "total >= coalesce(cash, 0) + coalesce(goods_worth, 0)",
            "款物合计小于资金与物资折价之和",
            Unknown.PASS,
        ),
        Rule("giver-is-receiver", "giver <> receiver", "捐赠方与接收方相同", Unknown.PASS),
        Rule("arrived-before-day", "arrived >= day", "到账或接收早于捐赠", Unknown.PASS),
    )
    across = (Across("bill-twice", ("bill",), "count(*) = 1", "同一捐赠票据填了不止一条"),)
    against = (
        Against(
            "given-twice", ("event",), "sum(cash)", "<>", "relief", ("event",), "sum(funds)",
            "同一事件的资金，社会捐赠台账与应急援助台账数额相同，请核对是否填了两次",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "D01", "社会捐赠资金", "sum(cash)", Unit.FEN, on="day", where="cash is not null",
            by=_CUTS, needs=("cash",), note="社会各界的资金，不含财政资金，也不含物资折价。",
        ),
        Indicator(
            "D02", "社会捐赠物资折价", "sum(goods_worth)", Unit.FEN, on="day",
            where="goods.count > 0", by=_CUTS, needs=("goods_worth",),
            note="有折价依据的物资之和；与资金分开，不可相加成一项。",
        ),
        Indicator(
            "D05", "社会捐赠", "count(*)", Unit.TIMES, on="day", by=_CUTS,
            note="一方一日给一方计一次。",
        ),
    )  # fmt: skip
