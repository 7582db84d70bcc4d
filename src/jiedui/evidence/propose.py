"""From facts to proposals: the entry that a document proves, each value with its citations.

A value is *stated* when its citation says it and *derived* when a rule concludes it; where nothing
is cited, nothing is proposed. Not for deciding: a person accepts, changes or refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiedui.facts import AidFact, EventFact, MovementFact
from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.evidence.document import Document
    from jiedui.facts.model import How, Span

__all__ = ["NothingCitedError", "Proposal", "Value", "propose", "rule"]

_WANTED = ("people",)


class NothingCitedError(JieduiError):
    """A rule proposed a value without a citation."""


@dataclass(frozen=True, slots=True)
class Value:
    """One proposed value: raw as the field reads it, how it is known, and the words that prove it.

    Raises `NothingCitedError` when there are no citations: a proposal never invents.
    """

    value: Any
    how: How
    rule: str
    citations: tuple[Span, ...]

    def __post_init__(self) -> None:
        """Refuse a value that nothing proves."""
        if not self.citations:
            raise NothingCitedError(f"{self.rule} cites nothing for {self.value!r}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that a document proves: values by field, and the fields it leaves open.

    What is open in child rows is named behind them: `goods.worth`. `unsure` are the reasons why it
    may be no entry of the ledger at all, as `rule` tells them.
    """

    ledger: str
    values: Mapping[str, Value]
    missing: tuple[str, ...]
    unsure: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape that `jiedui read --json` prints."""
        return {
            "ledger": self.ledger,
            "values": {
                name: {
                    "value": one.value,
                    "how": one.how,
                    "rule": one.rule,
                    "citations": [list(span) for span in one.citations],
                }
                for name, one in self.values.items()
            },
            "missing": list(self.missing),
            "unsure": list(self.unsure),
        }


def propose(document: Document) -> list[Proposal]:
    """The entries that a document proves: visits, meetings, aid and money given."""
    from jiedui.evidence import concerning, exchanges, movements, relief

    events = [fact for fact in document.facts if isinstance(fact, EventFact)]
    proposals = [
        _proposal(
            "exchanges",
            dict(exchanges.values(document, event)),
            unsure=concerning.unsure(document.text, event),
        )
        for event in events
        if concerning.concerns(document.text, event)
    ]
    given = [fact for fact in document.facts if isinstance(fact, AidFact)]
    proposals += [
        _proposal("relief", dict(relief.values(document, fact)), relief.missing(fact))
        for fact in given
    ]
    moved = [fact for fact in document.facts if isinstance(fact, MovementFact)]
    return proposals + [
        _proposal("funds", dict(movements.values(document, fact)), unsure=movements.unsure(fact))
        for fact in moved
        if movements.fits(fact)
    ]


def rule(name: str) -> str:
    """What a rule of proposing does, in one line; the name itself where nobody says."""
    from jiedui.evidence import concerning, days, exchanges, movements, relief

    rooms = (concerning, days, exchanges, movements, relief)
    return next((room.RULES[name] for room in rooms if name in room.RULES), name)


def _proposal(
    ledger: str,
    values: Mapping[str, Value],
    further: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
) -> Proposal:
    from jiedui import ledgers

    fields = ledgers.ledgers()[ledger].fields
    missing = [
        name
        for name, one in fields.items()
        if one.typed and name not in values and (one.required or name in _WANTED)
    ]
    known = {name: values[name] for name in fields if name in values}
    return Proposal(ledger, known, (*missing, *further), unsure)
