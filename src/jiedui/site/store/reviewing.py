"""Entries moved along the review, one or many, each time under one link or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Field, problem, said
from jiedui.site.store import chain
from jiedui.site.store.entries import Conflict, Entered, Entry, Faults, Outcome
from jiedui.site.store.judging import bounds, why_fault
from jiedui.site.store.versioning import replace
from jiedui.site.store.writing import conflict, mine, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

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


def step_all(
    ledger: type[Ledger], bases: Mapping[int, int], viewer: Viewer, to: str, *, why: str = ""
) -> Entered | Conflict | Faults | No:
    """Move entries (id to the version that was read) along together; one refused, none moves."""
    fault = _fault(to, why)
    with chain.linking(viewer, why, f"step:{to}") as draft:
        moving: list[Entry] = []
        for number, base in bases.items():
            now = mine(ledger, number, viewer, base)
            answer = _answer(now, viewer, to, base) if isinstance(now, Entry) else now
            if answer is not None:
                return answer
            assert isinstance(now, Entry)
            moving.append(now)
        if fault:
            return Faults((fault,))
        for now in moving:
            replace(ledger, draft, now, {**now.values, "state": to})
    wrote = draft.wrote.get(ledger.name, [])
    return Entered(draft.number, {one.entry: one.id for one in wrote})


def _answer(now: Entry, viewer: Viewer, to: str, base: int) -> Conflict | No | None:
    """Why an entry may not be moved by this viewer, or not from where it stands."""
    origins, verb = STEPS[to]
    place = now.values.get("place")
    allowed = may(
        viewer,
        verb,
        owner=now.owner,
        place=str(place) if place else None,
        bounds=bounds(viewer),
    )
    if isinstance(allowed, No):
        return allowed
    if now.version != base:
        return conflict(viewer, now)
    if now.values.get("state") not in origins:
        return No(said("这条记录现在的审核状态不能这样处理"))
    return None


def _fault(to: str, why: str) -> Problem | None:
    if to == "returned" and not why.strip():
        return problem("required", Field("why"), label=said("退回理由"))
    return why_fault(why)


__all__ = ["STEPS", "step", "step_all"]
