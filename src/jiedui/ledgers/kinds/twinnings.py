"""Twinnings: townships, villages, schools, hospitals and firms paired under a county's pairing."""

from __future__ import annotations

from functools import partial

from jiedui.ledgers.declare import Across, Indicator, Kind, Ledger, Rule, Unknown
from jiedui.ledgers.kinds.pairings import PairingKind
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Count, Date, Money, Text


class TwinningSort(Choices):
    """Between which sorts of parties, below the pairings of the register."""

    TOWNSHIP = PairingKind.TOWNSHIP.value
    VILLAGE = PairingKind.VILLAGE.value
    COMPANY = PairingKind.COMPANY.value
    SOCIAL = PairingKind.SOCIAL.value
    SCHOOL = PairingKind.SCHOOL.value
    HOSPITAL = PairingKind.HOSPITAL.value
    OFFICE = PairingKind.OFFICE.value
    PARK = PairingKind.PARK.value
    OTHER = PairingKind.OTHER.value


_paired = partial(Indicator, on="signed", kind=Kind.STOCK, ends="until")


class Twinnings(Ledger):
    """Twinnings (结对共建): a row two parties with the days on which they are paired.

    A firm paired with five villages is five rows: five pairs and one firm.
    """

    title = "结对共建台账"
    shelf = 12

    sort = Choice("结对类型", TwinningSort, also=("类型",), required=True)
    east_party = Text(
        "东部单位", also=("甲方", "帮扶方", "东部结对单位", "东部结对方", "帮扶单位"), required=True
    )
    west_party = Text(
        "西部单位",
        also=("乙方", "受援方", "西部结对单位", "西部结对方", "受帮扶单位"),
        required=True,
    )
    agreement = Text("协议名称", also=("结对协议",))
    signed = Date("签订日期", also=("结对日期", "起始日期", "签约时间"), required=True)
    until = Date("终止日期", also=("结束日期", "到期日期"), note="长期有效的留空")
    content = Text("帮扶内容", also=("结对内容",), limit=500, lines=True)
    activities = Count("年度活动次数", unit=Unit.TIMES, also=("活动次数",), high=10_000)
    worth = Money("年度资金物资", also=("资金物资",), note="资金与物资折价合计，明细在捐赠台账")

    on = "signed"
    label = ("sort", "east_party", "west_party")
    listed = (
        "sort", "east_party", "west_party", "signed", "until", "activities", "place", "state",
    )  # fmt: skip
    filters = ("sort", "east_party", "west_party", "signed", "place", "state")
    identity = ("sort", "east_party", "west_party", "signed")
    rules = (
        Rule("until-after-signed", "until >= signed", "终止日期早于签订日期", Unknown.PASS),
        Rule("worth-not-below-zero", "worth >= 0", "资金物资不能小于零", Unknown.PASS),
    )
    across = (
        Across(
            "paired-twice", ("sort", "east_party", "west_party"),
            "count(*) filter (where until is null) <= 1",
            "同样的两方、同样的类型，有不止一条未到期的结对",
        ),
    )  # fmt: skip
    indicators = (
        _paired(
            "G01", "结对共建", "count(*)", Unit.PAIRS, by=("sort", "place"),
            note="截止日当天有效的结对，两方一类计一对。",
        ),
        _paired(
            "D03", "参与结对的企业", "count(distinct east_party)", Unit.FIRMS,
            where="sort = 'company'", by=("place",),
            note="一家企业结对几个村，只计一家；各县区之和会大于全部。",
        ),
        _paired(
            "D04", "参与结对的社会组织", "count(distinct east_party)", Unit.ITEMS,
            where="sort = 'social'", by=("place",),
            note="一个组织结对几个村，只计一个；各县区之和会大于全部。",
        ),
    )  # fmt: skip
