"""Villages: model villages of rural revitalisation, with where they began and where they are."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Place, Text


class VillageSort(Choices):
    """What the village was named for."""

    MODEL = "model", "示范村"
    RAISED = "raised", "提升村"


class Villages(Ledger):
    """Villages (乡村振兴示范村): a row a village, with its incomes of the base year and of now."""

    title = "乡村振兴示范村台账"
    shelf = 48

    village = Text(
        "村名", also=("村", "示范村名称", "行政村", "示范村", "村名称"), limit=60, required=True
    )
    site = Place("所在乡镇", also=("乡镇", "所属乡镇"), towns=True, spans=True)
    document = Text("批次或文号", also=("批次", "文号"), limit=80)
    sort = Choice("示范类型", VillageSort, also=("类型",), required=True)
    named_on = Date(
        "确定日期", also=("认定日期", "列入日期", "认定时间", "命名时间"), required=True
    )
    until = Date("退出日期", note="仍在名单上的留空")
    aid = Money(
        "投入协作资金", also=("协作资金", "投入资金", "东西部协作资金", "投入东西部协作资金")
    )
    content = Text("建设内容", limit=1000, lines=True)
    completed = Date("建成日期", also=("完工日期",))
    base_year = Count("基期年份", low=2000, high=2100)
    income_base = Money("村集体收入（基期）", also=("基期村集体收入",))
    income_now = Money("村集体收入（现值）", also=("现村集体收入",))
    head_base = Money("村民人均收入（基期）", also=("基期人均收入",))
    head_now = Money("村民人均收入（现值）", also=("现人均收入",))
    now_year = Count("现值年份", low=2000, high=2100)

    on = "named_on"
    label = ("village", "place")
    listed = (
        "village", "site", "sort", "named_on", "aid", "completed", "income_base", "income_now",
        "place", "state",
    )  # fmt: skip
    filters = ("sort", "named_on", "site", "village", "place", "state")
    identity = ("village", "site", "place")
    rules = (
        Rule("aid-not-below-zero", "aid >= 0", "投入资金不能小于零", Unknown.PASS),
        Rule(
            "incomes-not-below-zero",
            "coalesce(income_base, 0) >= 0 and coalesce(income_now, 0) >= 0"
            " and coalesce(head_base, 0) >= 0 and coalesce(head_now, 0) >= 0",
            "收入不能小于零",
        ),
        Rule("completed-before-named", "completed >= named_on", "建成早于确定", Unknown.PASS),
        Rule("ended-before-named", "until >= named_on", "退出早于确定", Unknown.PASS),
        Rule(
            "base-of-which-year",
            "(income_base is null and head_base is null) or base_year is not null",
            "基期收入要写明哪一年",
        ),
        Rule(
            "now-of-which-year",
            "(income_now is null and head_now is null) or now_year is not null",
            "现值收入要写明哪一年",
        ),
        Rule("now-after-base", "now_year > base_year", "现值年份不晚于基期", Unknown.PASS),
    )
    across = (
        Across(
            # Two of one name lie in two towns, and then both rows say in which.
            "village-twice", ("village", "place"),
            "count(*) = 1 or count(distinct site) = count(*)",
            "同一村填了不止一条",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "V01", "乡村振兴示范村", "count(*)", Unit.ITEMS, on="named_on", kind=Kind.STOCK,
            ends="until", by=("sort", "place"), note="在建与建成的合计，截止日当天在名单上的。",
        ),
        Indicator(
            "V02", "示范村投入协作资金", "sum(aid)", Unit.FEN, on="named_on",
            by=("sort", "place", "month"), needs=("aid",),
            note="按确定日期计；这些资金也在项目协作资金之内，不可相加。",
        ),
    )  # fmt: skip
