"""A workbook of organisations brought to their register, by whoever may write registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.site.store import batches, door, previewing, staging, verify

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

PARTIES, PAIRINGS = ledgers.ledgers()["parties"], ledgers.ledgers()["pairings"]
HEAD = "序号,单位名称,单位类别,地区,统一社会信用代码\n"
FIRMS = "1,甲样例食品公司,企业,夏河县,91350100M000100Y43\n2,乙样例合作社,企业,合作市,\n"


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    monkeypatch.setattr(previewing, "annotate_apart", intake.annotate)


def staged(town: Town, text: str, who: str = "reviewer") -> batches.Preview:
    viewer = getattr(town, who)
    received = batches.receive(viewer, PARTIES, text.encode(), "企业名录.csv")
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(viewer, received.key)
    assert isinstance(shown, batches.Preview), shown
    return shown


def loaded(town: Town, text: str) -> batches.Loaded:
    shown = staged(town, text)
    done = batches.load(town.reviewer, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    return done


def named(town: Town) -> dict[str, door.Entry]:
    found = door.entries(PARTIES, town.reviewer, size=200).entries
    return {str(one.values["full_name"]): one for one in found}


def test_organisations_are_registered_amended_and_taken_back(town: Town) -> None:
    before = named(town)
    done = loaded(town, HEAD + FIRMS)
    assert done.counts["added"] == 2
    firm = named(town)["甲样例食品公司"]
    assert (firm.owner, firm.values["sort"]) == (town.reviewer.office, "company")
    assert firm.values["credit_code"] == "91350100M000100Y43"
    assert named(town).keys() - before.keys() == {"甲样例食品公司", "乙样例合作社"}
    # The same again with one mended: told by the name, which is what makes it the same party.
    again = staged(town, HEAD + FIRMS.replace("合作市", "夏河县"))
    assert (again.counts["unchanged"], again.counts["changed"]) == (1, 1)
    second = batches.load(town.reviewer, again.batch.key, again.digest)
    assert isinstance(second, batches.Loaded), second
    assert verify.verify().broken == ()
    undone = batches.undo(town.reviewer, again.batch.key, "样例")
    assert isinstance(undone, batches.Undone), undone
    assert str(named(town)["乙样例合作社"].values["place"]).startswith("623001")


def test_what_another_office_registered_is_not_registered_twice(town: Town) -> None:
    loaded(town, HEAD + FIRMS)
    shown = staged(town, HEAD + FIRMS + "3,丙样例公司,企业,夏河县,\n", who="examiner")
    assert [one.code for one in shown.problems] == ["registered-already"] * 2
    assert (shown.counts["problem"], shown.counts["added"]) == (2, 1)
    done = batches.load(town.examiner, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded), done
    cells = {"full_name": "甲样例食品公司", "sort": "company", "place": "610000"}
    checked = ledgers.check(PARTIES, ledgers.frame([cells]))
    told = door.add(PARTIES, town.examiner, checked)
    assert isinstance(told, door.Faults), told
    assert [one.code for one in told.problems] == ["registered-already"]


def test_only_who_may_write_a_register_brings_and_sees_its_workbooks(town: Town) -> None:
    for who in ("clerk", "leader", "auditor", "partner"):
        told = batches.receive(getattr(town, who), PARTIES, HEAD.encode(), "")
        assert isinstance(told, No), who
    funds = ledgers.ledgers()["funds"]
    assert isinstance(batches.receive(town.reviewer, funds, HEAD.encode(), ""), No)
    key = staged(town, HEAD + FIRMS).batch.key
    # Of the same office, but not for this: neither sees the other's workbooks.
    assert batches.one(town.clerk, key) == batches.NOT_HERE
    assert batches.listed(town.clerk) == []
    assert [one.key for one in batches.listed(town.reviewer)] == [key]


def test_pairings_come_by_workbook_with_their_parties_by_name(town: Town) -> None:
    loaded(town, HEAD + FIRMS)
    text = (
        "结对名称,协作类型,结对类型,东部单位,西部单位,起始日期\n"
        "甲乙样例结对,东西部协作,企业与村,甲样例食品公司,乙样例合作社,2024-03-01\n"
        "不成的结对,东西部协作,企业与村,没有的公司,乙样例合作社,2024-03-01\n"
    )
    received = batches.receive(town.reviewer, PAIRINGS, text.encode(), "结对.csv")
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.reviewer, received.key)
    assert isinstance(shown, batches.Preview), shown
    assert [one.code for one in shown.problems] == ["no-such-entry"]
    assert shown.counts["added"] == 1
