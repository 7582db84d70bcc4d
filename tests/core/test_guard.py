"""The guard of the core tests bites, and bites only the core."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.core.conftest import CoreIsNotPure

ROOT = Path(__file__).parent.parent.parent


def run_as(module: str, source: str) -> dict[str, Any]:
    """Run source as if it stood in a module of that name."""
    scope: dict[str, Any] = {"__name__": module}
    exec(compile(source, module, "exec"), scope)
    return scope


REFUSED = {
    "open": "open('/etc/hostname').read()",
    "write": "open('planted.txt', 'w')",
    "path": "from pathlib import Path\nPath('/etc/hostname').read_text()",
    "hidden": "try:\n    open('/etc/hostname')\nexcept Exception:\n    pass",
    "socket": "import socket\nsocket.socket()",
    "process": "import subprocess\nsubprocess.run(['true'])",
    "django": "import django",
    "django.db": "from django.db import models",
    "lazy": "def f():\n    from django.conf import settings\nf()",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_the_core_is_refused(source: str, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CoreIsNotPure, match=r"^jiedui\.planted "):
        run_as("jiedui.planted", source)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["jiedui.site.planted", "jiedui.cli.planted", "elsewhere"])
def test_others_may(module: str) -> None:
    run_as(module, "open('/etc/hostname').close()\nimport django")


def test_the_core_may_read_package_data_and_import() -> None:
    run_as(
        "jiedui.planted",
        "from importlib.resources import files\n"
        "files('jiedui').joinpath('problems/codes.py').read_text('utf-8')\n"
        "import colorsys",
    )


IMPORT_ALL = """
import importlib, pathlib, sys
for name in ("django", "ninja", "axes"):
    sys.modules[name] = None
root = pathlib.Path(sys.argv[1])
for path in sorted(root.glob("jiedui/**/*.py")):
    name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
    if not name.startswith(("jiedui.site", "jiedui.cli")):
        importlib.import_module(name)
        print(name)
"""


def test_every_core_module_imports_without_django() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(ROOT / "src")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "jiedui.problems.codes" in done.stdout.split()
