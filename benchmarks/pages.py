"""Server time of the pages as a ratio to a bare page, queries of each, bytes of the first load.

The site runs in this process over the demonstration and some hundred entries more, on SQLite in a
temporary folder. Pages and yardstick take turns, and what is measured is the processor time of the
serving thread, so that what else the machine does is not counted.
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from benchmarks.asking import ask

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

MORE_ENTRIES = 300
ROUNDS = 60
ASSET = re.compile(r"""<(?:link|script|img)[^>]+?(?:href|src)=["']([^"']+)["']""")
IN_STYLE = re.compile(r"""url\(["']?([^)"']+)["']?\)""")


@dataclass(frozen=True, slots=True)
class Page:
    """What was measured of one page: milliseconds, ratio to the bare page, queries, bytes."""

    name: str
    path: str
    milliseconds: float
    ratio: float
    queries: int
    size: int


@dataclass(frozen=True, slots=True)
class Site:
    """The site under measurement: its handler, the yardstick's, a clerk's cookie, its pages."""

    handler: WSGIHandler
    bare: WSGIHandler
    cookie: str
    paths: dict[str, str]
    entries: int


def set_up() -> Site:
    """Build the demonstration in a temporary folder, with more entries than it has."""
    os.environ["JIEDUI_DATA"] = tempfile.mkdtemp(prefix="jiedui-bench-")
    os.environ["JIEDUI_DEMONSTRATION"] = "1"
    os.environ["JIEDUI_DATABASE_URL"] = os.environ.get("JIEDUI_TEST_DATABASE_URL", "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiedui.site.settings"

    import django
    from django.core.management import call_command

    django.setup()
    for database in ("default", "work"):
        call_command("migrate", database=database, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)

    from django.contrib.auth import get_user_model
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client, override_settings

    from benchmarks import bare
    from jiedui.site import demonstration

    demonstration.prepare()
    entries, key = more_entries()
    browser = Client()
    clerk = get_user_model().objects.get(username="clerk")
    browser.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
        yardstick = WSGIHandler()
    paths = {"board": "/", "list": "/ledgers/exchanges", "entry": f"/ledgers/exchanges/{key}"}
    return Site(WSGIHandler(), yardstick, cookie, paths, entries)


def more_entries() -> tuple[int, str]:
    """Enter more exchanges as the clerk; give their number and the key of one."""
    from jiedui import ledgers
    from jiedui.site.store import door, people

    clerk = people.viewer_of("clerk")
    assert clerk is not None
    kind = ledgers.ledgers()["exchanges"]
    shown = door.entries(kind, clerk).entries[0]
    cells = ledgers.cells(kind, shown.values)
    lookup = door.lookup(clerk)
    for number in range(MORE_ENTRIES):
        day = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        one = cells | {"starts": day, "ends": day, "subject": f"第{number}次调研（演示）"}
        checked = ledgers.check(kind, ledgers.frame([one]), lookup)
        done = door.add(kind, clerk, checked, why="benchmark")
        assert isinstance(done, door.Written), done
    return door.entries(kind, clerk).total, shown.key


def measure(site: Site) -> tuple[list[Page], float]:
    """Time each page in turn with the yardstick; gives the pages and the bare page's time."""
    asked = {name: (site.handler, path, site.cookie) for name, path in site.paths.items()}
    asked["bare"] = (site.bare, "/", "")
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for handler, path, cookie in asked.values():
        for _ in range(5):
            answer = ask(handler, path, cookie)
            assert answer.status.startswith("200"), (path, answer.status)
    for _ in range(ROUNDS):
        for name, question in asked.items():
            began = time.thread_time()
            ask(*question)
            taken[name].append(time.thread_time() - began)
    medians = {name: statistics.median(times) * 1000 for name, times in taken.items()}
    pages = [
        Page(
            name,
            path,
            medians[name],
            medians[name] / medians["bare"],
            queries(site, path),
            len(ask(site.handler, path, site.cookie).body),
        )
        for name, path in site.paths.items()
    ]
    return pages, medians["bare"]


def queries(site: Site, path: str) -> int:
    """Count the statements that one page sends to its databases."""
    from contextlib import ExitStack

    from django.db import connections

    count = 0

    def counted(
        execute: object, sql: object, params: object, many: object, context: object
    ) -> object:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)  # type: ignore[operator]

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(counted))
        ask(site.handler, path, site.cookie)
    return count


def first_load(site: Site) -> dict[str, int]:
    """Give the bytes of the board and of all that it makes a browser fetch, as they are sent."""
    board = ask(site.handler, "/", site.cookie)
    sizes = {"/": len(board.body)}
    wanted = ASSET.findall(plain(board.body, board.headers).decode())
    while wanted:
        address = wanted.pop()
        if address in sizes or address.startswith(("data:", "#")):
            continue
        answer = ask(site.handler, address)
        assert answer.status.startswith("200"), (address, answer.status)
        sizes[address] = len(answer.body)
        if answer.headers.get("content-type", "").startswith("text/css"):
            style = plain(answer.body, answer.headers).decode()
            wanted += [urljoin(address, found) for found in IN_STYLE.findall(style)]
    return sizes


def plain(body: bytes, headers: dict[str, str]) -> bytes:
    """Undo the compression of an answer."""
    import gzip

    return gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
