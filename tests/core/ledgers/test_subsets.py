"""A column that says 其中 is a part of another: every ledger says of which, as a rule."""

from __future__ import annotations

import re

import pytest

from jiedui import ledgers
from jiedui.ledgers.words import Count, Money

PARTS = [
    (name, path)
    for name, ledger in ledgers.ledgers().items()
    for path, field in ledger.fields.items()
    if isinstance(field, Count | Money) and field.label.startswith("其中")
]


@pytest.mark.parametrize(("name", "path"), PARTS)
def test_a_part_is_not_more_than_its_whole(name: str, path: str) -> None:
    ledger = ledgers.ledgers()[name]
    wholes = [
        whole
        for rule in ledger.rules
        if (found := re.fullmatch(rf"{path} <= (\w+)", rule.expression))
        for whole in found.groups()
    ]
    assert wholes
    for whole in wholes:
        assert ledger.fields[whole].kind == ledger.fields[path].kind


def test_there_are_such_columns() -> None:
    assert len(PARTS) >= 8
