"""Make the pictures of the README and the manual from a demonstration of its own.

Needs Chromium and a Chinese font (`make tools`). Pictures change with the pages, so they are taken
by hand: `python -m scripts.screenshots` takes those of docs/images, with a folder as its argument
every one, wide and narrow, to look at. Invented data only.
"""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "tests/corpus/articles/visit-damaged.txt"
FOLDER = ROOT / "docs/images"
SIZES = {"": (1200, 800), "-narrow": (360, 740)}
SHOWN = ("board", "document", "entry")
PATIENCE = 60


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a demonstration; gives it and its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    jiedui = Path(sys.executable).parent / "jiedui"
    demo = subprocess.Popen([jiedui, "demo", "--port", str(port)], cwd=folder)
    site = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            urllib.request.urlopen(f"{site}/sign-in", timeout=5).close()  # noqa: S310 - our own
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return demo, site
    demo.kill()
    sys.exit("the demonstration did not start")


def sign_in(page: Page, site: str, who: str) -> None:
    """Choose an account of the demonstration."""
    page.goto(f"{site}/sign-in")
    page.click(f'button[value="{who}"]')
    page.wait_for_selector("h1:has-text('看板')")


def entered(page: Page, site: str) -> tuple[str, str]:
    """Bring the article and accept its visit; gives the addresses of document and entry."""
    page.goto(f"{site}/documents")
    page.set_input_files("#file", ARTICLE)
    page.click(".upload button")
    page.wait_for_selector(".proposal")
    document = page.url
    page.click('form[action$="/accept"] button >> nth=0')
    page.wait_for_selector("text=已入账")
    return document, re.sub(r"\?.*", "", page.url)


def take(browser: Browser, site: str, folder: Path) -> None:
    """Take the pictures: for docs/images those shown there, else every one, wide and narrow."""
    first = browser.new_page(locale="zh-CN")
    sign_in(first, site, "neighbour")
    document, entry = entered(first, site)
    first.close()
    pictures = {
        "board": ("clerk", f"{site}/"),
        "exchanges": ("clerk", f"{site}/ledgers/exchanges"),
        "figure": ("clerk", f"{site}/figures/H02?year=2024"),
        "document": ("neighbour", f"{document}#text"),
        "entry": ("neighbour", entry),
    }
    all_of_them = folder != FOLDER
    for ending, (width, height) in SIZES.items() if all_of_them else [("", SIZES[""])]:
        for name, (who, address) in pictures.items():
            if name not in SHOWN and not all_of_them:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            page = context.new_page()
            sign_in(page, site, who)
            page.goto(address)
            page.screenshot(path=folder / f"{name}{ending}.png")
            context.close()


def main() -> None:
    """Take the pictures of a fresh demonstration into a folder."""
    from playwright.sync_api import sync_playwright

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or sys.exit("Chromium is not installed (make tools)")
    with tempfile.TemporaryDirectory() as home:
        demo, site = start(Path(home))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium,
                    args=["--no-sandbox", "--lang=zh-CN"],
                    env={"LANGUAGE": "zh_CN"},
                )
                take(browser, site, folder)
                browser.close()
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(PATIENCE)


if __name__ == "__main__":
    main()
