"""The door's writing half: add, enter, amend, withdraw, and the erasure of a name.

Each is one link or nothing. What is written was checked; what only the book can tell (the
pairing in force, a double, a version that moved) is found here, inside the lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Field, Problem, problem, said
from jiedui.site.store import chain, reading, rows, vault
from jiedui.site.store.entries import (
    Conflict,
    Entered,
    Entry,
    Faults,
    Outcome,
    Written,
    key,
    new_id,
)
from jiedui.site.store.judging import faults, may_write, why_fault
from jiedui.site.store.versioning import end, replace, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.ledgers import Checked, Ledger, Value

_NOT_HERE = No(said("没有这条记录，或者它不在您的数据范围内"))


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
    if told := _told(checked, why):
        return told
    values: dict[str, Value] = {**checked.rows[0], "sources": sources}
    answer = may_write(ledger, viewer, Verb.ENTER, values)
    if not answer:
        return answer
    with chain.linking(viewer, why, source) as draft:
        if found := faults(ledger, viewer, values):
            return Faults(found)
        values |= {"owner": viewer.office}
        if "state" in ledger.fields:
            values["state"] = "draft"
        entry = new_id()
        write(ledger, draft, [(entry, values)])
    return written(ledger, viewer, entry, draft.number)


def enter(
    ledger: type[Ledger], viewer: Viewer, checked: Checked, *, why: str = ""
) -> Entered | Faults | No:
    """Write every row of `checked` as a new entry, all of them under one link; or none."""
    if told := _told(checked, why):
        return told
    rows_given: list[dict[str, Value]] = [{**row, "sources": ()} for row in checked.rows]
    for values in rows_given:
        answer = may_write(ledger, viewer, Verb.ENTER, values)
        if not answer:
            return answer
    with chain.linking(viewer, why) as draft:
        found: list[Problem] = []
        seen: set[bytes] = set()
        for number, values in enumerate(rows_given):
            found += [one.moved(Field("", number)) for one in faults(ledger, viewer, values)]
            identity = rows.identity(ledger, values)
            if identity in seen:
                found.append(
                    problem(
                        "same-entry", Field("", number), entry=said("第 {row} 行", row=number + 1)
                    )
                )
            seen.add(identity)
            values["owner"] = viewer.office
            if "state" in ledger.fields:
                values["state"] = "draft"
        if found:
            return Faults(tuple(found))
        write(ledger, draft, [(new_id(), values) for values in rows_given])
    wrote = draft.wrote.get(ledger.name, [])
    return Entered(draft.number, {one.entry: one.id for one in wrote})


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
    if told := _told(checked, why):
        return told
    with chain.linking(viewer, why, source) as draft:
        now = mine(ledger, number, viewer, base)
        if not isinstance(now, Entry):
            return now
        if now.version != base:
            return conflict(viewer, now)
        values = {**now.values, **checked.rows[0]}
        answer = may_write(ledger, viewer, Verb.AMEND, values, owner=now.owner)
        if not answer:
            return answer
        if found := faults(ledger, viewer, values, now):
            return Faults(found)
        if "state" in ledger.fields:
            values["state"] = "draft"
        replace(ledger, draft, now, values)
    return written(ledger, viewer, number, draft.number)


def withdraw(
    ledger: type[Ledger], number: int, viewer: Viewer, *, base: int, why: str
) -> Conflict | No | chain.Draft:
    """End an entry without a successor; its versions stay in the book."""
    if fault := why_fault(why):
        return No(fault.hint)
    with chain.linking(viewer, why) as draft:
        now = mine(ledger, number, viewer, base)
        if not isinstance(now, Entry):
            return now
        verb = Verb.REGISTER if ledger.register else Verb.WITHDRAW
        answer = may(viewer, verb, owner=now.owner)
        if not answer:
            return answer
        if now.version != base:
            return conflict(viewer, now)
        end(ledger, draft, [now.version])
    return draft


def erase(
    ledger: type[Ledger], number: int, viewer: Viewer, refs: Sequence[str], *, why: str
) -> int | No:
    """Take protected names of an entry out of the vault for good; returns how many.

    Names of ended versions too, and of an entry that was withdrawn. The rows and their counts
    stand; the erasure is a link of its own.
    """
    if fault := why_fault(why):
        return No(fault.hint)
    with chain.linking(viewer, why, f"erase:{ledger.name}/{key(number)}") as draft:
        written = reading.every_version(ledger, number, viewer)
        if not written:
            return _NOT_HERE
        answer = may(viewer, Verb.REVEAL, owner=written[0].owner)
        if not answer:
            return answer
        held = {ref for version in written for ref in rows.sealed_refs(version.values)}
        draft.erased += vault.erase([ref for ref in refs if ref in held], viewer.office)
        return len(draft.erased)


def _told(checked: Checked, why: str) -> Faults | None:
    """What is wrong before the book is asked."""
    fault = why_fault(why)
    found = (*checked.problems, *((fault,) if fault else ()))
    return Faults(found) if found else None


def mine(ledger: type[Ledger], number: int, viewer: Viewer, base: int) -> Entry | Conflict | No:
    """The current version of an entry that the viewer may see.

    When it was withdrawn since the viewer read version `base`, that is a conflict without an
    entry; one that he never could see is not here.
    """
    if isinstance(reading.entry(ledger, number, viewer), No):
        seen = reading.every_version(ledger, number, viewer)
        ended = reading.current(ledger, number) is None
        was = ended and any(version.version == base for version in seen)
        return Conflict(None) if was else _NOT_HERE
    return reading.current(ledger, number) or _NOT_HERE


def conflict(viewer: Viewer, now: Entry) -> Conflict:
    """Somebody else wrote: the entry as it stands, with the names that the viewer may see."""
    return Conflict(next(reading.shown(viewer, [now])))


def written(ledger: type[Ledger], viewer: Viewer, number: int, link: int) -> Written:
    """The version just written, also when somebody has amended it since."""
    stands = reading.entry(ledger, number, viewer, known=link)
    # Nobody may write what he could not see: `judging.may_write`.
    assert not isinstance(stands, No)
    return Written(link, stands)


__all__ = ["add", "amend", "end", "enter", "erase", "withdraw", "write"]
