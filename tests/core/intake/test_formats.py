"""One sheet in every format that offices keep reads the same; what is no workbook is named."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jiedui import intake, ledgers
from jiedui.intake import Book, Media
from jiedui.intake.book import Merged
from jiedui.problems import Cell, Problem
from tests.core.intake.made import GIVEN, HEADINGS, ROW, by_openpyxl, rewritten

if TYPE_CHECKING:
    from jiedui.intake.limits import Limits

FOLDER = Path(__file__).parent.parent.parent / "corpus/workbooks/formats"
FUNDS = ledgers.ledgers()["funds"]
NAMES = ("东部省级财政援助", "到位")
# What LibreOffice saved, cell by cell; see remake.py beside the files.
CELLS = [
    ["资金台账（样例）", None, None, "单位：万元", None, None, None],
    ["资金文号", "资金性质", "环节", "金额", "日期", "付款方", "备注"],
    ["示财〔2024〕1号", *NAMES, "12.5", "2024-05-21", "甲示例局", "张 三（样例）\n二"],
    ["007", *NAMES, "0.3", "2024-05-22 08:30:00", "甲示例局", "  前后  有空格 "],
    ["示财〔2024〕3号", *NAMES, "123456789.12", "1999-12-31", "甲示例局", None],
    ["示财〔2024〕4号", *NAMES, "0.0001", "2024.5.21", "甲示例局", "08:30:00"],
    ["合计", None, None, "123456801.9201", None, None, None],
]  # fmt: skip


def opened(content: bytes, limits: Limits = intake.LIMITS) -> Book:
    book = intake.open_book(content, limits)
    assert isinstance(book, Book), book
    return book


def refusal(content: bytes, limits: Limits = intake.LIMITS) -> str:
    told = intake.open_book(content, limits)
    assert isinstance(told, Problem), told
    return told.code


def saved(name: str) -> bytes:
    return (FOLDER / f"funds.{name}").read_bytes()


@pytest.mark.parametrize("media", [Media.XLSX, Media.XLS, Media.ODS])
def test_what_libreoffice_saved_reads_the_same(media: Media) -> None:
    book = opened(saved(media))
    assert book.media is media
    sheet, hidden = book.sheets
    assert [list(row) for row in sheet.cells.rows()] == CELLS
    assert sheet.hidden_rows == (4,)
    assert sheet.merged == (Merged(1, 1, 1, 3),)
    [fault] = sheet.faults
    assert (fault.at, fault.code, fault.found) == (Cell("资金", "G", 5), "error-cell", "#DIV/0!")
    assert (hidden.name, hidden.hidden, hidden.row(2)) == ("旧表", True, {"B": "里面"})


@pytest.mark.parametrize("media", ["xlsx", "xls", "ods", "csv"])
def test_its_entries_are_the_same_in_every_format(media: str) -> None:
    given = {"programme": "东西部协作", "pairing": "7", "place": "夏河县"}
    taken = intake.read_entries(opened(saved(media)), FUNDS, given=given)
    assert isinstance(taken, intake.Taken), taken
    judged = intake.judge(taken)
    assert [one["amount"] for one in judged.checked.rows] == [
        12_500_000, 300_000, 123_456_789_120_000, 100,
    ]  # fmt: skip
    assert [str(one["day"]) for one in judged.checked.rows] == [
        "2024-05-21", "2024-05-22", "1999-12-31", "2024-05-21",
    ]  # fmt: skip
    assert judged.problems == ()
    assert [one.code for one in judged.agreeing] == ["totals-agree"]


@pytest.mark.parametrize("system", [False, True])
def test_days_are_the_same_in_both_date_systems(system: bool) -> None:
    old = xlwt.Workbook()
    old.dates_1904 = system
    sheet = old.add_sheet("甲")
    look = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    base = date(1904, 1, 1) if system else date(1899, 12, 30)
    sheet.write(0, 0, (date(2024, 5, 21) - base).days, look)
    written = io.BytesIO()
    old.save(written)
    assert opened(written.getvalue()).sheets[0].row(1) == {"A": "2024-05-21"}

    new = io.BytesIO()
    book = xlsxwriter.Workbook(new, {"in_memory": True, "date_1904": system})
    day = datetime(2024, 5, 21)  # noqa: DTZ001 - a workbook's dates bear no zone
    book.add_worksheet("甲").write_datetime(
        0, 0, day, book.add_format({"num_format": "yyyy-mm-dd"})
    )
    book.close()
    assert opened(new.getvalue()).sheets[0].row(1) == {"A": "2024-05-21"}


def unformatted(media: str, number: int) -> bytes:
    """A sheet of a book that counts its days from 1904, whose day was left a bare number."""
    written = io.BytesIO()
    rows = [[*HEADINGS], [*ROW[:4], number, *ROW[5:]]]
    if media == "xls":
        old = xlwt.Workbook()
        old.dates_1904 = True
        page = old.add_sheet("资金")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(row, column, cell)
        old.save(written)
    elif media == "ods":
        cells = "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, (int, float))
            else WORD.format("").replace("甲<", f"{cell}<")
            for cell in rows[1]
        )
        heads = "".join(WORD.format("").replace("甲<", f"{cell}<") for cell in rows[0])
        day = '<table:null-date table:date-value="1904-01-01"/>'
        said = f"<table:calculation-settings>{day}</table:calculation-settings>"
        return document(said + table(ROW_OF.format("", heads), ROW_OF.format("", cells)))
    elif media == "openpyxl":
        return by_openpyxl(rows, change=lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))
    else:
        with xlsxwriter.Workbook(written, {"in_memory": True, "date_1904": True}) as book:
            sheet = book.add_worksheet("资金")
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return written.getvalue()


@pytest.mark.parametrize("media", ["xlsxwriter", "openpyxl", "xls", "ods"])
def test_the_number_of_a_day_is_counted_as_its_book_counts(media: str) -> None:
    from jiedui.intake.child import book_from_wire, to_wire

    number = (date(2024, 5, 21) - date(1904, 1, 1)).days
    book = opened(unformatted(media, number))
    wired = book_from_wire(to_wire(book))
    assert isinstance(wired, Book)
    taken = intake.read_entries(wired, FUNDS, given=GIVEN)
    assert isinstance(taken, intake.Taken), taken
    judged = intake.judge(taken)
    assert [str(one["day"]) for one in judged.checked.rows] == ["2024-05-21"]
    [said] = [one for one in taken.remarks if one.code == "serial-day"]
    assert "从 1904 年数起是 2024-05-21" in said.hint


def test_macros_are_not_looked_at() -> None:
    plain = by_openpyxl([HEADINGS, ROW])
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    content = rewritten(plain, "[Content_Types].xml", lambda xml: xml.replace(kind, macro))
    assert content != plain
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert opened(written.getvalue()).sheets[0].cells.equals(opened(plain).sheets[0].cells)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimited_text_in_any_encoding(encoding: str, delimiter: str) -> None:
    rows = [["文号", "金额（万元）", "备注"], ["示财〔2024〕1号", "12.5", "张 三（样例）"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    [sheet] = opened(content).sheets
    assert [list(row) for row in sheet.cells.rows()] == rows


def test_an_old_workbook_with_a_password_is_said_to_have_one() -> None:
    # The record of the code page made one that says how the rest is enciphered.
    content = saved("xls").replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
    assert refusal(content) == "workbook-password"


def test_broken_old_workbooks_are_problems_wherever_they_are_broken() -> None:
    content = saved("xls")
    codes = {refusal(content[:length]) for length in range(512, len(content), 509)}
    assert codes <= {"file-damaged", "book-unknown", "workbook-password"}
    for at in range(512, len(content), 97):
        told = intake.open_book(content[:at] + b"\xff\xff\xff" + content[at + 3 :])
        assert isinstance(told, Book | Problem)


def document(table: str) -> bytes:
    """An OpenDocument spreadsheet with this in its tables."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f"{table}</office:spreadsheet></office:body></office:document-content>",
        )
    return written.getvalue()


def table(*rows: str, name: str = "甲") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


WORD = '<table:table-cell office:value-type="string"{}><text:p>甲</text:p></table:table-cell>'
ROW_OF = "<table:table-row{}>{}</table:table-row>"


def test_repeated_cells_and_rows_stand_as_often_as_they_are_said_to() -> None:
    twice = WORD.format(' table:number-columns-repeated="2"')
    rows = ROW_OF.format(' table:number-rows-repeated="3"', twice)
    room = ROW_OF.format(' table:number-rows-repeated="1048573"', "<table:table-cell/>")
    [sheet] = opened(document(table(rows, room))).sheets
    assert sheet.cells.rows() == [("甲", "甲")] * 3


@pytest.mark.parametrize(
    "row",
    [
        ROW_OF.format(' table:number-rows-repeated="1048576"', WORD.format(' table:number-columns-repeated="16384"')),
        ROW_OF.format("", WORD.format(' table:number-columns-repeated="999999999"')),
        ROW_OF.format(' table:number-rows-repeated="999999999"', WORD.format("")),
    ],
)  # fmt: skip
def test_what_is_repeated_without_measure_is_too_large(row: str) -> None:
    assert refusal(document(table(row))) == "sheet-too-large"


def test_notes_and_what_lies_over_a_cell_are_not_its_words() -> None:
    cell = (
        '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>批注</text:p></office:annotation>"
        "<text:p>甲<text:s text:c=\"2\"/>乙<text:line-break/>丙</text:p><text:p>丁</text:p>"
        "</table:table-cell>"
    )  # fmt: skip
    [sheet] = opened(document(table(ROW_OF.format("", cell)))).sheets
    assert sheet.cells.rows() == [("甲  乙\n丙\n丁",)]


def test_a_formula_without_a_value_is_said() -> None:
    cell = '<table:table-cell table:formula="of:=[.B1]"/>'
    [sheet] = opened(document(table(ROW_OF.format("", WORD.format("") + cell)))).sheets
    assert [(one.code, one.at) for one in sheet.faults] == [
        ("formula-without-value", Cell("甲", "B", 1))
    ]


def test_bad_documents_are_problems() -> None:
    good = document(table(ROW_OF.format("", WORD.format(""))))
    assert opened(good).media is Media.ODS
    sealed = io.BytesIO(good)
    with zipfile.ZipFile(sealed, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<a><encryption-data/></a>")
    assert refusal(sealed.getvalue()) == "workbook-password"
    entities = rewritten(good, "content.xml", lambda xml: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml)
    assert refusal(entities) == "workbook-with-dtd"
    assert refusal(rewritten(good, "content.xml", lambda xml: xml[:-40])) == "file-damaged"
    assert refusal(good[: len(good) // 2]) in {"file-damaged", "book-unknown"}
    many = document("".join(table(name=str(n)) for n in range(intake.LIMITS.sheets + 1)))
    assert refusal(many) == "zip-inflated"
    bomb = document(table(ROW_OF.format("", WORD.format(f' table:x="{"0" * 3_000_000}"'))))
    assert refusal(bomb) == "zip-inflated"


@pytest.mark.parametrize("media", ["xls", "ods"])
def test_faults_are_marked_in_a_workbook_that_excel_opens(media: str) -> None:
    from jiedui.problems import problem

    content = saved(media)
    marked = intake.annotate(content, [problem("required", Cell("资金", "B", 3), label="资金性质")])
    assert isinstance(marked, bytes), marked
    again = opened(marked)
    assert [one.name for one in again.sheets] == ["资金", "旧表", "问题清单"]
    assert again.sheets[0].cells.rows() == opened(content).sheets[0].cells.rows()
    assert again.sheets[0].hidden_rows == (4,)
    assert again.sheets[1].hidden
