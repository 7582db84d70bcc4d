"""The one select over a version table: what is current or was known, inside a scope, filtered.

Lists, figures and exports all read through it, so that a figure cannot see what a list hides.
Names come from declarations only; what people typed is always a parameter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import places
from jiedui.ledgers import expressions
from jiedui.ledgers.words import Choice, Date, Many, Place, Ref, Text
from jiedui.site.store.tables import table_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.access import Scope
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their parameters."""

    parts: list[str] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)

    def add(self, part: str, *values: str | int) -> None:
        """One more condition."""
        self.parts.append(part)
        self.values += values

    def sql(self) -> str:
        """The text after WHERE."""
        return " AND ".join(f"({part})" for part in self.parts) or "1=1"


def engine() -> expressions.Engine:
    """The dialect of the store's database."""
    return expressions.Engine(connection.vendor)


def quoted(name: str) -> str:
    """A declared name as an identifier."""
    return f'"{name}"'


def where(
    ledger: type[Ledger],
    scope: Scope,
    *,
    known: int | None = None,
    until: date | None = None,
    filters: Mapping[str, str] | None = None,
) -> Where:
    """The condition of rows: known at a link, inside the scope, on or before a day, filtered."""
    made = Where()
    if known is None:
        made.add('"ended" IS NULL')
    else:
        made.add('"link" <= %s AND ("ended" IS NULL OR "ended" > %s)', known, known)
    _scope(made, ledger, scope)
    if until is not None and ledger.on:
        made.add(f"{quoted(ledger.on)} <= %s", until.isoformat())
    for name, text in (filters or {}).items():
        if text.strip():
            _filter(made, ledger, name, text.strip())
    return made


def _scope(made: Where, ledger: type[Ledger], scope: Scope) -> None:
    if scope.everywhere or ledger.shared:
        return
    any_of = Where()
    if scope.owners:
        any_of.add(f'"owner" IN ({_marks(scope.owners)})', *sorted(scope.owners))
    if "place" in ledger.fields:
        for low, high in scope.places:
            any_of.add('"place" >= %s AND "place" < %s', low, high)
    if "pairing" in ledger.fields:
        _pairings(any_of, ledger, scope)
    terms = " OR ".join(f"({part})" for part in any_of.parts)
    made.add(terms or "1=0", *any_of.values)
    if scope.programmes and "programme" in ledger.fields:
        made.add(f'"programme" IN ({_marks(scope.programmes)})', *sorted(scope.programmes))


def _pairings(any_of: Where, ledger: type[Ledger], scope: Scope) -> None:
    if ledger.register:
        if scope.sides:
            any_of.add(f'"pairing" IN ({_marks(scope.sides)})', *sorted(scope.sides))
        return
    on = quoted(ledger.on)
    for term in scope.pairings:
        part, values = '"pairing" = %s', list[str | int]([term.pairing])
        for sign, day in ((">=", term.since), ("<=", term.until)):
            if day is not None:
                part += f" AND {on} {sign} %s"
                values.append(day.isoformat())
        any_of.add(part, *values)


def _marks(values: frozenset[int] | frozenset[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _filter(made: Where, ledger: type[Ledger], name: str, text: str) -> None:
    if name == "figure":
        _figure(made, ledger, text)
        return
    declared = ledger.fields.get(name)
    if declared is None or isinstance(declared, Many) or declared.person:
        return
    column = quoted(name)
    if isinstance(declared, Place):
        made.add(f"{column} >= %s AND {column} < %s", *places.bounds(places.PlaceCode(text)))
    elif isinstance(declared, Date):
        _period(made, column, text)
    elif isinstance(declared, Text):
        escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        made.add(f"{column} LIKE %s ESCAPE '!'", f"%{escaped}%")
    else:
        _equal(made, column, declared, text)


def _equal(made: Where, column: str, declared: Field, text: str) -> None:
    if isinstance(declared, Choice):
        made.add(f"{column} = %s", text)
    elif text.isascii() and text.lstrip("-").isdigit() and len(text) <= 19:
        made.add(f"{column} = %s", int(text))
    else:
        made.add("1=0")


def _figure(made: Where, ledger: type[Ledger], code: str) -> None:
    """Restrict to the rows that an indicator counts: the figure's number opens on these."""
    for indicator in ledger.indicators:
        if indicator.code == code:
            if indicator.where:
                compiled = ledger.expression(indicator.where, aggregate=False, where=code)
                made.add(compiled.sql(engine()).replace("%", "%%"))
            return
    made.add("1=0")


def _period(made: Where, column: str, text: str) -> None:
    """A year, a month, a day, or two of them with `..` between."""
    first, _, last = text.partition("..")
    low, high = _ends(first or last), _ends(last or first)
    if low is None or high is None:
        made.add("1=0")
        return
    if first or not last:
        made.add(f"{column} >= %s", low[0].isoformat())
    if last or ".." not in text:
        made.add(f"{column} <= %s", high[1].isoformat())


def _ends(text: str) -> tuple[date, date] | None:
    """The first and last day of "2024", "2024-05" or "2024-05-21"."""
    try:
        numbers = [int(part) for part in text.strip().split("-")]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
        first = date(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1)
    except (ValueError, IndexError):
        return None
    if len(numbers) == 3:
        return first, first
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def order(ledger: type[Ledger], wanted: str) -> str:
    """The ORDER BY of a list: one declared field, empty ones last, then the newest version."""
    down = wanted.startswith("-")
    name = wanted.lstrip("-")
    declared = ledger.fields.get(name)
    if declared is None or isinstance(declared, Many | Ref) or declared.person:
        return 'v."id" DESC'
    column, way = f"v.{quoted(name)}", "DESC" if down else "ASC"
    return f'{column} IS NULL, {column} {way}, v."id" DESC'


def relation(ledger: type[Ledger]) -> str:
    """The version table as an identifier."""
    return quoted(table_name(ledger.name))
