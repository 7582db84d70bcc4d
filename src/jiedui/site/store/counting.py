"""Figures counted inside the store, over the same scoped select that lists read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from jiedui import indicators, places
from jiedui.access import Role, Verb, Viewer, may
from jiedui.problems import named, said
from jiedui.site.store import reading, rows, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
) -> list[Figure]:
    """The figures of these indicators, or of all, over what the viewer may see.

    One statement, or with cuts one a ledger and date field. `until` takes what happened on or
    before a day, `known` what was in the book at a link; `filters` narrow as those of a list do.
    Raises `IndicatorError` for a cut that an indicator was not declared for.
    """
    declared = indicators.declared()
    wanted = [declared[code] for code in (codes if codes is not None else declared)]
    if not wanted or not may(viewer, Verb.READ):
        return []
    scope = scope_words(viewer, pairing)
    narrowed = dict(filters or {}) | ({"pairing": str(pairing)} if pairing else {})
    found: dict[str, list[Figure]] = {}
    days: list[date | None] = []
    asked_all = indicators.statements(wanted)
    statements: list[_Statement] = []
    for asked in asked_all:
        day, narrow = _day_of_stock(until, narrowed) if asked[0].stock else (until, narrowed)
        condition = select.where(asked[0].ledger, viewer.scope, known=known, filters=narrow)
        if day is not None:
            text, times = indicators.until(asked[0], "%s")
            condition.add(text, *[day.isoformat()] * times)
        days.append(day)
        statements.append(_statement(asked, by, condition))
    answers = _each(statements) if by else _at_once(statements)
    for asked, day, rows_found in zip(asked_all, days, answers, strict=True):
        at = indicators.AsOf(scope, day, known)
        for figure in indicators.figures(asked, by, rows_found, at):
            found.setdefault(figure.indicator, []).append(figure)
    return [figure for one in wanted for figure in found.get(one.code, [])]


def years(viewer: Viewer, *, pairing: int | None = None, known: int | None = None) -> list[int]:
    """The years in which a viewer's entries that indicators count fall, earliest first."""
    if not may(viewer, Verb.READ):
        return []
    texts: list[str] = []
    values: list[str | int | bool | bytes] = []
    for ledger in dict.fromkeys(one.ledger for one in indicators.declared().values()):
        if "year" in ledger.fields:
            filters = {"pairing": str(pairing)} if pairing else {}
            condition = select.where(ledger, viewer.scope, known=known, filters=filters)
            relation = select.relation(ledger)
            texts.append(f'SELECT "year" FROM {relation} WHERE {condition.sql()}')
            values += condition.values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(texts), values)
        return sorted(int(row[0]) for row in cursor.fetchall() if row[0] is not None)


def _day_of_stock(
    until: date | None, narrowed: Mapping[str, str]
) -> tuple[date, Mapping[str, str]]:
    """The day that a stock is of, and its filters: who came in an earlier year is still there.

    Without a day asked for it is today, or the end of the year asked for when that is past.
    """
    kept = {name: text for name, text in narrowed.items() if name != "year"}
    day = until or timezone.localdate()
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
