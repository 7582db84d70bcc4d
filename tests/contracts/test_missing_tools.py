"""A missing tool skips its tests and says so in one line; with CI=true it fails them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).parent.parent.parent

MARKED = """
import pytest
import tests.needs

tests.needs.here = lambda tool: False

@pytest.mark.needs("{tool}")
def test_one():
    pass

@pytest.mark.needs("{tool}")
def test_two():
    pass

def test_three():
    pass
"""


def run(folder: Path, tool: str, ci: str) -> subprocess.CompletedProcess[str]:
    path = folder / "test_marked.py"
    path.write_text(MARKED.format(tool=tool), "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = needs", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "tests.conftest"]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "-c", folder / "pytest.ini", path],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("tool", ["chromium", "shared"])
def test_elsewhere_it_is_one_line_at_the_end(tmp_path: Path, tool: str) -> None:
    done = run(tmp_path, tool, "")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(f"skipped: {needs.MISSING[tool]} [2 tests]") == 1
    assert "1 passed, 2 skipped" in done.stdout


@pytest.mark.parametrize("tool", ["chromium", "namespace"])
def test_in_ci_it_is_a_failure(tmp_path: Path, tool: str) -> None:
    done = run(tmp_path, tool, "true")
    assert done.returncode == 1
    assert "1 passed, 2 errors" in done.stdout
    assert needs.MISSING[tool] in done.stdout


def test_the_shared_folder_is_never_a_failure(tmp_path: Path) -> None:
    assert run(tmp_path, "shared", "true").returncode == 0


def test_every_tool_has_its_words() -> None:
    for tool in needs.MISSING:
        assert needs.here(tool) in (True, False)
    with pytest.raises(KeyError):
        needs.here("hammer")
