"""A place on neither side of its pairing is said, in a workbook and of an entry, and not refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.problems import Cell
from jiedui.site.store import batches, door, staging
from tests.site.store.test_batches import HEAD, ROWS, given
from tests.site.store.town import PAIRINGS, PARTIES, add, written

if TYPE_CHECKING:
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

FUNDS = ledgers.ledgers()["funds"]


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)


@pytest.mark.parametrize(
    ("place", "off"),
    [
        ("620000", False),  # a side itself
        ("623027", False),  # below a side
        ("120101", False),  # below the other
        ("610100", True),
        ("320000", True),
        ("630000", True),  # the next province: the range of a side is half open
    ],
)
def test_a_place_fits_when_a_side_holds_it(town: Town, place: str, *, off: bool) -> None:
    found = door.off_side(town.clerk, {"place": place, "pairing": town.pairings["gansu"]})
    assert (found is not None) is off
    if found:
        assert found.code == "place-off-side"


def test_what_is_not_known_is_not_said(town: Town) -> None:
    pairing = town.pairings["gansu"]
    assert door.off_side(town.clerk, {"place": None, "pairing": pairing}) is None
    assert door.off_side(town.clerk, {"place": "320000", "pairing": None}) is None
    assert door.off_side(town.clerk, {"place": "320000", "pairing": 1}) is None


def of_counties(town: Town) -> int:
    """A pairing of one county of each side, which the clerk of the province answers for too."""
    sides = []
    for name, place in (("和平区协作办（样例）", "120101"), ("夏河县协作办（样例）", "623027")):
        cells = {"full_name": name, "sort": "government", "place": place}
        sides.append(written(add(town.house, cells, PARTIES)).id)
    cells = {
        "called": "两县（样例）", "programme": "east-west", "sort": "county",
        "east": str(sides[0]), "west": str(sides[1]), "since": "2021-01-01",
    }  # fmt: skip
    return written(add(town.house, cells, PAIRINGS)).id


def test_rows_of_a_workbook_are_said_once_a_place_and_loaded_all_the_same(town: Town) -> None:
    other = ROWS.replace("夏河县", "玛曲县").replace("1号", "2号")
    text = HEAD + ROWS + other + other.replace("2号", "3号")
    cells = given(town) | {"pairing": str(of_counties(town))}
    received = batches.receive(town.clerk, FUNDS, text.encode(), "样例.csv", cells)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    [said] = [one for one in shown.remarks if one.code == "rows-off-side"]
    assert said.at == Cell("csv", "H", 7)
    assert "2 行" in said.hint
    assert "玛曲县" in said.hint
    assert "7、10" in said.hint
    assert shown.problems == ()
    done = batches.load(town.clerk, received.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    assert done.counts["added"] == 9
