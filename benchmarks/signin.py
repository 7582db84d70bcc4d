"""Signing in while a workbook of 300,000 rows is loaded into the same SQLite book.

The site serves as `jiedui serve` does; the load runs as `jiedui load`. Every half second somebody
asks for the sign-in page, signs in with a password, and is shown the board. Timed are the signing
in, and the board, which counts its figures anew once the load is in.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import intake_sheet as sheet
from benchmarks.result import Found, text_of
from benchmarks.start import JIEDUI

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 300_000
EVERY = 0.5
WORST = 1.0
PASSWORD = "样例口令-九个字以上"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
METHOD = f"""## How signing in is measured

`.venv/bin/python -m benchmarks signin` runs this part alone. `jiedui serve` and `jiedui load` of a
workbook of {ROWS:,} rows of the funds ledger run over one book on SQLite; until the load ends,
somebody signs in with a password every half second, each time without a session: sign-in page and
password, from the first byte asked to the last received, then the board. Promised is the longest
signing in. The board after the load is the first that counts the rows that came.
"""


def measure(rows: int = ROWS) -> list[Found]:
    """Load and sign in at once; gives the longest time and how long the load took."""
    with tempfile.TemporaryDirectory(prefix="jiedui-signin-") as folder:
        book = Path(folder) / "book"
        kept = {key: text for key, text in os.environ.items() if not key.startswith("JIEDUI_")}
        environment = {**kept, "JIEDUI_DATA": str(book), "JIEDUI_DATABASE_URL": "",
                       "DJANGO_SETTINGS_MODULE": "jiedui.site.settings"}  # fmt: skip
        workbook = Path(folder) / "样例.xlsx"
        workbook.write_bytes(sheet.workbook(sheet.rows(rows)))
        subprocess.run(
            [sys.executable, "-m", "benchmarks.signin", "build"], check=True, env=environment
        )
        with served(environment) as address:
            sign_in(address)
            began = time.monotonic()
            load = subprocess.Popen(
                [JIEDUI, "load", "funds", str(workbook), "--as", "clerk"],
                env=environment, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            times = []
            while load.poll() is None:
                times.append(sign_in(address))
                time.sleep(max(0.0, EVERY - sum(times[-1])))
            taken = time.monotonic() - began
            _, after = sign_in(address)
            _, again = sign_in(address)
        assert load.returncode == 0
    signing, boards = map(sorted, zip(*times, strict=True))
    middle = len(times) // 2
    worst, counted = signing[-1], max(boards[-1], after)
    what = f"during a load of {rows:,} rows ({taken:.0f} s)"
    told = f"{worst:.2f} s ({len(times)} times, median {signing[middle]:.2f} s)"
    return [
        Found(f"signing in {what}: longest", told, f"≤ {WORST:.0f} s", kept=worst <= WORST),
        Found(f"the board {what}: median", f"{boards[middle]:.2f} s", "", kept=True),
        Found("the first board after it, and again", f"{counted:.2f} s, {again:.2f} s", "",
              kept=True),
    ]  # fmt: skip


def build() -> None:
    """Make the book, with a clerk who has a password."""
    import django

    django.setup()
    from benchmarks.intake_ours import build as offices
    from jiedui.access import Role
    from jiedui.site.store import granting, setup

    setup.migrate()
    clerk = offices()
    granting.grant(
        "clerk", PASSWORD, name="样例", role=Role.CLERK, office=clerk.office, place="620000"
    )


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The site under an address of this machine, until it is no longer needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    port = address.rpartition(":")[2]
    server = subprocess.Popen(
        [JIEDUI, "serve", "--port", port], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{address}/sign-in").close()
                break
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no answer elsewhere, so that signing in and the board are timed apart."""

    def redirect_request(self, *_asked: object) -> None:
        """Nowhere."""


def sign_in(address: str) -> tuple[float, float]:
    """Sign in without a session, then read the board; gives the seconds that each took."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar, _Stay)
    began = time.monotonic()
    page = browser.open(f"{address}/sign-in").read().decode()
    token = TOKEN.search(page)
    assert token is not None
    said = {"csrfmiddlewaretoken": token[1], "username": "clerk", "password": PASSWORD}
    try:
        browser.open(f"{address}/sign-in", urllib.parse.urlencode(said).encode())
    except urllib.error.HTTPError as answer:
        answer.close()
        if answer.code != HTTPStatus.FOUND:
            raise
    signed_in = time.monotonic()
    with browser.open(f"{address}/") as board:
        assert b"</html>" in board.read()
    return signed_in - began, time.monotonic() - signed_in


if __name__ == "__main__":
    if sys.argv[1:] == ["build"]:
        build()
    else:
        sys.stdout.write(text_of(measure(*map(int, sys.argv[1:]))))
