"""Bad workbooks all the way into the store: what is said of each, and that nothing is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import intake, ledgers
from jiedui.problems import Problem
from jiedui.site.store import batches, door, staging
from jiedui.site.store.entries import Faults
from tests.core.intake.made import HEADINGS, ROW, by_openpyxl, rewritten
from tests.core.intake.test_bad_input import BILLION, SHEET, with_amount

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS, EXCHANGES = ledgers.ledgers()["funds"], ledgers.ledgers()["exchanges"]
PLACED = [*HEADINGS, "所属地区"]
GOOD = by_openpyxl([PLACED, [*ROW, "夏河县"]])
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    return rewritten(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * (200 << 20)))


NOT_TAKEN = {
    "zip-inflated": bomb,
    "workbook-with-dtd": lambda: rewritten(GOOD, SHEET, lambda _: BILLION),
    "workbook-password": lambda: LOCKED,
    "file-too-large": lambda: b"PK" + bytes(300 << 20),
    "file-damaged": lambda: GOOD[: len(GOOD) // 2],
    "file-empty": lambda: b"",
}


@pytest.fixture(autouse=True)
def open_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process, but for those that are no workbooks."""
    if "code" not in request.fixturenames:
        monkeypatch.setattr(staging, "open_book_apart", intake.open_book)


def given(town: Town) -> dict[str, str]:
    return {"programme": "east-west", "pairing": str(town.pairings["gansu"])}


def brought(town: Town, content: bytes, ledger: Any = FUNDS) -> Any:
    return batches.receive(town.clerk, ledger, content, "../../x.xlsx", given(town))


def seen(town: Town, content: bytes) -> batches.Preview:
    received = brought(town, content)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    return shown


@pytest.mark.parametrize("code", NOT_TAKEN)
def test_what_is_no_workbook_is_not_taken(
    town: Town, code: str, settings: Any, tmp_path: Path
) -> None:
    settings.JIEDUI_FOLDER = tmp_path
    before = door.head()
    found = brought(town, NOT_TAKEN[code]())
    assert isinstance(found, Problem), found
    assert found.code == code
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert batches.listed(town.clerk) == []
    assert door.head() == before


def test_a_sheet_named_like_a_path_is_loaded_and_names_no_file(
    town: Town, settings: Any, tmp_path: Path
) -> None:
    settings.JIEDUI_FOLDER = tmp_path / "book"
    odd = rewritten(GOOD, "xl/workbook.xml", lambda xml: xml.replace("资金".encode(), b"../../x"))
    shown = seen(town, odd)
    assert shown.layout.sheet == "../../x"
    assert shown.batch.name == "x.xlsx"
    found = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {shown.batch.key, f"{shown.batch.key}.head", f"{shown.batch.key}.rows"}
    assert isinstance(batches.load(town.clerk, shown.batch.key, shown.digest), batches.Loaded)
    assert len(door.entries(FUNDS, town.clerk).entries) == 1


def placed(content: bytes) -> bytes:
    """The rows of `with_amount`, each with a place."""
    book = intake.open_book(content)
    assert isinstance(book, intake.Book)
    heads, *rows = book.sheets[0].cells.rows()
    return by_openpyxl([[*heads, "所属地区"], *([*row, "夏河县"] for row in rows)])


@pytest.mark.parametrize(
    ("heading", "cells", "code", "good"),
    [
        ("金额", (125000,), "amount-without-unit", 0),
        ("金额", ("12.5万元", 125000), "mixed-units", 1),
        ("金额（元）", ("1,2OO",), "not-an-amount", 0),
        ("金额（元）", (-5,), "rule-broken", 0),
    ],
)
def test_a_faulty_amount_keeps_its_row_out(
    town: Town, heading: str, cells: tuple[object, ...], code: str, good: int
) -> None:
    shown = seen(town, placed(with_amount(heading, *cells)))
    assert [one.code for one in shown.problems] == [code]
    assert isinstance(batches.load(town.clerk, shown.batch.key, shown.digest), Faults)
    assert door.entries(FUNDS, town.clerk).entries == ()
    done = batches.load(town.clerk, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded)
    amounts = [one.values["amount"] for one in door.entries(FUNDS, town.clerk).entries]
    assert amounts == [12_500_000] * good


def test_two_headings_for_one_field_load_nothing_until_one_is_chosen(town: Town) -> None:
    shown = seen(town, by_openpyxl([[*PLACED, "文号"], [*ROW, "夏河县", "乙号"]]))
    assert [one.code for one in shown.problems] == ["two-headings-one-field"]
    key = shown.batch.key
    for good_only in (False, True):
        batches.load(town.clerk, key, shown.digest, good_only=good_only)
        assert door.entries(FUNDS, town.clerk).entries == ()


def test_one_of_two_headings_is_chosen_and_loaded(town: Town) -> None:
    shown = seen(town, by_openpyxl([[*PLACED, "文号"], [*ROW, "夏河县", "乙号"]]))
    now = batches.settle(town.clerk, shown.batch.key, {"A": ""}, given(town))
    assert isinstance(now, batches.Preview)
    assert now.problems == ()
    assert isinstance(batches.load(town.clerk, now.batch.key, now.digest), batches.Loaded)
    [entry] = door.entries(FUNDS, town.clerk).entries
    assert entry.values["document_number"] == "乙号"


def test_the_wrong_ledger_is_recognised_and_the_right_one_takes_it(town: Town) -> None:
    found = brought(town, GOOD, EXCHANGES)
    assert isinstance(found, Problem)
    assert found.code == "wrong-ledger"
    assert FUNDS.title in found.hint
    assert batches.listed(town.clerk) == []
    assert seen(town, GOOD).counts["added"] == 1
