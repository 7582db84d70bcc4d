"""Hypothesis makes values and raw cells for any ledger, from its declaration."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from jiedui import places
from jiedui.ledgers.personal import is_credit_code, looks_personal
from jiedui.ledgers.show import is_month
from jiedui.ledgers.words import (
    Choice,
    Count,
    Date,
    Field,
    Flag,
    Many,
    Moment,
    Money,
    Place,
    Ref,
    Text,
)

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger

DAY = date(2024, 5, 21)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WORDS = "示例甲乙丙市县（一）abc XYZ　·0123é"
# What people and programs have put into cells, and what only an attacker would.
ODD = st.sampled_from(
    [
        *("", " ", "\x00", "\ud800", "\udfff\ud83d", "\u202e", "\ufeff", "\\", "{}", "[]"),
        *("²", "①", "½", "١٢", "1,2OO", "12.5万", "10" * 40, "-", "--1", "1e9", "NaN", "inf"),
        *("=1+1", "@SUM(A1)", "' OR 1=1 --", "%s%d%n", "{label}", "{0}", "true", "是"),
        *("🔒", "🔒" + "a" * 32, "🔒" + "A" * 32, "11010519491231002X"),
        *("2024-02-30", "0000-00-00", "9999-99-99", "20240230"),
        *("朝阳区", "市中区", "米林县", "540422"),
        *("亿元", ".5元", "0.001元", "-0元", "99999999999999999999亿元"),
    ]
)
CELL = st.one_of(st.none(), ODD, st.text(max_size=30), st.text(WORDS, max_size=12))


@cache
def codes() -> tuple[str, ...]:
    """Every place that is one on that day and still."""
    known = ((code, places.get(code, DAY)) for _, code in places.names())
    return tuple(sorted({code for code, place in known if place and place.until is None}))


def text(limit: int) -> st.SearchStrategy[str]:
    """Words as a field keeps them: composed, trimmed, without personal numbers."""
    trimmed = st.text(WORDS, min_size=1, max_size=min(limit, 20)).map(
        lambda made: unicodedata.normalize("NFC", made).strip()
    )
    return trimmed.filter(lambda made: bool(made) and not looks_personal(made))


def credit_code(body: str) -> str:
    """The code whose first seventeen characters these are."""
    return next(body + last for last in CREDIT if is_credit_code(body + last))


def value(field: Field) -> st.SearchStrategy[Any]:
    """A value of the field that is not empty."""
    plain: dict[type[Field], st.SearchStrategy[Any]] = {
        Money: st.integers(-Money.high, Money.high),
        Date: DAYS,
        Moment: st.builds("{}T{:%H:%M}".format, DAYS, st.times()),
        Flag: st.booleans(),
        Place: st.sampled_from(codes()),
        Ref: st.integers(0, 2**63 - 1),
    }
    if isinstance(field, Text) and field.credit:
        return (
            st.text(CREDIT, min_size=17, max_size=17)
            .map(credit_code)
            .filter(lambda made: not looks_personal(made))
        )
    if isinstance(field, Text):
        return text(field.limit)
    if is_month(field):
        return DAYS.map(lambda day: day.replace(day=1))
    if isinstance(field, Count):
        return st.integers(field.low, field.high)
    if isinstance(field, Choice):
        return st.sampled_from(list(field.choices))
    if not isinstance(field, Many):
        return plain[type(field)]
    parts: dict[bool, dict[str, st.SearchStrategy[Any]]] = {True: {}, False: {}}
    for name, inner in field.fields.items():
        parts[needed(field, inner)][name] = value(inner)
    rows = st.fixed_dictionaries(parts[True], optional=parts[False]).filter(bool)
    return st.lists(rows, min_size=int(field.required), max_size=3).map(tuple)


def needed(field: Many, inner: Field) -> bool:
    return inner.required or field.single


def values(ledger: type[Ledger]) -> st.SearchStrategy[dict[str, Any]]:
    """The values of an entry, as `check` gives them."""
    made: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in ledger.fields.items():
        if field.typed:
            # Places are those of the ledger's day.
            on = DAY.replace(day=1) if is_month(field) else DAY
            one = st.just(on) if name == ledger.on else value(field)
            made[name] = one if field.required or isinstance(field, Many) else st.none() | one
    return st.fixed_dictionaries(made)


def cells(ledger: type[Ledger]) -> st.SearchStrategy[dict[str, Any]]:
    """Raw cells as nobody should bring them: any text anywhere, known columns and others."""
    columns = st.sampled_from(["value", "name", "place", "due", "what"]) | st.text(max_size=4)
    row = st.dictionaries(columns, CELL, max_size=3)
    names = st.sampled_from(list(ledger.fields)) | st.text(max_size=6)
    return st.dictionaries(names, CELL | st.lists(row, max_size=3), max_size=12)
