"""Sales: western products bought by, or sold with the help of, the eastern side (消费帮扶)."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Place, Text


class ProductSort(Choices):
    """What sort of product it is."""

    GRAIN = "grain", "粮油"
    PRODUCE = "produce", "果蔬"
    LIVESTOCK = "livestock", "肉禽蛋奶"
    HERBS = "herbs", "中药材"
    TEA = "tea", "茶饮"
    CRAFTS = "crafts", "手工艺品"
    OTHER = "other", "其他"


class BuyerSort(Choices):
    """Who buys."""

    OFFICE = "office", "机关食堂和工会"
    STATE_FIRM = "state-firm", "国有企业"
    PRIVATE_FIRM = "private-firm", "民营企业"
    SHOP = "shop", "商超"
    WHOLESALE = "wholesale", "批发市场"
    PLATFORM = "platform", "电商平台"
    PERSONS = "persons", "个人"


class SaleWay(Choices):
    """The two parts of the figure: bought by the east itself, or sold with its help."""

    DIRECT = "direct", "东部直接采购"
    HELPED = "helped", "帮助销售"


class SaleChannel(Choices):
    """By which channel."""

    PLATFORM_832 = "platform-832", "832平台"
    COUNTER = "counter", "专馆专区专柜"
    FAIR = "fair", "展销会"
    LIVE = "live", "直播电商"
    WHOLESALE = "wholesale", "批发市场"
    SHOP = "shop", "商超直采"
    ORDER = "order", "企业订单"
    INSTEAD = "instead", "以购代捐"
    OTHER = "other", "其他"


_CUTS = ("way", "channel", "sort", "month", "place")
_sold = partial(
    Indicator, measure="sum(amount)", unit=Unit.FEN, on="of_month", by=_CUTS, needs=("amount",)
)


class Sales(Ledger):
    """Sales (消费帮扶): a row a seller, a buyer and a month; an invoice is in one row only.

    What a platform reports in all is a control total and no row.
    """

    title = "消费帮扶台账"
    shelf = 52

    of_month = Date(
        "月份", month=True, also=("统计月份", "销售月份"), required=True, spans=True, wide=True
    )
    seller = Text(
        "销售方", also=("销售单位", "供应商", "供货单位", "销售企业"), required=True, spans=True
    )
    seller_code = Text("销售方信用代码", also=("统一社会信用代码",), credit=True)
    source_place = Place("产地", also=("产地县", "产地县区"), required=True)
    product = Text("产品名称", also=("产品", "商品名称", "农产品名称", "产品品名"), required=True)
    sort = Choice("产品类别", ProductSort, also=("类别", "产品类型"), required=True)
    quantity = Text("数量", limit=40, note="数量与单位，如 1200公斤")
    amount = Money(
        "金额",
        also=("销售额", "采购金额", "销售金额", "交易额", "成交额", "采购额", "消费帮扶金额"),
        required=True,
    )
    buyer = Text(
        "采购方",
        also=("采购单位", "采购方名称", "购买方", "购买单位", "采购企业"),
        note="个人买家不写姓名",
    )
    buyer_sort = Choice("采购方类型", BuyerSort)
    buyer_place = Place("采购方所在地")
    way = Choice("帮扶方式", SaleWay, also=("方式", "消费帮扶方式"), required=True)
    channel = Choice("销售渠道", SaleChannel, also=("渠道",), required=True)
    contract = Text("合同或订单号", also=("合同号", "订单号", "合同编号"), limit=80)
    invoice = Text("发票或结算单号", also=("发票号", "结算单号", "发票号码"), limit=80)
    households = Count("联结脱贫户数", unit=Unit.HOUSEHOLDS, also=("带动脱贫户数",))

    on = "of_month"
    label = ("of_month", "seller", "product", "buyer")
    listed = (
        "of_month", "seller", "product", "amount", "buyer", "way", "channel", "place", "state",
    )  # fmt: skip
    filters = (
        "way", "channel", "sort", "of_month", "seller", "product", "buyer", "place", "state",
    )  # fmt: skip
    identity = ("of_month", "seller", "product", "buyer", "channel", "invoice")
    rules = (
        Rule("amount-above-zero", "amount > 0", "金额应大于零"),
        Rule(
            "buyer-is-no-person",
            "buyer is null or coalesce(buyer_sort, 'office') <> 'persons'",
            "采购方是个人的，不填姓名",
        ),
        Rule("seller-is-buyer", "seller <> buyer", "销售方与采购方相同", Unknown.PASS),
        Rule(
            "direct-names-buyer",
            "way <> 'direct' or buyer is not null",
            "东部直接采购的，要写明采购方",
            Unknown.PASS,
        ),
    )
    across = (
        Across(
            "invoice-twice", ("seller", "invoice"), "count(*) = 1",
            "同一销售方的同一张发票或结算单填了不止一条",
        ),
    )  # fmt: skip
    indicators = (
        _sold(
            "C01", "消费帮扶销售额",
            note="东部直接采购与帮助销售之和；平台的总数只作核对，不计入。",
        ),
        _sold(
            "C01D", "东部直接采购",
            where="way = 'direct'", part_of="C01",
        ),
        _sold(
            "C01H", "帮助销售",
            where="way = 'helped'", part_of="C01",
        ),
    )  # fmt: skip
