"""The one select over a version table: what is current or was known, inside a scope, filtered.

Lists, figures and exports all read through it, so that a figure cannot see what a list hides.
Names come from declarations only; what people typed is always a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.words import Many, Ref
from jiedui.site.store.narrowing import narrow
from jiedui.site.store.statement import LARGEST, Where, engine, marks, quoted, relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jiedui.access import Scope
    from jiedui.ledgers import Ledger

__all__ = ["Where", "engine", "ever", "order", "quoted", "relation", "where"]


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
        known = max(0, min(known, LARGEST))
        made.add('"link" <= %s AND ("ended" IS NULL OR "ended" > %s)', known, known)
    _scope(made, ledger, scope)
    if until is not None and ledger.on:
        made.add(f"{quoted(ledger.on)} <= %s", until.isoformat())
    for name, text in (filters or {}).items():
        if text.strip():
            narrow(made, ledger, name, text.strip())
    return made


def ever(ledger: type[Ledger], scope: Scope) -> Where:
    """The condition of every version inside the scope, ended ones too."""
    made = Where()
    _scope(made, ledger, scope)
    return made


def _scope(made: Where, ledger: type[Ledger], scope: Scope) -> None:
    if scope.everywhere or ledger.shared:
        return
    any_of = Where()
    if scope.owners:
        any_of.add(f'"owner" IN ({marks(scope.owners)})', *sorted(scope.owners))
    if "place" in ledger.fields:
        for low, high in scope.places:
            any_of.add('"place" >= %s AND "place" < %s', low, high)
    if "pairing" in ledger.fields:
        _pairings(any_of, ledger, scope)
    terms = " OR ".join(f"({part})" for part in any_of.parts)
    made.add(terms or "1=0", *any_of.values)
    if scope.programmes and "programme" in ledger.fields:
        made.add(f'"programme" IN ({marks(scope.programmes)})', *sorted(scope.programmes))


def _pairings(any_of: Where, ledger: type[Ledger], scope: Scope) -> None:
    if ledger.register:
        if scope.sides:
            any_of.add(f'"pairing" IN ({marks(scope.sides)})', *sorted(scope.sides))
        return
    on = quoted(ledger.on)
    for term in scope.pairings:
        part, values = '"pairing" = %s', list[str | int | bool]([term.pairing])
        for sign, day in ((">=", term.since), ("<=", term.until)):
            if day is not None:
                part += f" AND {on} {sign} %s"
                values.append(day.isoformat())
        any_of.add(part, *values)


def order(ledger: type[Ledger], wanted: str) -> str:
    """The ORDER BY of a list: one declared field, empty ones last, then the newest version."""
    down = wanted.startswith("-")
    name = wanted.lstrip("-")
    declared = ledger.fields.get(name)
    if declared is None or isinstance(declared, Many | Ref) or declared.person:
        return 'v."id" DESC'
    column, way = f"v.{quoted(name)}", "DESC" if down else "ASC"
    return f'{column} IS NULL, {column} {way}, v."id" DESC'
