"""A workbook becomes a figure: brought, mended, loaded and taken back, in a real browser."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Visit
    from tests.journeys.walking import Open

pytestmark = pytest.mark.needs("chromium")

HEADINGS = ("文号", "资金性质", "环节", "金额（万元）", "日期", "付款方", "收款方", "所属地区")
GOOD = ("示财〔2024〕1号", "东部省级财政援助", "到位", 1200, "2024-02-20", "丙市财政局", "甲省财政厅", "甘肃省")  # fmt: skip


def workbook(number: int) -> bytes:
    """A county's sheet with two faulty cells, D5 and E6, under a title and its unit."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年财政援助资金（样例）"])
    sheet.append([])
    sheet.append(HEADINGS)
    first = (f"示财〔2024〕{number}号", *GOOD[1:])
    sheet.append(first)
    sheet.append((*first[:2], "下达", "1,2OO", *first[4:]))
    sheet.append((*first[:2], "支付", 300.5, "2024-02-30", *first[5:]))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def mended(marked: Path) -> bytes:
    """The workbook that came back, with its two marked cells mended."""
    from openpyxl import load_workbook

    book = load_workbook(marked)
    sheet = book.worksheets[0]
    for cell, value in (("D5", 1200), ("E6", "2024-04-01")):
        assert sheet[cell].comment is not None
        sheet[cell].value = value
    written = BytesIO()
    book.save(written)
    return written.getvalue()


ARRIVED, PAID = "财政援助资金（到位）", "财政援助资金支付"


def in_wan(text: str) -> Decimal:
    """An amount in 万元 as a page shows it."""
    assert text.endswith("万元")
    return Decimal(text.removesuffix("万元").strip().replace(",", ""))


def told(window: Visit, title: str) -> Decimal:
    """What the board says of money, over all years, in 万元."""
    page = window.to("/?year=all")
    return in_wan(page.inner_text(f'.figure:has(h3:has-text("{title}")) .number').strip())


def bring(window: Visit, content: bytes) -> None:
    page = window.to("/batches?ledger=funds")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#file", {"name": "样例.xlsx", "mimeType": kind, "buffer": content})
    page.click("#bring .acts button")
    page.wait_for_selector(".tally")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_workbook_is_mended_loaded_and_taken_back(
    visit: Open, tmp_path: Path, *, javascript: bool
) -> None:
    window = visit(javascript=javascript)
    page = window.sign_in("clerk")
    arrived, paid = told(window, ARRIVED), told(window, PAID)
    bring(window, workbook(1 if javascript else 2))
    problems = page.inner_text("table.problems")
    assert "D5" in problems
    assert "1,2OO" in problems
    assert "E6" in problems
    assert "2024-02-30" in problems
    assert page.locator('button[name="rows"][value="all"]').count() == 0
    with page.expect_download() as download:
        page.click('a:has-text("下载标注问题的表")')
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)

    bring(window, mended(marked))
    assert page.locator("table.problems").count() == 0
    page.click('button[name="rows"][value="all"]')
    page.wait_for_selector(".notice >> text=已入账")
    here = page.url
    assert told(window, ARRIVED) == arrived + 1200
    page.click(f'.ratio a:has-text("{PAID}")')
    assert in_wan(page.inner_text(".number.big").strip()) == paid + Decimal("300.5")

    page.goto(here)
    page.click('summary:has-text("撤销这一批")')
    page.fill("#entry-why", "样例：报错了表")
    page.click("#undo button")
    page.wait_for_selector(".notice >> text=条记录已终止")
    assert told(window, ARRIVED) == arrived


def test_the_pages_fit_a_telephone(visit: Open) -> None:
    window = visit(width=360)
    window.sign_in("clerk")
    window.to("/batches?ledger=funds")
    assert window.width() == 360
    bring(window, workbook(3))
    window.page.click(".mapping summary")
    assert window.width() == 360
    window.page.click('button:has-text("不导入")')
    window.page.wait_for_selector("#batches-title")
    assert window.width() == 360
