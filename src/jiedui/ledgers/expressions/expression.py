"""An expression that was read and checked, and can be run on any engine.

Not a string: there is no way to make one but `parse`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.ledgers.expressions.dialects import DIALECTS, Dialect
from jiedui.ledgers.expressions.frames import polars
from jiedui.ledgers.expressions.sql import write

if TYPE_CHECKING:
    import polars as pl

    from jiedui.ledgers.expressions.tree import Node
    from jiedui.ledgers.expressions.vocabulary import Engine, Kind


@dataclass(frozen=True, slots=True)
class Expression:
    """A rule (a flag of one row) or a measure (one value of many rows).

    `where` names file, ledger and rule; `names` are the fields used, `columns` the columns in which
    engines find them ("attended_count" for `attended.count`), both sorted.
    """

    where: str
    root: Node
    kind: Kind
    names: tuple[str, ...]
    columns: tuple[str, ...]
    aggregate: bool

    @property
    def text(self) -> str:
        """The canonical text: equal for expressions that differ in spacing, case or brackets."""
        return write(self.root, Dialect())

    def sql(self, engine: Engine) -> str:
        """The SQL text for an engine: no parameters, no percent sign, same three-valued answers."""
        return write(self.root, DIALECTS[engine])

    def polars(self) -> pl.Expr:
        """The Polars expression of a row; raises `ExpressionError` for a measure."""
        return polars(self.root, self.where)
