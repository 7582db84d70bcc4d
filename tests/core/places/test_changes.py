"""The table of changes and the list that is made from it say the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from jiedui import places
from jiedui.places import PlaceCode

TABLE = Path(__file__).parents[3] / "scripts" / "make_places.changes.tsv"
LINES = [
    line.split("\t")
    for line in TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith(("#", "when"))
]


def test_the_table_covers_the_years() -> None:
    years = {when[:4] for when, *_ in LINES}
    assert years == {str(y) for y in range(2014, 2026)} - {"2022"}  # the ministry lists none
    assert len(LINES) == 261


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2] + line[3])
def test_every_change_is_in_the_list(line: list[str]) -> None:
    when, document, gone, became, source = line
    first = date.fromisoformat(when)
    last = first - timedelta(days=1)
    targets = [part.split(" ") for part in became.split("; ")]
    if gone != "-":
        code, name = gone.split(" ")
        old = places.get(PlaceCode(code), last)
        assert old
        assert old.name == name
        assert old.until == last + timedelta(days=1)
        assert list(old.successors) == [target.removeprefix("+") for target, _ in targets]
        assert f"{document} [{source}]" in old.source
    for target, name in targets:
        new = places.get(PlaceCode(target.removeprefix("+")), first)
        assert new
        assert new.name == name
        assert not target.startswith("+") or new.since == first
