"""What becomes of findings: explained until an entry changes, opened again, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers
from jiedui.access import No
from jiedui.site.store import door
from jiedui.site.store.tables import Link
from jiedui.site.store.verify import verify
from tests.site.store.test_findings import FUNDS, PAPER, enter
from tests.site.store.test_findings_between import enter as enter_any

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiedui.access import Viewer
    from tests.site.store.town import Town

WHY = "示例：利息一并支付，已附说明"


@pytest.fixture
def paid(town: Town) -> int:
    enter(town, "arrived", "1万元", "2024-02-20")
    return enter(town, "paid", "2万元", "2024-03-01")


def one(viewer: Viewer) -> door.Finding:
    [found] = door.findings(FUNDS, viewer)
    return found


def gone(viewer: Viewer) -> list[door.Mended]:
    return door.mended(FUNDS, viewer, door.head().digest)


def open_ones(viewer: Viewer) -> int:
    return door.count_findings(viewer, door.head().digest)


def withdraw(town: Town, number: int, ledger: Any = FUNDS) -> None:
    base = door.bases(ledger, town.clerk, {})[number]
    done = door.withdraw(ledger, number, town.clerk, base=base, why="样例撤回")
    assert not isinstance(done, No)


def test_an_explained_finding_stands_and_is_open_no_more(town: Town, paid: int) -> None:
    assert open_ones(town.clerk) == 1
    told = door.explain(FUNDS, town.clerk, one(town.clerk).key, why=WHY)
    assert isinstance(told, door.Finding)
    for viewer in (town.clerk, town.reviewer, town.auditor):
        said = one(viewer).explanation
        assert said is not None
        assert (said.why, said.by, said.office) == (WHY, town.clerk.name, town.clerk.office)
        assert open_ones(viewer) == 0
    assert verify().broken == ()


def test_another_version_of_an_entry_is_another_finding(town: Town, paid: int) -> None:
    door.explain(FUNDS, town.clerk, one(town.clerk).key, why=WHY)
    enter(town, "paid", "1元", "2024-03-02")
    assert one(town.clerk).explanation is None
    assert open_ones(town.clerk) == 1


def test_both_sides_of_a_rule_over_two_ledgers_are_part_of_it(town: Town) -> None:
    parks = ledgers.ledgers()["parks"]
    enter_any(town, "parks")
    labour = enter_any(town, "labour", {"people": "29"})
    [found] = door.findings(parks, town.clerk)
    assert found.measured == ("30", "29")
    door.explain(parks, town.clerk, found.key, why=WHY)
    assert open_ones(town.clerk) == 0
    withdraw(town, labour, ledgers.ledgers()["labour"])
    enter_any(town, "labour", {"people": "28"})
    [found] = door.findings(parks, town.clerk)
    assert (found.measured, found.explanation) == (("30", "28"), None)


def test_who_reviews_opens_it_again_and_it_may_be_explained_anew(town: Town, paid: int) -> None:
    key = one(town.clerk).key
    door.explain(FUNDS, town.clerk, key, why=WHY)
    done = door.reopen(FUNDS, town.reviewer, key, why="示例：说明与凭证不符")
    assert isinstance(done, door.Finding)
    assert done.explanation is None
    assert open_ones(town.clerk) == 1
    door.explain(FUNDS, town.clerk, key, why="示例：补充说明")
    said = one(town.clerk).explanation
    assert said is not None
    assert said.why == "示例：补充说明"
    assert Link.objects.filter(source__contains=key).count() == 3


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("auditor", "“审计”不能更正"),
        ("neighbour", "变了，或者不在了"),
        ("stranger", "变了，或者不在了"),
        ("county", "变了，或者不在了"),
    ],
)
def test_others_may_not(town: Town, paid: int, who: str, reason: str) -> None:
    before = door.head()
    told = door.explain(FUNDS, getattr(town, who), one(town.clerk).key, why=WHY)
    assert isinstance(told, No)
    assert reason in str(told.reason)
    assert door.head() == before


def test_an_office_explains_only_what_has_an_entry_of_its_own(town: Town) -> None:
    enter(town, "arrived", "1万元", "2024-02-20", who=town.county, place="623027")
    enter(town, "paid", "2万元", "2024-03-01", who=town.county, place="623027")
    told = door.explain(FUNDS, town.clerk, one(town.reviewer).key, why=WHY)
    assert isinstance(told, No)
    assert isinstance(door.explain(FUNDS, town.county, one(town.county).key, why=WHY), door.Finding)


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("", "required"),
        (" \n", "required"),
        ("长" * 501, "too-long"),
        ("示\x00例", "control-character"),
        ("电话 13800000000", "looks-personal"),
    ],
)
def test_a_reason_is_needed_and_is_no_place_for_persons(
    town: Town, paid: int, why: str, code: str
) -> None:
    before = door.head()
    told = door.explain(FUNDS, town.clerk, one(town.clerk).key, why=why)
    assert isinstance(told, door.Faults)
    assert [fault.code for fault in told.problems] == [code]
    assert door.head() == before


@pytest.mark.parametrize("say", [door.explain, door.reopen])
def test_what_is_there_no_more_is_not_explained(
    town: Town, paid: int, say: Callable[..., object]
) -> None:
    key = one(town.clerk).key
    if say is door.explain:
        door.explain(FUNDS, town.clerk, key, why=WHY)  # twice is once
    before = door.head()
    assert isinstance(say(FUNDS, town.clerk, key, why=WHY), No)
    assert isinstance(say(FUNDS, town.clerk, "0" * 32, why=WHY), No)
    assert isinstance(say(FUNDS, town.clerk, "' OR 1=1 --", why=WHY), No)
    assert door.head() == before


def test_what_was_mended_is_told_with_its_days(town: Town, paid: int) -> None:
    assert gone(town.clerk) == []
    first = one(town.clerk)
    withdraw(town, paid)
    [was] = gone(town.clerk)
    assert (was.rule.name, was.values) == (first.rule.name, (PAPER,))
    assert set(was.entries) == set(first.entries)
    assert was.found <= was.mended
    assert door.findings(FUNDS, town.clerk) == []


def test_it_is_mended_by_what_is_added_too_and_broken_again(town: Town, paid: int) -> None:
    enter(town, "arrived", "1万元", "2024-02-21")
    [was] = gone(town.clerk)
    assert was.values == (PAPER,)
    again = enter(town, "paid", "1元", "2024-03-02")
    assert gone(town.clerk) == []
    withdraw(town, again)
    [was] = gone(town.clerk)
    assert again in was.entries


def test_what_was_never_broken_was_never_mended(town: Town) -> None:
    enter(town, "arrived", "1万元", "2024-02-20")
    withdraw(town, enter(town, "paid", "1万元", "2024-03-01"))
    enter(town, "arrived", "2万元", "2024-02-20", document_number="示财〔2024〕2号")
    assert gone(town.clerk) == []


def test_of_two_ledgers_it_may_be_the_other_that_was_mended(town: Town) -> None:
    parks = ledgers.ledgers()["parks"]
    mine = enter_any(town, "parks")
    enter_any(town, "labour", {"people": "29"})
    enter_any(town, "labour", {"people": "1", "employer": "样本公司"})
    [was] = door.mended(parks, town.clerk, door.head().digest)
    assert (was.rule.name, was.entries) == ("jobs-beyond-labour", (mine,))


def test_mended_ones_are_told_within_the_scope_and_to_who_may_look_back(
    town: Town, paid: int
) -> None:
    withdraw(town, paid)
    for viewer in (town.clerk, town.reviewer, town.auditor):
        assert len(gone(viewer)) == 1
    for viewer in (town.neighbour, town.stranger, town.county):
        assert gone(viewer) == []


@pytest.mark.parametrize("name", sorted(ledgers.ledgers()))
def test_the_history_of_every_ledger_can_be_asked(town: Town, name: str) -> None:
    assert door.mended(ledgers.ledgers()[name], town.clerk, "") == []
