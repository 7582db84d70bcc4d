"""Months across as columns, on files that programs wrote: read as an entry a cell, each at its cell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from jiedui import intake, ledgers
from jiedui.intake.months import month_of, year_among
from tests.core.intake.made import GIVEN, book_of, by_openpyxl, by_xlsxwriter

LABOUR, SALES = ledgers.ledgers()["labour"], ledgers.ledgers()["sales"]
WHO = ["乡镇", "用工单位", "区域类别", "户类型"]
FIRST = ["桑科镇", "甲示例公司", "东部", "脱贫户"]
SECOND = ["拉卜楞镇", "乙示例公司", "省内", "一般户"]
MONTHS = [f"{n}月" for n in range(1, 13)]


def judged(content: bytes, ledger: Any = LABOUR) -> intake.Judged:
    found = intake.read_entries(book_of(content), ledger, None, GIVEN)
    assert isinstance(found, intake.Taken), found
    return intake.judge(found)


def counts(found: intake.Judged) -> list[tuple[int, str, Any]]:
    return [
        (row, f"{one['of_month']:%Y-%m}", one["people"])
        for row, one in zip(found.taken.rows, found.checked.rows, strict=True)
    ]


@pytest.mark.parametrize("writer", [by_openpyxl, by_xlsxwriter])
def test_a_year_of_months_is_read_cell_by_cell(writer: Any) -> None:
    rows = [
        ["2024年新增就业人数"], [*WHO, *MONTHS, "全年合计"],
        [*FIRST, *range(1, 13), 78], [*SECOND, 5, *[None] * 11, 5],
    ]  # fmt: skip
    found = judged(writer(rows, titles=("劳务",)))
    assert found.problems == ()
    expected = [(3, f"2024-{n:02}", n) for n in range(1, 13)] + [(4, "2024-01", 5)]
    assert counts(found) == expected
    assert found.good == tuple(range(13))
    [said] = [one for one in found.taken.remarks if one.code == "stands-across"]
    assert (str(said.at), "每格读作一条“新增就业人数”" in said.hint) == ("劳务!E2", True)


@pytest.mark.parametrize(
    "heads",
    [
        ["2024年1月", "2024年2月", "2024年3月"],
        ["2024-01", "2024-02", "2024-03"],
        ["2024年一月份", "2024年二月份", "2024年三月份"],
        [datetime(2024, n, 1) for n in (1, 2, 3)],  # noqa: DTZ001 - a workbook's dates bear no zone
    ],
)
def test_months_bring_their_year_in_any_form(heads: list[Any]) -> None:
    found = judged(by_xlsxwriter([[*WHO, *heads], [*FIRST, 3, None, 2]]))
    assert counts(found) == [(2, "2024-01", 3), (2, "2024-03", 2)]


def test_the_year_may_be_that_of_the_sheet() -> None:
    rows = [[*WHO, "1月", "2月"], [*FIRST, 3, 2]]
    found = judged(by_openpyxl(rows, titles=("2023年劳务",)))
    assert counts(found) == [(2, "2023-01", 3), (2, "2023-02", 2)]
    asked = judged(by_openpyxl(rows, titles=("2023年至2024年",)))
    assert [one.code for one in asked.problems] == ["months-without-year"]
    assert asked.good == ()


def test_a_fault_is_at_its_own_cell_and_keeps_its_own_entry_back() -> None:
    rows = [
        ["2024年"],
        [*WHO, "1月", "2月", "3月"],
        [*FIRST, 3, "两个", 2],
        [*SECOND, -1, 4, "#REF!"],
    ]
    found = judged(by_openpyxl(rows, titles=("劳务",)))
    assert [(str(one.at), one.code) for one in found.problems] == [
        ("劳务!F3", "not-a-number"), ("劳务!E4", "number-out-of-range"), ("劳务!G4", "error-cell"),
    ]  # fmt: skip
    assert [(row, month) for row, month, _ in counts(found)] == [
        (3, "2024-01"), (3, "2024-02"), (3, "2024-03"), (4, "2024-01"), (4, "2024-02"),
    ]  # fmt: skip
    assert found.good == (0, 2, 4)


def test_amounts_take_the_unit_of_their_title() -> None:
    heads = ["销售企业", "产品名称", "产品类型", "产地县", "消费帮扶方式", "销售渠道", "1月", "2月"]
    row = ["示例合作社", "牦牛肉", "肉禽蛋奶", "夏河县", "帮助销售", "展销会", 1.2, "3元"]
    found = judged(by_xlsxwriter([["2024年消费帮扶（单位：万元）"], heads, row]), SALES)
    assert found.problems == ()
    assert [one["amount"] for one in found.checked.rows] == [1_200_000, 300]


def test_a_column_that_somebody_named_is_what_he_said() -> None:
    rows = [["2024年"], [*WHO, "1月", "2月", "3月"], [*FIRST, 3, 4, 2]]
    book = book_of(by_openpyxl(rows))
    found = intake.read_entries(book, LABOUR, {"2月": ""}, GIVEN)
    assert isinstance(found, intake.Taken)
    assert found.at == ("2024-01", "2024-03")
    assert found.extra.columns == ["2月"]


def test_one_month_alone_is_no_form_and_a_month_column_goes_before() -> None:
    alone = intake.lay_out(
        book_of(by_openpyxl([["2024年"], [*WHO, "1月"], [*FIRST, 3]])).sheets[0], LABOUR
    )
    assert isinstance(alone, intake.Layout)
    assert alone.across == ""
    both = [["2024年"], ["月份", *WHO, "1月", "2月"], ["2024-05", *FIRST, 3, 4]]
    named = intake.lay_out(book_of(by_openpyxl(both)).sheets[0], LABOUR)
    assert isinstance(named, intake.Layout)
    assert named.across == ""


def test_its_ledger_is_told_by_the_headings_all_the_same() -> None:
    rows = [["2024年新增就业人数"], [*WHO, *MONTHS, "合计"], [*FIRST, *[1] * 12, 12]]
    [(ledger, score), *_] = intake.recognise(book_of(by_openpyxl(rows)).sheets[0])
    assert (ledger, score > 0.5) == (LABOUR, True)


def test_rows_of_days_below_headings_are_no_headings() -> None:
    """Three months beside each other in the first row of a table are that row's."""
    heads = ["项目名称", "项目类别", "总投资", "计划下达日期", "实际开工", "完工日期"]
    rows = [heads, ["示例水渠", "其他", "1万元", "2024年3月", "2024年4月", "2024年5月"]]
    laid = intake.lay_out(book_of(by_openpyxl(rows)).sheets[0], ledgers.ledgers()["projects"])
    assert isinstance(laid, intake.Layout)
    assert laid.first_row == 2


@pytest.mark.parametrize(
    ("text", "month"),
    [("1月", "-01"), ("12月份", "-12"), ("０３月", "-03"), ("十一月", "-11"), ("24年5月", "2024-05"),
     ("1-2月", ""), ("0月", ""), ("一季度", ""), ("人数", ""), ("1月人数", "")],
)  # fmt: skip
def test_months(text: str, month: str) -> None:
    assert month_of(text) == month


def test_years() -> None:
    assert year_among(["附件2", "2024年度", "至2024年12月"]) == "2024"
    assert year_among(["12024年"]) == ""
