"""A book moves between databases and comes back: by the commands, each in its own process."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import postgres_url

ROOT = Path(__file__).parent.parent.parent
KEY = "the key of a test, of forty characters or more"
POSTGRES = pytest.mark.needs("postgres")


def run(folder: Path, *words: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """One command over the book of a folder, or of a database."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JIEDUI_")},
        "JIEDUI_DATA": str(folder),
        "JIEDUI_DATABASE_URL": url,
        "JIEDUI_VAULT_KEY": KEY,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    how = [] if words[0].endswith(".py") else ["-m"]
    return subprocess.run(
        [sys.executable, *how, *words],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip


def jiedui(folder: Path, *words: str, url: str = "", code: int = 0) -> str:
    done = run(folder, "jiedui.cli", *words, url=url)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def book(folder: Path, *words: str, url: str = "") -> Any:
    done = run(folder, "tests.contracts.book", *words, url=url)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout or "{}")


def tables(path: Path) -> Any:
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))["tables"]


def dump(folder: Path) -> list[str]:
    """Every statement that a database on SQLite is made of."""
    with sqlite3.connect(folder / "jiedui.db") as opened:
        return list(opened.iterdump())


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A busy book on SQLite, which no test may change."""
    folder = tmp_path_factory.mktemp("source")
    book(folder, "fill", "11", "20")
    return folder


@pytest.fixture
def database():
    """The address of an empty database of PostgreSQL, gone after the test."""
    server = postgres_url()
    assert server
    name = f"move_{os.urandom(4).hex()}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}")
    yield server.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(f"DROP DATABASE {name} WITH (FORCE)")


@POSTGRES
def test_a_book_moves_to_postgresql_and_back(source, database, tmp_path):
    before, untouched = book(source, "state"), dump(source)
    said = jiedui(source, "move", "--to", database)
    assert "与备份一致" in said
    assert "已搬到 PostgreSQL" in said
    assert database not in said
    assert dump(source) == untouched
    assert not list(source.glob("move-*"))
    # The same digests, head, figures, names, accounts, and the same files behind them.
    assert book(source, "state", url=database) == before
    assert json.loads(jiedui(source, "verify", "--json", url=database))["broken"] == []
    boards = [jiedui(source, "figures", "--json", url=url) for url in ("", database)]
    assert boards[0] == boards[1]
    # The index stands in no archive; made anew there it finds the same.
    found = [jiedui(source, "search", "--kind", "exchanges", url=url) for url in ("", database)]
    assert found[0] == found[1]
    assert "共 0 条" not in found[0]
    # What was left there goes on: accounts and links get numbers that are free.
    book(source, "many", "3", url=database)
    assert "全部相符" in jiedui(source, "verify", url=database)
    with psycopg.connect(database) as opened:
        ids = opened.execute("SELECT count(*), max(id) FROM auth_user").fetchone()
        given = opened.execute("SELECT last_value FROM auth_user_id_seq").fetchone()
    assert ids
    assert given
    assert given[0] == ids[1]

    # And back: an archive of PostgreSQL into SQLite, on a machine that has nothing.
    jiedui(source, "backup", str(tmp_path / "pg.zip"), url=database)
    there = tmp_path / "there"
    assert "全部相符" in jiedui(there, "restore-backup", str(tmp_path / "pg.zip"))
    assert book(there, "state") == book(source, "state", url=database)
    jiedui(there, "backup", str(tmp_path / "lite.zip"))
    assert tables(tmp_path / "pg.zip") == tables(tmp_path / "lite.zip")


@POSTGRES
def test_a_book_does_not_move_onto_another(source, database):
    book(source, "fill", "12", "2", url=database)
    before = book(source, "state", url=database)
    said = jiedui(source, "move", "--to", database, code=2)
    assert "账本不是空的" in said
    assert book(source, "state", url=database) == before


@POSTGRES
def test_a_move_says_when_the_book_went_on(source, database, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    code = (
        "import sys, subprocess\nfrom jiedui.cli import move\nrestore = move._restore_there\n"
        "def meanwhile(*given):\n"
        "    code = restore(*given)\n"
        "    many = [sys.executable, '-m', 'tests.contracts.book', 'many', '1']\n"
        "    subprocess.run(many, check=True)\n"
        "    return code\n"
        "move._restore_there = meanwhile\nmove.app()\n"
    )  # fmt: skip
    script = tmp_path / "meanwhile.py"
    script.write_text(code)
    done = run(copy, str(script), "--to", database)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "搬动期间原账本又有入账" in done.stderr


@POSTGRES
def test_a_database_that_is_not_there_is_one_line(source):
    address = "postgresql://nobody:secret-word@127.0.0.1:9/nothing"
    done = run(source, "jiedui.cli", "move", "--to", address)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert "secret-word" not in done.stdout + done.stderr
    assert not list(source.glob("move-*"))


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def test_a_backup_is_of_one_moment(source, tmp_path, engine, request):
    """A link made after the first table was read is in no table of the archive."""
    copy, url = tmp_path / "copy", ""
    shutil.copytree(source, copy)
    if engine == "postgresql":
        url = request.getfixturevalue("database")
        jiedui(copy, "move", "--to", url)
    before = json.loads(jiedui(copy, "verify", "--json", url=url))["head"]
    done = book(copy, "archive", str(tmp_path / "book.zip"), url=url)
    after = json.loads(jiedui(copy, "verify", "--json", url=url))["head"]
    assert done["calls"] > 2
    assert done["head"] == before["digest"]
    assert after["number"] == before["number"] + 1
    there = tmp_path / "there"
    assert before["digest"] in jiedui(there, "restore-backup", str(tmp_path / "book.zip"))


def test_a_full_disk_leaves_nothing(source, tmp_path):
    """The limit of a file's size stands for the disk's."""
    code = (
        "import resource\nfrom jiedui.cli.site import open_book\nopen_book()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from jiedui.cli.backup import app\napp()\n"
    )
    (tmp_path / "full.py").write_text(code)
    out = tmp_path / "out"
    out.mkdir()
    done = run(source, str(tmp_path / "full.py"), str(out / "book.zip"))
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("备份没有写成：")
    assert done.stderr.count("\n") == 1
    assert list(out.iterdir()) == []


def test_a_restore_that_is_killed_leaves_an_empty_book(source, tmp_path):
    path, there = tmp_path / "book.zip", tmp_path / "there"
    jiedui(source, "backup", str(path))
    code = (
        "import os\nfrom jiedui.cli import OPTIONS\nfrom jiedui.cli.site import open_site\n"
        "open_site()\nfrom jiedui.site.store import verify\n"
        "verify.verify = lambda: os.kill(os.getpid(), 9)\n"
        "from jiedui.cli.restore_backup import app\napp()\n"
    )
    (tmp_path / "killed.py").write_text(code)
    done = run(there, str(tmp_path / "killed.py"), str(path))
    assert done.returncode == -9
    assert json.loads(jiedui(there, "verify", "--json"))["head"]["number"] == 0
    assert "全部相符" in jiedui(there, "restore-backup", str(path))


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def test_four_thousand_entries_take_seconds_and_no_more_memory(source, tmp_path, engine, request):
    copy, url = tmp_path / "copy", ""
    shutil.copytree(source, copy)
    if engine == "postgresql":
        url = request.getfixturevalue("database")
        jiedui(copy, "move", "--to", url)
    little = book(copy, "measure", str(tmp_path / "little.zip"), "write-only", url=url)
    book(copy, "many", "4000", url=url)
    much = book(copy, "measure", str(tmp_path / "only.zip"), "write-only", url=url)
    full = book(copy, "measure", str(tmp_path / "much.zip"), "write", url=url)
    there = book(tmp_path / "there", "measure", str(tmp_path / "much.zip"), "restore")
    sys.stdout.write(f"{engine}\n{little}\n{much}\n{full}\n{there}\n")
    assert much["rows"] > 4_000
    assert much["peak"] - little["peak"] < 10
    assert full["peak"] - little["peak"] < 20  # verify keeps what the chain says
    assert max(much["seconds"], full["seconds"], there["seconds"]) < 60
