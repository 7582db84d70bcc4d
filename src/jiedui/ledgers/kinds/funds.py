"""Funds: fiscal assistance money, each movement a row, from its notice to its payment."""

from __future__ import annotations

from jiedui.ledgers.declare import Across, Indicator, Ledger, Ratio, Rule, Unknown
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice, Choices, Date, Flag, Money, Text


class FundNature(Choices):
    """Whose money it is."""

    EAST_PROVINCE = "east-province", "东部省级财政援助"
    EAST_CITY = "east-city", "东部市（区）级财政援助"
    EAST_OFFICE = "east-office", "东部部门定向"
    DONATION = "donation", "社会捐赠（入财政专户）"
    BRIDGING = "bridging", "衔接资金"
    OTHER_FISCAL = "other-fiscal", "其他财政"
    OWN = "own", "自筹"
    FINANCE = "finance", "金融"


class FundStage(Choices):
    """How far the money has come; what is planned is no movement and stands in the agreement."""

    ISSUED = "issued", "下达"
    ARRIVED = "arrived", "到位"
    ALLOCATED = "allocated", "分解"
    PAID = "paid", "支付"
    RECOVERED = "recovered", "收回"


class FundLevel(Choices):
    """The level whose treasury it is."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县区级"


_EAST = "nature in ('east-province', 'east-city', 'east-office')"
_CUTS = ("place", "month", "nature", "level")
_OF_BATCH = ("document_number",)


def _stage(stage: str) -> str:
    return f"sum(amount) filter (where stage = '{stage}')"


class Funds(Ledger):
    """Funds (资金): a row a movement of money under a document number, at one of five stages."""

    title = "财政援助资金台账"
    shelf = 20

    document_number = Text(
        "资金文号", also=("文号", "资金批次", "批次文号", "指标文号"), limit=80, required=True
    )
    nature = Choice(
        "资金性质", FundNature, also=("性质", "资金来源", "资金类别", "资金类型"), required=True
    )
    level = Choice("资金层级", FundLevel, also=("层级",))
    stage = Choice("环节", FundStage, also=("资金环节", "阶段"), required=True)
    amount = Money(
        "金额",
        also=("资金额", "拨付金额", "资金金额", "到位金额", "到位资金", "支付金额"),
        required=True,
    )
    day = Date(
        "日期",
        also=(
            "发生日期",
            "到账日期",
            "拨付日期",
            "支付日期",
            "到账时间",
            "拨付时间",
            "支付时间",
            "下达时间",
            "下达日期",
        ),
        required=True,
    )
    payer = Text("付款方", also=("拨款单位", "付款单位", "付款人", "出资单位"))
    payee = Text(
        "收款方",
        also=("收款单位", "收款人", "收款账户名称"),
        person="coalesce(payee_is_person, false)",
        note="收款方是个人的，姓名加密保存",
    )
    payee_is_person = Flag("收款方为个人")
    project = Text("项目", also=("项目名称",))
    voucher = Text("支付凭证号", also=("凭证号",), limit=80)
    purpose = Text("用途", also=("资金用途", "资金使用方向"))

    on = "day"
    label = ("document_number", "stage", "day")
    listed = ("document_number", "nature", "stage", "amount", "day", "place", "project", "state")
    filters = ("document_number", "nature", "stage", "day", "place", "project", "state")
    identity = ("document_number", "stage", "day", "amount", "place", "payer", "project", "voucher")
    rules = (
        Rule("amount-above-zero", "amount > 0", "金额应大于零；收回的资金请用环节“收回”填正数"),
        Rule("payer-is-payee", "payer <> payee", "付款方与收款方相同", Unknown.PASS),
    )
    across = (
        Across(
            "arrived-beyond-issued", _OF_BATCH,
            f"{_stage('arrived')} <= {_stage('issued')}",
            "同一文号到位的金额大于下达的金额",
        ),
        Across(
            "allocated-beyond-arrived", _OF_BATCH,
            f"{_stage('allocated')} <= {_stage('arrived')}",
            "同一文号分解的金额大于到位的金额",
        ),
        Across(
            "paid-beyond-arrived", _OF_BATCH,
            f"{_stage('paid')} <= {_stage('arrived')}",
            "同一文号支付的金额大于到位的金额",
        ),
        Across(
            "paid-before-arrived", _OF_BATCH,
            "min(day) filter (where stage = 'paid') >= min(day) filter (where stage = 'arrived')",
            "同一文号的支付早于到位",
        ),
        Across(
            "recovered-beyond-arrived", _OF_BATCH,
            f"{_stage('recovered')} <= {_stage('arrived')}",
            "同一文号收回的金额大于到位的金额",
        ),
    )  # fmt: skip
    indicators = (
        Indicator(
            "F01", "财政援助资金（到位）", "sum(amount)", Unit.FEN, on="day",
            where=f"stage = 'arrived' and {_EAST}", by=_CUTS, needs=("amount",),
            note="东部各级财政当年到达西部国库的资金，按到账日期计。",
        ),
        Indicator(
            "F01I", "财政援助资金下达", "sum(amount)", Unit.FEN, on="day",
            where=f"stage = 'issued' and {_EAST}", by=_CUTS, needs=("amount",),
            note="已下达指标的资金；下达不等于到位，两者不可相加。",
        ),
        Indicator(
            "F01A", "财政援助资金分解", "sum(amount)", Unit.FEN, on="day",
            where=f"stage = 'allocated' and {_EAST}", by=_CUTS, needs=("amount",), part_of="F01",
            note="已分解到项目的资金。",
        ),
        Indicator(
            "F04P", "财政援助资金支付", "sum(amount)", Unit.FEN, on="day",
            where=f"stage = 'paid' and {_EAST}", by=_CUTS, needs=("amount",), part_of="F01",
            note="已支付的资金。",
        ),
        Indicator(
            "F01R", "财政援助资金收回", "sum(amount)", Unit.FEN, on="day",
            where=f"stage = 'recovered' and {_EAST}", by=_CUTS, needs=("amount",),
        ),
    )  # fmt: skip
    ratios = (
        Ratio(
            "F04", "资金支出进度", over="F04P", under="F01",
            note="截至截止日的支付额除以到位额，按 GB/T 8170 修约到一位小数。",
        ),
    )  # fmt: skip
    cues = ("movement",)
