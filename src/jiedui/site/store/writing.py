"""The door's writing half: add, amend, withdraw, step, and the erasure of a name.

Each is one link or nothing. What is written was checked; what only the book can tell (the
pairing in force, a double, a version that moved) is found here, inside the lock.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers, places
from jiedui.access import No, Verb, Viewer, Yes, may
from jiedui.ledgers import Checked, Sealed, canon
from jiedui.ledgers.rules import seal_names
from jiedui.problems import Field, Problem, problem
from jiedui.site.store import chain, reading, rows, select, vault
from jiedui.site.store.entries import Conflict, Entry, Faults, Outcome, Written, key, new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.ledgers import Ledger, Value, Values

_NOT_HERE = No("没有这条记录，或者它不在您的数据范围内")
# Where a step may come from, and who may take it.
STEPS: dict[str, tuple[frozenset[str], Verb]] = {
    "submitted": (frozenset({"draft", "returned"}), Verb.SUBMIT),
    "confirmed": (frozenset({"submitted"}), Verb.CONFIRM),
    "returned": (frozenset({"submitted", "confirmed"}), Verb.RETURN),
}


def add(
    ledger: type[Ledger],
    viewer: Viewer,
    checked: Checked,
    *,
    why: str = "",
    source: str = "",
    sources: tuple[Mapping[str, Value], ...] = (),
) -> Outcome:
    """Write the one row of `checked` as a new entry of the viewer's office."""
    if checked.problems:
        return Faults(checked.problems)
    values: dict[str, Value] = {**checked.rows[0], "sources": sources}
    answer = _may_write(ledger, viewer, Verb.ENTER, values)
    if not answer:
        return answer
    with chain.linking(viewer, why, source) as draft:
        faults = _faults(ledger, viewer, values, None)
        if faults:
            return Faults(faults)
        values |= {"owner": viewer.office}
        if "state" in ledger.fields:
            values["state"] = "draft"
        entry = new_id()
        write(ledger, draft, [(entry, values)])
    return _written(ledger, viewer, entry, draft.number)


def amend(
    ledger: type[Ledger],
    number: int,
    viewer: Viewer,
    checked: Checked,
    *,
    base: int,
    why: str,
    source: str = "",
) -> Outcome:
    """Write a new version over version `base`, or say what stands there now.

    A confirmed entry that is amended goes back to draft: what was confirmed was another text.
    """
    if checked.problems:
        return Faults(checked.problems)
    with chain.linking(viewer, why, source) as draft:
        now = _mine(ledger, number, viewer)
        if isinstance(now, No):
            return now
        if now.version != base:
            return _conflict(viewer, now)
        values = {**now.values, **checked.rows[0]}
        answer = _may_write(ledger, viewer, Verb.AMEND, values, owner=now.owner)
        if not answer:
            return answer
        faults = (*_faults(ledger, viewer, values, number), *_foreign_names(now, values))
        if faults:
            return Faults(faults)
        if "state" in ledger.fields:
            values["state"] = "draft"
        _replace(ledger, draft, now, values)
    return _written(ledger, viewer, number, draft.number)


def withdraw(
    ledger: type[Ledger], number: int, viewer: Viewer, *, base: int, why: str
) -> Conflict | No | chain.Draft:
    """End an entry without a successor; its versions stay in the book."""
    with chain.linking(viewer, why) as draft:
        now = _mine(ledger, number, viewer)
        if isinstance(now, No):
            return now
        verb = Verb.REGISTER if ledger.register else Verb.WITHDRAW
        answer = may(viewer, verb, owner=now.owner)
        if not answer:
            return answer
        if now.version != base:
            return _conflict(viewer, now)
        end(ledger, draft, [now.version])
    return draft


def step(
    ledger: type[Ledger], number: int, viewer: Viewer, to: str, *, base: int, why: str = ""
) -> Outcome:
    """Move an entry along the review; returning one needs a reason."""
    origins, verb = STEPS[to]
    with chain.linking(viewer, why, f"step:{to}") as draft:
        seen = reading.entry(ledger, number, viewer)
        now = reading.current(ledger, number)
        if isinstance(seen, No) or now is None:
            return _NOT_HERE
        place = now.values.get("place")
        answer = may(
            viewer,
            verb,
            owner=now.owner,
            place=str(place) if place else None,
            bounds=_bounds(viewer),
        )
        if not answer:
            return answer
        if now.version != base:
            return _conflict(viewer, now)
        if now.values.get("state") not in origins:
            return No("这条记录现在的审核状态不能这样处理")
        if to == "returned" and not why.strip():
            return Faults((problem("required", Field("why"), label="退回理由"),))
        _replace(ledger, draft, now, {**now.values, "state": to})
    return _written(ledger, viewer, number, draft.number)


def erase(
    ledger: type[Ledger], number: int, viewer: Viewer, refs: Sequence[str], *, why: str
) -> int | No:
    """Take protected names of an entry out of the vault for good; returns how many.

    The rows and their counts stand; the erasure is a link of its own.
    """
    with chain.linking(viewer, why, f"erase:{ledger.name}/{key(number)}") as draft:
        now = _mine(ledger, number, viewer)
        if isinstance(now, No):
            return now
        answer = may(viewer, Verb.REVEAL, owner=now.owner)
        if not answer:
            return answer
        held = set(rows.sealed_refs(now.values))
        draft.erased += vault.erase([ref for ref in refs if ref in held], viewer.office)
        return len(draft.erased)


def write(
    ledger: type[Ledger],
    draft: chain.Draft,
    items: Sequence[tuple[int, Values]],
    *,
    held: Mapping[str, str] | None = None,
) -> None:
    """Put versions (entry id, values with their owner) into the table under a link.

    Protected names go into the vault first; those in `held` (name to reference) are there
    already and keep their reference.
    """
    held = held or {}
    first = _next_id(ledger)
    prepared = []
    written = draft.wrote.setdefault(ledger.name, [])
    for offset, (entry, given) in enumerate(items):
        owner = given["owner"]
        assert isinstance(owner, int)
        values = seal_names(ledger, given, partial(_seal, held, owner))
        digest = canon.digest(ledger.name, entry, values)
        written.append(chain.Written(first + offset, entry, digest))
        own = [first + offset, entry, draft.number, None, ledger.declaration]
        prepared.append([*own, rows.identity(ledger, values), digest, *rows.encode(ledger, values)])
    names = rows.columns(ledger)
    listed = ", ".join(select.quoted(name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {select.relation(ledger)} ({listed}) VALUES ({marks})",
            prepared,
        )


def _seal(held: Mapping[str, str], owner: int, name: str) -> Sealed:
    return Sealed(held.get(name) or vault.put(owner, name))


def end(ledger: type[Ledger], draft: chain.Draft, version_ids: Sequence[int]) -> None:
    """Mark versions as ended by a link."""
    draft.ends.setdefault(ledger.name, []).extend(version_ids)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {select.relation(ledger)} SET ended = %s WHERE id = %s AND ended IS NULL",
            [(draft.number, number) for number in version_ids],
        )


def _replace(ledger: type[Ledger], draft: chain.Draft, now: Entry, values: Values) -> None:
    end(ledger, draft, [now.version])
    held = vault.opened(rows.sealed_refs(now.values), now.owner)
    write(ledger, draft, [(now.id, values)], held={name: ref for ref, name in held.items()})


def _next_id(ledger: type[Ledger]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {select.relation(ledger)}")
        return int(cursor.fetchone()[0]) + 1


def _bounds(viewer: Viewer) -> tuple[str, str]:
    return places.bounds(places.PlaceCode(viewer.place))


def _may_write(
    ledger: type[Ledger], viewer: Viewer, verb: Verb, values: Values, owner: int | None = None
) -> Yes | No:
    if ledger.register:
        return may(viewer, Verb.REGISTER, owner=owner)
    place = values.get("place")
    return may(
        viewer,
        verb,
        owner=owner,
        place=str(place) if place else None,
        bounds=_bounds(viewer),
    )


def _mine(ledger: type[Ledger], number: int, viewer: Viewer) -> Entry | No:
    """The current version of an entry that the viewer may see and whose office he is of."""
    if isinstance(reading.entry(ledger, number, viewer), No):
        return _NOT_HERE
    return reading.current(ledger, number) or _NOT_HERE


def _conflict(viewer: Viewer, now: Entry) -> Conflict:
    return Conflict(next(reading.shown(viewer, [now])))


def _written(ledger: type[Ledger], viewer: Viewer, number: int, link: int) -> Outcome:
    stands = reading.entry(ledger, number, viewer)
    return stands if isinstance(stands, No) else Written(link, stands)


def _faults(
    ledger: type[Ledger], viewer: Viewer, values: Values, number: int | None
) -> tuple[Problem, ...]:
    """What only the book can tell: the pairing on that day, and a double of the same office."""
    found = [_pairing_fault(ledger, viewer, values), _double(ledger, viewer, values, number)]
    return tuple(fault for fault in found if fault)


def _pairing_fault(ledger: type[Ledger], viewer: Viewer, values: Values) -> Problem | None:
    pairing, day = values.get("pairing"), values.get(ledger.on) if ledger.on else None
    if not isinstance(pairing, int):
        return None
    stands = reading.current(ledgers.ledgers()["pairings"], pairing)
    if stands is None or not (viewer.scope.everywhere or pairing in viewer.scope.sides):
        return problem("no-such-entry", Field("pairing"), label=ledger.fields["pairing"].label)
    since, until = stands.values.get("since"), stands.values.get("until")
    if not isinstance(day, date) or not isinstance(since, date):
        return None
    last = until if isinstance(until, date) else date.max
    if since <= day <= last:
        return None
    return problem(
        "pairing-not-in-force",
        Field("pairing"),
        day.isoformat(),
        day=day,
        since=since,
        until=until if isinstance(until, date) else "长期",
    )


def _double(
    ledger: type[Ledger], viewer: Viewer, values: Values, number: int | None
) -> Problem | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entry FROM {select.relation(ledger)} "
            "WHERE ended IS NULL AND owner = %s AND identity = %s AND entry <> %s",
            [viewer.office, rows.identity(ledger, values), number or 0],
        )
        same = cursor.fetchone()
    if same is None:
        return None
    return problem("same-entry", Field(""), found=key(same[0]), entry=key(same[0]))


def _foreign_names(now: Entry, values: Values) -> tuple[Problem, ...]:
    """Marks of protected names that this entry never held: nobody points at another's vault."""
    held = set(rows.sealed_refs(now.values))
    return tuple(
        problem("no-such-entry", Field("attended"), label="姓名")
        for ref in rows.sealed_refs(values)
        if ref not in held
    )


__all__ = ["STEPS", "add", "amend", "end", "erase", "step", "withdraw", "write"]
