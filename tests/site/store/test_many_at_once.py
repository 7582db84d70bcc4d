"""Several entries entered, or moved along the review, under one link or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import ledgers
from jiedui.access import No
from jiedui.site.store import door, verify
from tests.site.store.town import EXCHANGES, amend, subjects

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from tests.site.store.town import Town


def enter(town: Town, viewer: Viewer, *changes: dict[str, Any]) -> Any:
    cells = [town.cells(**one) for one in changes]
    checked = ledgers.check(EXCHANGES, ledgers.frame(cells), door.lookup(viewer))
    return door.enter(EXCHANGES, viewer, checked, why="样例")


@pytest.fixture
def three(town: Town) -> door.Entered:
    done = enter(town, town.clerk, *({"subject": f"第{n}次"} for n in range(3)))
    assert isinstance(done, door.Entered)
    return done


def states(town: Town) -> list[Any]:
    return sorted(one.values["state"] for one in door.entries(EXCHANGES, town.clerk).entries)


def test_all_are_of_one_link_in_the_order_they_came(town: Town, three: door.Entered) -> None:
    assert door.head().number == three.link
    found = door.chosen(EXCHANGES, three.entries, town.clerk)
    assert [found[number].values["subject"] for number in three.entries] == [
        "第0次", "第1次", "第2次",
    ]  # fmt: skip
    assert {one.link for one in found.values()} == {three.link}
    assert {number: one.version for number, one in found.items()} == three.entries
    assert verify.verify().broken == ()


@pytest.mark.parametrize(
    ("bad", "code"),
    [({"starts": "2020-01-01"}, "pairing-not-in-force"), ({"subject": "第0次"}, "same-entry"),
     ({"starts": "x"}, "not-a-date"), ({"subject": "甲"}, "same-entry")],
)  # fmt: skip
def test_one_that_cannot_be_keeps_out_all(
    town: Town, three: door.Entered, bad: dict[str, Any], code: str
) -> None:
    done = enter(town, town.clerk, {"subject": "甲"}, bad | {"ends": bad.get("starts")})
    assert isinstance(done, door.Faults)
    assert code in {one.code for one in done.problems}
    assert {getattr(one.at, "row", None) for one in done.problems} == {1}
    assert door.head().number == three.link
    assert len(subjects(town.clerk)) == 3


def test_who_may_not_enter_enters_none(town: Town) -> None:
    before = door.head().number
    for viewer in (town.leader, town.partner, town.reviewer):
        assert isinstance(enter(town, viewer, {}), No)
    assert door.head().number == before


def test_all_move_along_the_review_together(town: Town, three: door.Entered) -> None:
    sent = door.step_all(EXCHANGES, three.entries, town.clerk, "submitted")
    assert isinstance(sent, door.Entered)
    assert (sent.link, states(town)) == (three.link + 1, ["submitted"] * 3)
    assert sent.entries.keys() == three.entries.keys()
    done = door.step_all(EXCHANGES, sent.entries, town.reviewer, "confirmed")
    assert isinstance(done, door.Entered)
    assert (done.link, states(town)) == (three.link + 2, ["confirmed"] * 3)
    assert verify.verify().broken == ()


def test_when_one_may_not_move_none_does(town: Town, three: door.Entered) -> None:
    assert isinstance(door.step_all(EXCHANGES, three.entries, town.clerk, "confirmed"), No)
    [first, *_] = door.chosen(EXCHANGES, list(three.entries)[-1:], town.clerk).values()
    amend(town.clerk, first, people="9")
    link = door.head().number
    told = door.step_all(EXCHANGES, three.entries, town.clerk, "submitted")
    assert isinstance(told, door.Conflict)
    assert (door.head().number, states(town)) == (link, ["draft"] * 3)
    back = door.step_all(EXCHANGES, three.entries, town.neighbour, "submitted")
    assert isinstance(back, No)


def test_names_stay_sealed_as_they_were_and_each_part_is_moved(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiedui.site.store.reviewing._AT_ONCE", 2)
    named = [{"attended": [{"name": f"钱示例{n}", "side": "west"}], "subject": n} for n in "甲乙丙"]
    done = enter(town, town.clerk, *named)
    before = door.chosen(EXCHANGES, done.entries, town.clerk)
    sent = door.step_all(EXCHANGES, done.entries, town.clerk, "submitted")
    assert isinstance(sent, door.Entered)
    after = door.chosen(EXCHANGES, sent.entries, town.clerk)
    for number, one in after.items():
        assert one.values == {**before[number].values, "state": "submitted"}
    assert verify.verify().broken == ()
    seen = door.chosen(EXCHANGES, sent.entries, town.reviewer)
    assert "钱示例" not in str([one.values for one in seen.values()])
