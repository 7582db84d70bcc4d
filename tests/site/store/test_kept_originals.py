"""Which workbooks are kept as they were brought: those with nothing of persons, and loaded ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jiedui import intake
from jiedui.problems import Problem
from jiedui.site.store import batches, files, jobs, sheets, staging, working
from tests.core.intake.made import HEADINGS, ROW, by_openpyxl
from tests.site.store.test_batches import FUNDS, HEAD, NAMES, ROWS, TALENT, loaded, staged

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

PHONE, ID = "19900000017", "999999190001010015"
PLACED, GOOD = [*HEADINGS, "所属地区"], [*ROW, "夏河县"]
PERSON = HEAD.replace("收款方,", "收款方,收款方为个人,")
PAYEE = ROWS.replace("甘肃省\n", "否,甘肃省\n").replace("夏河县\n", "否,夏河县\n").replace(
    ",甘肃省,否", ",否,甘肃省"
)  # fmt: skip


@pytest.fixture(autouse=True)
def open_here(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    settings.JIEDUI_FOLDER = tmp_path


def brought(town: Town, content: bytes, *, good_only: bool = False) -> batches.StoredBatch:
    """Bring and load a workbook of funds."""
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"])}
    received = batches.receive(town.clerk, FUNDS, content, "样例.xlsx", given)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview)
    done = batches.load(town.clerk, received.key, shown.digest, good_only=good_only)
    assert isinstance(done, batches.Loaded), done
    return received


def kept(batch: batches.StoredBatch) -> bool:
    return files.read(batch.sha256) is not None


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """A workbook of named sheets."""
    from io import BytesIO

    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def test_a_workbook_without_persons_is_kept_and_shown(town: Town) -> None:
    batch = brought(town, by_openpyxl([PLACED, GOOD]))
    assert kept(batch)
    assert sheets.original(town.clerk, batch.key) is not None
    assert sheets.original(town.neighbour, batch.key) is None


FUNDS_SHEET = ("资金", [PLACED, GOOD])
ELSEWHERE: dict[str, list[tuple[str, list[list[object]]]]] = {
    "a number on a sheet that is not read": [FUNDS_SHEET, ("附表", [["说明"], [ID]])],
    "a column of names on such a sheet": [
        FUNDS_SHEET, ("花名册", [["2024年名单"], [], ["序号", "姓名"], [1, "钱示例甲"]]),
    ],
    "a number above the headings": [("资金", [[f"填报人电话：{PHONE}"], PLACED, GOOD])],
    "a number below the rows": [("资金", [PLACED, GOOD, [f"联系人：{PHONE}"]])],
    "a number beside the columns": [("资金", [PLACED, [*GOOD, None, PHONE]])],
}  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
def test_one_that_names_persons_where_nobody_reads_is_not_kept(town: Town, where: str) -> None:
    assert not kept(brought(town, book(*ELSEWHERE[where])))


def test_a_number_in_a_row_that_is_left_out_keeps_the_workbook_out(town: Town) -> None:
    faulty = [ID if text == ROW[3] else text for text in GOOD]
    assert faulty != GOOD
    assert not kept(brought(town, by_openpyxl([PLACED, GOOD, faulty]), good_only=True))


def test_names_that_the_vault_knows_already_keep_it_out_as_well(town: Town) -> None:
    for _ in range(2):
        assert not kept(loaded(town, NAMES, TALENT).batch)
    person = PAYEE.replace("样例建设公司,否", "钱示例甲,是")
    for _ in range(2):
        assert not kept(loaded(town, PERSON + person).batch)
    assert kept(
        loaded(town, PERSON + PAYEE.replace("1号", "2号").replace("2024-0", "2023-0")).batch
    )


def test_our_own_workbook_with_its_notes_is_kept(town: Town) -> None:
    written = intake.write(FUNDS, [])
    filled = intake.open_book(written)
    assert not isinstance(filled, Problem)
    from jiedui.intake.extra import persons_anywhere

    assert not persons_anywhere(filled, {filled.sheets[0].name})


@pytest.mark.parametrize("other", [False, True])
def test_the_original_of_a_load_that_came_to_nothing_goes_with_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, *, other: bool
) -> None:
    """Unless another workbook, or a document, of the same bytes stands."""
    if other:
        loaded(town, HEAD + ROWS)
    monkeypatch.setattr(batches, "SMALL_ROWS", 0)
    now = staged(town, HEAD + ROWS)
    batches.load(town.clerk, now.batch.key, now.digest)
    beat = jobs.Claimed.beat

    def cancelled(self: jobs.Claimed, **changed: Any) -> None:
        if changed.get("phase") == "write":
            batches.cancel(town.clerk, now.batch.key)
        beat(self, **changed)

    monkeypatch.setattr(jobs.Claimed, "beat", cancelled)
    [job] = jobs.due()
    with pytest.raises(working.StoppedError):
        working.run(job)
    assert kept(now.batch)
    batches.drop(town.clerk, now.batch.key)
    assert kept(now.batch) is other
