"""Takes the pictures of docs/images/ from the demonstration, with a real browser.

Needs Chromium and a Chinese font (`make tools`). Pictures change with the pages, so they are taken
by hand when a page has changed: `python -m scripts.screenshots`.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"
PATIENCE = 60
PICTURES = {"board.png": "/"}


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    """Start the demonstration over a folder, and wait until it answers."""
    jiedui = Path(sys.executable).parent / "jiedui"
    server = subprocess.Popen(
        [jiedui, "demo", "--port", str(port), "--folder", folder],
        stdout=subprocess.DEVNULL,
    )
    for _ in range(PATIENCE * 5):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in").close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return server
    server.terminate()
    raise SystemExit("the demonstration did not answer")


def take(address: str) -> None:
    """Sign in as the clerk and take each picture."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--lang=zh-CN"],
            env={"LANGUAGE": "zh_CN"},
        )
        page = browser.new_page(viewport={"width": 1200, "height": 800}, locale="zh-CN")
        page.goto(f"{address}/sign-in")
        page.locator("button[value=clerk]").click()
        page.wait_for_url(f"{address}/")
        for name, path in PICTURES.items():
            page.goto(address + path)
            page.screenshot(path=IMAGES / name)
        browser.close()


def main() -> int:
    """Serve, take, stop."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = serve(folder, port)
        try:
            take(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
