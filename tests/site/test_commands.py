"""The table of commands: each is there, and none is loaded before it is called."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
from typer.main import get_command

from jiedui.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there(name):
    module, summary = COMMANDS[name]
    assert get_command(import_module(module).app)
    assert summary


def test_help_lists_every_command_and_loads_none():
    code = (
        "import sys; sys.argv = ['jiedui', '--help']\n"
        "from jiedui.cli import main\n"
        "try: main()\n"
        "finally: print([m for m in sys.modules if m.split('.')[0] in "
        "('django', 'polars', 'sqlglot', 'duckdb', 'lxml', 'rich') or 'jiedui.cli.' in m])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


def test_an_unknown_command_is_refused():
    command = [sys.executable, "-m", "jiedui.cli", "nonsense"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nonsense" in done.stderr
