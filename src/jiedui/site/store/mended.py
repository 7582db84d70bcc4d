"""Findings that were and are no more, told from the book alone: nobody keeps a list of them.

Every version stays with the link that wrote it and the one that ended it, so a rule is asked of the
rows of each group as they stood after every link that touched the group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers
from jiedui.access import Verb, Viewer, may
from jiedui.ledgers.clauses import Against, Lasting
from jiedui.site.store import between, chain, lasting, select
from jiedui.site.store.between import own

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from jiedui.access import Scope
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.declare import Across

__all__ = ["Mended", "mended"]

# The versions of a ledger under a name of their own, and those that a link left standing.
_STANDING = 's."link" <= m."moment" AND (s."ended" IS NULL OR s."ended" > m."moment")'


@dataclass(frozen=True, slots=True)
class Mended:
    """A group of entries that broke a rule until a link came after which it does not.

    `entries` are those that broke it last; `found` and `mended` are the days of the links.
    """

    rule: Across | Against | Lasting
    values: tuple[str, ...]
    entries: tuple[int, ...]
    found: datetime
    mended: datetime


def mended(ledger: type[Ledger], viewer: Viewer, head: str) -> list[Mended]:
    """Every finding among the entries that a viewer sees that once was, the last mended first.

    As findings are, they are told within the viewer's scope; the book with one `head` is asked
    once. None for who may not look into the history.
    """
    allowed = may(viewer, Verb.READ) and may(viewer, Verb.HISTORY)
    return list(_mended(ledger.name, viewer.scope, head)) if allowed else []


@lru_cache(maxsize=128)
def _mended(name: str, scope: Scope, _head: str) -> tuple[Mended, ...]:
    ledger = ledgers.ledgers()[name]
    told = [(rule, row) for rule in ledger.sought() for row in _asked(ledger, rule, scope)]
    days = chain.days({link for _, (_, first, last, _) in told for link in (first, last)})
    told.sort(key=lambda pair: -pair[1][2])
    return tuple(
        Mended(rule, between.masked(ledger, rule.by, values), entries, days[first], days[last])
        for rule, (values, first, last, entries) in told
    )


def _asked(
    ledger: type[Ledger], rule: Across | Against | Lasting, scope: Scope
) -> list[tuple[tuple[str, ...], int, int, tuple[int, ...]]]:
    """The groups that broke a rule and do not now: what they share, from which link, until which.

    And the entries that broke it last.
    """
    if isinstance(rule, Lasting):
        back = lasting.gone(ledger, rule, scope, again=True)
        return [((), ended, again or ended, (entry,)) for entry, _, _, ended, again in back]
    ctes, values = _history(ledger, rule, scope)
    by = list(map(select.quoted, rule.by))
    same = " AND ".join(f"m.{one} = l.{one}" for one in by)
    there = " AND ".join(f"s.{one} = m.{one}" for one in by)
    text = (
        f"{ctes}, jd_last AS (SELECT {', '.join(by)}, MIN(moment) AS first, MAX(moment) AS last "
        f"FROM jd_broken GROUP BY {', '.join(by)}), "
        f"jd_mended AS (SELECT {_of('l', by)}, l.first, l.last AS moment, MIN(m.moment) AS mended "
        f"FROM jd_last l JOIN jd_moments m ON {same} AND m.moment > l.last "
        f"GROUP BY {_of('l', by)}, l.first, l.last) "
        f"SELECT m.first, m.mended, s.entry, {_of('m', by)} FROM jd_mended m JOIN jd_seen s "
        f'ON {there} AND {_STANDING} ORDER BY {_of("m", by)}, s."entry"'
    )
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        answer = cursor.fetchall()
    groups: dict[tuple[tuple[str, ...], int, int], list[int]] = {}
    for first, last, entry, *shared in answer:
        groups.setdefault((tuple(map(str, shared)), first, last), []).append(entry)
    return [(*group, tuple(entries)) for group, entries in groups.items()]


def _history(
    ledger: type[Ledger], rule: Across | Against, scope: Scope
) -> tuple[str, list[str | int | bool | bytes]]:
    """The versions seen, the links that touched each group, and after which it broke the rule."""
    by = list(map(select.quoted, rule.by))
    if not isinstance(rule, Against):
        seen, values = _seen("jd_seen", ledger, rule.by, scope)
        standing = _rows(ledger, "jd_seen", by, by)
        holds = ledger.over_rows(rule).sql(select.engine())
        listed = f"{', '.join(by)}, moment"
        broken = f"SELECT {listed} FROM {standing} GROUP BY {listed} HAVING NOT ({holds})"
        return _joined(seen, _moments([("jd_seen", by)], by), broken), values
    other, theirs_by = ledgers.ledgers()[rule.other], list(map(select.quoted, rule.theirs_by))
    seen, values = _seen("jd_seen", ledger, rule.by, scope)
    more, further = _seen("jd_other", other, rule.theirs_by, scope)
    ours = _measured(ledger, "jd_seen", by, by, rule.ours, rule.name)
    theirs = _measured(other, "jd_other", theirs_by, by, rule.theirs, rule.name)
    same = " AND ".join(f"o.{one} = t.{two}" for one, two in zip(by, theirs_by, strict=True))
    broken = (
        f"SELECT {_of('o', by)}, o.moment FROM ({ours}) o JOIN ({theirs}) t "
        f"ON {same} AND o.moment = t.moment WHERE NOT (o.measured {rule.sign} t.measured)"
    )
    moments = _moments([("jd_seen", by), ("jd_other", theirs_by)], by)
    return _joined(f"{seen}, {more}", moments, broken), [*values, *further]


def _joined(seen: str, moments: str, broken: str) -> str:
    return f"WITH {seen}, {moments}, jd_broken AS ({broken})"


def _seen(
    name: str, ledger: type[Ledger], names: Sequence[str], scope: Scope
) -> tuple[str, list[str | int | bool | bytes]]:
    """Every version inside the scope that belongs to a group."""
    condition = select.ever(ledger, scope)
    for column in map(select.quoted, names):
        condition.add(f"{column} IS NOT NULL")
    text = f"{name} AS (SELECT * FROM {between.seen(ledger, names)} AS v WHERE {condition.sql()})"
    return text, condition.values


def _moments(tables: Sequence[tuple[str, Sequence[str]]], by: Sequence[str]) -> str:
    """The links after which a group may be another, of groups that more than one touched.

    What one link wrote and none touched since can have been mended by nobody.
    """
    parts = [
        f"SELECT {_as(columns, by)}, {link} AS moment FROM {table} WHERE {link} IS NOT NULL"
        for table, columns in tables
        for link in ('"link"', '"ended"')
    ]
    same = " AND ".join(f"m.{one} = g.{one}" for one in by)
    listed = ", ".join(by)
    return (
        f"jd_every AS ({' UNION '.join(parts)}), "
        f"jd_moments AS (SELECT m.* FROM jd_every m JOIN (SELECT {listed} FROM jd_every "
        f"GROUP BY {listed} HAVING COUNT(*) > 1) g ON {same})"
    )


def _rows(ledger: type[Ledger], table: str, columns: Sequence[str], by: Sequence[str]) -> str:
    """A ledger's own columns of the rows of each group as they stood at each of its moments."""
    same = " AND ".join(f"s.{one} = m.{two}" for one, two in zip(columns, by, strict=True))
    return (
        f"(SELECT m.moment, {_of('s', own(ledger))} FROM jd_moments m JOIN {table} s "
        f"ON {same} AND {_STANDING}) AS {select.quoted(ledger.name)}"
    )


def _measured(
    ledger: type[Ledger],
    table: str,
    columns: Sequence[str],
    by: Sequence[str],
    measure: str,
    rule: str,
) -> str:
    measured = ledger.measured(measure, rule).sql(select.engine())
    listed = ", ".join(columns)
    return (
        f"SELECT {listed}, moment, {measured} AS measured "
        f"FROM {_rows(ledger, table, columns, by)} GROUP BY {listed}, moment"
    )


def _of(table: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


def _as(columns: Sequence[str], names: Sequence[str]) -> str:
    return ", ".join(f"{one} AS {two}" for one, two in zip(columns, names, strict=True))
