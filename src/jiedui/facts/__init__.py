"""From text to facts: dated, placed, attributed, each tied to its exact words.

Rules over a gazetteer and small grammars, the same result every time and each fact with the rule
that found it; no model. Not for entries of ledgers: `jiedui.evidence` proposes those.
"""

from __future__ import annotations

from jiedui.facts.aid import AidFact
from jiedui.facts.commitments import CommitmentFact
from jiedui.facts.header import Header, header
from jiedui.facts.model import (
    Attendance,
    EventFact,
    Fact,
    PersonFact,
    PlaceFact,
    Register,
    TimeFact,
)
from jiedui.facts.movements import MovementFact
from jiedui.facts.reading import read
from jiedui.facts.rules import RULES

__all__ = [
    "RULES",
    "AidFact",
    "Attendance",
    "CommitmentFact",
    "EventFact",
    "Fact",
    "Header",
    "MovementFact",
    "PersonFact",
    "PlaceFact",
    "Register",
    "TimeFact",
    "header",
    "read",
]
