"""The walk of an article to a figure and back to its sentence, as a person does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.needs import ROOT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.journeys.conftest import Visit

Open = Callable[..., "Visit"]
# An invented visit of 江苏 to 陕西, which is the neighbour's; the founding one is the clerk's.
OURS = ROOT / "tests/corpus/articles/visit-damaged.txt"
FOUNDING = SHARED / "corpus/seed/damaged.txt"


def batches(window: Visit) -> int:
    """The board's number of visits over all years."""
    page = window.to("/?year=all")
    return int(page.inner_text('.figure:has(h3:has-text("互访批次")) .number span'))


def documents(window: Visit) -> int:
    return window.to("/documents").locator("#rows tbody tr").count()


def upload_and_accept(window: Visit, article: Path) -> None:
    """Give the article, and accept the visit it proposes; ends on the entry's page."""
    page = window.to("/documents")
    page.set_input_files("#file", article)
    page.click(".upload button")
    visit = page.locator('.proposal:has(td:text-is("党政代表团考察"))').first
    visit.locator('form[action$="/accept"] button').click()
    page.wait_for_selector(".notice >> text=已入账")


def see_the_sentence(window: Visit, expected: str) -> str:
    """From the board to the number, to the row, to the sentence; gives the row's address.

    By the figure that counts few: on the page of one of hundreds a row may be far down.
    """
    page = window.to("/?year=all")
    page.click('.figure:has(h3:has-text("高层互访")) .number a')
    page.click(f'#rows tr:has-text("{expected}") a')
    page.wait_for_selector("#proof .proof .cited")
    entry = re.sub(r"\?.*", "", page.url)
    page.click("#proof figcaption a >> nth=0")
    page.wait_for_selector("#text .cited")
    assert page.locator("#at").count() == 1
    return entry


def finds_nothing(window: Visit, entry: str) -> None:
    page = window.page
    page.goto(entry)
    assert "没有找到" in page.inner_text("h1")
    assert entry.rpartition("/")[2] not in window.to("/ledgers/exchanges").content()


def walk(open_window: Open, article: Path, who: str, other: str, *, javascript: bool) -> Page:
    """The whole walk; gives the page on which the cited sentence stands."""
    window, elsewhere = open_window(javascript=javascript), open_window(javascript=javascript)
    elsewhere.sign_in(other)
    theirs = batches(elsewhere), documents(elsewhere)
    window.sign_in(who)
    before = batches(window)
    upload_and_accept(window, article)
    assert batches(window) == before + 1
    entry = see_the_sentence(window, "党政代表团考察")
    finds_nothing(elsewhere, entry)
    assert (batches(elsewhere), documents(elsewhere)) == theirs
    return window.page
