"""What aid told of in a text proves for the ledger of relief, value by value.

What the text does not say is not filled in: an amount that is not written is open, and so is the
day of a disaster of which only the year is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiedui.evidence.days import day_value, published
from jiedui.evidence.propose import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.evidence.document import Document
    from jiedui.facts import AidFact, TimeFact
    from jiedui.facts.model import How

__all__ = ["RULES", "missing", "values"]

RULES: dict[str, str] = {
    "event-named": "原文写明的灾害，前面带受灾地和震级",
    "hazard-named": "按灾害的名称判断类型",
    "day-of-event": "与灾害同句写明的日期",
    "year-of-event": "原文只写年份，或写“去年”“今年”，按发布日期推定",
    "place-struck": "受灾地取灾害之前的行政区划",
    "magnitude-named": "原文写明的震级",
    "giver-named": "句首写明的援助一方",
    "receiver-struck": "受援方取受灾地",
    "funds-named": "原文写明提供资金；没有金额的，金额留空",
    "goods-named": "原文写明的物资；没有数量、折价的留空",
    "teams-named": "原文写明的队伍；没有人数的留空",
}
"""Rule id -> what it does, in one line."""

# The ledger's places go down to the county; the site may be a town.
_COUNTY = 6


def values(document: Document, fact: AidFact) -> Iterator[tuple[str, Value]]:
    """Each field that the aid proves."""
    struck = fact.struck
    yield "event", _event(document, fact)
    yield "hazard", Value(struck.hazard, "derived", "hazard-named", (struck.span,))
    if struck.time:
        yield from _when(document, struck.time)
    if struck.code and struck.place_span:
        cited = (struck.place_span,)
        county = str(struck.code)[:_COUNTY]
        yield "place", Value(county, "derived", "place-struck", cited)
        yield "event_place", Value(str(struck.code), "derived", "place-struck", cited)
        yield "receiver", Value(_name(county), "derived", "receiver-struck", cited)
    if struck.magnitude and struck.magnitude_span:
        size = f"{struck.magnitude}级"
        yield "magnitude", Value(size, "stated", "magnitude-named", (struck.magnitude_span,))
    giver = _name(str(fact.giver))
    how: How = "stated" if giver == fact.giver_name else "derived"
    yield "giver", Value(giver, how, "giver-named", (fact.giver_span,))
    yield from _given(document, fact)


def missing(fact: AidFact) -> tuple[str, ...]:
    """The fields, and cells of child rows, whose numbers the text leaves out."""
    amounts = [one.count for one in fact.funds]
    found = ["funds"] if amounts and None in amounts else []
    if any(one.count is None for one in fact.goods):
        found.append("goods.quantity")
    # No text of the genre says by what account goods are worth what it says.
    found += ["goods.worth"] if fact.goods else []
    found += ["teams.persons"] if any(one.count is None for one in fact.teams) else []
    return tuple(found)


def _name(code: str) -> str:
    from jiedui import places

    found = places.get(places.PlaceCode(code))
    return found.name if found else code


def _event(document: Document, fact: AidFact) -> Value:
    from jiedui.restore import simplified

    start, end = fact.struck.span
    as_written = simplified(document.text[start:end]) == fact.struck.name
    how: How = "stated" if as_written else "derived"
    return Value(fact.struck.name, how, "event-named", (fact.struck.span,))


def _when(document: Document, time: TimeFact) -> Iterator[tuple[str, Value]]:
    if time.days is None:
        return
    cited = (time.span, *(() if time.how == "stated" else published(document)))
    if time.grain == "day" and time.days[0] == time.days[1]:
        if time.first is None:
            day = day_value(document, time)
            assert day is not None
            yield "happened", day
        else:
            yield "happened", Value(time.first.isoformat(), time.how, "day-of-event", cited)
    if time.first and time.last and time.first.year == time.last.year:
        yield "event_year", Value(time.first.year, time.how, "year-of-event", cited)


def _given(document: Document, fact: AidFact) -> Iterator[tuple[str, Value]]:
    for field, rule, given in (
        ("gave_funds", "funds-named", fact.funds),
        ("gave_goods", "goods-named", fact.goods),
        ("gave_teams", "teams-named", fact.teams),
    ):
        if given:
            spans = tuple(one.span for one in given)
            yield field, Value(value=True, how="stated", rule=rule, citations=spans)
    exact = [one.count for one in fact.funds if one.count is not None]
    if exact and len(exact) == len(fact.funds):
        spans = tuple(one.span for one in fact.funds)
        amount = _yuan(sum(exact))
        as_written = document.text[spans[0][0] : spans[0][1]] == amount
        how: How = "stated" if len(exact) == 1 and as_written else "derived"
        yield "funds", Value(amount, how, "funds-named", spans)
    if fact.goods:
        rows: list[dict[str, Any]] = [
            {"item": one.what, "quantity": one.count,
             "counted_in": one.unit if one.count is not None else None}
            for one in fact.goods
        ]  # fmt: skip
        spans = tuple(one.span for one in fact.goods)
        yield "goods", Value(rows, "stated", "goods-named", spans)
    if fact.teams:
        rows = [{"organisation": one.what, "persons": one.count} for one in fact.teams]
        yield "teams", Value(rows, "stated", "teams-named", tuple(one.span for one in fact.teams))


def _yuan(fen: int) -> str:
    """An amount as its field reads it."""
    from jiedui.ledgers.show import money

    return money(fen).replace(",", "")
