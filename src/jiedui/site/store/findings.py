"""Findings (疑点): what is true of several entries that each keep the rules, asked of the book.

Nothing is changed and nothing refused; a rule over rows names what people should look at. What
people said of one is `explaining`, what became of one `mended`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers
from jiedui.access import Verb, Viewer, may
from jiedui.ledgers import canon
from jiedui.ledgers.clauses import Against, Lasting
from jiedui.site.store import between, explained, lasting, select
from jiedui.site.store.between import own

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.access import Scope
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.declare import Across
    from jiedui.site.store.explained import Explanation


@dataclass(frozen=True, slots=True)
class Finding:
    """One group of entries for which a rule over rows came out false.

    `values` are those of the fields that the rule groups by, as stored, a name masked; `entries`
    the ids of the entries that the viewer may see, by which alone it was judged, `owners` whose
    they are.
    `measured` are the two sides of a rule over two ledgers. `key` is a hash of all that was found,
    the versions of the entries among it: it is another once one of them is written anew.
    `explanation` is what people said of this very finding, None while it is open.
    """

    rule: Across | Against | Lasting
    values: tuple[str, ...]
    entries: tuple[int, ...]
    owners: frozenset[int]
    key: str
    measured: tuple[str, ...] = ()
    explanation: Explanation | None = None


def findings(ledger: type[Ledger], viewer: Viewer) -> list[Finding]:
    """Every finding among the current entries that a viewer may see, rule by rule.

    A rule that comes out NULL has nothing to compare, and entries that lack a field by which
    they are grouped belong to no group: neither is a finding. What is gone is told to who may look
    into what was.
    """
    if not may(viewer, Verb.READ):
        return []
    told = explained.of(ledger)
    rules = _rules(ledger, history=bool(may(viewer, Verb.HISTORY)))
    found = [one for rule in rules for one in _broken(ledger, rule, viewer.scope)]
    return [replace(one, explanation=told.get(one.key)) for one in found]


def _rules(ledger: type[Ledger], *, history: bool) -> Iterator[Across | Against | Lasting]:
    """The rules that are asked for a viewer, of what is gone only where he may look back."""
    yield from ledger.across
    yield from ledger.against
    if history:
        yield from ledger.lasting()


def count(viewer: Viewer, head: str) -> int:
    """How many findings are open in all ledgers, for a viewer, in the book with this head.

    The head of the chain and the scope say all that it depends on, so it is asked once for both.
    """
    if not may(viewer, Verb.READ):
        return 0
    return _count(viewer.scope, head, history=bool(may(viewer, Verb.HISTORY)))


@lru_cache(maxsize=512)
def _count(scope: Scope, _head: str, *, history: bool) -> int:
    texts: list[str] = []
    values: list[str | int | bool | bytes] = []
    for ledger in ledgers.ledgers().values():
        alike: dict[tuple[str, ...], list[Across]] = {}
        for rule in ledger.across:
            alike.setdefault(tuple(rule.by), []).append(rule)
        for by, rules in alike.items():
            condition = select.where(ledger, scope)
            texts.append(_counted(ledger, by, rules, condition))
            values += condition.values
        for one in ledger.against:
            text, used = between.broken(ledger, one, scope)
            texts.append(f"SELECT COUNT(*) AS n FROM ({text}) AS g")
            values += used
        for last in ledger.lasting() if history else ():
            text, used = lasting.text(ledger, last, scope)
            texts.append(f"SELECT COUNT(*) AS n FROM ({text}) AS g")
            values += used
    if not texts:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), values)
        found = sum(int(row[0] or 0) for row in cursor.fetchall())
    return found - _explained(scope, history=history)


def _explained(scope: Scope, *, history: bool) -> int:
    """How many of the findings in a scope are explained; rules without a word are not asked."""
    settled = 0
    for ledger in ledgers.ledgers().values():
        told = explained.of(ledger)
        rules = {one.rule for one in told.values()}
        for rule in _rules(ledger, history=history):
            if rule.name in rules:
                settled += sum(one.key in told for one in _broken(ledger, rule, scope))
    return settled


def _counted(
    ledger: type[Ledger], by: Sequence[str], rules: Sequence[Across], condition: select.Where
) -> str:
    """How often the groups by the same fields break rules, those without such a field left out.

    The rows are grouped once for all rules.
    """
    name, columns = select.quoted(ledger.name), ", ".join(map(select.quoted, by))
    given = " AND ".join(f"{select.quoted(column)} IS NOT NULL" for column in by)
    broken = ", ".join(
        f"CASE WHEN NOT ({ledger.over_rows(rule).sql(select.engine())}) THEN 1 ELSE 0 END AS r{n}"
        for n, rule in enumerate(rules)
    )
    in_all = " + ".join(f"SUM(r{n})" for n in range(len(rules)))
    return (
        f"SELECT {in_all} AS n FROM (WITH {name} AS (SELECT {', '.join(own(ledger))} "
        f"FROM {between.seen(ledger, by)} AS v WHERE {condition.sql()}) "
        f"SELECT {broken} FROM {name} WHERE {given} GROUP BY {columns}) AS g"
    )


def _broken(ledger: type[Ledger], rule: Across | Against | Lasting, scope: Scope) -> list[Finding]:
    """The groups that break the rule with their entries, in one statement.

    It has no parameters and no percent sign but the scope's.
    """
    if isinstance(rule, Lasting):
        gone = lasting.gone(ledger, rule, scope)
        return [_finding(ledger, rule, (), [(*one[:3], None, None)]) for one in gone]
    condition = select.where(ledger, scope)
    two = isinstance(rule, Against)
    broken, values = (
        between.broken(ledger, rule, scope)
        if isinstance(rule, Against)
        else (_groups(ledger, rule, condition), condition.values)
    )
    of_rows = ", ".join(f"r.{select.quoted(column)}" for column in rule.by)
    same = " AND ".join(f"r.{column} = b.{column}" for column in map(select.quoted, rule.by))
    sides = "b.ours, b.theirs" if two else "NULL, NULL"
    text = (
        f'SELECT r."entry", r."id", r."owner", {sides}, {of_rows} FROM (SELECT * FROM '
        f"{between.seen(ledger, rule.by)} AS v WHERE {condition.sql()}) AS r "
        f"JOIN ({broken}) AS b ON {same}\n"
        f'ORDER BY {of_rows}, r."entry"'
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [*condition.values, *values])
        answer = cursor.fetchall()
    groups: dict[tuple[str, ...], list[tuple[int, int, int, object, object]]] = {}
    for entry, version, owner, ours, theirs, *shared in answer:
        row = (entry, version, owner, ours, theirs)
        groups.setdefault(tuple(map(str, shared)), []).append(row)
    return [
        _finding(ledger, rule, between.masked(ledger, rule.by, shared), rows)
        for shared, rows in groups.items()
    ]


def _finding(
    ledger: type[Ledger],
    rule: Across | Against | Lasting,
    values: tuple[str, ...],
    rows: Sequence[tuple[int, int, int, object, object]],
) -> Finding:
    _, _, _, ours, theirs = rows[0]
    measured = () if ours is None else (str(ours), str(theirs))
    text = canon.text(
        {
            "ledger": ledger.name,
            "rule": rule.name,
            "values": list(values),
            "versions": sorted(version for _, version, *_ in rows),
            "measured": list(measured),
        }
    )
    key = hashlib.sha256(text.encode()).hexdigest()[:32]
    entries, owners = tuple(row[0] for row in rows), frozenset(row[2] for row in rows)
    return Finding(rule, values, entries, owners, key, measured)


def _groups(ledger: type[Ledger], rule: Across, condition: select.Where) -> str:
    """What the rows of each group that breaks the rule share."""
    by = ", ".join(map(select.quoted, rule.by))
    holds = ledger.over_rows(rule).sql(select.engine())
    return (
        f"SELECT {by} FROM (SELECT {', '.join(own(ledger))} "
        f"FROM {between.seen(ledger, rule.by)} AS v WHERE {condition.sql()}) "
        f"AS {select.quoted(ledger.name)} GROUP BY {by} HAVING NOT ({holds})"
    )
