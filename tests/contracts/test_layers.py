"""The floors of the house hold on this tree, and each check is red when a fault is planted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scripts import layers

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "lint-imports", "--config", root / "pyproject.toml", "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        check=False,
        capture_output=True,
        text=True,
    )


def ruff(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            BIN / "ruff",
            "check",
            "--no-cache",
            "--select",
            "TID251",
            "--output-format",
            "concise",
            "src",
        ],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The settings without the source: enough where one file is judged by itself."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the source into which faults are planted."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "static", "*.json", "*.csv", "*.tsv")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    return tmp_path


def plant(root: Path, path: str, source: str) -> None:
    target = root / "src/jiedui" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'"""Planted."""\n{source}\n', "utf-8")


def test_the_tree_keeps_its_floors() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout
    assert layers.faults(ROOT / "src") == []
    assert ruff(ROOT).returncode == 0


def test_every_floor_is_of_the_design_and_in_its_order() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]
    assert floors["exhaustive"] is True
    assert [floor.split(" | ") for floor in floors["layers"]] == [
        ["cli"],
        ["site"],
        ["indicators"],
        ["intake", "evidence", "search"],
        ["ledgers"],
        ["facts", "access"],
        ["places", "restore"],
        ["problems", "tied"],
    ]


@pytest.mark.parametrize(
    ("path", "source", "told"),
    [
        ("places/planted.py", "import django", "jiedui.places.planted -> django"),
        ("ledgers/planted.py", "from django.db import models", "jiedui.ledgers.planted -> django"),
        ("facts/planted.py", "import jiedui.evidence", "jiedui.facts.planted -> jiedui.evidence"),
        ("places/planted.py", "import jiedui.restore", "jiedui.places.planted -> jiedui.restore"),
        ("weather/__init__.py", "", "jiedui.weather"),
        (
            "site/web/planted.py",
            "import jiedui.site.store.tables",
            "jiedui.site.web.planted -> jiedui.site.store.tables",
        ),
    ],
)
def test_a_planted_import_is_red(copied: Path, path: str, source: str, told: str) -> None:
    plant(copied, path, source)
    done = lint_imports(copied)
    assert done.returncode != 0
    assert told in done.stdout


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("from django.db import connection", "imports django.db.connection"),
        ("import django.db", "imports django.db"),
        ("from django.apps import apps", "imports django.apps.apps"),
        ("from jiedui.site.store import tables", "imports jiedui.site.store.tables"),
        ("def f(m):\n    return m.objects.all()", "asks a model's manager (.objects)"),
    ],
)
def test_a_table_opened_outside_the_store_is_red(bare: Path, source: str, told: str) -> None:
    for path in ("site/web/planted.py", "site/planted.py", "cli/planted.py"):
        plant(bare, path, source)
    found = layers.faults(bare / "src")
    assert [fault.split(":")[0] for fault in found] == [
        "jiedui/cli/planted.py",
        "jiedui/site/planted.py",
        "jiedui/site/web/planted.py",
    ]
    assert all(told in fault for fault in found)


def test_a_file_opened_in_the_core_is_red(bare: Path) -> None:
    plant(bare, "facts/planted.py", "def f():\n    return open('x')")
    assert [fault.split(":")[0] for fault in layers.faults(bare / "src")] == [
        "jiedui/facts/planted.py"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nTODAY = date.today()",
        "import datetime as dt\nNOW = dt.datetime.now(dt.UTC)",
        "import time",
        "from time import monotonic",
        "import random",
        "import secrets",
        "import os\nHOME = os.environ['HOME']",
        "from os import getenv",
        "from uuid import uuid4",
        "import socket",
        "import subprocess",
        "from pathlib import Path",
    ],
)
def test_clock_environment_and_randomness_in_the_core_are_red(bare: Path, source: str) -> None:
    plant(bare, "facts/planted.py", source)
    done = ruff(bare)
    assert done.returncode != 0
    assert "src/jiedui/facts/planted.py" in done.stdout
    assert "TID251" in done.stdout
