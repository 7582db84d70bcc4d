"""Deals: items of regional cooperation, from the promise to its result."""

from __future__ import annotations

from jiedui.ledgers.declare import Indicator, Ledger, Rule, Unknown
from jiedui.ledgers.every import Area
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Date, Many, Money, Ref, Text


class DealField(Choices):
    """The fields of regional cooperation, of the areas that every entry may have."""

    LOGISTICS = Area.LOGISTICS.value
    TECHNOLOGY = Area.TECHNOLOGY.value
    TOURISM = Area.TOURISM.value
    ENERGY = Area.ENERGY.value
    MATERIALS = Area.MATERIALS.value
    MEDICINE = Area.MEDICINE.value
    ECOLOGY = Area.ECOLOGY.value
    DIGITAL = Area.DIGITAL.value


class PromiseKind(Choices):
    """How binding a promise is, the most binding first."""

    CONTRACT = "contract", "合同"
    AGREEMENT = "agreement", "框架协议"
    MEMORANDUM = "memorandum", "备忘录"
    MINUTES = "minutes", "会议议定"
    STATEMENT = "statement", "讲话或公开承诺"


class DealProgress(Choices):
    """How far a promise has come."""

    PROMISED = "promised", "已承诺"
    SIGNED = "signed", "已签约"
    UNDERWAY = "underway", "实施中"
    DONE = "done", "已落实"
    DROPPED = "dropped", "已终止"


_CUTS = ("place", "month", "field", "promise")


class Deals(Ledger):
    """Deals (区域合作): one entry an item that both sides promised, followed to its result.

    What was signed and what was realised are two measures, each of its own day, and never added.
    """

    title = "区域合作台账"
    shelf = 40

    what = Text(
        "合作事项",
        also=("项目名称", "合作内容", "合作项目", "项目内容"),
        limit=500,
        lines=True,
        required=True,
    )
    field = Choice("区域合作领域", DealField, also=("合作类别",), required=True)
    promise = Choice("承诺类型", PromiseKind, required=True)
    day = Date("承诺日期", also=("议定日期",), required=True)
    east_parties = Many(Text("东部合作方"), required=True)
    west_parties = Many(Text("西部合作方"), required=True)
    came_from = Ref("来源活动", "exchanges", note="议定这一事项的互访或会议")
    signed = Date("签约日期", also=("签订日期",))
    signed_amount = Money("签约金额", also=("协议金额", "合同金额", "签约额", "签约资金"))
    realised_amount = Money(
        "到位金额", also=("落实金额", "实际到位金额", "到位资金"), note="截至某日的累计数"
    )
    realised_on = Date("到位截至日期", note="到位金额统计到哪一天")
    progress = Choice("落实进展", DealProgress, also=("进展", "落实情况"), required=True)
    result = Text("结果", limit=1000, lines=True)

    on = "day"
    label = ("day", "field", "what")
    listed = (
        "day", "field", "what", "promise", "signed", "signed_amount", "realised_amount",
        "progress", "place", "state",
    )  # fmt: skip
    filters = ("field", "promise", "progress", "day", "signed", "place", "what", "state")
    identity = ("field", "what", "day")
    rules = (
        Rule("signed-before-promised", "signed >= day", "签约早于承诺", Unknown.PASS),
        Rule(
            "amount-without-signing",
            "signed_amount is null or signed is not null",
            "有签约金额，应填签约日期",
        ),
        Rule(
            "realised-without-signing",
            "realised_amount is null or signed is not null",
            "未签约的不能有到位金额；已签约的请填签约日期",
        ),
        Rule(
            "realised-by-when",
            "realised_amount is null or realised_on is not null",
            "到位金额要写明截至哪一天",
        ),
        Rule(
            "realised-before-signed", "realised_on >= signed", "到位截至日期早于签约", Unknown.PASS
        ),
        Rule("signed-above-zero", "signed_amount > 0", "签约金额应大于零", Unknown.PASS),
        Rule("realised-not-below-zero", "realised_amount >= 0", "到位金额不能小于零", Unknown.PASS),
        Rule(
            "signed-says-when",
            "progress <> 'signed' or signed is not null",
            "进展是“已签约”的，应填签约日期",
            Unknown.PASS,
        ),
        Rule(
            "end-with-a-result",
            "progress not in ('done', 'dropped') or result is not null",
            "已落实或已终止的，应写明结果",
            Unknown.PASS,
        ),
    )
    indicators = (
        Indicator(
            "K01", "区域合作签约项目", "count(*)", Unit.ITEMS, on="signed",
            where="signed is not null", by=_CUTS, note="按签约日期计；只有承诺而未签约的不计。",
        ),
        Indicator(
            "K02", "区域合作签约金额", "sum(signed_amount)", Unit.FEN, on="signed",
            where="signed is not null", by=_CUTS, needs=("signed_amount",),
            note="协议写明的金额；签约不等于到位，两者不可相加。",
        ),
        Indicator(
            "K03", "区域合作到位金额", "sum(realised_amount)", Unit.FEN, on="realised_on",
            where="realised_on is not null", by=_CUTS, needs=("realised_amount",),
            note="各项目截至所填日期的累计到位数，按该日期计。",
        ),
    )  # fmt: skip
