"""A sheet with its months across, from upload to the book and again: each cell an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jiedui import intake, ledgers
from jiedui.site.store import batches, door, previewing, sheets, staging, verify
from tests.core.intake.made import by_openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

LABOUR = ledgers.ledgers()["labour"]
HEADS = ["乡镇", "用工单位", "区域类别", "户类型", "1月", "2月", "3月", "合计"]
FIRST = ["桑科镇", "甲示例公司", "东部", "脱贫户", 3, None, 2, 5]
SECOND = ["拉卜楞镇", "乙示例公司", "东部", "脱贫户", 1, 1, 1, 3]


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> None:
    """Open workbooks in this process; the sandbox has tests of its own."""
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    monkeypatch.setattr(previewing, "annotate_apart", intake.annotate)
    monkeypatch.setattr(sheets, "open_book_apart", intake.open_book)
    settings.JIEDUI_FOLDER = tmp_path  # type: ignore[attr-defined]


def staged(town: Town, *rows: list[object], year: int = 2024) -> batches.Preview:
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"]), "place": "夏河县"}
    content = by_openpyxl([[f"{year}年务工统计"], HEADS, *rows], titles=("劳务",))
    received = batches.receive(town.county, LABOUR, content, "劳务.xlsx", given)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.county, received.key)
    assert isinstance(shown, batches.Preview), shown
    return shown


def loaded(town: Town, shown: batches.Preview) -> batches.Loaded:
    done = batches.load(town.county, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    return done


def people(town: Town) -> dict[tuple[str, str], int]:
    found = door.entries(LABOUR, town.county, size=200).entries
    return {
        (str(one.values["employer"])[:1], f"{one.values['of_month']:%m}"): int(str(one.values["people"]))
        for one in found
        if "示例公司" in str(one.values["employer"])
    }  # fmt: skip


def test_each_cell_is_an_entry_and_the_same_again_changes_nothing(town: Town) -> None:
    shown = staged(town, FIRST, SECOND)
    assert (shown.counts["added"], shown.problems) == (5, ())
    assert [one.row for one in shown.plan] == [3, 3, 4, 4, 4]
    loaded(town, shown)
    assert people(town) == {("甲", "01"): 3, ("甲", "03"): 2, ("乙", "01"): 1, ("乙", "02"): 1,
                            ("乙", "03"): 1}  # fmt: skip
    again = staged(town, SECOND, FIRST)
    assert (again.counts["unchanged"], again.counts["added"]) == (5, 0)
    mended = staged(town, [*FIRST[:5], 4, 2, 9], SECOND)
    assert (mended.counts["added"], mended.counts["unchanged"]) == (1, 5)
    loaded(town, mended)
    assert people(town)["甲", "02"] == 4
    assert verify.verify().broken == ()


def test_an_entry_cites_its_row_and_is_taken_back(town: Town) -> None:
    shown = staged(town, FIRST)
    loaded(town, shown)
    entry = next(one for one in door.entries(LABOUR, town.county).entries
                 if one.values["employer"] == "甲示例公司")  # fmt: skip
    [cited] = sheets.cited(town.county, entry)
    assert (cited.sheet, cited.row) == ("劳务", 3)
    found = sheets.around(town.county, cited.batch, "劳务", 3)
    assert isinstance(found, sheets.Around), found
    assert (found.read["E"], found.read["G"]) == ("people", "people")
    undone = batches.undo(town.county, shown.batch.key, "样例")
    assert isinstance(undone, batches.Undone)
    assert people(town) == {}


def test_what_is_wrong_keeps_its_own_cell_back(town: Town) -> None:
    shown = staged(town, [*FIRST[:5], "两个", 2, 5], SECOND)
    assert [str(one.at) for one in shown.problems] == ["劳务!F3"]
    assert (shown.counts["problem"], shown.counts["added"]) == (1, 5)
    marked = batches.annotated(town.county, shown.batch.key)
    assert isinstance(marked, bytes)
    done = batches.load(town.county, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded), done
    assert len(people(town)) == 5


def test_a_row_that_asks_is_answered_for_its_cells(town: Town) -> None:
    from jiedui.site.store import answering

    loaded(town, staged(town, FIRST, SECOND))
    shown = staged(town, [FIRST[0], "丙示例公司", *FIRST[2:]], SECOND)
    assert (shown.counts["asked"], shown.counts["unchanged"]) == (2, 3)
    done = answering.answer(town.county, shown.batch.key, answering.SAME, [3])
    assert isinstance(done, batches.Preview), done
    assert (done.counts["asked"], done.counts["changed"]) == (0, 2)
