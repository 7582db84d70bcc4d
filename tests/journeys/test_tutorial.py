"""The tutorial, step by step, in a real browser; its pictures are made here too.

Each step of the text has a comment with the name of its function below, and each word that the
text has in bold must have been on a page of that step: a step without its function, or a word that
no page shows, fails. `JIEDUI_TEST_PICTURES=1 pytest tests/journeys/test_tutorial.py` takes the
pictures anew (1280 pixels wide).
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import JIEDUI, Visit, demonstration
from tests.needs import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Download, Page

pytestmark = pytest.mark.needs("chromium")

TEXTS = ("tutorial.md", "tutorial.zh.md")
PICTURES = ROOT / "docs/images/tutorial"
HEADING = re.compile(r"^## \d+\. .+\n\n<!-- step: ([a-z-]+) -->\n", re.MULTILINE)
COLOURS = 96


@dataclass
class Walk:
    """A newcomer at work: the browser, the folder with what was saved, and what each step saw."""

    window: Visit
    folder: Path
    step: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.window.page

    def look(self, picture: str = "", *, at: str = "") -> None:
        """Remember what the page shows; take its picture when pictures are wanted."""
        words = self.page.inner_text("body")
        for choice in self.page.locator("option:checked, summary").all():
            words += "\n" + (choice.text_content() or "")
        self.seen[self.step] = self.seen.get(self.step, "") + "\n" + words
        if picture and os.environ.get("JIEDUI_TEST_PICTURES"):
            if at:
                self.page.locator(at).first.scroll_into_view_if_needed()
            save(self.page.screenshot(), PICTURES / f"{picture}.png")

    def follow(self, words: str) -> None:
        """Click the link of the main menu with these words."""
        self.page.click(f'nav a:text-is("{words}")')
        self.page.wait_for_selector(f'nav a[aria-current="page"]:text-is("{words}")')

    def save(self, link: str) -> Path:
        """Save the file behind a link."""
        with self.page.expect_download() as download:
            self.page.click(f'a:has-text("{link}")')
        return self.stored(download.value)

    def stored(self, download: Download) -> Path:
        path = self.folder / download.suggested_filename
        download.save_as(path)
        return path

    def number(self, title: str) -> Decimal:
        """What the board says of a figure."""
        self.window.to("/")
        text = self.page.inner_text(f'.figure:has(h3:has-text("{title}")) .number span >> nth=0')
        return Decimal(text.replace(",", ""))


def save(taken: bytes, path: Path) -> None:
    """A picture with few colours: a page needs no more, and the file is a third as large."""
    from PIL import Image

    path.parent.mkdir(exist_ok=True)
    picture = Image.open(BytesIO(taken)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def start(walk: Walk) -> None:
    walk.window.to("/sign-in")
    walk.look("sign-in")
    recipe = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^demo: setup\n\t@exec \$\(BIN\)/jiedui demo", recipe, re.MULTILINE)


def sign_in(walk: Walk) -> None:
    walk.look()
    walk.page.click('button.account:has-text("经办员甲")')
    walk.page.wait_for_selector("h1:has-text('看板')")
    walk.look("board")
    walk.kept["visits"] = str(walk.number("高层互访"))


def samples(walk: Walk) -> None:
    walk.page.click('.demonstration a:has-text("样例文件")')
    walk.page.wait_for_selector("#articles-title")
    walk.look("samples")
    walk.kept["article"] = str(walk.save("党政代表团来甘考察"))
    walk.kept["workbook"] = str(walk.save("灵台县12月资金明细"))


def article(walk: Walk) -> None:
    walk.follow("资料")
    walk.look()
    walk.page.set_input_files("#file", walk.kept["article"])
    walk.page.click('button:has-text("上传并阅读")')
    walk.page.wait_for_selector(".proposal")
    walk.look("proposal")
    assert walk.page.locator(".proposal").count() == 2


def accept(walk: Walk) -> None:
    walk.look()
    visit = walk.page.locator('.proposal:has(td:text-is("党政代表团考察"))')
    visit.locator('button:text-is("采纳")').click()
    walk.page.wait_for_selector(".notice >> text=已入账")
    walk.kept["entry"] = re.sub(r"\?.*", "", walk.page.url)
    walk.look("entry")


def figure(walk: Walk) -> None:
    assert walk.number("高层互访") == Decimal(walk.kept["visits"]) + 1
    walk.look()
    walk.page.click('.figure:has(h3:has-text("高层互访")) .number a')
    walk.page.wait_for_selector(".number.big")
    walk.look("figure")
    walk.page.click('#rows a:has-text("2024-09-24")')
    walk.page.wait_for_selector("#proof")
    walk.look()
    walk.page.click('.proof:has-text("代表团来甘肃省考察") figcaption a >> nth=0')
    walk.page.wait_for_selector("#text .cited")
    walk.look("sentence", at="#at")


def bring(walk: Walk, workbook: str) -> None:
    walk.follow("导入")
    walk.page.select_option("#ledger", label="财政援助资金台账")
    walk.page.set_input_files("#file", workbook)
    walk.page.select_option("#c-given-pairing", label="津南区—灵台县（演示）")
    walk.look()
    walk.page.click('button:has-text("上传并核对")')
    walk.page.wait_for_selector(".tally")


def workbook(walk: Walk) -> None:
    walk.kept["arrived"] = str(walk.number("财政援助资金（到位）"))
    bring(walk, walk.kept["workbook"])
    walk.look("faults")
    told = walk.page.inner_text("table.problems")
    assert "E7" in told
    assert "F9" in told
    assert walk.page.locator('button:has-text("全部导入")').count() == 0


def mend(walk: Walk) -> None:
    import openpyxl

    marked = walk.save("下载标注问题的表")
    walk.look()
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    for cell, value in (("E7", 105.5), ("F9", "2024-12-23")):
        assert sheet[cell].comment is not None
        sheet[cell].value = value
    book.save(marked)
    bring(walk, str(marked))
    assert walk.page.locator("table.problems").count() == 0
    walk.look("loadable")
    walk.page.click('button:has-text("全部导入")')
    walk.page.wait_for_selector(".notice >> text=已入账")
    walk.look()
    walk.kept["batch"] = walk.page.url
    assert walk.number("财政援助资金（到位）") == Decimal(walk.kept["arrived"]) + 680
    walk.look()


def undo(walk: Walk) -> None:
    walk.follow("导入")
    walk.look()
    walk.page.click('#rows a:has-text("灵台县12月资金明细") >> nth=0')
    walk.page.wait_for_selector("#undo", state="attached")
    walk.page.click('summary:has-text("撤销这一批")')
    walk.look("undo", at="#undo")
    walk.page.fill("#entry-why", "试一试撤销")
    walk.page.click("#undo button")
    walk.page.wait_for_selector(".notice >> text=条记录已终止")
    walk.look()
    assert walk.number("财政援助资金（到位）") == Decimal(walk.kept["arrived"])


def neighbour(walk: Walk) -> None:
    walk.look()
    walk.page.click('button:has-text("退出")')
    walk.page.wait_for_selector("#demo-title")
    walk.look()
    walk.page.click('button.account:has-text("邻省经办员乙")')
    walk.page.wait_for_selector("h1:has-text('看板')")
    walk.follow("资料")
    walk.look()
    walk.page.goto(walk.kept["entry"])
    walk.look("neighbour")


STEPS: dict[str, Callable[[Walk], None]] = {
    "start": start, "sign-in": sign_in, "samples": samples, "article": article,
    "accept": accept, "figure": figure, "workbook": workbook, "mend": mend, "undo": undo,
    "neighbour": neighbour,
}  # fmt: skip
LAST = "clear"


def steps(name: str) -> dict[str, str]:
    """The steps of a text by name, each with its words."""
    text = (ROOT / "docs" / name).read_text("utf-8")
    assert text.count("\n## ") == len(HEADING.findall(text)), "a step without the name of its test"
    parts = HEADING.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("name", TEXTS)
def test_each_step_of_the_text_is_tried(name: str) -> None:
    assert list(steps(name)) == [*STEPS, LAST]


def test_both_texts_show_the_same_words_and_pictures() -> None:
    one, other = (steps(name) for name in TEXTS)
    for step in one:
        for pattern in (r"\*\*(.+?)\*\*", r"images/tutorial/([a-z-]+)\.png", r"`([^`]+)`"):
            assert re.findall(pattern, one[step]) == re.findall(pattern, other[step]), step


def test_the_tutorial_is_walked(browser: Browser, tmp_path: Path) -> None:
    with demonstration(tmp_path) as site:
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, locale="zh-CN", accept_downloads=True
        )
        walk = Walk(Visit(context.new_page(), site), tmp_path)
        walk.page.set_default_timeout(30_000)
        for walk.step, go in STEPS.items():
            go(walk)
        context.close()
    command = ["demo", "--clear", "--yes"]
    done = subprocess.run(
        [JIEDUI, *command], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    walk.seen[LAST] = done.stdout + f".venv/bin/jiedui {' '.join(command[:2])}"
    assert not (tmp_path / ".data/demo").exists()
    for name in TEXTS:
        for step, text in steps(name).items():
            for word in re.findall(r"\*\*(.+?)\*\*", text):
                assert word in walk.seen[step], (name, step, word)
            for picture in re.findall(r"images/tutorial/([a-z-]+)\.png", text):
                assert (PICTURES / f"{picture}.png").is_file(), picture
