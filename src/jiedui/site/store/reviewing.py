"""Entries moved along the review, one or many, each time under one link or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Field, problem, said
from jiedui.site.store import chain, columnar, select, versioning
from jiedui.site.store.entries import Conflict, Entered, Entry, Faults, Outcome
from jiedui.site.store.judging import bounds, why_fault
from jiedui.site.store.statement import marks
from jiedui.site.store.writing import conflict, mine, written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import polars as pl

    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

_AT_ONCE = 500
# Where a step may come from, and who may take it.
STEPS: dict[str, tuple[frozenset[str], Verb]] = {
    "submitted": (frozenset({"draft", "returned"}), Verb.SUBMIT),
    "confirmed": (frozenset({"submitted"}), Verb.CONFIRM),
    "returned": (frozenset({"submitted", "confirmed"}), Verb.RETURN),
}


def step(
    ledger: type[Ledger], number: int, viewer: Viewer, to: str, *, base: int, why: str = ""
) -> Outcome:
    """Move an entry along the review; returning one needs a reason."""
    done = step_all(ledger, {number: base}, viewer, to, why=why)
    return written(ledger, viewer, number, done.link) if isinstance(done, Entered) else done


class _Stands(NamedTuple):
    """What decides whether an entry may be moved."""

    entry: int
    version: int
    owner: int
    place: str | None
    state: str


def step_all(
    ledger: type[Ledger], bases: Mapping[int, int], viewer: Viewer, to: str, *, why: str = ""
) -> Entered | Conflict | Faults | No:
    """Move entries (id to the version that was read) along together; one refused, none moves."""
    fault = _fault(to, why)
    with chain.linking(viewer, why, f"step:{to}") as draft:
        rows = _standing(ledger, bases, viewer)
        refused = _refused(ledger, bases, _stand(ledger, rows), viewer, to)
        if refused is not None:
            return refused
        if fault:
            return Faults((fault,))
        _move(ledger, draft, rows, to)
    wrote = draft.wrote.get(ledger.name, [])
    return Entered(draft.number, {one.entry: one.id for one in wrote})


def bases(ledger: type[Ledger], viewer: Viewer, filters: Mapping[str, str]) -> dict[int, int]:
    """The entries that a viewer sees under these filters, each with its version, for `step_all`."""
    if not may(viewer, Verb.READ):
        return {}
    condition = select.where(ledger, viewer.scope, filters=filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "entry", "id" FROM {select.relation(ledger)} WHERE {condition.sql()} '
            'ORDER BY "id"',
            condition.values,
        )
        return dict(cursor.fetchall())


def _standing(ledger: type[Ledger], entries: Collection[int], viewer: Viewer) -> pl.DataFrame:
    """The current versions of entries that the viewer may see, as stored columns."""
    import polars as pl

    wanted = list(entries)
    parts = []
    for start in range(0, len(wanted) or 1, _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        condition = select.where(ledger, viewer.scope)
        condition.add(f'"entry" IN ({marks(part)})' if part else "1=0", *part)
        parts.append(columnar.standing(ledger, condition))
    return pl.concat(parts)


def _stand(ledger: type[Ledger], rows: pl.DataFrame) -> dict[int, _Stands]:
    names = [name for name in ("owner", "place", "state") if name in ledger.fields]
    return {
        row["entry"]: _Stands(
            row["entry"], row["id"], row["owner"] or 0, row.get("place"), row.get("state") or ""
        )
        for row in rows.select("entry", "id", *names).iter_rows(named=True)
    }


def _refused(
    ledger: type[Ledger],
    bases: Mapping[int, int],
    stand: Mapping[int, _Stands],
    viewer: Viewer,
    to: str,
) -> Conflict | No | None:
    """Why one of the entries may not be moved by this viewer, or not from where it stands."""
    origins, verb = STEPS[to]
    within = bounds(viewer)
    for number, base in bases.items():
        one = stand.get(number)
        if one is None:
            now = mine(ledger, number, viewer, base)
            return conflict(viewer, now) if isinstance(now, Entry) else now
        allowed = may(viewer, verb, owner=one.owner, place=one.place or None, bounds=within)
        if isinstance(allowed, No):
            return allowed
        if one.version != base:
            now = mine(ledger, number, viewer, base)
            return conflict(viewer, now) if isinstance(now, Entry) else now
        if one.state not in origins:
            return No(said("这条记录现在的审核状态不能这样处理"))
    return None


def _move(ledger: type[Ledger], draft: chain.Draft, rows: pl.DataFrame, to: str) -> None:
    """End the versions and lay down the next, names by their references as they were."""
    import polars as pl

    moved = rows.with_columns(pl.lit(to).alias("state"))
    digests = columnar.digests(ledger, moved["entry"], moved)
    identities = columnar.identities(ledger, moved)
    versioning.end(ledger, draft, rows["id"].to_list())
    versioning.lay(
        ledger,
        draft,
        moved.with_columns(digests.alias("digest"), identities.alias("identity")),
    )


def _fault(to: str, why: str) -> Problem | None:
    if to == "returned" and not why.strip():
        return problem("required", Field("why"), label=said("退回理由"))
    return why_fault(why)


__all__ = ["STEPS", "bases", "step", "step_all"]
