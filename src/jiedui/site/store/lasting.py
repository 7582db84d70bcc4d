"""Stocks that fell without an event: confirmed entries withdrawn before any day on which they end.

For who may look into what was; the rule is `clauses.Lasting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from jiedui.site.store import select

if TYPE_CHECKING:
    from jiedui.access import Scope
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.declare import Lasting

__all__ = ["gone", "text"]

# The same event entered again, by whoever owned it.
_AGAIN = (
    'SELECT {what} FROM {table} c WHERE c."owner" = v."owner" AND c."identity" = v."identity" '
    'AND c."entry" <> v."entry" AND c."link" > v."link" AND c."ended" IS NULL'
)


def text(
    ledger: type[Ledger], rule: Lasting, scope: Scope, *, again: bool = False
) -> tuple[str, list[str | int | bool | bytes]]:
    """The last versions of entries that are gone, and the link of what was entered `again` since.

    Columns: entry, version, owner, the link that ended it, and that of the entry that stands for
    it, NULL where there is none and only those are wanted.
    """
    table = select.relation(ledger)
    condition = select.ever(ledger, scope)
    condition.add('"ended" IS NOT NULL')
    condition.add(f"{select.quoted(rule.ends)} IS NULL")
    stands = _AGAIN.format(what="1", table=table)
    first = _AGAIN.format(what='MIN(c."link")', table=table)
    # The last version of its entry, which was confirmed once.
    asked = (
        f'SELECT v."entry", v."id", v."owner", v."ended", {f"({first})" if again else "NULL"} '
        f"FROM (SELECT * FROM {table} WHERE {condition.sql()}) v "
        f'WHERE NOT EXISTS (SELECT 1 FROM {table} n WHERE n."entry" = v."entry" '
        'AND n."link" > v."link") '
        f'AND EXISTS (SELECT 1 FROM {table} k WHERE k."entry" = v."entry" '
        """AND k."state" = 'confirmed') """
        f"AND {'EXISTS' if again else 'NOT EXISTS'} ({stands})"
    )
    return asked, list(condition.values)


def gone(
    ledger: type[Ledger], rule: Lasting, scope: Scope, *, again: bool = False
) -> list[tuple[int, int, int, int, int | None]]:
    """The rows of `text`, by entry."""
    asked, values = text(ledger, rule, scope, again=again)
    with connection.cursor() as cursor:
        cursor.execute(f'{asked} ORDER BY v."entry"', values)
        return [tuple(row) for row in cursor.fetchall()]
