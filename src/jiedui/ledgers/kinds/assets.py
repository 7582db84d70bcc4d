"""Assets: what projects left behind, whose it is, who keeps it and what it yields."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Date, Money, Place, Text


class AssetSort(Choices):
    """The three classes of assets of assistance projects (国办函〔2021〕51号)."""

    OPERATING = "operating", "经营性资产"
    PUBLIC = "public", "公益性资产"
    HOUSEHOLD = "household", "到户类资产"


class AssetLevel(Choices):
    """At which level it is owned."""

    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"
    HOUSEHOLD = "household", "到户"


class AssetProgress(Choices):
    """What has become of it."""

    USED = "used", "在用"
    IDLE = "idle", "闲置"
    DAMAGED = "damaged", "损毁"
    DISPOSED = "disposed", "已处置"


_stock = partial(
    Indicator, on="formed", kind=Kind.STOCK, ends="disposed", by=("sort", "level", "place")
)


class Assets(Ledger):
    """Assets (帮扶项目资产): a row an asset, from the day it was formed to its disposal."""

    title = "帮扶项目资产台账"
    shelf = 24

    number = Text("资产编号", also=("编号",), limit=60, required=True)
    called = Text("资产名称", also=("名称", "项目资产名称"), required=True)
    project = Text("来源项目", also=("项目名称", "项目"))
    sort = Choice("资产类别", AssetSort, also=("类别", "资产性质"), required=True)
    worth = Money("原值", also=("资产原值",), required=True)
    of_aid = Money("其中协作资金", also=("协作资金",))
    net = Money("净值", also=("资产净值",))
    formed = Date("形成日期", also=("形成时间", "资产形成时间", "形成年月"), required=True)
    level = Choice("权属层级", AssetLevel, also=("权属",))
    holder = Text("所有权单位", note="到户类写户数和村，不写个人姓名", also=("产权归属单位",))
    keeper = Text("管护责任单位", also=("管护单位", "管护主体"), note="写单位，不写个人姓名")
    operator = Text("经营主体")
    earns = Money("年收益", also=("收益",))
    site = Place("资产地点", also=("地点", "所在乡镇"), towns=True, spans=True)
    progress = Choice("资产状态", AssetProgress, also=("状态",), required=True)
    certificate = Text("确权证号", limit=80)
    handed = Date("移交日期")
    disposed = Date("处置日期")

    on = "formed"
    label = ("number", "called")
    listed = ("number", "called", "sort", "worth", "formed", "progress", "keeper", "place", "state")
    filters = ("sort", "level", "progress", "formed", "called", "project", "place", "state")
    identity = ("number",)
    rules = (
        Rule("worth-above-zero", "worth > 0", "原值应大于零"),
        Rule("aid-not-below-zero", "of_aid >= 0", "协作资金不能小于零", Unknown.PASS),
        Rule("net-not-below-zero", "net >= 0", "净值不能小于零", Unknown.PASS),
        Rule("aid-beyond-worth", "of_aid <= worth", "协作资金大于原值", Unknown.PASS),
        Rule("net-beyond-worth", "net <= worth", "净值大于原值", Unknown.PASS),
        Rule("handed-before-formed", "handed >= formed", "移交早于形成", Unknown.PASS),
        Rule(
            "disposed-says-when",
            "(progress = 'disposed') = (disposed is not null)",
            "已处置的要填处置日期，其余留空",
        ),
        Rule("disposed-before-formed", "disposed >= formed", "处置早于形成", Unknown.PASS),
        Rule(
            "operating-by-whom",
            "sort <> 'operating' or operator is not null",
            "经营性资产要写明经营主体",
            Unknown.PASS,
        ),
    )
    across = (
        Across("asset-twice", ("place", "number"), "count(*) = 1", "同一资产编号填了不止一条"),
    )
    indicators = (
        _stock(
            "A01", "帮扶项目资产原值", "sum(worth)", Unit.FEN, needs=("worth",),
            note="截止日当天尚未处置的资产。",
        ),
        _stock("A02", "帮扶项目资产", "count(*)", Unit.ITEMS),
        _stock(
            "A04", "闲置的帮扶项目资产", "count(*)", Unit.ITEMS,
            where="progress = 'idle'", part_of="A02",
        ),
    )  # fmt: skip
