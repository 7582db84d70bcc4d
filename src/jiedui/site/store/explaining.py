"""Explaining a finding, and opening it again: a link that says why and writes no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.access import No, Verb, Viewer, may
from jiedui.problems import Field, problem, said
from jiedui.site.store import chain, findings
from jiedui.site.store.entries import Faults
from jiedui.site.store.explained import EXPLAINED, OPENED, source
from jiedui.site.store.judging import why_fault

if TYPE_CHECKING:
    from jiedui.access import Yes
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem
    from jiedui.site.store.findings import Finding

__all__ = ["explain", "is_gone", "may_explain", "reopen"]

_GONE = No(said("这处疑点已经变了，或者不在了：请看现在的"))


def explain(ledger: type[Ledger], viewer: Viewer, key: str, *, why: str) -> Finding | Faults | No:
    """Say why a finding stands as it is; it is open again once one of its entries changes.

    Refused when nothing that the viewer sees has this key: somebody wrote meanwhile.
    """
    return _say(EXPLAINED, ledger, viewer, key, why)


def reopen(ledger: type[Ledger], viewer: Viewer, key: str, *, why: str) -> Finding | Faults | No:
    """Open an explained finding again, with the reason: its explanation does not do."""
    return _say(OPENED, ledger, viewer, key, why)


def is_gone(no: No) -> bool:
    """Whether a word was refused because what it is about is another by now."""
    return no == _GONE


def may_explain(viewer: Viewer, found: Finding) -> Yes | No:
    """Who reviews may, and an office to which one of the entries belongs."""
    if allowed := may(viewer, Verb.CONFIRM):
        return allowed
    allowed = may(viewer, Verb.AMEND)
    if allowed and viewer.office not in found.owners:
        return No(said("这处疑点里没有本单位的记录"))
    return allowed


def _say(
    word: str, ledger: type[Ledger], viewer: Viewer, key: str, why: str
) -> Finding | Faults | No:
    if fault := _fault(why):
        return Faults((fault,))
    # Asked outside the lock, for others wait there; again only when somebody was quicker.
    known, found = chain.head().number, _found(ledger, viewer, key)
    if (refused := _refused(word, viewer, found)) is not None:
        return refused
    assert found is not None
    with chain.linking(viewer, why.strip(), source(word, ledger, found.rule.name, key)) as draft:
        if draft.number != known + 1:
            refused = _refused(word, viewer, _found(ledger, viewer, key))
        if refused is not None:
            return refused
        draft.says = True
    return _found(ledger, viewer, key) or _GONE


def _fault(why: str) -> Problem | None:
    if not why.strip():
        return problem("required", Field("why"), label=said("原因"))
    return why_fault(why)


def _refused(word: str, viewer: Viewer, found: Finding | None) -> No | None:
    if found is None:
        return _GONE
    if isinstance(allowed := may_explain(viewer, found), No):
        return allowed
    return _GONE if (found.explanation is None) is (word == OPENED) else None


def _found(ledger: type[Ledger], viewer: Viewer, key: str) -> Finding | None:
    return next((one for one in findings.findings(ledger, viewer) if one.key == key), None)
