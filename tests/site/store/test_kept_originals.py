"""Which workbooks are kept as they were brought: those with nothing of persons, and loaded ones.

And what is kept of the others: their other columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import (
    archive,
    batches,
    files,
    jobs,
    loading,
    previewing,
    sheets,
    staging,
    verify,
    waiting,
    working,
)
from jiedui.site.store.tables import Batch, Link
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


def test_a_column_of_persons_that_somebody_said_is_not_to_be_read_keeps_it_out(town: Town) -> None:
    """Whatever is in it: here a telephone that is no mobile one."""
    text = MIXED + EXTRA.replace(PHONE, "0941-7000000")
    shown = staged(town, text)
    column = next(one for one in shown.layout.columns if one.heading == "联系电话")
    previewing.remember(town.clerk, shown.batch.key, {column.letter: ""})
    batches.drop(town.clerk, shown.batch.key)
    batch = loaded(town, text).batch
    assert not kept(batch)
    assert "0941" not in stripped(batch)


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


# Columns of funds with one of persons, and two that no field takes.
MIXED = HEAD.replace("\n", ",联系电话,资金投向,备考\n")
EXTRA = ROWS.replace("\n", f",{PHONE},公路,第一批\n").replace("第一批", f"致电{PHONE}", 1)


def stripped(batch: batches.StoredBatch) -> str:
    """What is kept of a workbook that is not kept, as text."""
    sha256 = Batch.objects.get(key=batch.key).stripped
    content = files.read(sha256) if sha256 else None
    return content.decode() if content else ""


def documents(folder: Path) -> list[Path]:
    return [one for one in (folder / "documents").rglob("*") if one.is_file()]


def test_other_columns_of_one_with_persons_are_kept_and_shown(town: Town) -> None:
    batch = loaded(town, MIXED + EXTRA).batch
    assert not kept(batch)
    text = stripped(batch)
    assert PHONE not in text
    assert "联系电话" not in text
    assert sheets.original(town.clerk, batch.key) is None
    found = sheets.around(town.clerk, batch.key, "csv", 3)
    assert isinstance(found, sheets.Around), found
    assert (found.whole, found.sha256) == (False, batch.sha256)
    assert found.columns == tuple("ABCDEFHJK")  # G may be a person's, I is personal.
    assert [number for number, _ in found.rows] == [1, 2, 3, 4]
    assert [texts[-2:] for _, texts in found.rows] == [
        ("资金投向", "备考"), ("公路", ""), ("公路", "第一批"), ("公路", "第一批"),
    ]  # fmt: skip
    assert found.read["D"] == "amount"
    assert not {"J", "K"} & found.read.keys()
    assert isinstance(sheets.around(town.clerk, batch.key, "csv", 5), No)
    assert isinstance(sheets.around(town.clerk, batch.key, "另", 3), No)
    assert isinstance(sheets.around(town.neighbour, batch.key, "csv", 3), No)
    assert verify.verify().broken == ()


def test_only_rows_that_were_entered_are_in_it(town: Town) -> None:
    faulty = EXTRA.splitlines()[0].replace("1200", "一万多").replace("公路", "不留") + "\n"
    shown = staged(town, MIXED + EXTRA + faulty)
    done = batches.load(town.clerk, shown.batch.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded)
    assert "公路" in stripped(shown.batch)
    assert "不留" not in stripped(shown.batch)
    # The same rows again enter nothing.
    assert stripped(loaded(town, MIXED + EXTRA.replace("公路", "水渠")).batch) == ""


def test_no_name_is_in_it_wherever_it_stands(town: Town) -> None:
    heads, *lines = NAMES.splitlines()
    text = "\n".join([f"{heads},考核情况,备考", *(f"{one},同钱示例乙,良好" for one in lines), ""])
    batch = loaded(town, text, TALENT).batch
    assert "良好" in stripped(batch)
    assert "钱示例" not in stripped(batch)


def test_of_a_list_of_persons_nothing_is_kept(town: Town, tmp_path: Path) -> None:
    text = "姓名,户籍乡镇,务工单位,户类型,区域类别,务工时间,组织方式,所属地区,备考\n"
    text += "钱示例甲,夏河县,样例厂,脱贫户,东部,2024-05-12,有组织,夏河县,第一批\n"
    labour = ledgers.ledgers()["labour"]
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"])}
    given |= {intake.count_of(labour): intake.EACH}
    received = batches.receive(town.clerk, labour, text.encode(), "样例.csv", given)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    assert waiting.get(received.key, waiting.STRIPPED) is None
    done = batches.load(town.clerk, received.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    assert stripped(received) == ""
    assert documents(tmp_path) == []


def test_what_waits_of_it_is_unreadable_and_goes(town: Town, tmp_path: Path) -> None:
    shown = staged(town, MIXED + EXTRA)
    part = tmp_path / "work" / f"{shown.batch.key}.{waiting.STRIPPED}"
    assert "公路".encode() not in part.read_bytes()
    assert "公路" in (waiting.get(shown.batch.key, waiting.STRIPPED) or b"").decode()
    assert Batch.objects.get(key=shown.batch.key).stripped
    assert documents(tmp_path) == []
    batches.drop(town.clerk, shown.batch.key)
    assert not part.exists()
    assert Batch.objects.get(key=shown.batch.key).stripped == ""


def test_it_stays_when_the_batch_is_undone(town: Town) -> None:
    batch = loaded(town, MIXED + EXTRA).batch
    batches.undo(town.clerk, batch.key, "样例")
    assert stripped(batch)
    assert verify.verify().broken == ()


@pytest.mark.parametrize("how", ["gone", "changed", "another", "none"])
def test_verification_misses_it(town: Town, how: str) -> None:
    batch = loaded(town, MIXED + EXTRA).batch
    row = Batch.objects.get(key=batch.key)
    assert row.stripped[:32] in Link.objects.get(number=row.link).source
    if how == "gone":
        files.forget(row.stripped)
    elif how == "changed":
        files._path(row.stripped).write_bytes(b"[]")
    else:
        row.stripped = files.keep(b"{}") if how == "another" else ""
        row.save()
    broken = {one.table for one in verify.verify().broken}
    assert broken == ({"jd_batch"} if how in {"gone", "changed"} else {"jd_v_funds"})
    found = sheets.around(town.clerk, batch.key, "csv", 3)
    assert isinstance(found, No)


def test_an_archive_has_it(town: Town, tmp_path: Path) -> None:
    batch = loaded(town, MIXED + EXTRA).batch
    sha256 = Batch.objects.get(key=batch.key).stripped
    packed = archive.write(tmp_path / "book.zip")
    assert isinstance(packed, archive.Packed), packed
    with ZipFile(tmp_path / "book.zip") as file:
        assert file.read(f"originals/{sha256}") == files.read(sha256)


@pytest.mark.parametrize("other", [False, True])
def test_it_goes_with_a_load_that_came_to_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, other: bool
) -> None:
    """Unless the same was kept of another workbook."""
    now = staged(town, MIXED + EXTRA)
    again = staged(town, MIXED + EXTRA) if other else None
    monkeypatch.setattr(loading, "_write", _broken)
    done = batches.load(town.clerk, now.batch.key, now.digest)
    assert not isinstance(done, batches.Loaded)
    assert len(documents(tmp_path)) == 1
    batches.drop(town.clerk, now.batch.key)
    assert len(documents(tmp_path)) == (1 if other else 0)
    if again:
        batches.drop(town.clerk, again.batch.key)
        assert documents(tmp_path) == []


def _broken(*_arguments: Any, **_named: Any) -> None:
    raise RuntimeError("样例")
