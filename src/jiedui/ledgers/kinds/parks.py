"""Parks: industrial parks that both sides build together, and the jobs in them."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Against, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Place, Text


class ParkLevel(Choices):
    """Who recognised the park."""

    NATION = "nation", "国家级"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市州级"
    COUNTY = "county", "县区级"


_stock = partial(Indicator, on="agreed", kind=Kind.STOCK, ends="until", by=("place", "level"))


class Parks(Ledger):
    """Parks (共建产业园区): a row a park, counted while it is there."""

    title = "共建产业园区台账"
    shelf = 44

    called = Text("园区名称", also=("园区", "产业园区名称", "共建园区名称"), required=True)
    east_side = Text("东部共建方", also=("东部单位",), required=True)
    west_side = Text("西部共建方", also=("西部单位",), required=True)
    agreed = Date("共建协议日期", also=("签订日期", "共建日期"), required=True)
    until = Date("终止共建日期", also=("终止日期",), note="仍在共建的留空")
    level = Choice("园区级别", ParkLevel, also=("级别",))
    site = Place("园区位置", also=("园区地点",), towns=True)
    area = Count("占地面积（亩）", also=("面积（亩）",))
    industry = Text("主导产业", also=("产业",))
    firms = Count("入园企业数", unit=Unit.FIRMS, also=("入驻企业数",))
    east_firms = Count("其中东部引进", unit=Unit.FIRMS, also=("东部引进企业数",))
    realised = Money("累计到位资金", also=("到位资金", "到位资金额"))
    jobs = Count(
        "就业人数", unit=Unit.PERSONS, also=("吸纳就业", "带动就业", "吸纳就业人数", "带动就业人数")
    )
    poor = Count("其中脱贫人口", unit=Unit.PERSONS, also=("脱贫人口",))
    counted_on = Date("统计截至日期", also=("截至日期",))

    on = "agreed"
    label = ("called", "place")
    listed = ("called", "level", "agreed", "firms", "east_firms", "jobs", "poor", "place", "state")
    filters = ("level", "agreed", "called", "place", "state")
    identity = ("called", "place")
    rules = (
        Rule("two-sides", "east_side <> west_side", "共建的两方不能是同一单位"),
        Rule("ended-before-agreed", "until >= agreed", "终止共建早于协议", Unknown.PASS),
        Rule("east-beyond-firms", "east_firms <= firms", "东部引进多于入园企业", Unknown.PASS),
        Rule("poor-beyond-jobs", "poor <= jobs", "脱贫人口多于就业人数", Unknown.PASS),
        Rule(
            "counted-when",
            "(jobs is null and firms is null) or counted_on is not null",
            "企业数和就业人数要写明统计到哪一天",
        ),
        Rule("realised-not-below-zero", "realised >= 0", "到位资金不能小于零", Unknown.PASS),
    )
    across = (Across("park-twice", ("called", "place"), "count(*) = 1", "同一园区填了不止一条"),)
    against = (
        Against(
            "jobs-beyond-labour", ("place",), "sum(jobs)", "<=", "labour", ("place",),
            "sum(people)",
            "园区就业人数多于劳务台账里本县区帮助就业的总人数",
        ),
    )  # fmt: skip
    indicators = (
        _stock(
            "I04", "共建产业园区", "count(*)", Unit.ITEMS,
            note="截止日当天仍在共建的园区；是存量，不是当年新增。",
        ),
        _stock(
            "I07", "园区就业", "sum(jobs)", Unit.PERSONS, needs=("jobs",),
            note="园区内的就业人数；这些人也在劳务台账的就业人数之内，不可相加。",
        ),
        _stock(
            "I07P", "园区脱贫人口就业", "sum(poor)", Unit.PERSONS,
            needs=("poor",), part_of="I07",
        ),
    )  # fmt: skip
