"""A workbook whose ledger nobody named: each sheet is told by its headings."""

from __future__ import annotations

from jiedui import intake, ledgers
from jiedui.intake import Book
from jiedui.problems import Cell, Problem
from tests.core.intake.made import GIVEN, HEADINGS, ROW, by_openpyxl

POSTS = ["姓名", "选派类别", "方向", "派出单位", "接收单位", "到岗日期"]
COVER = [["甘肃省某县东西部协作资料汇编（样例）"], ["2024年度"]]
ONE_POST = ["某某（样例）", "党政挂职干部", "东部到西部", "甲示例局", "乙示例局", "2024-03-01"]


def opened(content: bytes) -> Book:
    book = intake.open_book(content)
    assert isinstance(book, Book), book
    return book


def test_each_sheet_is_of_its_own_ledger_and_a_cover_of_none() -> None:
    sheets = (COVER, [HEADINGS, ROW], [POSTS, ONE_POST], [HEADINGS, ROW])
    titles = ("封面", "一季度", "人才", "二季度")
    found, unknown = intake.recognise_book(opened(by_openpyxl(*sheets, titles=titles)))
    assert [(one.sheet, one.ledger.name) for one in found] == [
        ("一季度", "funds"), ("人才", "talent"), ("二季度", "funds"),
    ]  # fmt: skip
    assert all(0.3 <= one.score <= 1 for one in found)
    assert unknown == ("封面",)


def test_of_one_sheet_that_is_meant_the_others_are_not_spoken_of() -> None:
    titles = ("封面", "一季度", "二季度")
    book = opened(by_openpyxl(COVER, [HEADINGS, ROW], [HEADINGS, ROW, ROW], titles=titles))
    funds = ledgers.ledgers()["funds"]
    taken = intake.read_entries(book, funds, given=GIVEN, sheet="二季度")
    assert isinstance(taken, intake.Taken)
    assert (taken.layout.sheet, taken.rows) == ("二季度", (2, 3))
    assert [(one.code, one.hint) for one in taken.remarks] == [
        ("sheet-not-read", "工作表“封面”未读入。")
    ]
    first = intake.read_entries(book, funds, given=GIVEN)
    assert isinstance(first, intake.Taken)
    assert first.layout.sheet == "一季度"
    assert [one.code for one in first.remarks] == ["sheet-not-read", intake.SAME_LEDGER]


def test_the_sheets_of_child_rows_go_with_their_entries() -> None:
    relief = ledgers.ledgers()["relief"]
    written = intake.blank(relief)
    found, unknown = intake.recognise_book(opened(written))
    assert [one.ledger.name for one in found] == ["relief"]
    assert unknown == ()


def test_a_mistake_in_a_sheet_stands_at_its_cell() -> None:
    wrong = [*ROW[:3], "1,2OO", *ROW[4:]]
    book = opened(by_openpyxl([HEADINGS, ROW], [HEADINGS, wrong], titles=("甲", "乙")))
    problems: list[Problem] = []
    for one in intake.recognise_book(book)[0]:
        taken = intake.read_entries(book, one.ledger, given=GIVEN, sheet=one.sheet)
        assert isinstance(taken, intake.Taken)
        problems += intake.judge(taken).problems
    assert [one.at for one in problems] == [Cell("乙", "D", 2)]
