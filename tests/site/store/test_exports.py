"""An export read again changes nothing, of every ledger, whatever its texts are; none is a formula."""

from __future__ import annotations

import csv
import io
import os
import shutil
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.ledgers.show import is_month
from jiedui.ledgers.words import Count, Date, Many, Moment, Ref, Text
from jiedui.site.store import columnar, comparing, door, exporting, fitting, judging, passing, rows
from tests.core.ledgers.rows import corpus
from tests.site.store.town import EXCHANGES, PARTIES, add, written

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from jiedui.access import Viewer
    from tests.site.store.town import Town

NASTY = (
    "=1+1", '=HYPERLINK("http://x","甲")', "+5", "-甲", "@SUM(A1)", "＝1", "＠甲", "'甲", "''=乙",
    "007", "-5", "1e5", "123456789012345", "2024-05-21", "TRUE", "真", "_x0041_甲", "合计", "小计（元）",
    "备注：甲", '说"甲",乙;丙', "甲;乙;丙;丁;戊;己;庚;辛;壬;癸;子;丑;寅;卯;辰;巳", "（演示）", "a b", "#REF!",
    "甲\n=乙\n\t丙",
)  # fmt: skip
TYPED = {"whole", "money", "date", "moment"}


def as_workbook(ledger: Any, viewer: Viewer, **asked: Any) -> bytes:
    file = io.BytesIO()
    assert door.export_workbook(file, ledger, viewer, **asked) is None
    return file.getvalue()


def as_csv(ledger: Any, viewer: Viewer, **asked: Any) -> bytes:
    return "".join(door.export(ledger, viewer, **asked)).encode()


def overlaid(fields: Any, cells: dict[str, Any], text: str, at: str = "") -> dict[str, Any]:
    """The cells with every text that is brought or may be replaced by this one."""
    made = dict(cells)
    for name, field in fields.items():
        if isinstance(field, Many) and not field.single:
            made[name] = [overlaid(field.fields, row, text) for row in cells.get(name) or []]
        elif isinstance(field, Text) and field.credit:
            continue
        elif isinstance(field, Text) and field.person is True and name not in cells:
            continue  # Where an office gives, no person does.
        elif isinstance(field, Text) and (field.typed and name != "indicator"):
            words = text if field.lines else " ".join(text.split())
            made[name] = (words + (at and field.label))[: field.limit]
    return made


def cells_of(town: Town, ledger: Any, case: dict[str, Any], number: int) -> dict[str, Any]:
    """The cells of a corpus row of this town, with the nasty text of that number."""
    book = corpus(ledger.name)
    cells = dict(book["base"] | case["cells"])
    offices = iter(("tianjin", "gansu"))
    for name, field in ledger.fields.items():
        if isinstance(field, Ref) and field.typed:
            entry = town.pairings["gansu"] if field.to == "pairings" else None
            office = town.offices[next(offices)] if field.to == "parties" else None
            cells[name] = str(entry or office) if entry or office else None
        elif isinstance(field, Count) and name in ledger.identity and name in book["base"]:
            cells[name] = str(2000 + number)
        elif is_month(field) and field.required:
            cells[name] = f"{2021 + number // 12}-{1 + number % 12:02}"
        elif isinstance(field, Date) and field.required:
            cells[name] = str(date.fromisoformat(book["base"][name]) - timedelta(number + 1))
        elif isinstance(field, Moment) and cells.get(name):
            # On the day that the rows are moved to.
            cells[name] = f"{cells[ledger.on]} {8 + number % 12:02}:{number:02}"
    if "place" in cells:
        cells["place"] = "623027"
    # Two texts of a row that may not be equal differ by their label.
    return overlaid(ledger.fields, cells, NASTY[number % len(NASTY)], at="x")


def fill(town: Town, ledger: Any) -> Viewer:
    """Enter rows of the corpus with every nasty text; gives whose they are."""
    viewer = town.reviewer if ledger.register else town.clerk
    whole = max(corpus(ledger.name)["good"], key=lambda one: len(one["cells"]))
    for number in range(len(NASTY)):
        case = whole if number % 2 else {"cells": {}}
        written(add(viewer, cells_of(town, ledger, case, number), ledger))
    return viewer


def again(viewer: Viewer, ledger: Any, content: bytes) -> tuple[intake.Judged, pl.DataFrame]:
    """What loading the file would do."""
    book = intake.open_book(content)
    assert isinstance(book, intake.Book), book
    taken = intake.read_entries(book, ledger)
    assert isinstance(taken, intake.Taken), taken
    judged = intake.judge(taken, door.lookup(viewer))
    brought = columnar.brought(judged.checked)
    judged = intake.judge_further(judged, fitting.faults(viewer, judged, brought))
    return judged, comparing.compare(viewer, judged, brought, "样例").rows


def does(plan: pl.DataFrame) -> dict[str, int]:
    return {name: number for name, number in comparing.totals(plan).items() if number}


@pytest.mark.parametrize("written_as", [as_workbook, as_csv])
@pytest.mark.parametrize("name", ledgers.ledgers())
def test_read_again_every_row_is_unchanged(
    town: Town, name: str, written_as: Callable[..., bytes]
) -> None:
    ledger = ledgers.ledgers()[name]
    viewer = fill(town, ledger)
    entered = {one.id for one in door.entries(ledger, viewer, size=200).entries if one.owner}
    judged, plan = again(viewer, ledger, written_as(ledger, viewer))
    # The town's own offices and pairings, which the house wrote, are there to be read alone.
    own = plan.filter(plan["entry"].is_in(list(entered)))
    told = {one.code for one in judged.problems}
    assert told <= {"rule-broken", "entry-of-another"}
    assert ledger.register or "entry-of-another" not in told
    assert does(own) == {"unchanged": len(NASTY)}
    lists = [f for f in ledger.fields.values() if isinstance(f, Many) and f.typed and not f.single]
    said = len(lists) if written_as is as_csv else 0
    assert [one.code for one in judged.taken.remarks] == ["rows-in-one-cell"] * said


@pytest.mark.parametrize("name", ledgers.ledgers())
def test_no_cell_of_a_workbook_is_a_formula(town: Town, name: str) -> None:
    ledger = ledgers.ledgers()[name]
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(ledger, fill(town, ledger))))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    texts = [cell for cell in cells if cell.data_type in {"s", "inlineStr"}]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.coordinate for cell in texts if not cell.quotePrefix] == []
    assert "=1+1" in "".join(str(cell.value) for cell in texts)
    heads = {cell.column: cell.value for cell in book.worksheets[0][1]}
    for field in ledger.fields.values():
        if field.kind in TYPED and field.typed:
            [column] = [n for n, head in heads.items() if str(head).startswith(field.label)]
            found = [book.worksheets[0].cell(row, column) for row in range(2, len(NASTY) + 2)]
            assert {cell.data_type for cell in found if cell.value is not None} <= {"n", "d"}


@pytest.mark.parametrize("name", ledgers.ledgers())
def test_no_cell_of_a_csv_is_a_formula(town: Town, name: str) -> None:
    ledger = ledgers.ledgers()[name]
    text = as_csv(ledger, fill(town, ledger)).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in table}) == 1
    begun = [cell for row in table for cell in row if cell[:1] in set("=+-@＝＋－＠\t\r\n")]
    assert [cell for cell in begun if not cell.removeprefix("-").replace(".", "").isdigit()] == []


def test_a_row_that_is_mended_in_either_file_is_a_change(town: Town) -> None:
    viewer = fill(town, EXCHANGES)
    text = as_csv(EXCHANGES, viewer).decode().replace("'=1+1", "'=2+2")
    _, plan = again(viewer, EXCHANGES, text.encode())
    [changed] = plan.filter(plan["does"] == "changed").iter_rows(named=True)
    assert changed["subject"].startswith("=2+2")
    assert changed["leader"].startswith("=2+2")
    assert does(plan) == {"changed": 1, "unchanged": len(NASTY) - 1}


def test_protected_and_erased_names_come_back_as_they_are(town: Town) -> None:
    attended = [{"name": "=张样例", "post": "村民"}, {"name": "李样例", "post": "村民"}]
    entry = town.enter(town.clerk, attended=attended)
    [_, ref] = rows.sealed_refs(entry.values)
    door.erase(EXCHANGES, entry.id, town.clerk, [ref], why="本人撤回")
    content = as_workbook(EXCHANGES, town.clerk)
    _, plan = again(town.clerk, EXCHANGES, content)
    assert does(plan) == {"unchanged": 1}
    for viewer in (town.reviewer, town.partner, town.leader):
        book = openpyxl.load_workbook(io.BytesIO(as_workbook(EXCHANGES, viewer)))
        said = "".join(str(cell.value) for sheet in book for row in sheet for cell in row)
        assert "张样例" not in said + as_csv(EXCHANGES, viewer).decode()
        assert "样例考察" in said


def test_a_name_that_two_offices_bear_stands_there_by_its_id(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A register of today takes no second one; a book may have it from before.
    monkeypatch.setattr(judging, "_double", lambda *_: None)
    twin = {"full_name": "丙市协作办（样例）", "sort": "government", "place": "120000"}
    written(add(town.reviewer, twin | {"full_name": "同名（样例）"}, PARTIES))
    second = written(add(town.house, twin | {"full_name": "同名（样例）"}, PARTIES)).id
    cells = {"called": "甲", "programme": "east-west", "sort": "office", "since": "2024-01-01"}
    sides = {"east": str(second), "west": str(town.offices["gansu"])}
    pairings = ledgers.ledgers()["pairings"]
    written(add(town.reviewer, cells | sides, pairings))
    text = as_csv(pairings, town.reviewer, filters={"called": "甲"}).decode()
    assert str(second) in text
    assert "同名" not in text


def test_what_a_sheet_cannot_hold_is_refused_with_a_way_out(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiedui.intake import writing

    monkeypatch.setattr(writing, "_ROWS", 2)
    for number in range(3):
        town.enter(town.clerk, subject=f"第{number}次")
    told = door.export_workbook(io.BytesIO(), EXCHANGES, town.clerk)
    assert isinstance(told, No)
    assert "CSV" in told.reason


def test_the_parts_of_a_workbook_are_gone(
    town: Town, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    town.enter(town.clerk)
    room = settings.JIEDUI_FOLDER / "work"
    seen: list[str] = []
    real = exporting.reading.frames

    def frames(*words: Any, **more: Any) -> Any:
        seen.extend(path.name for path in room.glob("passing-*"))
        assert all(path.stat().st_mode & 0o77 == 0 for path in room.glob("passing-*"))
        return real(*words, **more)

    monkeypatch.setattr(exporting.reading, "frames", frames)
    as_workbook(EXCHANGES, town.clerk)
    assert seen
    assert list(room.glob("passing-*")) == []


def test_what_an_export_is_made_of_lies_with_the_book_and_goes(settings: Any) -> None:
    room = settings.JIEDUI_FOLDER / "work"
    left, fresh = room / "passing-left", room / "passing-fresh"
    for one in (left, fresh):
        one.mkdir(parents=True)
        (one / "part").write_bytes(b"x")
    os.utime(left, (0, 0))
    with passing.folder() as made, passing.file() as file:
        assert Path(made).parent == room
        assert stat.S_IMODE(Path(made).stat().st_mode) == 0o700
        assert isinstance(file.name, int)
        file.write(b"x")
    assert [one.name for one in room.glob("passing-*")] == ["passing-fresh"]
    shutil.rmtree(fresh)
