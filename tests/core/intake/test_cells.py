"""Cells as typed values: what stands in the file is what is read, on every writer's dialect."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui import intake, ledgers
from jiedui.intake.exact import shortest
from tests.core.intake.made import (
    EXCHANGES,
    GIVEN,
    HEADINGS,
    ROW,
    book_of,
    by_openpyxl,
    by_xlsxwriter,
    children,
    judged,
    rewritten,
    taken_of,
)

SHEET = "xl/worksheets/sheet1.xml"
# A workbook's moments bear no zone.
HALF_PAST = datetime.fromisoformat("2024-05-21T08:30:00")
MAC = datetime.fromisoformat("1904-01-01T00:00:00")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (125000, "125000"),
        (125000.0, "125000"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (0.12345678912345, "0.12345678912345"),
        (1.2000000002, "1.2000000002"),
        (98765432.1, "98765432.1"),
        (1234567.89012345, "1234567.89012345"),
        (1.5e-7, "0.00000015"),
        (-3.14e-12, "-0.00000000000314"),
        ("007", "007"),
        ("12.50", "12.50"),
        (" 甲 乙 ", " 甲 乙 "),
        ("甲\n乙", "甲\n乙"),
        (date(2024, 5, 21), "2024-05-21"),
        (HALF_PAST, "2024-05-21 08:30:00"),
        (True, "true"),
        (None, None),
    ],
)
@pytest.mark.parametrize("writer", [by_openpyxl, by_xlsxwriter])
def test_a_cell_is_its_shortest_text(writer, cell, text):
    sheet = book_of(writer([[None, "x"], [None, None], [None, "y", cell]])).sheets[0]
    assert sheet.cells["B"].to_list() == ["x", None, "y"]
    found = sheet.row(3).get("C")
    assert found == text


def test_a_time_of_day_has_no_day():
    sheet = book_of(by_openpyxl([["x", time(8, 30)]])).sheets[0]
    assert sheet.row(1)["B"] == "08:30:00"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e15, 1e15, allow_nan=False), min_size=1, max_size=40))
def test_numbers_are_read_to_fifteen_digits(numbers):
    for writer in (by_openpyxl, by_xlsxwriter):
        sheet = book_of(writer([["甲", number] for number in numbers])).sheets[0]
        for text, number in zip(sheet.cells["B"], numbers, strict=True):
            assert float(text or "nan") == pytest.approx(number, rel=1e-14, abs=1e-300)
            assert text in {shortest(number), shortest(float(text or "nan")), "-0"} or (
                float(text or "nan") == number
            )


def test_the_other_date_system():
    def change(book):
        book.epoch = MAC

    assert book_of(by_openpyxl([["x", date(2024, 5, 21)]], change=change)).sheets[0].row(1)[
        "B"
    ] == ("2024-05-21")


def test_namespace_prefixes_are_read():
    def prefixed(xml: bytes) -> bytes:
        xml = xml.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
        return xml.replace(b"xmlns=", b"xmlns:x=")

    plain = by_openpyxl([[*HEADINGS], [*ROW[:3], "#REF!", *ROW[4:]], ROW])
    found = judged(rewritten(plain, SHEET, prefixed))
    assert [(str(one.at), one.code) for one in found.problems] == [("资金!D2", "error-cell")]
    assert found.good == (1,)


def test_empty_columns_and_rows_before_the_cells_keep_their_places():
    found = judged(by_openpyxl([[], [], [None, *HEADINGS], [], [None, *ROW[:3], "1O", *ROW[4:]]]))
    assert [str(one.at) for one in found.problems] == ["资金!E5"]


def test_headings_merged_over_two_rows():
    def change(book):
        sheet = book.worksheets[0]
        for column in "ABCEF":
            sheet.merge_cells(f"{column}1:{column}2")

    rows = [HEADINGS, [None, None, None, "金额（万元）"], ROW]
    rows[0] = [*HEADINGS[:3], "资金", *HEADINGS[4:]]
    found = judged(by_openpyxl(rows, change=change))
    assert found.problems == ()
    assert found.taken.layout.first_row == 3


def test_headings_in_two_levels():
    def change(book):
        sheet = book.worksheets[0]
        for column in "ABCD":
            sheet.merge_cells(f"{column}1:{column}2")
        sheet.merge_cells("E1:F1")

    top = [*HEADINGS[:3], HEADINGS[4], "单位和金额", None]
    low = [None, None, None, None, "付款方", "金额（万元）"]
    row = [*ROW[:3], ROW[4], ROW[5], ROW[3]]
    found = judged(by_openpyxl([top, low, row], change=change))
    assert found.problems == ()
    assert found.checked.rows[0]["payer"] == ROW[5]
    assert found.taken.rows == (3,)


def test_a_title_merged_over_all_columns_is_no_heading():
    def change(book):
        book.worksheets[0].merge_cells("A1:F1")

    found = judged(by_openpyxl([["某县资金台账"], HEADINGS, ROW], change=change))
    assert found.problems == ()
    assert found.taken.remarks == ()


def test_cells_merged_over_rows_are_said():
    def change(book):
        book.worksheets[0].merge_cells("A2:A3")

    found = taken_of(by_openpyxl([HEADINGS, ROW, [None, *ROW[1:]]], change=change))
    assert [one.code for one in found.remarks] == ["merged-rows"]


def test_child_rows_name_entries_by_number_or_by_row():
    head = ["类型", "层级", "开始日期"]
    visit = ["党政代表团考察", "省级", "2024-05-21"]
    people = [
        ["记录序号", "姓名", "公职人员履职"],
        [8, "甲示例", "是"],
        [9, "乙样本", "是"],
        [7, "丙", "1O"],
    ]
    main = [["序号", *head], [7, *visit], [8, *visit]]
    found = judged(by_openpyxl(main, people, titles=("台账", "参加人员")), ledger=EXCHANGES)
    assert [(str(one.at), one.code) for one in found.problems] == [
        ("参加人员!A3", "entry-number-unknown"),
        ("参加人员!C4", "not-yes-or-no"),
    ]
    assert [row["name"] for row in children(found, 1, "attended")] == ["甲示例"]
    by_row = [people[0], [2, "甲示例", "是"]]
    found = judged(
        by_openpyxl([head, visit], by_row, titles=("台账", "参加人员")), ledger=EXCHANGES
    )
    assert found.problems == ()
    assert [row["name"] for row in children(found, 0, "attended")] == ["甲示例"]
    twice = judged(by_openpyxl([["序号", *head], [2, *visit], [2, *visit]], by_row,
                               titles=("台账", "参加人员")), ledger=EXCHANGES)  # fmt: skip
    assert [one.code for one in twice.problems] == ["entry-number-twice"]


def test_amounts_and_moments_of_child_rows():
    head = ["灾害事件", "灾害类型", "发生日期", "发生时刻", "援助方", "受援方"]
    main = [head, ["示例地震", "地震", date(2024, 5, 21), HALF_PAST, "甲示例区", "乙示例局"]]
    goods = [
        ["记录序号", "物资", "折价（万元）", "折价依据", "发运时刻"],
        [2, "帐篷（示例）", 1000, "市场价", HALF_PAST],
        [2, "药品（示例）", "3亿元", "市场价", "2024-05-21 8:31"],
        [2, "棉被（示例）", "约3", "市场价", date(2024, 5, 21)],
    ]
    relief = ledgers.ledgers()["relief"]
    found = judged(by_openpyxl(main, goods, titles=("台账", "物资明细")), ledger=relief)
    assert [(str(one.at), one.code, one.found) for one in found.problems] == [
        ("物资明细!C4", "not-an-amount", "约3"),
        ("物资明细!E4", "not-a-moment", "2024-05-21"),
    ]
    assert found.checked.rows[0]["happened_at"] == "2024-05-21T08:30"
    rows = children(found, 0, "goods")
    assert [row.get("worth") for row in rows] == [10**9, 3 * 10**10, None]
    assert [row.get("shipped") for row in rows] == ["2024-05-21T08:30", "2024-05-21T08:31", None]


def test_an_amount_of_child_rows_without_a_unit():
    head = ["灾害事件", "灾害类型", "发生日期", "援助方", "受援方"]
    main = [head, ["示例地震", "地震", "2024-05-21", "甲示例区", "乙示例局"]]
    goods = [["记录序号", "物资", "折价", "折价依据"], [2, "帐篷（示例）", 1000, "市场价"]]
    relief = ledgers.ledgers()["relief"]

    def codes(*rows):
        sheets = by_openpyxl(main, [*goods, *rows], titles=("台账", "物资明细"))
        return [one.code for one in judged(sheets, ledger=relief).problems]

    assert codes() == ["amount-without-unit"]
    assert codes([2, "药品（示例）", "3元", "市场价"]) == ["mixed-units"]


DONATIONS = ledgers.ledgers()["donations"]
BESIDE = ["捐赠方", "捐赠方类别", "捐赠日期", "捐赠资金（万元）", "接收方",
          "捐赠物资明细：物资", "捐赠物资明细：折价（元）", "捐赠物资明细：折价依据"]  # fmt: skip
GIFT = ["甲示例公司", "企业", "2024-05-21", 1.5, "示例小学"]


def test_a_child_row_may_stand_beside_its_entry():
    rows = [[*GIFT, "图书（示例）", 8500, "采购发票"], [*GIFT[:2], "2024-05-22", 2, GIFT[4]]]
    found = judged(by_openpyxl([BESIDE, *rows]), ledger=DONATIONS)
    assert found.problems == ()
    [book] = children(found, 0, "goods")
    assert (book["item"], book["worth"], book["basis"]) == ("图书（示例）", 850_000, "invoice")
    assert children(found, 1, "goods") == []
    assert [row["goods_worth"] for row in found.checked.rows] == [850_000, None]


def test_what_is_wrong_beside_an_entry_is_told_at_its_cell():
    rows = [[*GIFT, "图书（示例）", "很多", "采购发票"], [*GIFT[:2], "2024-05-22", 2, GIFT[4]]]
    found = judged(by_openpyxl([BESIDE, *rows]), ledger=DONATIONS)
    assert [(one.code, one.at.column, one.at.row) for one in found.problems] == [
        ("not-an-amount", "G", 2)
    ]
    assert found.good == (1,)


def test_child_rows_in_two_places_are_a_question():
    goods = [["记录序号", "物资", "数量", "计量单位"], [2, "棉衣（示例）", 3, "件"]]
    main = [BESIDE, [*GIFT, "图书（示例）", 8500, "采购发票"]]
    sheets = by_openpyxl(main, goods, titles=("台账", "捐赠物资明细"))
    found = judged(sheets, ledger=DONATIONS)
    assert {one.code for one in found.problems} == {"rows-in-two-places"}
    assert found.good == ()


def test_several_people_in_one_cell_are_not_guessed_apart():
    head = ["类型", "层级", "开始日期", "参加人员", "领域"]
    row = ["党政代表团考察", "省级", "2024-05-21", "甲示例、乙样本", "教育、医疗"]
    found = judged(by_openpyxl([head, row]), ledger=EXCHANGES)
    assert [one.code for one in found.taken.remarks] == ["rows-in-one-cell"]
    assert [area["value"] for area in children(found, 0, "areas")] == ["education", "health"]
    assert "attended" not in found.taken.frame.columns
    assert GIVEN["place"] == "夏河县"


# The workbook that goes back.

BAD = [HEADINGS, [*ROW[:3], "1,2OO", *ROW[4:]], ROW, [None, *ROW[1:4], "=1+1", "=1+2"]]


def annotated(content: bytes) -> openpyxl.Workbook:
    found = intake.annotate(content, judged(content).problems)
    assert isinstance(found, bytes), found
    return openpyxl.load_workbook(io.BytesIO(found))


def test_faulty_cells_are_coloured_noted_and_listed():
    def change(book):
        book.worksheets[0].column_dimensions["A"].width = 33
        book.worksheets[0]["A3"].number_format = "@"

    content = by_openpyxl(BAD, change=change)
    book = annotated(content)
    assert book.sheetnames == ["资金", "问题清单"]
    sheet, faults = book.worksheets
    assert sheet.column_dimensions["A"].width == 33
    assert sheet["A3"].number_format == "@"
    assert sheet["D2"].value == "1,2OO"
    assert sheet["E4"].value == "=1+1"
    assert "不是金额" in sheet["D2"].comment.text
    assert sheet["D2"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["D3"].comment is None
    rows = [[cell.value for cell in row] for row in faults.iter_rows(min_row=2)]
    assert ["资金", "D2", "不是金额", "1,2OO"] in [row[:4] for row in rows]
    assert {row[1] for row in rows} == {"D2", "A4", "E4", "F4"}
    assert faults["B2"].hyperlink.location == "'资金'!D2"
    assert all(cell.data_type == "s" for row in faults.iter_rows() for cell in row if cell.value)


def test_what_was_marked_before_is_unmarked_when_it_is_mended():
    first = intake.annotate(by_openpyxl(BAD), judged(by_openpyxl(BAD)).problems)
    assert isinstance(first, bytes)
    book = openpyxl.load_workbook(io.BytesIO(first))
    book.worksheets[0]["D2"] = 12
    written = io.BytesIO()
    book.save(written)
    again = annotated(written.getvalue()).worksheets[0]
    assert again["D2"].comment is None
    assert again["D2"].fill.fill_type is None
    assert again["A4"].comment is not None


def test_a_csv_goes_back_as_a_workbook_of_the_same_rows():
    rows = [[str(cell or "") for cell in row] for row in BAD]
    content = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("gb18030")
    book = annotated(content)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet["D2"].comment is not None
    assert (sheet["E4"].value, sheet["E4"].data_type) == ("=1+1", "s")


def test_a_fault_inside_merged_cells_is_marked_on_the_first_of_them():
    def change(book):
        book.worksheets[0].merge_cells("A2:A3")

    content = by_openpyxl([HEADINGS, ROW, [None, *ROW[1:]]], change=change)
    assert annotated(content).worksheets[0]["A2"].comment is not None


def test_a_million_problems_are_the_first_ten_thousand():
    problems = judged(by_openpyxl(BAD)).problems[:1] * 1_000_000
    found = intake.annotate(by_openpyxl(BAD), problems)
    assert isinstance(found, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(found), read_only=True)["问题清单"]
    assert "1000000" in [row[2] for row in sheet.iter_rows(values_only=True)][-1]
