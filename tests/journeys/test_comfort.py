"""Narrow screens, the keyboard, and what htmx adds: nothing breaks, nothing is lost."""

from __future__ import annotations

import re

import pytest

from tests.journeys.walking import OURS, Open, upload_and_accept

pytestmark = pytest.mark.needs("chromium")

PATHS = (
    "/",
    "/ledgers",
    "/ledgers/exchanges",
    "/ledgers/exchanges/new",
    "/ledgers/parties",
    "/documents",
    "/figures/H02",
    "/figures/H99",
    "/search",
    "/search?q=到位",
)


def test_no_page_is_wider_than_a_telephone(visit: Open) -> None:
    window = visit(width=360)
    window.to("/sign-in")
    assert window.width() <= 360
    page = window.sign_in("neighbour")
    upload_and_accept(window, OURS)
    entry = re.sub(r"\?.*", "", page.url)[len(window.site) :]
    page.click("#proof figcaption a >> nth=0")
    document = page.url[len(window.site) :]
    for path in (*PATHS, entry, f"{entry}/amend", f"{entry}/withdraw", document):
        window.to(path)
        assert window.width() <= 360, path


def test_the_keyboard_is_enough(visit: Open) -> None:
    window = visit()
    page = window.sign_in("clerk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("?")
    assert page.locator("dialog#keys[open]").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.textContent") == "互访与会议台账"
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator("details.menu[open]").count() == 0
    page.keyboard.press("Enter")
    page.click('.menu a:has-text("互访与会议台账")')
    page.wait_for_url("**/ledgers/exchanges")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-box"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.id") == "f-form"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#proof")
    outline = page.evaluate(
        "(() => { const a = document.querySelector('.top nav a'); a.focus({focusVisible: true});"
        " return getComputedStyle(a).outlineStyle })()"
    )
    assert outline == "solid"


def test_filtering_does_not_reload_the_page(visit: Open) -> None:
    window = visit()
    page = window.sign_in("clerk")
    window.to("/ledgers/exchanges")
    page.evaluate("window.here = true")
    page.select_option("#f-form", "visit")
    page.wait_for_selector('.total:has-text("共 2 条")')
    assert page.evaluate("window.here") is True
    assert "form=visit" in page.url
    page.click('thead a:has-text("开始日期")')
    page.wait_for_selector('th[aria-sort="ascending"]')
    assert page.evaluate("window.here") is True


def test_more_rows_keep_what_was_typed(visit: Open) -> None:
    window = visit()
    page = window.sign_in("clerk")
    window.to("/ledgers/exchanges/new")
    page.select_option("#c-form", "visit")
    page.fill("#c-at-0-site", "示例牧场")
    page.evaluate("window.here = true")
    page.click('button[name="add-row"][value="at"]')
    page.wait_for_selector("#c-at-3-place")
    assert page.evaluate("window.here") is True
    assert page.input_value("#c-at-0-site") == "示例牧场"
    assert page.input_value("#c-form") == "visit"
    assert page.evaluate("document.activeElement.id") == "c-at-1-place"
