"""Rules over rows: what is found, in whose scope, and what is no finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from jiedui import ledgers
from jiedui.cli.findings import app
from jiedui.site.store import door, findings
from tests.site.store.town import add, written

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from tests.site.store.town import Town

FUNDS = ledgers.ledgers()["funds"]
PAPER = "示财〔2024〕1号"


def enter(town: Town, stage: str, amount: str, day: str, **changes: Any) -> int:
    """One movement of money, entered by a clerk."""
    who: Viewer = changes.pop("who", town.clerk)
    cells = {
        "programme": "east-west",
        "pairing": str(town.pairings["gansu"]),
        "place": "620000",
        "document_number": PAPER,
        "nature": "east-province",
        "stage": stage,
        "amount": amount,
        "day": day,
    }
    return written(add(who, cells | changes, FUNDS)).id


def found(viewer: Viewer) -> dict[str, tuple[tuple[str, ...], set[int]]]:
    return {
        one.rule.name: (one.values, set(one.entries)) for one in findings.findings(FUNDS, viewer)
    }


def test_money_that_is_in_order_is_no_finding(town: Town) -> None:
    enter(town, "issued", "10万元", "2024-02-01")
    enter(town, "arrived", "10万元", "2024-02-20")
    enter(town, "allocated", "10万元", "2024-03-01")
    enter(town, "paid", "4万元", "2024-03-01")
    enter(town, "paid", "6万元", "2024-04-01")
    assert found(town.clerk) == {}


@pytest.mark.parametrize(
    ("rule", "stages"),
    [
        ("arrived-beyond-issued", (("issued", "1元"), ("arrived", "1.01元"))),
        ("allocated-beyond-arrived", (("arrived", "1元"), ("allocated", "1.01元"))),
        ("paid-beyond-arrived", (("arrived", "1元"), ("paid", "0.5元"), ("paid", "0.51元"))),
        ("recovered-beyond-arrived", (("arrived", "1元"), ("recovered", "1.01元"))),
    ],
)
def test_a_fen_too_much_is_found_with_its_entries(
    town: Town, rule: str, stages: tuple[tuple[str, str], ...]
) -> None:
    numbers = {
        enter(town, stage, amount, f"2024-02-{day:02}")
        for day, (stage, amount) in enumerate(stages, 1)
    }
    enter(town, "issued", "1元", "2024-02-01", document_number="示财〔2024〕2号")
    assert found(town.clerk) == {rule: ((PAPER,), numbers)}


def test_paid_before_it_arrived(town: Town) -> None:
    numbers = {
        enter(town, "arrived", "10万元", "2024-02-20"),
        enter(town, "paid", "4万元", "2024-02-19"),
    }
    assert found(town.clerk) == {"paid-before-arrived": ((PAPER,), numbers)}


def test_every_declared_rule_can_be_broken() -> None:
    """The cases above name each of them; a new rule needs one."""
    assert {rule.name for rule in FUNDS.across} == {
        "arrived-beyond-issued",
        "allocated-beyond-arrived",
        "paid-beyond-arrived",
        "recovered-beyond-arrived",
        "paid-before-arrived",
    }


def test_each_paper_is_judged_by_itself(town: Town) -> None:
    enter(town, "arrived", "10万元", "2024-02-20")
    other = {
        enter(town, "arrived", "1万元", "2024-02-20", document_number="示财〔2024〕2号"),
        enter(town, "paid", "2万元", "2024-03-01", document_number="示财〔2024〕2号"),
    }
    assert found(town.clerk) == {"paid-beyond-arrived": (("示财〔2024〕2号",), other)}


def test_where_nothing_is_to_compare_nothing_is_found(town: Town) -> None:
    enter(town, "paid", "4万元", "2024-02-19")
    assert found(town.clerk) == {}


def test_only_what_a_viewer_may_see_is_judged_and_named(town: Town) -> None:
    """The county's payment and the province's arrival meet in the eyes of those who see both."""
    arrived = enter(town, "arrived", "1万元", "2024-02-20")
    paid = enter(town, "paid", "2万元", "2024-03-01", who=town.county, place="623027")
    both = {"paid-beyond-arrived": ((PAPER,), {arrived, paid})}
    assert found(town.auditor) == both
    assert found(town.reviewer) == both
    assert found(town.county) == {}
    assert found(town.clerk) == {}
    assert found(town.neighbour) == {}
    assert found(town.stranger) == {}


def test_what_was_withdrawn_is_judged_no_more(town: Town) -> None:
    enter(town, "arrived", "1万元", "2024-02-20")
    paid = enter(town, "paid", "2万元", "2024-03-01")
    assert found(town.clerk)
    [entry] = door.versions(FUNDS, paid, town.clerk)
    door.withdraw(FUNDS, paid, town.clerk, base=entry.version, why="样例撤回")
    assert found(town.clerk) == {}


def test_a_ledger_without_rules_over_rows_has_none(town: Town) -> None:
    assert findings.findings(ledgers.ledgers()["exchanges"], town.clerk) == []


@pytest.mark.django_db(databases=["default", "work"])
def test_the_command_names_rule_paper_and_entries(town: Town) -> None:
    arrived = enter(town, "arrived", "1万元", "2024-02-20")
    paid = enter(town, "paid", "2万元", "2024-03-01")
    done = CliRunner().invoke(app, ["funds", "--as", "clerk"])
    assert done.exit_code == 0, done.output
    rule, entries, total = done.output.splitlines()
    assert rule == f"同一文号支付的金额大于到位的金额：资金文号 {PAPER}（2 条记录）"
    assert set(entries.split()) == {door.key(arrived), door.key(paid)}
    assert total == "共 1 处疑点。"
    nothing = CliRunner().invoke(app, ["exchanges", "--as", "clerk"])
    assert (nothing.exit_code, nothing.output) == (0, "共 0 处疑点。\n")


def test_as_many_are_counted_as_are_shown(town: Town) -> None:
    enter(town, "issued", "1元", "2024-02-01")
    enter(town, "arrived", "2元", "2024-02-20")
    enter(town, "paid", "3元", "2024-02-19")
    enter(town, "paid", "2元", "2024-02-19", document_number="示财〔2024〕2号")
    enter(town, "arrived", "1元", "2024-02-19", document_number="示财〔2024〕2号")
    shown = findings.findings(FUNDS, town.clerk)
    assert len(shown) == 4
    head = door.head().digest
    assert door.count_findings(town.clerk, head) == 4
    assert door.count_findings(town.neighbour, head) == 0
