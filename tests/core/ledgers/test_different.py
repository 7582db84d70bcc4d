"""The key of lists of child rows: shared only by equal lists, whatever their cells are called."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest

from jiedui import ledgers
from jiedui.ledgers.different import key_of_lists

# Words that Polars reads otherwise than as names, and what a program may send for a name.
NAMES = ("field", "value", "index", "", "*", "^v.*$", "literal", "0", "a b", "len")


def lists(names: tuple[str, ...], *rows: list[dict[str, str]] | None) -> pl.Series:
    made = [None if one is None else [dict.fromkeys(names) | row for row in one] for one in rows]
    return pl.Series("x", made, dtype=pl.List(pl.Struct(dict.fromkeys(names, pl.String))))


@pytest.mark.parametrize("names", [*((one,) for one in NAMES), *combinations(NAMES, 2), NAMES])
def test_two_lists_share_a_key_only_when_they_are_equal(names: tuple[str, ...]) -> None:
    first, last = names[0], names[-1]
    rows: list[list[dict[str, str]] | None] = [
        [{first: "甲"}],
        [{first: "甲"}, {first: "甲"}],
        [{first: "甲", last: "乙"}, {}],
        [{}],
        [],
        None,
        [{first: "甲"}],
    ]
    key = key_of_lists(lists(names, *rows)).to_list()
    assert key[5] is None
    assert key[0] == key[6]
    assert len(set(key[:5])) == 5


def test_lists_without_any_cell_have_a_key() -> None:
    assert key_of_lists(lists((), [], None, [])).to_list() == ["0", None, "0"]


@pytest.mark.parametrize("name", NAMES)
def test_child_rows_with_such_cells_are_read_and_told(name: str) -> None:
    rows = [{"attended": [{name: "甲示例"}]}, {"attended": []}, {"attended": None}]
    found = ledgers.check(ledgers.ledgers()["exchanges"], ledgers.frame(rows))
    told = [one for one in found.problems if one.code == "unknown-field"]
    assert len(told) == 1
