"""Workshops: small places of work in villages and townships, recognised as helping (帮扶车间)."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Against, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Place, Text


class WorkshopProgress(Choices):
    """Whether a workshop runs."""

    RUNNING = "running", "正常生产"
    SEASONAL = "seasonal", "季节性停产"
    IDLE = "idle", "停产"
    WITHDRAWN = "withdrawn", "取消认定"


_stock = partial(
    Indicator, on="recognised", kind=Kind.STOCK, ends="withdrawn", by=("place", "progress")
)


class Workshops(Ledger):
    """Workshops (帮扶车间): a row a workshop, from the day it was recognised."""

    title = "帮扶车间台账"
    shelf = 46

    called = Text("车间名称", also=("帮扶车间名称", "车间", "就业帮扶车间名称"), required=True)
    operator = Text("经营主体", also=("经营单位", "运营主体"))
    credit_code = Text("统一社会信用代码", also=("信用代码",), credit=True)
    document = Text("认定文号", limit=80)
    recognised = Date("认定日期", also=("认定时间",), required=True)
    withdrawn = Date("取消认定日期", also=("退出日期",))
    site = Place("车间地点", also=("地点", "所在乡镇"), towns=True, spans=True)
    village = Text("村", also=("所在村",), limit=60, spans=True)
    workers = Count(
        "吸纳就业人数",
        unit=Unit.PERSONS,
        also=("吸纳总数", "就业人数", "带动就业人数", "吸纳就业", "吸纳就业总人数"),
    )
    poor = Count(
        "其中脱贫人口",
        unit=Unit.PERSONS,
        also=("脱贫人口", "吸纳脱贫人口", "吸纳脱贫劳动力", "其中脱贫劳动力"),
    )
    wage = Money("月均工资", also=("月工资", "人均月工资"), note="全部工人的平均数")
    progress = Choice("车间状态", WorkshopProgress, also=("状态", "运营状态"), required=True)

    on = "recognised"
    label = ("called", "place")
    listed = ("called", "operator", "recognised", "workers", "poor", "progress", "place", "state")
    filters = ("progress", "recognised", "called", "place", "state")
    identity = ("called", "place", "village")
    rules = (
        Rule("poor-beyond-workers", "poor <= workers", "脱贫人口多于就业人数", Unknown.PASS),
        Rule("wage-not-below-zero", "wage >= 0", "月均工资不能小于零", Unknown.PASS),
        Rule("wage-of-a-month", "wage <= 5000000", "月均工资超过五万元，请核对单位", Unknown.PASS),
        Rule(
            "withdrawn-before-recognised", "withdrawn >= recognised", "取消认定早于认定",
            Unknown.PASS,
        ),
        Rule(
            "withdrawn-says-when",
            "(progress = 'withdrawn') = (withdrawn is not null)",
            "取消认定的要填取消日期，其余留空",
        ),
    )  # fmt: skip
    across = (
        Across(
            "workshop-twice", ("called", "place"), "count(*) = 1",
            "同一车间填了不止一条",
        ),
    )  # fmt: skip
    against = (
        Against(
            "jobs-beyond-labour", ("place",), "sum(workers)", "<=", "labour", ("place",),
            "sum(people)",
            "帮扶车间吸纳就业人数多于劳务台账里本县区帮助就业的总人数",
        ),
    )  # fmt: skip
    indicators = (
        _stock(
            "I05", "帮扶车间", "count(*)", Unit.ITEMS,
            note="截止日当天仍在认定内的车间；是存量。",
        ),
        Indicator(
            "I05N", "新认定帮扶车间", "count(*)", Unit.ITEMS, on="recognised",
            by=("place", "month", "progress"), note="期内认定的车间，与存量不可相加。",
        ),
        _stock(
            "I08", "帮扶车间吸纳就业", "sum(workers)", Unit.PERSONS,
            needs=("workers",),
            note="这些人也在劳务台账的就业人数之内，不可相加。",
        ),
        _stock(
            "I08P", "帮扶车间吸纳脱贫人口", "sum(poor)", Unit.PERSONS,
            needs=("poor",), part_of="I08",
        ),
    )  # fmt: skip
