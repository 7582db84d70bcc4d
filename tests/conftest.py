"""For all tests: what a test needs from outside, and one plain line for each thing missing.

Django is set up only when more than the core is tested, over a folder that is gone afterwards.
The tests run on SQLite, or on the PostgreSQL of JIEDUI_TEST_DATABASE_URL.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.needs import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.terminal import TerminalReporter
    from pytest_django import DjangoDbBlocker

# A slow machine is no fault of the code; in CI the same cases come each time.
hypothesis.settings.register_profile(
    "jiedui", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("jiedui")

CORE = Path(__file__).parent / "core"
FOLDER = pytest.StashKey[Path]()


def only_core(config: pytest.Config) -> bool:
    """Say whether nothing but core tests was asked for: they run without Django."""
    asked = [Path(arg.partition("::")[0]).absolute() for arg in config.args]
    return all(path.is_relative_to(CORE) for path in asked)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set Django up over a temporary folder, whatever the environment says."""
    if only_core(config):
        return
    folder = config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="jiedui-tests-"))
    for name in [name for name in os.environ if name.startswith("JIEDUI_")]:
        if not name.startswith("JIEDUI_TEST_"):
            del os.environ[name]
    os.environ["JIEDUI_DATA"] = str(folder)
    (folder / "static").mkdir()
    os.environ["JIEDUI_DEBUG"] = (
        "1"  # static files by their own names; DEBUG itself is off in tests
    )
    os.environ["JIEDUI_DATABASE_URL"] = os.environ.get("JIEDUI_TEST_DATABASE_URL", "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiedui.site.settings"

    from django.conf import settings

    assert settings.DATABASES  # reading one setting configures them all; pytest-django goes on


@pytest.fixture(autouse=True)
def no_mark_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take away the mark of a demonstration that a test prepared in the folder of all tests."""
    yield
    if folder := request.config.stash.get(FOLDER, None):
        (folder / "demonstration").unlink(missing_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if FOLDER in config.stash:
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the tables of the work too: on PostgreSQL they are a schema of the book's database.

    Django takes both for one database there and would make only the first one's tables.
    """
    from django.db import connections

    from jiedui.site.store import setup

    work = connections["work"]
    if work.vendor == "postgresql":
        with django_db_blocker.unblock():
            setup.migrate()
    yield
    if work.vendor == "postgresql":
        with django_db_blocker.unblock():
            work.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Look for the tools of `@pytest.mark.needs(…)` before any fixture is made."""
    for mark in item.iter_markers("needs"):
        require(*mark.args)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """End with one line for each reason for which tests were skipped."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.getreports("skipped"):
        if isinstance(report.longrepr, tuple):
            reasons[report.longrepr[2].removeprefix("Skipped: ")] += 1
    for reason, count in sorted(reasons.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"skipped: {reason} [{tests}]")
