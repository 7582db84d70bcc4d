"""What money that was handed over proves for the ledger of funds, value by value.

The number of its notice stands in no article and stays open, and so does a stage that the text
does not say. A gift straight to a school, a hospital or a village passes no treasury: the ledger of
funds is not for it, and no other is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.evidence.concerning import programme_in
from jiedui.evidence.days import day_value
from jiedui.evidence.propose import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.evidence.document import Document
    from jiedui.facts import MovementFact
    from jiedui.facts.model import How

__all__ = ["RULES", "fits", "unsure", "values"]

RULES: dict[str, str] = {
    "sum-named": "原文写明的金额",
    "payer-named": "原文写明的给出资金的一方",
    "payee-named": "原文写明的接收资金的一方",
    "place-of-payee": "所属地区取接收资金一方所在地",
    "nature-of-payer": "按给出一方是省级、市区级还是部门判断性质",
    "nature-of-gift": "原文写捐赠，或由社会力量给出",
    "stage-named": "原文写到位、到账或下达",
    "treasury-unsaid": "捐赠没有写明进入财政专户，请核对是否记入本台账",
}
"""Rule id -> what it does, in one line."""

# The ledger's places go down to the county.
_COUNTY = 6


def fits(fact: MovementFact) -> bool:
    """Whether the ledger of funds is for it: the receiver is a place or one of its offices."""
    return fact.receiver.body != "other"


def unsure(fact: MovementFact) -> tuple[str, ...]:
    """Why it may be no entry of the ledger: a gift need not pass the treasury."""
    return ("treasury-unsaid",) if _nature(fact) == "donation" else ()


def values(document: Document, fact: MovementFact) -> Iterator[tuple[str, Value]]:
    """Each field that the money proves."""
    from jiedui.evidence.passages import sentence_at

    sentence = sentence_at(document.text, fact.start, fact.end)
    programme = programme_in(sentence.of(document.text))
    if programme:
        code, first, last = programme
        span = (sentence.start + first, sentence.start + last)
        yield "programme", Value(code, "stated", "programme-named", (span,))
    giver, receiver = fact.giver, fact.receiver
    county = str(receiver.code)[:_COUNTY]
    yield "place", Value(county, "derived", "place-of-payee", (receiver.span,))
    nature = _nature(fact)
    rule = "nature-of-gift" if nature == "donation" else "nature-of-payer"
    yield "nature", Value(nature, "derived", rule, (fact.span,))
    if fact.stage and fact.stage_span:
        yield "stage", Value(fact.stage, "stated", "stage-named", (fact.stage_span,))
    if fact.amount is not None:
        yield "amount", _amount(document, fact)
    day = day_value(document, fact.time)
    if day:
        yield "day", day
    yield "payer", Value(giver.name, giver.how, "payer-named", (giver.span,))
    yield "payee", Value(receiver.name, receiver.how, "payee-named", (receiver.span,))


def _nature(fact: MovementFact) -> str:
    if fact.donated or fact.giver.body == "other":
        return "donation"
    if fact.giver.body == "public" and "财政" not in fact.giver.name:
        return "east-office" if not fact.giver.name.endswith("政府") else _by_level(fact)
    return _by_level(fact)


def _by_level(fact: MovementFact) -> str:
    return "east-province" if fact.giver.code.endswith("0000") else "east-city"


def _amount(document: Document, fact: MovementFact) -> Value:
    from jiedui.ledgers.show import money

    assert fact.amount is not None
    amount = money(fact.amount).replace(",", "")
    start, end = fact.amount_span
    how: How = "stated" if document.text[start:end] == amount else "derived"
    return Value(amount, how, "sum-named", (fact.amount_span,))
