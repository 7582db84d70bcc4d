"""Figures counted inside the store, over the same scoped select that lists read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from jiedui import indicators, places
from jiedui.access import Role, Verb, Viewer, may
from jiedui.problems import named, said
from jiedui.site.store import reading, rows, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.access import Scope
    from jiedui.indicators import Declared, Figure


def figures(  # a figure is asked for in these ways, each by name
    codes: Sequence[str] | None,
    viewer: Viewer,
    *,
    pairing: int | None = None,
    by: Sequence[str] = (),
    until: date | None = None,
    known: int | None = None,
    filters: Mapping[str, str] | None = None,
    head: str = "",
) -> list[Figure]:
    """The figures of these indicators, or of all, over what the viewer may see.

    One statement, or with cuts one a ledger and date field. `until` takes what happened on or
    before a day, `known` what was in the book at a link; `filters` narrow as those of a list do.
    With the digest of the book's `head` the same question is counted once until the next link.
    Raises `IndicatorError` for a cut that an indicator was not declared for.
    """
    if not may(viewer, Verb.READ):
        return []
    narrowed = dict(filters or {}) | ({"pairing": str(pairing)} if pairing else {})
    asked = _Asked(
        tuple(codes if codes is not None else indicators.declared()), viewer.scope,
        scope_words(viewer, pairing), tuple(by), until, known, tuple(sorted(narrowed.items())),
        timezone.localdate(),
    )  # fmt: skip
    return list(_remembered(asked, head)) if head else _figures(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that figures depend on, but for what is in the book."""

    codes: tuple[str, ...]
    scope: Scope
    words: str
    by: tuple[str, ...]
    until: date | None
    known: int | None
    filters: tuple[tuple[str, str], ...]
    today: date


@lru_cache(maxsize=512)
def _remembered(asked: _Asked, _head: str) -> tuple[Figure, ...]:
    # The head of the chain stands for the whole book, in which nothing is written without a link.
    return tuple(_figures(asked))


def _figures(of: _Asked) -> list[Figure]:
    wanted = [indicators.declared()[code] for code in of.codes]
    if not wanted:
        return []
    by, until, known, narrowed = of.by, of.until, of.known, dict(of.filters)
    found: dict[str, list[Figure]] = {}
    days: list[date | None] = []
    asked_all = indicators.statements(wanted)
    statements: list[_Statement] = []
    for asked in asked_all:
        day: date | None = until
        narrow: Mapping[str, str] = narrowed
        if asked[0].stock:
            day, narrow = _day_of_stock(until, narrowed, of.today)
        condition = select.where(asked[0].ledger, of.scope, known=known, filters=narrow)
        if day is not None:
            text, times = indicators.until(asked[0], "%s")
            condition.add(text, *[day.isoformat()] * times)
        days.append(day)
        statements.append(_statement(asked, by, condition))
    answers = _each(statements) if by else _at_once(statements)
    for asked, day, rows_found in zip(asked_all, days, answers, strict=True):
        at = indicators.AsOf(of.words, day, known)
        for figure in indicators.figures(asked, by, rows_found, at):
            found.setdefault(figure.indicator, []).append(figure)
    return [figure for one in wanted for figure in found.get(one.code, [])]


def years(
    viewer: Viewer, *, pairing: int | None = None, known: int | None = None, head: str = ""
) -> list[int]:
    """The years in which a viewer's entries that indicators count fall, earliest first.

    `head` is that of `figures`.
    """
    if not may(viewer, Verb.READ):
        return []
    asked = viewer.scope, pairing, known
    return list(_years_remembered(*asked, head)) if head else _years(*asked)


@lru_cache(maxsize=512)
def _years_remembered(
    scope: Scope, pairing: int | None, known: int | None, _head: str
) -> tuple[int, ...]:
    return tuple(_years(scope, pairing, known))


def _years(scope: Scope, pairing: int | None, known: int | None) -> list[int]:
    texts: list[str] = []
    values: list[str | int | bool | bytes] = []
    for ledger in dict.fromkeys(one.ledger for one in indicators.declared().values()):
        if "year" in ledger.fields:
            filters = {"pairing": str(pairing)} if pairing else {}
            condition = select.where(ledger, scope, known=known, filters=filters)
            relation = select.relation(ledger)
            texts.append(f'SELECT "year" FROM {relation} WHERE {condition.sql()}')
            values += condition.values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(texts), values)
        return sorted(int(row[0]) for row in cursor.fetchall() if row[0] is not None)


def _day_of_stock(
    until: date | None, narrowed: Mapping[str, str], today: date
) -> tuple[date, Mapping[str, str]]:
    """The day that a stock is of, and its filters: who came in an earlier year is still there.

    Without a day asked for it is today, or the end of the year asked for when that is past.
    """
    kept = {name: text for name, text in narrowed.items() if name != "year"}
    day = until or today
    year = narrowed.get("year", "")
    if year.isdecimal() and len(year) == 4 and until is None:
        day = min(day, date(int(year), 12, 31))
    return day, kept


@dataclass(frozen=True, slots=True)
class _Statement:
    """A query with its parameters, and how many columns it answers."""

    text: str
    values: Sequence[str | int | bool | bytes]
    width: int


def _statement(asked: Sequence[Declared], by: Sequence[str], condition: select.Where) -> _Statement:
    ledger = asked[0].ledger
    # Not the whole row: a measure sees the ledger's own columns and nothing of the book's.
    own = ", ".join(select.quoted(name) for name in rows.columns(ledger)[len(rows.OWN) :])
    scoped = f"SELECT {own} FROM {select.relation(ledger)} WHERE {condition.sql()}"
    text = f"WITH {select.quoted(ledger.name)} AS ({scoped})\n"
    text += indicators.query(asked, by, select.engine())
    return _Statement(text, condition.values, len(by) + len(indicators.PARTS) * len(asked))


def _each(statements: Sequence[_Statement]) -> list[Sequence[Sequence[object]]]:
    found = []
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one.text, one.values)
            found.append(cursor.fetchall())
    return found


def _at_once(statements: Sequence[_Statement]) -> list[Sequence[Sequence[object]]]:
    """The answers of statements without cuts, one row each, asked for as one row."""
    texts = ", ".join(f"({one.text}) AS q{number}" for number, one in enumerate(statements))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {texts}", [v for one in statements for v in one.values])
        row = cursor.fetchone()
    found: list[Sequence[Sequence[object]]] = []
    start = 0
    for one in statements:
        found.append([row[start : start + one.width]])
        start += one.width
    return found


def scope_words(viewer: Viewer, pairing: int | None) -> str:
    """In words, which entries a viewer's figures are of."""
    if viewer.scope.everywhere:
        words = said("全部单位的记录")
    elif viewer.role is Role.CLERK:
        words = said("{office}填报的记录", office=viewer.office_name)
    elif viewer.role is Role.PARTNER:
        words = said("与{office}结对、在有效期内的记录", office=viewer.office_name)
    else:
        name = places.full_name(places.PlaceCode(viewer.place))
        words = said("{place}各单位的记录", place=named("place", viewer.place, name))
    if pairing is None:
        return words
    found = reading.labels(viewer, [("pairings", pairing)])
    label = found.get(("pairings", pairing), "")
    return said("{scope}；结对：{pairing}", scope=words, pairing=label)
