"""Rules over two ledgers: each can be broken, in whose scope, and where there is nothing to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers
from jiedui.site.store import door, findings
from tests.site.store.town import add, written

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from tests.site.store.town import Town

ROWS: dict[str, dict[str, str]] = {
    "projects": {
        "called": "示例大棚", "sort": "industry", "linkage": "", "total": "10万元",
        "aid": "10万元", "paid": "4万元", "planned": "2024-02-01", "approved": "2024-02-02",
    },
    "funds": {
        "document_number": "示财〔2024〕1号", "nature": "east-province", "stage": "paid",
        "amount": "4万元", "day": "2024-04-01", "project": "示例大棚",
    },
    "parks": {
        "called": "示例园", "east_side": "甲示例区", "west_side": "乙示例县",
        "agreed": "2023-01-01", "jobs": "30", "counted_on": "2024-12-31",
    },
    "workshops": {
        "called": "示例车间", "recognised": "2023-05-01", "workers": "30", "progress": "running",
    },
    "enterprises": {
        "firm": "示例公司", "credit_code": "91350100M000100Y43", "origin": "天津市",
        "registered": "2024-01-10", "progress": "building", "rural": "30",
    },
    "labour": {
        "of_month": "2024-03", "employer": "示例公司", "region": "province", "category": "poor",
        "people": "30",
    },
    "donations": {
        "giver": "示例商会", "giver_sort": "social", "day": "2024-01-05", "cash": "5万元",
        "receiver": "示例县民政局", "event": "示例地震",
    },
    "relief": {
        "event": "示例地震", "hazard": "earthquake", "happened": "2023-12-18",
        "giver": "示例商会", "receiver": "示例县民政局", "funds": "6万元",
    },
}  # fmt: skip
# What breaks each rule: the change of one row beside those above.
BROKEN: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("projects", "paid-otherwise"): ("funds", {"amount": "4.000001万元"}),
    ("parks", "jobs-beyond-labour"): ("labour", {"people": "29"}),
    ("workshops", "jobs-beyond-labour"): ("labour", {"people": "29"}),
    ("enterprises", "jobs-beyond-labour"): ("labour", {"people": "29"}),
    ("donations", "given-twice"): ("relief", {"funds": "5万元"}),
}


def enter(town: Town, ledger: str, changes: dict[str, str] | None = None, **more: Any) -> int:
    who: Viewer = more.pop("who", town.clerk)
    cells: dict[str, Any] = {
        "programme": "east-west", "pairing": str(town.pairings["gansu"]), "place": "620000",
        **ROWS[ledger], **(changes or {}), **more,
    }  # fmt: skip
    if ledger == "projects":
        cells["linkage"] = [{"value": "work"}]
    return written(add(who, cells, ledgers.ledgers()[ledger])).id


def found(viewer: Viewer, ledger: str) -> dict[str, tuple[int, ...]]:
    kind = ledgers.ledgers()[ledger]
    return {one.rule.name: one.entries for one in findings.findings(kind, viewer)}


def test_every_declared_rule_has_a_case() -> None:
    declared = {(name, rule.name) for name, kind in ledgers.ledgers().items()
                for rule in kind.against}  # fmt: skip
    assert declared == BROKEN.keys()


@pytest.mark.parametrize(("ledger", "rule"), BROKEN)
def test_what_is_in_order_is_none_and_a_little_else_is_one(
    town: Town, ledger: str, rule: str
) -> None:
    other, change = BROKEN[ledger, rule]
    mine = enter(town, ledger)
    assert found(town.clerk, ledger) == {}  # There is nothing to compare.
    number = enter(town, other)
    assert found(town.clerk, ledger) == {}
    first = ledgers.ledgers()[other]
    base = door.bases(first, town.clerk, {})[number]
    door.withdraw(first, number, town.clerk, base=base, why="示例")
    enter(town, other, change)
    assert found(town.clerk, ledger) == {rule: (mine,)}
    assert door.count_findings(town.clerk, door.head().digest) == 1


def test_each_side_is_seen_through_the_viewers_scope(town: Town) -> None:
    enter(town, "parks")
    enter(town, "labour", {"people": "10"}, who=town.county, place="623027")
    enter(town, "labour", {"people": "10", "employer": "样本公司"})
    assert found(town.clerk, "parks").keys() == {"jobs-beyond-labour"}
    assert found(town.county, "parks") == {}
    assert found(town.neighbour, "parks") == {}
    assert found(town.stranger, "parks") == {}
