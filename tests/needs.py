"""What some tests need from outside Python, and what to say where it is missing.

Mark a test with `@pytest.mark.needs("chromium", "postgres")`, or call `require("postgres")` in a
fixture. Elsewhere such a test is skipped; with CI=true it fails, except for `shared`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.bundle import checking, wheels

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

MISSING = {
    "chromium": "Chromium is not installed (make tools)",
    "postgres": "PostgreSQL is not installed (make tools)",
    "fonts": "no Chinese font is installed (make tools)",
    "wheels": "the wheels of the bundle are not in .cache, and no package index answers",
    "namespace": checking.NO_NAMESPACE,
    "spark": "Spark with Java is not installed (make tools)",
    "atheris": "atheris is not installed (make tools; only for some systems)",
    "shared": "the folder ../shared is not here",
}


def chromium() -> Path | None:
    """Find the browser that the journeys drive."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    return None


def postgres_bin() -> Path | None:
    """Find the folder with initdb and postgres, the newest version first."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def chinese_font() -> bool:
    """Ask fontconfig for any font with Chinese."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return False
    listed = subprocess.run([fc_list, ":lang=zh"], check=False, capture_output=True, text=True)
    return bool(listed.stdout.strip())


def bundle_wheels() -> bool:
    """Look for the wheels of the bundle, here or in the package index."""
    if not wheels.UV.exists() or checking.HERE not in wheels.PYTHONS:
        return False
    return wheels.at_hand(os.uname().machine, checking.HERE)


def _is_installed(*modules: str) -> bool:
    return all(find_spec(module) is not None for module in modules)


_HERE: dict[str, Callable[[], bool]] = {
    "chromium": lambda: chromium() is not None,
    "postgres": lambda: postgres_bin() is not None,
    "fonts": chinese_font,
    "wheels": bundle_wheels,
    "namespace": lambda: checking.namespace() is not None,
    "spark": lambda: shutil.which("java") is not None and _is_installed("pyspark", "pandas"),
    "atheris": lambda: _is_installed("atheris"),
    "shared": SHARED.is_dir,
}


def here(tool: str) -> bool:
    """Say whether a tool is here; raises KeyError for a name that is not in MISSING."""
    return _HERE[tool]()


def require(*tools: str) -> None:
    """Skip the running test where a tool is missing; with CI=true, fail it."""
    for tool in tools:
        if here(tool):
            continue
        if tool != "shared" and os.environ.get("CI") == "true":
            pytest.fail(MISSING[tool], pytrace=False)
        pytest.skip(MISSING[tool])
