"""Search in a browser: by the key, with suggestions while typing, and without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.walking import Open

pytestmark = pytest.mark.needs("chromium")


def test_from_the_key_to_a_found_entry(visit: Open) -> None:
    window = visit()
    page = window.sign_in("clerk")
    page.keyboard.press("/")
    page.keyboard.type("会宁")
    page.wait_for_selector("#suggestions a")
    assert "会宁县" in page.inner_text("#suggestions")
    # Escape empties the box, as it does any box to search in.
    page.keyboard.press("Escape")
    assert page.locator("#suggestions a").count() == 0
    page.fill("#search-box", "到位")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.wait_for_selector(".hits mark.cited")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(ledgers|documents)/"))
    # Back from what was found is where it was found: nothing is sent once more.
    page.go_back()
    page.wait_for_selector(".hits mark.cited")


def test_a_suggestion_leads_where_it_says(visit: Open) -> None:
    window = visit(width=360)
    page = window.sign_in("clerk")
    page.fill("#search-box", "会宁")
    page.wait_for_selector("#suggestions a")
    assert window.width() <= 360
    page.click('#suggestions a:has-text("会宁县")')
    page.wait_for_url("**/search?place=620422")
    assert page.input_value("#f-place").endswith("会宁县")
    assert page.locator(".hits li").count() > 0


def test_a_persons_name_is_in_no_address(visit: Open) -> None:
    window = visit()
    page = window.sign_in("clerk")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#search-box", "张样例")
    page.wait_for_timeout(600)
    page.press("#search-box", "Enter")
    page.click('button:has-text("按人员查找")')
    page.wait_for_selector(".hits li")
    assert page.url == f"{window.site}/search"
    assert not [url for url in asked if "%E5%BC%A0" in url or "张" in url]


def test_search_without_javascript(visit: Open) -> None:
    window = visit(javascript=False)
    page = window.sign_in("clerk")
    page.fill("#search-box", "会宁")
    page.press("#search-box", "Enter")
    assert page.locator(".hits mark.cited").count() > 0
    assert "会宁县" in page.inner_text(".near-found")
    page.click('.near-found a:has-text("会宁县")')
    assert page.locator(".hits li").count() > 0
