"""A workbook too large to wait for: watched, stopped, read once more, loaded and taken back.

The work is done by the `jiedui work` that the demonstration starts beside its pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_workbook import HEADINGS, PAID, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Visit
    from tests.journeys.walking import Open

pytestmark = pytest.mark.needs("chromium")

# More rows than are written, and more bytes than are read, while a person waits.
ROWS = 21_000
PATIENCE = 120_000


def workbook(number: int) -> bytes:
    """Payments of 1 万元 each."""
    rows = (
        f"长财〔2024〕{number}{n:05}号,东部省级财政援助,支付,1,2024-04-01,甲省财政厅,样例公司,夏河县"
        for n in range(ROWS)
    )
    content = "\n".join((",".join(HEADINGS), *rows)).encode()
    assert len(content) > 1 << 20
    return content


def bring(window: Visit, content: bytes) -> None:
    """Upload it; ends on the page that says how far it is."""
    page = window.to("/batches?ledger=funds")
    file = {"name": "大表样例.csv", "mimeType": "text/csv", "buffer": content}
    page.set_input_files("#file", file)
    page.click("#bring .acts button")
    page.wait_for_url(re.compile("/batches/[0-9a-z]{13}"))


def until(page: Page, selector: str, *, javascript: bool) -> None:
    """Wait for what comes when the work is done; without a script a person looks again."""
    if javascript:
        page.wait_for_selector(selector, timeout=PATIENCE)
        return
    for _ in range(PATIENCE // 1000):
        if page.locator(selector).count():
            return
        page.click('a:has-text("刷新")')
        page.wait_for_timeout(1000)
    pytest.fail(page.inner_text("main"))


@pytest.mark.parametrize("javascript", [True, False])
def test_long_work_is_watched_stopped_and_done(visit: Open, *, javascript: bool) -> None:
    window = visit(javascript=javascript)
    page = window.sign_in("clerk")
    before = told(window, PAID)
    bring(window, workbook(1 if javascript else 2))
    here = page.url
    assert page.locator("#progress progress").count() == 1
    page.click('#progress button:has-text("取消")')
    until(page, "text=已取消，账本没有改动", javascript=javascript)

    if not javascript:
        return  # What comes after is the same pages.
    page.click('button:has-text("再读一次")')
    page.wait_for_selector("#progress")
    until(page, ".tally", javascript=javascript)
    assert f"新增 {ROWS}" in page.inner_text(".tally")
    assert told(window, PAID) == before

    page.goto(here)
    page.click('button[name="rows"][value="all"]')
    until(page, ".notice >> text=已入账", javascript=javascript)
    assert told(window, PAID) == before + ROWS

    page.goto(here)
    page.click('summary:has-text("撤销这一批")')
    page.fill("#entry-why", "样例：传错了表")
    page.click("#undo button")
    until(page, ".notice >> text=条记录已终止", javascript=javascript)
    assert told(window, PAID) == before
