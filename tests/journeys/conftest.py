"""A real demonstration, started as a newcomer starts it, and a real browser before it."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.needs import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

JIEDUI = Path(sys.executable).parent / "jiedui"
PATIENCE = 60
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@dataclass
class Visit:
    """A browser's window on the site, with what its console said."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)

    def to(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, username: str) -> Page:
        self.to("/sign-in").click(f'button[name="username"][value="{username}"]')
        self.page.wait_for_selector("h1:has-text('看板')")
        return self.page

    def width(self) -> int:
        """How far the page reaches to the right, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """Start `jiedui demo` in a folder and stop it again; gives its address once it answers."""
    port = free_port()
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("JIEDUI_", "DJANGO_"))}
    with (folder / "log").open("wb") as log:
        demo = subprocess.Popen(
            [JIEDUI, "demo", "--port", str(port)],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    while True:
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            if demo.poll() is not None or time.monotonic() - began > PATIENCE:
                demo.kill()
                pytest.fail((folder / "log").read_text("utf-8")[-3000:], pytrace=False)
            time.sleep(0.1)
    try:
        yield address
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(PATIENCE)


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that was started once, by whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "started").exists():
            folder.mkdir(exist_ok=True)
            with demonstration(folder):
                pass
            (folder / "started").touch()
    return folder


@pytest.fixture(scope="module")
def site(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration of its own: a copy of one that was started before."""
    folder = tmp_path_factory.mktemp("journey")
    shutil.copytree(started / ".data", folder / ".data")
    with demonstration(folder) as address:
        yield address


# Not for longer: while it is there the loop of its messages runs, and Django's tests, which may
# follow in the same process, are refused their database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Open windows: `visit(width=360, javascript=False)`; a word on the console fails the test."""
    opened: list[Visit] = []

    def open_window(*, width: int = 1280, javascript: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="zh-CN",
        )
        made = Visit(context.new_page(), site)

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                made.said.append(message.text)

        made.page.on("console", hear)
        made.page.on("pageerror", lambda error: made.said.append(str(error)))
        made.page.set_default_timeout(20_000)
        opened.append(made)
        return made

    yield open_window
    for one in opened:
        one.page.context.close()
        # A refused or wrong form answers 4xx, which the browser also notes; policy never.
        faults = [text for text in one.said if "Failed to load resource" not in text]
        assert faults == []
