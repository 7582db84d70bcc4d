"""Changing to English on the page: kept from page to page, and everything has room, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import OURS

if TYPE_CHECKING:
    from tests.journeys.walking import Open

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("width", [1280, 360])
def test_english_is_chosen_on_the_page_and_has_room(visit: Open, width: int) -> None:
    window = visit(width=width)
    page = window.sign_in("neighbour")
    page.click("text=English")
    page.wait_for_selector("h1:has-text('Board')")
    assert page.evaluate("document.documentElement.lang") == "en"
    window.to("/documents")
    page.set_input_files("#file", OURS)
    page.click(".upload button")
    page.wait_for_selector("h2:has-text('Proposals')")
    document = page.url.removeprefix(window.site)
    window.to("/ledgers/exchanges")
    entry = page.get_attribute("#rows tbody a", "href") or ""
    paths = [document, entry, "/", "/figures/F01", "/ledgers/funds", "/ledgers/exchanges/new"]
    for path in (*paths, "/batches", "/findings", "/tokens", "/ledgers"):
        window.to(path)
        assert page.evaluate("document.documentElement.lang") == "en", path
        assert window.width() <= width, path
    if width == 1280:
        # The header is one line: all that stands in it stands beside the brand.
        tops = page.eval_on_selector_all(
            ".top > *",
            "all => all.map(one => { const b = one.getBoundingClientRect();"
            " return (b.top + b.bottom) / 2; })",
        )
        assert max(tops) - min(tops) < 8, tops
        assert page.eval_on_selector("header.top", "top => top.offsetHeight") < 80
    page.click("text=中文")
    page.wait_for_selector("h1:has-text('名录与台账')")


def test_without_javascript_the_page_changes_too(visit: Open) -> None:
    window = visit(javascript=False)
    page = window.to("/sign-in")
    page.click("text=English")
    page.wait_for_selector("h1:has-text('Who helps whom')")
