"""The tests of the store pass on PostgreSQL as they do on SQLite: the same tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import postgres_url

ROOT = Path(__file__).parent.parent.parent
# Pages ask the store for all they show. Of archives and of exports, whose statements are few and
# whose tests are many, those that go the whole way.
ASKED = (
    "(not test_archive or comes_back_as_it_was or byte_changed) and (not test_exports or mended or protected)"
    " and not test_bad_workbooks and not test_kept_originals"
)


@pytest.mark.long
@pytest.mark.needs("postgres")
def test_the_tests_of_the_store_pass_on_postgresql() -> None:
    url = postgres_url()
    assert url is not None
    # Settings that this run made for itself would be read before those of the other.
    made = ("JIEDUI_", "DJANGO_", "PYTEST_")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(made)}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-n",
            "0",
            "-k",
            ASKED,
            "tests/site/store",
        ],
        cwd=ROOT,
        env={**kept, "JIEDUI_TEST_DATABASE_URL": url.rpartition("/")[0] + "/jiedui"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "PostgreSQL keeps the types of its columns itself" in done.stdout  # a skip of its own
