"""The closed list of what an expression may be made of, and the reading of one.

Not an open door to sqlglot: a node of its tree, or an argument of a node, that has no line here is
refused by name; `words` has refused most of it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jiedui.ledgers.expressions import flags, functions, values
from jiedui.ledgers.expressions.reader import FLAGS, Reader
from jiedui.ledgers.expressions.sorts import ORDERED, need
from jiedui.ledgers.expressions.vocabulary import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.ledgers.expressions.expression import Expression
    from jiedui.ledgers.expressions.reader import Read
    from jiedui.ledgers.expressions.vocabulary import Names

READERS: Final[Mapping[str, Read]] = {**values.READERS, **flags.READERS, **functions.READERS}


def parse(text: str, names: Names, *, aggregate: bool, where: str) -> Expression:
    """Read a rule, or a measure when `aggregate` is set, over the named fields.

    A rule is a flag of one row; a measure is one whole number, amount, date or flag of many rows.
    Raises `ExpressionError` naming `where`, and what is not part of the expressions.
    """
    reader = Reader(READERS, names, where, aggregate=aggregate)
    found = reader.read(text)
    if not aggregate:
        need(found, FLAGS, "a rule", where)
        if not reader.used:
            raise ExpressionError(where, "a rule needs a field; this is the same for every row")
    elif reader.aggregates:
        need(found, ORDERED | FLAGS, "a measure", where)
    else:
        raise ExpressionError(where, "a measure needs an aggregate: sum, count, min or max")
    return reader.expression(found)
