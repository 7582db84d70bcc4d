"""Enterprises: firms that the cooperation brought to the west, and what they really invested."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Against, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Place, Text


class BroughtBy(Choices):
    """How a firm was brought."""

    CAMPAIGN = "campaign", "协作招商"
    CADRE = "cadre", "援派干部引荐"
    FIRM = "firm", "以商招商"
    PAIRING = "pairing", "结对引进"
    OTHER = "other", "其他"


class EnterpriseProgress(Choices):
    """How far a firm has come; one that only signed is an item of regional cooperation."""

    BUILDING = "building", "在建"
    RUNNING = "running", "投产"
    IDLE = "idle", "停产"
    CLOSED = "closed", "注销"


_CUTS = ("place", "month", "origin", "brought", "progress")
_THERE = ("place", "origin", "brought", "progress")
# A later year's row is more money of a firm that is counted already.
_FIRST = "of_year is null"
_running = partial(
    Indicator, on="registered", kind=Kind.STOCK, ends="closed",
    where=f"progress in ('building', 'running') and {_FIRST}", by=_THERE,
)  # fmt: skip


class Enterprises(Ledger):
    """Enterprises (引导落地企业): a row a firm registered in the west through its partner.

    What a firm agreed to invest and what is in place are two amounts, and never added. What comes
    in a later year stands in a row of its own, with that year and no people: the first is not
    written over, and the firm is counted once.
    """

    title = "引导落地企业台账"
    shelf = 42

    firm = Text(
        "企业名称", also=("企业", "落地企业名称", "落地企业", "引进企业名称"), required=True
    )
    credit_code = Text("统一社会信用代码", also=("信用代码",), credit=True, required=True)
    origin = Place(
        "来源地", also=("来源地区", "投资方所在地", "企业来源地", "来源省市"), required=True
    )
    brought = Choice("引进方式", BroughtBy)
    industry = Text("行业", also=("所属行业", "行业类别", "产业类别"), limit=60)
    signed = Date("签约日期")
    signed_amount = Money("协议投资额", also=("协议额", "签约金额", "协议投资", "计划投资额"))
    registered = Date("注册日期", also=("登记日期", "落地日期"), required=True)
    started = Date("投产日期", also=("开工投产日期",))
    realised = Money(
        "本年实际到位资金",
        also=("本年到位资金", "实际到位投资额", "到位资金", "本年实际投资额", "实际到位资金"),
    )
    of_year = Count(
        "续投年度",
        low=1990,
        high=2100,
        also=("投资年度", "追加投资年度"),
        note="往年落地、以后年度又到位的，每年另填一条并写明是哪一年；落地当年的不填",
    )
    realised_total = Money("累计到位资金", also=("累计到位",))
    realised_on = Date("到位截至日期", note="到位资金统计到哪一天")
    park = Text("入驻园区", also=("所在园区",))
    workers = Count("用工总数", unit=Unit.PERSONS, also=("吸纳就业人数", "用工人数", "就业人数"))
    rural = Count(
        "其中农村劳动力",
        unit=Unit.PERSONS,
        also=("吸纳农村劳动力", "农村劳动力", "吸纳农村劳动力人数"),
    )
    poor = Count(
        "其中脱贫人口", unit=Unit.PERSONS, also=("吸纳脱贫人口", "脱贫人口", "吸纳脱贫劳动力")
    )
    output = Money("年产值", also=("产值",))
    tax = Money("年税收", also=("税收",))
    progress = Choice("企业状态", EnterpriseProgress, also=("状态", "运营状态"), required=True)
    closed = Date("注销日期")

    on = "registered"
    label = ("firm", "place", "registered")
    listed = (
        "firm", "origin", "registered", "progress", "realised", "rural", "park", "place", "state",
    )  # fmt: skip
    filters = ("progress", "brought", "origin", "registered", "place", "firm", "park", "state")
    identity = ("credit_code", "registered", "of_year")
    rules = (
        Rule(
            "realised-by-when",
            "realised is null or realised_on is not null",
            "到位资金要写明截至哪一天",
        ),
        Rule("realised-not-below-zero", "realised >= 0", "到位资金不能小于零", Unknown.PASS),
        Rule("all-not-below-zero", "realised_total >= 0", "累计到位不能小于零", Unknown.PASS),
        Rule("signed-above-zero", "signed_amount > 0", "协议投资额应大于零", Unknown.PASS),
        Rule("output-not-below-zero", "output >= 0", "年产值不能小于零", Unknown.PASS),
        Rule(
            "later-than-registered",
            "of_year > year(registered)",
            "续投年度不晚于注册的年份",
            Unknown.PASS,
        ),
        Rule(
            "later-year-of-its-money",
            f"{_FIRST} or (realised is not null and year(realised_on) = of_year)",
            "续投的一条要填那一年到位的资金，到位截至日期也在那一年",
        ),
        Rule(
            "later-year-without-people",
            f"{_FIRST} or (workers is null and rural is null and poor is null)",
            "用工人数填在企业落地的那一条，续投的一条不填",
        ),
        Rule("realised-beyond-all", "realised <= realised_total", "本年到位大于累计", Unknown.PASS),
        Rule("poor-beyond-workers", "poor <= workers", "脱贫人口多于用工总数", Unknown.PASS),
        Rule("rural-beyond-workers", "rural <= workers", "农村劳动力多于用工总数", Unknown.PASS),
        Rule("poor-beyond-rural", "poor <= rural", "脱贫人口多于农村劳动力", Unknown.PASS),
        Rule("started-before-registered", "started >= registered", "投产早于注册", Unknown.PASS),
        Rule(
            "running-since-when",
            "progress <> 'running' or started is not null",
            "状态是“投产”的，应填投产日期",
            Unknown.PASS,
        ),
        Rule(
            "closed-says-when",
            "(progress = 'closed') = (closed is not null)",
            "注销的企业要填注销日期，未注销的留空",
        ),
        Rule("closed-before-registered", "closed >= registered", "注销早于注册", Unknown.PASS),
    )
    across = (
        Across(
            "claimed-twice", ("credit_code",), f"count(*) filter (where {_FIRST}) <= 1",
            "同一家企业填了不止一条：两县各报，或两年都当新增；以后年度到位的请写明续投年度",
        ),
        Across(
            "realised-beyond-signed", ("credit_code",),
            "max(realised_total) <= max(signed_amount)",
            "累计到位大于协议投资额，请说明",
        ),
        Across(
            "years-beyond-all", ("credit_code",),
            "sum(realised) <= max(realised_total)",
            "各年到位资金之和大于累计到位",
        ),
    )  # fmt: skip
    against = (
        Against(
            "jobs-beyond-labour", ("place",), "sum(rural)", "<=", "labour", ("place",),
            "sum(people)",
            "企业吸纳的农村劳动力多于劳务台账里本县区帮助就业的总人数",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "I01", "引导落地企业", "count(*)", Unit.FIRMS, on="registered",
            where=_FIRST, by=_CUTS,
            note="当年在西部注册的企业，按注册日期计；只签约而未落地的不计。",
        ),
        Indicator(
            "I06", "入驻园区的引导落地企业", "count(*)", Unit.FIRMS, on="registered",
            where=f"park is not null and {_FIRST}", by=_CUTS, part_of="I01",
        ),
        Indicator(
            "I02", "企业实际到位投资", "sum(realised)", Unit.FEN, on="realised_on",
            where="realised_on is not null", by=_CUTS, needs=("realised",),
            note="当年真正到位的资金，不是签约额；按到位截至日期计，往年落地企业当年续投的也在内。",
        ),
        _running(
            "I03", "企业吸纳农村劳动力", "sum(rural)", Unit.PERSONS,
            needs=("rural",),
            note="截止日在营企业的人数；这些人也在劳务台账的就业人数之内，不可相加。",
        ),
        _running(
            "I03P", "企业吸纳脱贫人口", "sum(poor)", Unit.PERSONS,
            needs=("poor",), part_of="I03",
        ),
    )  # fmt: skip
