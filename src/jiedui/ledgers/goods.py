"""Goods that were given: how many of what, worth what by whose account.

Shared by the ledgers of donations and of relief. Not money, to which goods are never added.
"""

from __future__ import annotations

from jiedui.ledgers.clauses import Rule, Unknown
from jiedui.ledgers.words import Choice, Choices, Count, Moment, Money, Row, Text


class ValueBasis(Choices):
    """What the value of goods rests on."""

    INVOICE = "invoice", "采购发票"
    CONTRACT = "contract", "采购合同"
    APPRAISAL = "appraisal", "评估"
    MARKET = "market", "市场价"
    GIVER = "giver", "捐赠方申报"


class Goods(Row):
    """One sort of goods: how many of what, and what they are worth and by what account."""

    item = Text("物资", also=("名称", "品名", "物资名称"), required=True)
    quantity = Count("数量")
    counted_in = Text("计量单位", limit=20, note="如 顶、床、箱、吨")
    worth = Money("折价")
    basis = Choice("折价依据", ValueBasis)
    shipped = Moment("发运时刻")
    arrived = Moment("到达时刻")

    rules = (
        Rule(
            "quantity-of-what", "quantity is null or counted_in is not null", "数量要写明计量单位"
        ),
        Rule("worth-by-what", "worth is null or basis is not null", "折价要写明依据"),
        Rule("worth-not-below-zero", "worth >= 0", "折价不能小于零", Unknown.PASS),
        Rule("arrived-before-shipped", "arrived >= shipped", "到达早于发运", Unknown.PASS),
    )
