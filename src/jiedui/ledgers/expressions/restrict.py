"""Narrows a measure to the rows for which a condition is true.

Not a WHERE clause: the condition goes into the filter of each aggregate, so that several measures
with different conditions are computed in one pass over the rows.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from jiedui.ledgers.expressions.tree import Aggregate, Every, Node

if TYPE_CHECKING:
    from jiedui.ledgers.expressions.expression import Expression


def restricted(measure: Expression, *conditions: Expression) -> Expression:
    """The same measure over the rows for which all conditions are true; none changes nothing."""
    if not conditions:
        return measure
    root = _narrow(measure.root, [condition.root for condition in conditions])
    names = {*measure.names}.union(*(condition.names for condition in conditions))
    columns = {*measure.columns}.union(*(condition.columns for condition in conditions))
    return dataclasses.replace(
        measure, root=root, names=tuple(sorted(names)), columns=tuple(sorted(columns))
    )


def _narrow(node: Node, conditions: list[Node]) -> Node:
    if isinstance(node, Aggregate):
        return dataclasses.replace(node, where=_joined([*conditions, node.where]))
    parts = {part.name: getattr(node, part.name) for part in dataclasses.fields(node)}
    changed = {name: _inside(part, conditions) for name, part in parts.items()}
    return dataclasses.replace(node, **changed)


def _inside(part: object, conditions: list[Node]) -> object:
    if isinstance(part, tuple):
        return tuple(_inside(one, conditions) for one in part)
    return _narrow(part, conditions) if isinstance(part, Node) else part


def _joined(conditions: list[Node | None]) -> Node:
    flat: list[Node] = []
    for one in conditions:
        if one is not None:
            flat += one.items if isinstance(one, Every) else [one]
    return flat[0] if len(flat) == 1 else Every(tuple(flat))
