"""Takes the pictures of docs/images/ from the demonstration, with a real browser.

Needs Chromium and a Chinese font (`make tools`). Pictures change with the pages, so they are taken
by hand when a page has changed: `python -m scripts.screenshots`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 60
PICTURES = {"board.png": "/"}


def serve(folder: str) -> subprocess.Popen[bytes]:
    """Start the demonstration over a folder, and wait until it answers."""
    jiedui = Path(sys.executable).parent / "jiedui"
    server = subprocess.Popen(
        [jiedui, "demo", "--port", str(PORT)],
        env={**os.environ, "JIEDUI_DATA": folder},
        stdout=subprocess.DEVNULL,
    )
    for _ in range(PATIENCE * 5):
        try:
            urllib.request.urlopen(f"{ADDRESS}/sign-in").close()  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return server
    server.terminate()
    raise SystemExit("the demonstration did not answer")


def take() -> None:
    """Sign in as the clerk and take each picture."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 800}, locale="zh-CN")
        page.goto(f"{ADDRESS}/sign-in")
        page.locator("button[value=clerk]").click()
        page.wait_for_url(f"{ADDRESS}/")
        for name, path in PICTURES.items():
            page.goto(ADDRESS + path)
            page.screenshot(path=IMAGES / name)
        browser.close()


def main() -> int:
    """Serve, take, stop."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = serve(folder)
        try:
            take()
        finally:
            server.terminate()
            server.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
