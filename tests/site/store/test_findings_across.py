"""Rules over the rows of one ledger: each can be broken, and what is in order breaks none.

Those of the funds ledger, whose order matters most, are in `test_findings`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers
from jiedui.ledgers.declare import Kind
from jiedui.site.store import door
from tests.site.store.town import add, written

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from tests.site.store.town import Town

CORPUS = Path(__file__).parent.parent.parent / "corpus/ledgers"
TALENT = ledgers.ledgers()["talent"]
FIRM = {"firm": "示例食品公司", "signed_amount": "100万元", "signed": "2024-01-10"}
# For each rule two rows: what they change of the corpus' good row. Together the first two keep the
# rule, the first and the third break it.
CASES: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    ("sales", "invoice-twice"): (
        {"invoice": "示票1"}, {"invoice": "示票2", "product": "梨"},
        {"invoice": "示票1", "product": "梨"},
    ),
    ("trainings", "held-twice"): (
        {}, {"starts": "2024-03-12"}, {"host": "示例中心"},
    ),
    ("assets", "asset-twice"): (
        {}, {"number": "示资-2024-002"}, {"called": "示例另一条线", "who": "county"},
    ),
    ("parks", "park-twice"): (
        {}, {"called": "样本产业园"}, {"who": "county"},
    ),
    ("labour", "counted-twice"): (
        {"home": "夏河县"}, {"home": "碌曲县", "who": "county"}, {"home": "夏河县", "who": "county"},
    ),
    ("villages", "village-twice"): (
        {}, {"village": "示例乙村"}, {"who": "county"},
    ),
    ("enterprises", "claimed-twice"): (
        {}, {"credit_code": "91350200M000200Y40", "firm": "样本公司"}, {"who": "county"},
    ),
    ("enterprises", "years-beyond-all"): (
        {"realised": "10万元", "realised_on": "2024-12-31", "realised_total": "15万元"},
        {"of_year": "2025", "realised": "5万元", "realised_on": "2025-06-30"},
        {"of_year": "2026", "realised": "6万元", "realised_on": "2026-06-30"},
    ),
    ("workshops", "workshop-twice"): (
        {}, {"called": "样本车间"}, {"village": "示例丙村"},
    ),
    ("projects", "entered-twice"): (
        {}, {"planned": "2024-02-07"}, {"who": "county"},
    ),
    ("twinnings", "paired-twice"): (
        {}, {"east_party": "丙示例小学"}, {"signed": "2024-03-15"},
    ),
    ("donations", "bill-twice"): (
        {"bill": "示票1"}, {"bill": "示票2", "cash": "1万元"}, {"bill": "示票1", "cash": "1万元"},
    ),
    ("talent", "posted-in-two-places"): (
        {"leaves": "2024-07-01"},
        {"place": "甘肃省甘南藏族自治州碌曲县", "arrives": "2024-07-01"},
        {"place": "甘肃省甘南藏族自治州碌曲县", "arrives": "2024-03-01", "person_name": "甲 示例"},
    ),
}  # fmt: skip
# What one row says alone.
ALONE: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {
    ("projects", "paid-not-accepted"): (
        {"paid": "99万元", "approved": "2024-02-06"},
        {"paid": "100万元", "approved": "2024-02-06"},
    ),
    ("projects", "accepted-without-asset"): (
        {"approved": "2024-02-06", "completed": "2024-08-01", "accepted": "2024-09-01",
         "verdict": "合格", "asset": "示资-2024-001"},
        {"approved": "2024-02-06", "completed": "2024-08-01", "accepted": "2024-09-01",
         "verdict": "合格"},
    ),
    ("enterprises", "realised-beyond-signed"): (
        {"signed_amount": "100万元", "realised_total": "100万元"},
        {"signed_amount": "100万元", "realised_total": "101万元"},
    ),
}  # fmt: skip


def enter(town: Town, name: str, changes: dict[str, Any]) -> int:
    base: dict[str, Any] = json.loads((CORPUS / f"{name}.json").read_text("utf-8"))["base"]
    who: Viewer = getattr(town, changes.get("who", "clerk"))
    cells = base | {"pairing": str(town.pairings["gansu"])}
    cells |= {key: value for key, value in changes.items() if key != "who"}
    return written(add(who, cells, ledgers.ledgers()[name])).id


def found(town: Town, name: str, viewer: Viewer | None = None) -> dict[str, set[int]]:
    kind = ledgers.ledgers()[name]
    told = door.findings(kind, viewer or town.reviewer)
    return {one.rule.name: set(one.entries) for one in told}


def test_every_declared_rule_has_a_case() -> None:
    declared = {
        (name, rule.name)
        for name, kind in ledgers.ledgers().items()
        for rule in kind.across
        if name != "funds"
    }
    assert declared == CASES.keys() | ALONE.keys()


@pytest.mark.parametrize(("ledger", "rule"), CASES)
def test_two_rows_that_may_stand_together_and_two_that_may_not(
    town: Town, ledger: str, rule: str
) -> None:
    first, fine, bad = CASES[ledger, rule]
    mine = enter(town, ledger, first)
    other = enter(town, ledger, fine)
    assert rule not in found(town, ledger)
    kind = ledgers.ledgers()[ledger]
    who: Viewer = getattr(town, fine.get("who", "clerk"))
    base = door.bases(kind, who, {})[other]
    door.withdraw(kind, other, who, base=base, why="示例")
    second = enter(town, ledger, bad)
    assert found(town, ledger)[rule] == {mine, second}
    head = door.head().digest
    assert door.count_findings(town.reviewer, head) == len(door.findings(kind, town.reviewer))


@pytest.mark.parametrize(("ledger", "rule"), ALONE)
def test_a_row_that_may_stand_alone_and_one_that_may_not(
    town: Town, ledger: str, rule: str
) -> None:
    fine, bad = ALONE[ledger, rule]
    enter(town, ledger, fine)
    assert rule not in found(town, ledger)
    kind = ledgers.ledgers()[ledger]
    [(number, base)] = door.bases(kind, town.clerk, {}).items()
    door.withdraw(kind, number, town.clerk, base=base, why="示例")
    assert found(town, ledger).get(rule) is None
    number = enter(town, ledger, bad)
    assert found(town, ledger)[rule] == {number}


class TestOnePersonInTwoPlaces:
    """Names are sealed by each office under a key of its own: what is compared is their marks."""

    def both(self, town: Town) -> tuple[int, int]:
        first, _, second = CASES["talent", "posted-in-two-places"]
        return enter(town, "talent", first), enter(town, "talent", second)

    def test_the_name_is_in_nothing_that_is_told(self, town: Town) -> None:
        self.both(town)
        [one] = door.findings(TALENT, town.reviewer)
        assert one.values == ("（已保护）", "east-to-west")
        assert "甲示例" not in repr(one)

    def test_another_office_seals_the_same_name_otherwise_and_it_is_found(self, town: Town) -> None:
        mine = enter(town, "talent", {"place": "甘肃省甘南藏族自治州碌曲县"})
        theirs = enter(town, "talent", {"who": "county"})
        assert found(town, "talent") == {"posted-in-two-places": {mine, theirs}}
        # The county sees its own posting alone.
        assert found(town, "talent", town.county) == {}

    def test_a_name_that_was_erased_is_compared_no_more(self, town: Town) -> None:
        number, _ = self.both(town)
        [version] = door.versions(TALENT, number, town.clerk)
        from jiedui.site.store import reading, rows

        stands = reading.current(TALENT, number)
        assert stands is not None
        refs = rows.sealed_refs(stands.values)
        assert door.erase(TALENT, number, town.clerk, refs, why="本人要求") == 1
        assert found(town, "talent") == {}
        assert version.id == number

    def test_what_was_mended_names_nobody(self, town: Town) -> None:
        number, _ = self.both(town)
        base = door.bases(TALENT, town.clerk, {})[number]
        door.withdraw(TALENT, number, town.clerk, base=base, why="示例")
        [was] = door.mended(TALENT, town.reviewer, door.head().digest)
        assert was.values == ("（已保护）", "east-to-west")


class TestAStockThatFellWithoutAnEvent:
    """What was confirmed and counted ends by its day; withdrawn, it is missed."""

    RULE = "left-without-a-day"

    def confirmed(self, town: Town, **changes: Any) -> int:
        number = enter(town, "workshops", changes)
        kind = ledgers.ledgers()["workshops"]
        for who, to in ((town.clerk, "submitted"), (town.reviewer, "confirmed")):
            base = door.bases(kind, who, {})[number]
            assert isinstance(door.step(kind, number, who, to, base=base), door.Written)
        return number

    def withdrawn(self, town: Town, number: int) -> None:
        kind = ledgers.ledgers()["workshops"]
        base = door.bases(kind, town.clerk, {})[number]
        door.withdraw(kind, number, town.clerk, base=base, why="示例")

    def test_a_confirmed_entry_that_was_withdrawn_is_found(self, town: Town) -> None:
        number = self.confirmed(town)
        assert self.RULE not in found(town, "workshops")
        self.withdrawn(town, number)
        assert found(town, "workshops") == {self.RULE: {number}}
        assert door.count_findings(town.clerk, door.head().digest) == 1
        # Who may not look into what was is not told of it either.
        assert found(town, "workshops", town.leader) == {}
        assert door.count_findings(town.leader, door.head().digest) == 0
        assert found(town, "workshops", town.neighbour) == {}

    def test_one_that_ended_on_its_day_is_none(self, town: Town) -> None:
        number = self.confirmed(town, progress="取消认定", withdrawn="2024-09-01")
        self.withdrawn(town, number)
        assert found(town, "workshops") == {}

    def test_a_draft_was_in_no_figure_that_was_reported(self, town: Town) -> None:
        number = enter(town, "workshops", {})
        self.withdrawn(town, number)
        assert found(town, "workshops") == {}

    def test_entered_again_it_is_mended_and_explained_it_is_explained(self, town: Town) -> None:
        kind = ledgers.ledgers()["workshops"]
        number = self.confirmed(town)
        self.withdrawn(town, number)
        [one] = door.findings(kind, town.clerk)
        told = door.explain(kind, town.clerk, one.key, why="示例：认定文件已废止")
        assert isinstance(told, door.Finding)
        assert door.count_findings(town.clerk, door.head().digest) == 0
        enter(town, "workshops", {})
        assert door.findings(kind, town.clerk) == []
        [was] = door.mended(kind, town.clerk, door.head().digest)
        assert (was.rule.name, was.entries) == (self.RULE, (number,))
        assert was.found <= was.mended

    @pytest.mark.parametrize("name", sorted(ledgers.ledgers()))
    def test_every_ledger_with_a_stock_has_the_rule(self, name: str) -> None:
        kind = ledgers.ledgers()[name]
        stocks = {one.ends for one in kind.indicators if one.kind is Kind.STOCK}
        assert {one.ends for one in kind.lasting()} == stocks - {""}
