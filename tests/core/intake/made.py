"""Workbooks made for the tests, by the libraries that offices' programs are nearest to."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import xlsxwriter

from jiedui import intake, ledgers

CORPUS = Path(__file__).parent.parent.parent / "corpus/workbooks"
Rows: TypeAlias = Any
FUNDS = ledgers.ledgers()["funds"]
EXCHANGES = ledgers.ledgers()["exchanges"]
TALENT = ledgers.ledgers()["talent"]

GIVEN = {"programme": "东西部协作", "pairing": "7", "place": "夏河县"}
HEADINGS: list[Any] = ["资金文号", "资金性质", "环节", "金额（万元）", "日期", "付款方"]
ROW: list[Any] = ["甲财〔2024〕1号", "东部省级财政援助", "到位", 12.5, "2024-05-21", "甲示例局"]


def by_openpyxl(*sheets: Rows, titles: tuple[str, ...] = ("资金",), change=None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for i, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[i])
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def by_xlsxwriter(*sheets: Rows, titles: tuple[str, ...] = ("资金",), change=None) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    dates = book.add_format({"num_format": "yyyy/m/d"})
    for i, rows in enumerate(sheets):
        sheet = book.add_worksheet(titles[i])
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(row, column, cell, dates)
                elif cell is not None:
                    sheet.write(row, column, cell)
    if change:
        change(book)
    book.close()
    return written.getvalue()


def rewritten(content: bytes, part: str, change) -> bytes:
    """The same workbook with one part changed, as no writer would have it."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            found = old.read(name)
            new.writestr(name, change(found) if name == part else found)
    return written.getvalue()


def book_of(content: bytes) -> intake.Book:
    found = intake.open_book(content)
    assert isinstance(found, intake.Book), found
    return found


def taken_of(content: bytes, ledger=FUNDS, given=GIVEN, remembered=None) -> intake.Taken:
    found = intake.read_entries(book_of(content), ledger, remembered, given)
    assert isinstance(found, intake.Taken), found
    return found


def judged(content: bytes, ledger=FUNDS, given=GIVEN, remembered=None) -> intake.Judged:
    return intake.judge(taken_of(content, ledger, given, remembered))


def children(found: intake.Judged, entry: int, name: str) -> list[Any]:
    """The child rows of an entry."""
    rows: Any = found.checked.rows[entry][name]
    return list(rows)


def codes(content: bytes, **more: Any) -> list[str]:
    return [one.code for one in judged(content, **more).problems]


def places(content: bytes, **more: Any) -> dict[str, str]:
    """Codes by the cells they are at."""
    return {str(one.at): one.code for one in judged(content, **more).problems}
