"""One stored version against itself and against what the chain says of it.

Reads columns as they are stored, before a driver makes anything of them: a day written in
another way, or a flag that is 2, would count otherwise in the database than it reads here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui.ledgers import canon
from jiedui.site.store import rows
from jiedui.site.store.statement import quoted, relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.ledgers import Ledger, Value, Values
    from jiedui.site.store.claims import OfLedger, Range

_BATCH = 2000
_FLAGS = {0: False, 1: True, None: None}


def stored_rows(ledger: type[Ledger]) -> Iterator[dict[str, Any]]:
    """Every version of a ledger in the order of ids, its columns as they are stored."""
    names = rows.columns(ledger)
    listed = ", ".join(_bare(ledger, name) for name in names)
    last = -(1 << 63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {listed} FROM {relation(ledger)} WHERE id > %s ORDER BY id LIMIT {_BATCH}",
                [last],
            )
            found = cursor.fetchall()
        for row in found:
            yield dict(zip(names, row, strict=True))
        if len(found) < _BATCH:
            return
        last = int(found[-1][0])


def _bare(ledger: type[Ledger], name: str) -> str:
    """A column out of reach of SQLite's converters, which are chosen by its declared type."""
    declared = ledger.fields.get(name)
    bare = declared and declared.kind in {"date", "flag"} and connection.vendor == "sqlite"
    # The sign changes nothing, not even the value's type; an expression has no declared one.
    return f"+{quoted(name)}" if bare else quoted(name)


def values(ledger: type[Ledger], row: dict[str, Any]) -> dict[str, Value]:
    """A version's values; flags that SQLite keeps as numbers become flags in `row` too.

    Raises ValueError, TypeError or KeyError when a column cannot be what it is.
    """
    if connection.vendor == "sqlite":
        for name, declared in ledger.fields.items():
            if declared.kind == "flag":
                row[name] = _FLAGS[row[name]]
    return rows.decode(ledger, row)


def place_fault(row: Mapping[str, Any], said: OfLedger, claim: Range | None) -> str:
    """Why a version does not stand in the chain as the chain says; empty when it does."""
    if claim is None:
        return "没有一笔入账写过它"
    if row["link"] != claim.link:
        return f"应属第 {claim.link} 笔入账，现写作第 {row['link']} 笔"
    if row["declaration"] != claim.declaration:
        return "所记的台账定义与入账时不同"
    ended = said.ended.get(row["id"])
    if row["ended"] != ended:
        return f"终止它的应是第 {ended or '（无）'} 笔入账，现写作 {row['ended']}"
    return ""


def content_fault(ledger: type[Ledger], row: Mapping[str, Any], held: Values) -> str:
    """Why a version's values are not those that its digest was made of; empty when they are.

    Raises ValueError or TypeError when a value has no canonical form.
    """
    names = rows.columns(ledger)[len(rows.OWN) :]
    if rows.encode(ledger, held) != [_stored(row[name]) for name in names]:
        return "内容的写法与入账时不同"
    made = canon.digest(ledger.name, row["entry"], held), rows.identity(ledger, held)
    kept = rows.raw(row["digest"]), rows.raw(row["identity"])
    return "" if made == kept else "内容与入账时的摘要不符"


def _stored(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def missing(ledger: type[Ledger], claim: Range, limit: int = 100) -> list[str]:
    """The ids of a range that are not in the table, at most so many by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {relation(ledger)} WHERE id BETWEEN %s AND %s ORDER BY id",
            [claim.first, min(claim.last, (1 << 63) - 1)],
        )
        there = {int(row[0]) for row in cursor.fetchall()}
    found: list[str] = []
    for number in range(claim.first, claim.last + 1):
        if len(found) == limit:
            return [*found, f"{number}–{claim.last}"]
        if number not in there:
            found.append(str(number))
    return found
