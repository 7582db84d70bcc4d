"""Files that are no workbook, would do harm, or hold nothing: a problem each, no exception."""

from __future__ import annotations

import io
import zipfile

import pytest

from jiedui import intake
from jiedui.intake import LIMITS, Limits
from jiedui.problems import Problem
from tests.core.intake import made
from tests.core.intake.made import (
    EXCHANGES,
    FUNDS,
    GIVEN,
    HEADINGS,
    ROW,
    by_openpyxl,
    by_xlsxwriter,
    codes,
    judged,
    places,
    rewritten,
    taken_of,
)

SHEET = "xl/worksheets/sheet1.xml"
GOOD = by_openpyxl([HEADINGS, ROW])


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    found = intake.open_book(content, limits)
    assert isinstance(found, Problem), found
    return found.code


def read_refusal(content: bytes, ledger=FUNDS) -> Problem:
    found = intake.read_entries(made.book_of(content), ledger, None, GIVEN)
    assert isinstance(found, Problem), found
    return found


def test_a_good_workbook_is_good():
    found = judged(GOOD)
    assert found.problems == ()
    assert found.good == (0,)
    assert found.checked.rows[0]["amount"] == 12_500_000


def test_a_zip_bomb_is_not_unpacked():
    bomb = rewritten(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * (200 << 20)))
    assert len(bomb) < 1 << 20
    assert refusal(bomb) == "zip-inflated"


def test_many_parts_are_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for i in range(LIMITS.parts + 1):
            archive.writestr(f"xl/{i}.xml", b"")
    assert refusal(written.getvalue()) == "zip-inflated"


def test_a_part_larger_than_it_says_is_damaged():
    lying = bytearray(by_openpyxl([[i] * 9 for i in range(900)]))
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        real = archive.getinfo(SHEET).file_size
    for at in range(len(lying) - 4):
        if lying[at : at + 4] == real.to_bytes(4, "little"):
            lying[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(lying)) == "file-damaged"


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData>'
    b"</worksheet>"
)


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_is_refused(part, encoding):
    bad = BILLION.decode().encode(encoding)
    assert refusal(rewritten(by_xlsxwriter([HEADINGS, ROW]), part, lambda _: bad)) == (
        "workbook-with-dtd"
    )


def test_a_definition_behind_a_long_comment_is_refused():
    bad = b"<!--" + b"x" * 5000 + b"-->" + BILLION
    assert refusal(rewritten(GOOD, SHEET, lambda _: bad)) == "workbook-with-dtd"


def test_a_workbook_with_a_password_is_said_to_have_one():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(locked + "EncryptedPackage".encode("utf-16-le")) == "workbook-password"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"PK\x05\x06" + bytes(18),
        bytes(range(256)) * 10,
    ],
    ids=["pdf", "html", "zip", "bytes"],
)
def test_another_sort_of_file_is_named(content):
    assert refusal(content) == "book-unknown"


def test_an_old_file_of_nothing_is_damaged():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "file-damaged"


def test_broken_bytes_are_damaged():
    assert refusal(GOOD[: len(GOOD) // 2]) == "file-damaged"
    cut = rewritten(GOOD, SHEET, lambda xml: xml[: xml.index(b'<row r="2"') + 60])
    assert refusal(cut) == "file-damaged"
    assert refusal(rewritten(GOOD, "xl/workbook.xml", lambda xml: xml[:90])) == "file-damaged"


def test_nothing_is_nothing():
    assert refusal(b"") == "file-empty"
    assert refusal(b" \r\n") == "file-empty"


def test_three_hundred_megabytes_are_refused_by_their_size(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)
    found = intake.open_book(b"PK" + b"x" * (300 << 20))
    assert isinstance(found, Problem)
    assert (found.code, "100 MB" in found.hint, "301 MB" in found.hint) == (
        "file-too-large", True, True,
    )  # fmt: skip


def test_a_sheet_may_be_named_like_a_path():
    odd = rewritten(GOOD, "xl/workbook.xml", lambda xml: xml.replace("资金".encode(), b"../../x"))
    found = judged(odd)
    assert found.taken.layout.sheet == "../../x"
    assert found.good == (0,)
    bad = rewritten(odd, SHEET, lambda xml: xml.replace(b"<v>12.5</v>", b"<v>-1</v>"))
    assert "../../x!D2" in places(bad) or "../../x!A2" in places(bad)
    marked = intake.annotate(bad, judged(bad).problems)
    assert isinstance(marked, Problem)
    assert marked.code == "layout-not-kept"


def test_a_far_cell_is_not_a_sheet_of_a_million_columns():
    far = by_openpyxl([HEADINGS, ROW], change=_far)
    found = intake.open_book(far)
    assert isinstance(found, Problem)
    assert found.code == "sheet-too-large"


def _far(book):
    book.worksheets[0]["XFD1048576"] = "x"


def test_a_used_range_of_a_million_empty_rows_is_nothing():
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(3, 1_048_577))
    bloated = rewritten(
        GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>")
    )
    found = judged(bloated)
    assert found.good == (0,)
    assert found.taken.rows == (2,)


# Sheets that are read, and hold nothing that can be.


def test_an_empty_sheet_is_said_to_be_empty():
    assert read_refusal(by_openpyxl([[]])).code == "sheet-empty"
    assert read_refusal(by_openpyxl([[None, "  "]])).code == "sheet-empty"


def test_a_sheet_without_headings():
    assert read_refusal(by_openpyxl([ROW, ROW])).code == "no-heading-row"
    late = [["说明"]] * 10 + [HEADINGS, ROW]
    assert read_refusal(by_openpyxl(late)).code == "no-heading-row"


@pytest.mark.parametrize("above", range(10))
def test_headings_may_stand_in_any_of_the_first_ten_rows(above):
    rows = [[f"某表第{i}行说明"] for i in range(above)]
    assert judged(by_openpyxl([*rows, HEADINGS, ROW])).good == (0,)


def test_only_headings():
    assert read_refusal(by_openpyxl([HEADINGS])).code == "heading-only"


def test_a_sheet_of_another_ledger_is_recognised_and_offered():
    found = read_refusal(GOOD, EXCHANGES)
    assert found.code == "wrong-ledger"
    assert FUNDS.title in found.hint
    assert intake.recognise(made.book_of(GOOD).sheets[0])[0][0] is FUNDS


def test_a_sheet_of_no_ledger_is_none():
    assert (
        intake.recognise(made.book_of(by_openpyxl([["菜名", "价格"], ["甲", 1]])).sheets[0]) == []
    )


def test_two_headings_for_one_field():
    rows = [[*HEADINGS, "文号"], [*ROW, "乙号"]]
    assert places(by_openpyxl(rows)) == {"资金!G1": "two-headings-one-field"}
    assert judged(by_openpyxl(rows)).good == ()


def test_a_required_column_that_is_missing_is_one_problem():
    found = judged(by_openpyxl([HEADINGS[:3], ROW[:3], ROW[:3]]))
    assert [one.code for one in found.problems] == ["column-missing", "column-missing"]
    assert found.good == ()


# Cells.


def with_amount(heading: str, *cells: object) -> bytes:
    rows = [[*ROW[:3], cell, *ROW[4:]] for cell in cells]
    return by_openpyxl([[*HEADINGS[:3], heading, *HEADINGS[4:]], *rows])


def test_an_amount_without_a_unit_in_a_column_without_one():
    found = judged(with_amount("金额", 125000))
    assert [(str(p.at), p.code, p.found) for p in found.problems] == [
        ("资金!D2", "amount-without-unit", "125000")
    ]


def test_an_amount_with_its_unit_beside_one_without():
    found = judged(with_amount("金额", "12.5万元", 125000))
    assert [(str(p.at), p.code) for p in found.problems] == [("资金!D3", "mixed-units")]
    assert "12.5万元" in found.problems[0].hint
    assert found.good == (0,)


@pytest.mark.parametrize(
    ("heading", "cell", "fen"),
    [
        ("金额（万元）", 12.5, 12_500_000),
        ("金额(元)", 125000, 12_500_000),
        ("金额 （单位：亿元）", "1.2", 12_000_000_000),
        ("金额/万元", 0.1, 100_000),
        ("金额（万元）", "125000元", 12_500_000),
        ("金额（万元）", "1,234.56", 1_234_560_000),
        ("金额（元）", 98765432.1, 9_876_543_210),
        ("金额", "12.5万元", 12_500_000),
        ("金额（元）", 0.1 + 0.2, 30),
    ],
)
def test_units_of_heading_and_cell(heading, cell, fen):
    for writer in (by_openpyxl, by_xlsxwriter):
        found = judged(
            writer([[*HEADINGS[:3], heading, *HEADINGS[4:]], [*ROW[:3], cell, *ROW[4:]]])
        )
        assert found.problems == ()
        assert found.checked.rows[0]["amount"] == fen


def test_a_unit_stated_above_the_headings():
    rows = [
        ["资金台账"],
        ["填报单位：甲示例局", None, "单位：万元"],
        [*HEADINGS[:3], "金额", *HEADINGS[4:]],
        ROW,
    ]
    assert judged(by_openpyxl(rows)).checked.rows[0]["amount"] == 12_500_000


@pytest.mark.parametrize("unit", ["千元", "美元", "万美元"])
def test_a_unit_that_is_not_known_is_a_problem_of_the_heading(unit):
    assert "unit-unknown" in codes(with_amount(f"金额（{unit}）", 12.5))


@pytest.mark.parametrize("cell", ["1,2OO", "约12.5", "12.5万", "一百二", "1.2.3", "12，5O"])
def test_an_amount_that_is_none_is_shown_as_it_stands(cell):
    found = judged(with_amount("金额（万元）", cell))
    assert [(p.code, p.found, str(p.at)) for p in found.problems] == [
        ("not-an-amount", cell, "资金!D2")
    ]


def test_a_negative_amount_breaks_the_rule():
    found = judged(with_amount("金额（万元）", -5))
    assert [p.code for p in found.problems] == ["rule-broken"]
    assert found.checked.rows[0]["amount"] == -5_000_000


def test_an_error_is_a_problem_of_its_cell():
    found = judged(with_amount("金额（万元）", "#DIV/0!", 1))
    assert [(str(p.at), p.code, p.found) for p in found.problems] == [
        ("资金!D2", "error-cell", "#DIV/0!")
    ]
    assert found.good == (1,)


def test_an_error_in_a_column_that_is_not_read_stops_nothing():
    found = judged(by_openpyxl([[*HEADINGS, "备注"], [*ROW, "#REF!"], [*ROW[:5], "乙局", "=1+1"]]))
    assert (found.problems, found.good) == ((), (0, 1))


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u2060", "\u00a0", "\n"])
def test_marks_without_width_in_headings_are_nothing(mark):
    heads = [f"{mark}{text[:1]}{mark}{text[1:]}{mark}" for text in [*HEADINGS, "联系电话"]]
    found = taken_of(by_openpyxl([heads, [*ROW, "19900000017"]]))
    assert found.rows == (2,)
    assert found.personal
    assert [one.code for one in found.remarks] == ["personal-column-dropped"]


def test_an_error_in_a_field_that_may_be_empty_keeps_the_row_out():
    found = judged(by_openpyxl([HEADINGS, [*ROW[:5], "#REF!"], ROW]))
    assert [(str(p.at), p.code) for p in found.problems] == [("资金!F2", "error-cell")]
    assert found.good == (1,)


def test_a_formula_counts_by_the_value_that_was_stored():
    def change(book):
        book.worksheets()[0].write_formula("D2", "=10+2.5", None, 12.5)

    assert (
        judged(by_xlsxwriter([HEADINGS, ROW], change=change)).checked.rows[0]["amount"]
        == 12_500_000
    )


def test_a_formula_without_a_stored_value_is_a_problem():
    found = judged(with_amount("金额（万元）", "=10+2.5"))
    assert [(str(p.at), p.code) for p in found.problems] == [("资金!D2", "formula-without-value")]


def test_leading_zeros_stay():
    rows = [[*HEADINGS, "支付凭证号"], [*ROW, "00123"]]
    assert judged(by_openpyxl(rows)).checked.rows[0]["voucher"] == "00123"


# What is said and stops nothing.


def remarks(content: bytes, **more) -> list[str]:
    return [one.code for one in taken_of(content, **more).remarks]


def test_hidden_rows_and_sheets_are_read_and_said():
    def change(book):
        book.worksheets[0].row_dimensions[2].hidden = True
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("别的")["A1"] = "x"

    content = by_openpyxl([HEADINGS, ROW], change=change)
    assert remarks(content) == ["hidden-sheet", "hidden-rows", "sheet-not-read"]
    assert judged(content).good == (0,)


def test_totals_are_compared_and_not_loaded():
    one = [*ROW[:3], 1, *ROW[4:]]
    rows = [HEADINGS, one, one, ["小计", None, None, 2], one, ["合  计", None, None, 3.5]]
    found = judged(by_openpyxl(rows))
    assert [(str(p.at), p.code) for p in found.problems] == [("资金!D6", "total-differs")]
    assert "3.5万元" in found.problems[0].hint
    assert found.taken.rows == (2, 3, 5)
    assert len(found.good) == 3
    [agrees] = found.agreeing
    assert (agrees.code, agrees.at.row) == ("totals-agree", 4)
    assert "金额 2万元" in agrees.hint
    assert "total-not-loaded" in [one.code for one in found.taken.remarks]


def test_a_total_over_a_faulty_cell_is_not_compared():
    rows = [HEADINGS, [*ROW[:3], "1O", *ROW[4:]], ["合计", None, None, 5]]
    assert codes(by_openpyxl(rows)) == ["not-an-amount"]


def test_lines_below_the_rows_are_not_loaded():
    found = taken_of(by_openpyxl([HEADINGS, ROW, [None], ["备注：以上为示例"], ["填表人：某某"]]))
    assert found.rows == (2,)
    assert [one.code for one in found.remarks] == ["remark-not-loaded"]


def test_a_foot_of_several_names_is_no_row():
    foot = ["单位负责人：甲示例", None, "审核人：", None, "填表人：乙样例"]
    content = by_openpyxl([HEADINGS, ROW, foot, ["备注：样例", "支付"]])
    taken = taken_of(content)
    assert taken.rows == (2, 4)
    assert "remark-not-loaded" in remarks(content)


def test_cells_of_a_column_without_a_heading_are_said():
    content = by_openpyxl([HEADINGS, [*ROW, None, "多一格"], ROW, [*ROW, "又一格"]])
    [told] = [one for one in taken_of(content).remarks if one.code == "cells-without-heading"]
    assert (str(told.at), told.hint.split()[0]) == ("资金!H2", "G、H")
    assert "第 2 行" in told.hint
    assert "cells-without-heading" not in remarks(
        by_openpyxl([HEADINGS, ROW], [["说明"]], titles=("资金", "x"))
    )


@pytest.mark.parametrize(("columns", "code"), [(500, ""), (501, "too-many-columns")])
def test_a_sheet_of_very_many_columns_is_not_laid_out(columns, code):
    more = [f"列{n}" for n in range(columns - len(HEADINGS))]
    content = by_openpyxl([["title"], [*HEADINGS, *more], ROW])
    if not code:
        assert taken_of(content).rows == (3,)
        return
    told = read_refusal(content)
    assert (told.code, str(told.at)) == (code, "资金!A2")
    assert f"{columns} 栏" in told.hint


def test_headings_that_nothing_takes_are_kept_and_said():
    found = taken_of(by_openpyxl([[*HEADINGS, "备注"], [*ROW, "甲"]]))
    assert found.extra.to_dict(as_series=False) == {"备注": ["甲"]}
    assert [one.code for one in found.remarks] == ["heading-unknown"]
    assert not found.personal


@pytest.mark.parametrize("heading", ["身份证号", "联系电话", "手机", "经办人姓名", "银行卡号"])
def test_personal_columns_are_dropped_and_said(heading):
    found = taken_of(by_openpyxl([[*HEADINGS, heading], [*ROW, "13800001111"]]))
    assert found.extra.width == 0
    assert found.personal
    assert [one.code for one in found.remarks] == ["personal-column-dropped"]
    assert "13800001111" not in repr(found)


def test_personal_values_are_dropped_and_said():
    rows = [[*HEADINGS, "备注"], [*ROW, "电话13800001111"], [*ROW, "甲"]]
    found = taken_of(by_openpyxl(rows))
    assert found.extra["备注"].to_list() == [None, "甲"]
    assert found.personal
    assert "personal-value-dropped" in [one.code for one in found.remarks]
    assert "13800001111" not in repr(found)


def test_a_mapping_that_was_corrected_goes_first():
    rows = [[*HEADINGS[:5], "钱从哪来", "付款方"], [*ROW[:5], "甲示例局", "乙"]]
    found = taken_of(by_openpyxl(rows), remembered={"钱从哪来": "payer", "付款方": ""})
    assert found.frame["payer"].to_list() == ["甲示例局"]
    assert found.extra["付款方"].to_list() == ["乙"]


def test_words_for_an_amount_are_no_letters_in_one():
    [found] = judged(by_openpyxl([HEADINGS, [*ROW[:3], "已拨付", *ROW[4:]]])).problems
    assert found.code == "not-an-amount"
    assert "不是数字" not in found.hint


@pytest.mark.parametrize(
    "heading",
    ["联系人", "项目联系人", "企业联系人及电话", "单位负责人", "责任人", "法定代表人", "乡镇联络员", "户主姓名"],
)  # fmt: skip
def test_a_column_that_names_a_person_is_dropped_whoever_he_works_for(heading: str) -> None:
    rows = [[*HEADINGS, heading, "资金投向"], [*ROW, "钱示例甲", "公路"]]
    found = taken_of(by_openpyxl(rows))
    assert found.personal
    assert found.extra.columns == ["资金投向"]
    assert [one.code for one in found.remarks] == ["personal-column-dropped", "heading-unknown"]


@pytest.mark.parametrize("heading", ["是否有联系人", "企业联系电话", "单位名称", "联系人数"])
def test_one_that_names_none_is_kept(heading: str) -> None:
    found = taken_of(by_openpyxl([[*HEADINGS, heading], [*ROW, "样例"]]))
    assert (found.personal, found.extra.columns) == (False, [heading])
