"""`jiedui demo --clear` takes a demonstration away, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

JIEDUI = Path(sys.executable).parent / "jiedui"
MADE = (
    "import django; django.setup()\n"
    "from jiedui.site import demonstration\n"
    "from jiedui.site.store import setup\n"
    "setup.migrate(); demonstration.prepare()\n"
)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("JIEDUI_", "DJANGO_"))}
    settings = {"DJANGO_SETTINGS_MODULE": "jiedui.site.settings", "JIEDUI_DATA": str(folder)}
    return kept | settings | more


def run(folder: Path, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIEDUI, *words], cwd=folder.parent, env=environment(folder), input=answer,
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def clear(folder: Path, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    return run(folder, "demo", "--clear", "--folder", str(folder), *words, answer=answer)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    told = environment(folder, JIEDUI_DEMONSTRATION="1")
    subprocess.run([sys.executable, "-c", MADE], env=told, check=True)
    return folder


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_it_asks_and_leaves_what_it_did_not_make(made: Path) -> None:
    before = names(made)
    assert "demonstration" in before
    no = clear(made, answer="n\n")
    assert no.returncode == 1
    assert names(made) == before
    (made / "自己的.txt").write_text("留下", "utf-8")
    (made / "static").mkdir()
    yes = clear(made, "--yes")
    assert yes.returncode == 0, yes.stderr
    assert "自己的.txt" in yes.stdout
    assert names(made) == {"自己的.txt"}
    again = clear(made, "--yes")
    assert again.returncode == 2
    assert "不是演示数据的文件夹" in again.stderr
    (made / "自己的.txt").unlink()
    assert clear(made).returncode == 0


def test_it_keeps_what_somebody_may_be_using(made: Path) -> None:
    before = names(made)
    [office] = [line for line in run(made, "verify").stdout.splitlines() if "全部相符" in line]
    assert office
    script = (
        "import django; django.setup()\n"
        "from django.contrib.auth import get_user_model\n"
        "get_user_model().objects.create_user('jia', password='样例样例样例样例')\n"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(made), check=True)
    told = clear(made, "--yes")
    assert told.returncode == 2
    assert "1 个不是演示账号" in told.stderr
    assert names(made) >= before


def test_an_offices_book_is_neither_cleared_nor_opened_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    assert run(folder, "migrate").returncode == 0
    told = clear(folder, "--yes")
    assert told.returncode == 2
    assert "不是演示数据的文件夹" in told.stderr
    script = (
        "import django; django.setup()\n"
        "from jiedui import ledgers\n"
        "from jiedui.site.store import door, people\n"
        "kind, house = ledgers.ledgers()['parties'], people.house('样例')\n"
        "cells = {'full_name': '甲县样例局', 'sort': 'government', 'place': '623027'}\n"
        "checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(house))\n"
        "assert door.add(kind, house, checked, why='样例')\n"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(folder), check=True)
    opened = run(folder, "demo", "--folder", str(folder), "--port", "0")
    assert opened.returncode == 2
    assert "正式账本" in opened.stderr
    assert "demonstration" not in names(folder)
    # Even where the mark was put by hand.
    (folder / "demonstration").touch()
    told = clear(folder, "--yes")
    assert told.returncode == 2
    assert "不是由演示建立" in told.stderr
    assert "jiedui.db" in names(folder)


def test_while_it_runs_it_stays(made: Path) -> None:
    from jiedui.site import clearing

    with clearing.hold(made) as held:
        assert held is not None
        told = clear(made, "--yes")
    assert told.returncode == 2
    assert "正在运行" in told.stderr
    assert "jiedui.db" in names(made)
