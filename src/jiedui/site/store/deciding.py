"""Decisions on proposals: each once, by a person of the office whose document proposed it.

The entry, its sources and the proposal's state are one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from jiedui import evidence, ledgers
from jiedui.access import No, Verb, Viewer, may
from jiedui.ledgers import canon
from jiedui.problems import said
from jiedui.site.store import files, writing
from jiedui.site.store.entries import Faults, Written, entry_id
from jiedui.site.store.judging import why_fault
from jiedui.site.store.stored import AlreadyDecided, StoredProposal, content, proposal_of
from jiedui.site.store.tables import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers import Checked, Value

_NOT_HERE = No(said("没有这份资料，或者它不属于您的单位"))


def accept(
    viewer: Viewer, proposal: str, checked: Checked
) -> Written | AlreadyDecided | Faults | No:
    """Enter what a proposal says, as checked by a person, with its citations, once.

    The entry, its sources and the proposal's state are one transaction; of two people who
    accept at once, the second is told what the first did.
    """
    with transaction.atomic():
        found = _open(viewer, proposal)
        if not isinstance(found, Proposal):
            return found
        ledger = ledgers.ledgers()[content(found)["ledger"]]
        done = writing.add(
            ledger,
            viewer,
            checked,
            why=said("采纳资料中的拟录"),
            source=f"document:{found.document_id}",
            sources=_sources(found, checked),
        )
        if isinstance(done, Written):
            found.entry = done.entry.id
            _decide(found, viewer, "accepted", "")
    if isinstance(done, Written | Faults | No):
        return done
    msg = f"adding an entry cannot end as {done!r}"
    raise AssertionError(msg)


def refuse(viewer: Viewer, proposal: str, why: str) -> StoredProposal | AlreadyDecided | No:
    """Decide that a proposal is not entered, and why; decided once."""
    if fault := why_fault(why):
        return No(fault.hint)
    with transaction.atomic():
        found = _open(viewer, proposal)
        if not isinstance(found, Proposal):
            return found
        _decide(found, viewer, "refused", why)
    return proposal_of(found)


def _open(viewer: Viewer, proposal: str) -> Proposal | AlreadyDecided | No:
    answer = may(viewer, Verb.DECIDE)
    if not answer:
        return answer
    if entry_id(proposal) is None:
        return _NOT_HERE
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(key=proposal, document__owner=viewer.office)
        .first()
    )
    if found is None:
        return _NOT_HERE
    return found if found.state == "open" else AlreadyDecided(proposal_of(found))


def _decide(proposal: Proposal, viewer: Viewer, state: str, why: str) -> None:
    proposal.state, proposal.why = state, why
    proposal.decided_by, proposal.decided = viewer.name, timezone.now()
    proposal.seal = files.seal(proposal)
    proposal.save()


def _sources(proposal: Proposal, checked: Checked) -> tuple[Mapping[str, Value], ...]:
    """Each citation of each value that was taken as proposed: its words, and which field.

    A value that a person put in its place is the person's: the sentence does not say it.
    """
    text = proposal.document.text
    taken = checked.rows[0] if checked.rows else {}
    return tuple(
        {
            "document": proposal.document_id,
            "starts_at": start,
            "ends_at": end,
            "field": name,
            "seal": files.quote_seal(text[start:end]),
        }
        for name, value in content(proposal)["values"].items()
        if _stands(value["value"], taken.get(name))
        for start, end in value["citations"]
    )


def _stands(proposed: object, taken: Value) -> bool:
    """Whether what was proposed is what was taken; of child rows, whether any of them is.

    A day that a person put the year to is still the day that the sentence says.
    """
    if taken is None:
        return False
    plain = canon.plain(taken)
    if isinstance(plain, list) and isinstance(proposed, list):
        rows = [{name: part for name, part in row.items() if part is not None} for row in proposed]
        return any(row in rows for row in plain)
    return plain == proposed or evidence.completes(proposed, plain)
