"""The same walk, and a form with more rows, where JavaScript is off."""

from __future__ import annotations

import pytest

from tests.journeys.walking import OURS, Open, walk

pytestmark = pytest.mark.needs("chromium")


def test_the_walk_needs_no_javascript(visit: Open) -> None:
    walk(visit, OURS, "neighbour", "clerk", javascript=False)


def test_a_form_grows_and_says_what_is_wrong_without_javascript(visit: Open) -> None:
    window = visit(javascript=False)
    page = window.sign_in("clerk")
    window.to("/ledgers/exchanges/new")
    page.fill("#c-subject", "夏季对接")
    page.fill("#c-starts", "2024-02-30")
    page.click('button[name="add-row"][value="at"]')
    assert page.locator("#c-at .child-row").count() == 4
    page.click('form.sheet .acts button:has-text("保存为草稿")')
    assert "不是日期" in page.inner_text("#problems")
    assert page.input_value("#c-subject") == "夏季对接"


def test_a_list_is_filtered_and_sorted_without_javascript(visit: Open) -> None:
    window = visit(javascript=False)
    page = window.sign_in("clerk")
    window.to("/ledgers/exchanges")
    page.select_option('select[name="form"]', "visit")
    page.click("#filter button")
    assert "共 2 条" in page.inner_text(".total")
    page.click('thead a:has-text("开始日期")')
    assert page.locator('th[aria-sort="ascending"]').count() == 1
