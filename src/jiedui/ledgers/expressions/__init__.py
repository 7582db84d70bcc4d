"""Rules and measures: a closed subset of SQL over a ledger's own fields, the same on every engine.

Not a query language: no table, no division, no function but the few named in `grammar`. A rule or
a measure is read when its ledger is loaded and fails there, with file, ledger and rule named.
"""

from __future__ import annotations

from jiedui.ledgers.expressions.expression import Expression
from jiedui.ledgers.expressions.grammar import parse
from jiedui.ledgers.expressions.restrict import restricted
from jiedui.ledgers.expressions.vocabulary import (
    LARGEST,
    LARGEST_SUM,
    Engine,
    ExpressionError,
    Kind,
    Named,
    Names,
)

__all__ = [
    "LARGEST",
    "LARGEST_SUM",
    "Engine",
    "Expression",
    "ExpressionError",
    "Kind",
    "Named",
    "Names",
    "parse",
    "restricted",
]
