"""A workbook of several ledgers: a batch a sheet, each loaded and taken back by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import batches, door, parting, previewing, staging
from tests.core.intake.made import HEADINGS, ROW, by_openpyxl
from tests.core.intake.test_recognising import COVER, ONE_POST, POSTS

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS, TALENT = ledgers.ledgers()["funds"], ledgers.ledgers()["talent"]


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    for module in (staging, parting):
        monkeypatch.setattr(module, "open_book_apart", intake.open_book)
    monkeypatch.setattr(previewing, "annotate_apart", intake.annotate)


def bring(town: Town, *sheets: list[list[object]], titles: tuple[str, ...]) -> object:
    cells = {
        "programme": "east-west", "pairing": str(town.pairings["gansu"]), "place": "甘肃省",
    }  # fmt: skip
    content = by_openpyxl(*sheets, titles=titles)
    return parting.receive_book(
        town.clerk, content, "资料.xlsx",
        lambda kind: {name: text for name, text in cells.items() if name in kind.fields},
    )  # fmt: skip


def test_each_sheet_is_a_batch_that_is_loaded_and_undone_by_itself(town: Town) -> None:
    second = ["甲财〔2024〕2号", *ROW[1:]]
    before = (
        len(door.entries(FUNDS, town.clerk).entries),
        len(door.entries(TALENT, town.clerk).entries),
    )
    parted = bring(
        town, COVER, [HEADINGS, ROW], [POSTS, ONE_POST], [HEADINGS, second],
        titles=("封面", "一季度", "人才", "二季度"),
    )  # fmt: skip
    assert isinstance(parted, parting.Parted)
    assert parted.unknown == ("封面",)
    assert [(one.ledger, one.sheet) for one in parted.batches] == [
        ("funds", "一季度"), ("talent", "人才"), ("funds", "二季度"),
    ]  # fmt: skip
    for one in parted.batches:
        shown = batches.preview(town.clerk, one.key)
        assert isinstance(shown, batches.Preview), shown
        assert (shown.rows, shown.problems) == (1, ()), shown.problems
        done = batches.load(town.clerk, one.key, shown.digest)
        assert isinstance(done, batches.Loaded), done
    now = (
        len(door.entries(FUNDS, town.clerk).entries),
        len(door.entries(TALENT, town.clerk).entries),
    )
    assert now == (before[0] + 2, before[1] + 1)
    assert isinstance(batches.undo(town.clerk, parted.batches[0].key, "传错了表"), batches.Undone)
    assert len(door.entries(FUNDS, town.clerk).entries) == before[0] + 1


def test_a_sheet_without_rows_is_told_of_and_keeps_no_other_back(town: Town) -> None:
    parted = bring(town, [HEADINGS, ROW], [POSTS], titles=("资金", "人才"))
    assert isinstance(parted, parting.Parted)
    [one] = parted.batches
    assert (one.ledger, one.sheet) == ("funds", "资金")
    [(sheet, why)] = parted.told
    assert isinstance(why, Problem)
    assert (sheet, why.code) == ("人才", "heading-only")


def test_a_workbook_of_no_ledger_is_not_kept(town: Town) -> None:
    told = bring(town, COVER, titles=("封面",))
    assert isinstance(told, Problem)
    assert (told.code, "封面" in told.hint) == ("ledger-not-recognised", True)
    assert batches.listed(town.clerk) == []


def test_who_may_not_bring_workbooks_brings_none_by_their_sheets(town: Town) -> None:
    content = by_openpyxl([HEADINGS, ROW])
    assert isinstance(parting.receive_book(town.leader, content, "", lambda _: {}), No)


def test_the_sheets_of_one_ledger_are_brought_instead_of_the_first(town: Town) -> None:
    second = ["甲财〔2024〕2号", *ROW[1:]]
    content = by_openpyxl(
        COVER, [HEADINGS, ROW], [POSTS, ONE_POST], [HEADINGS, second],
        titles=("封面", "县区一", "人才", "县区二"),
    )  # fmt: skip
    given = {
        "programme": "east-west", "pairing": str(town.pairings["gansu"]), "place": "甘肃省",
    }  # fmt: skip
    received = batches.receive(town.clerk, FUNDS, content, "资料.xlsx", given)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    said = [(one.code, one.hint) for one in shown.remarks if "sheet" in one.code]
    assert [code for code, _ in said] == ["sheet-not-read", "sheet-not-read", intake.SAME_LEDGER]
    assert "县区二" in said[2][1]

    assert parting.part(town.neighbour, received.key) == batches.NOT_HERE
    parted = parting.part(town.clerk, received.key)

    assert isinstance(parted, parting.Parted), parted
    assert [(one.ledger, one.sheet) for one in parted.batches] == [
        ("funds", "县区一"), ("funds", "县区二"),
    ]  # fmt: skip
    assert parted.unknown == ("封面", "人才")
    for one in parted.batches:
        waits = batches.preview(town.clerk, one.key)
        assert isinstance(waits, batches.Preview), waits
        assert (waits.counts["added"], waits.faults) == (1, 0)
    states = {one.key: one.state for one in batches.listed(town.clerk)}
    assert states[received.key] == batches.DROPPED


def test_sheets_are_named_and_taken_for_their_ledger(town: Town) -> None:
    content = by_openpyxl([HEADINGS, ROW], [HEADINGS, ROW], titles=("一月", "二月"))

    def bring_of(*sheets: str, ledger: type[ledgers.Ledger] | None = FUNDS) -> object:
        return parting.receive_book(
            town.clerk, content, "", lambda _: {}, ledger=ledger, sheets=sheets
        )

    named = bring_of("二月", ledger=None)
    assert isinstance(named, parting.Parted), named
    assert [one.sheet for one in named.batches] == ["二月"]
    missing = bring_of("三月")
    assert isinstance(missing, Problem)
    assert missing.code == "sheet-not-there"
    of_another = bring_of("一月", ledger=TALENT)
    assert isinstance(of_another, Problem)
    assert of_another.code == "wrong-ledger"
    none = bring_of(ledger=TALENT)
    assert isinstance(none, Problem)
    assert none.code == "ledger-not-recognised"
