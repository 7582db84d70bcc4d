"""`jiedui migrate`, `account`, `figures`, `verify`: what they print, and how they end."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from typer.testing import CliRunner

from jiedui.cli import app
from jiedui.site import environment
from jiedui.site.store import setup
from tests.postgres import postgres_url
from tests.site.store import apart

PASSWORD = "样例-correct-horse-9"
OFFICE = "甲省协作办（样例）"


@dataclass
class Here:
    """The commands run in this process, over the tests' own database."""

    def command(self, *words, typed=""):
        done = CliRunner().invoke(app, list(words), input=typed, prog_name="jiedui")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def book(db, monkeypatch):
    """A book with one clerk, made by the command; its tables are made, of work's no test asks."""
    monkeypatch.setattr(setup, "unmade", lambda: False)
    made = Here()
    assert account(made, "clerk").returncode == 0
    return made


def account(book, username, typed=f"{PASSWORD}\n", **changes):
    options = {"role": "clerk", "place": "620000", "office": OFFICE} | changes
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return book.command("account", username, *words, typed=typed)


def refused(done, *words, code=2):
    """A command that ended with one line and no traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    return True


def test_a_book_that_was_never_made_says_what_to_do(tmp_path):
    with apart.book(tmp_path) as none:
        assert refused(none.command("verify"), "jiedui migrate")


@pytest.mark.parametrize(
    "address",
    [
        "mysql://x@h/db",
        "postgresql://u:geheim@h:port/db",
        "postgresql://[bad/db",
        "postgresql://h",
        "postgresql://u:geheim@h",
    ],
)
def test_a_broken_address_is_refused_without_repeating_it(address):
    broken = environment.Environment(Path(), address, (), False, False, False)
    with pytest.raises(environment.SettingError) as told:
        environment.databases(broken)
    assert "JIEDUI_DATABASE_URL" in str(told.value)
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize("command", ["verify", "migrate"])
def test_an_address_that_does_not_answer_is_said_in_one_line(tmp_path, command):
    broken = apart.Book(tmp_path / "book", "postgresql://u:geheim@127.0.0.1:1/none")
    done = broken.command(command)
    assert refused(done)
    assert "geheim" not in done.stderr + done.stdout


def test_a_bad_setting_is_said_in_one_line(tmp_path):
    assert refused(
        apart.Book(tmp_path / "book", "mysql://x@h/db").command("verify"), "postgresql://"
    )


def test_a_folder_or_file_that_cannot_be_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    assert refused(apart.Book(tmp_path / "file").command("migrate"))
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "jiedui.db").write_bytes(b"no database" * 100)
    assert refused(apart.Book(folder).command("verify"))


def test_verify_is_green_and_prints_the_head(book):
    done = book.command("verify")
    assert done.returncode == 0
    assert "全部相符" in done.stdout
    said = json.loads(book.command("verify", "--json").stdout)
    assert said["broken"] == []
    head = said["head"]["digest"]
    assert f"核对码：第 {said['head']['number']} 号入账 {head}" in done.stdout
    assert book.command("verify", "--head", head).returncode == 0
    asked = json.loads(book.command("verify", "--json", "--head", head).stdout)["asked"]
    assert asked == {"head": head, "link": said["head"]["number"]}


@pytest.mark.parametrize("head", ["", "0" * 64, "nonsense"])
def test_a_head_that_is_not_of_this_book_ends_with_1(book, head):
    done = book.command("verify", "--head", head)
    assert done.returncode == 1
    assert "不在本账本的链上" in done.stdout
    assert (
        json.loads(book.command("verify", "--json", "--head", head).stdout)["asked"]["link"] is None
    )


def test_verify_names_a_changed_row_and_ends_with_1(book):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jd_v_parties SET full_name = '别的（样例）'")
    done = book.command("verify")
    assert done.returncode == 1
    assert "不符：jd_v_parties 第 1 行" in done.stdout
    [broken] = json.loads(book.command("verify", "--json").stdout)["broken"]
    assert (broken["table"], broken["row"]) == ("jd_v_parties", "1")
    assert len(broken["entry"]) == 13


def test_migrate_verify_and_a_byte_of_the_file_that_changed(tmp_path):
    """The byte is in a name: its row is named though the text is none any more."""
    with apart.book(tmp_path) as book:
        for _ in range(2):
            done = book.command("migrate")
            assert (done.returncode, done.stderr) == (0, "")
        assert account(book, "clerk").returncode == 0
        assert book.command("verify").returncode == 0
        for name in ("vault.key", "secret.key"):
            assert Path(book.folder, name).stat().st_mode & 0o777 == 0o600
        file = book.folder / "jiedui.db"
        with sqlite3.connect(file) as there:
            there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        there.close()
        for path in book.folder.rglob("*"):
            assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path
        changed = bytearray(file.read_bytes())
        changed[changed.index(OFFICE.encode())] ^= 0xFF
        file.write_bytes(changed)
        done = book.command("verify")
        assert done.returncode == 1
        assert "不符：jd_v_parties 第 1 行" in done.stdout
        assert done.stderr == ""


def test_figures_are_of_everything_or_of_an_account(book):
    done = book.command("figures")
    assert done.returncode == 0
    assert "全部单位的记录" in done.stdout
    assert "核对码：第 " in done.stdout
    said = json.loads(book.command("figures", "--json").stdout)
    assert {one["indicator"] for one in said["figures"]} >= {"H01", "H02", "H02P", "H03"}
    assert said["demonstration"] is False
    assert said["head"]["number"] >= 1
    mine = book.command("figures", "--as", "clerk", "--until", "2024-06-30", "--known", "1")
    assert f"{OFFICE}填报的记录" in mine.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["--as", "nobody"], ["--until", "2024-02-30"], ["--until", "x"], ["--known", "-1"],
        ["--known", "9" * 30], ["--known", "x"], ["--year", "0"], ["--year", "99999"],
    ],
)  # fmt: skip
def test_figures_that_cannot_be_says_why(book, words):
    done = book.command("figures", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert words[1] in done.stderr or words[0] in done.stderr


def test_an_account_is_made_and_changed(book):
    done = account(book, "reader", role="leader", name="领导样例")
    assert done.stdout == f"reader：{OFFICE}的领导\n"
    again = account(book, "reader", role="auditor", expires="2099-12-31")
    assert again.stdout == f"reader：{OFFICE}的审计\n"
    assert book.command("figures", "--as", "reader").returncode == 0
    assert account(book, "reader", role="auditor", expires="2001-01-01").returncode == 0
    assert refused(book.command("figures", "--as", "reader"), "没有有效的授权")


@pytest.mark.parametrize(
    "typed", ["", "\n", "short\n", "password12\n", "12345678\n", "weakling123\n"]
)
def test_a_weak_password_is_refused_and_nothing_is_entered(book, typed):
    before = book.command("verify").stdout
    done = account(book, "weakling123", typed=typed, office="未登记（样例）")
    assert refused(done)
    assert typed.strip() == "" or typed.strip() not in done.stderr
    assert any("一" <= char <= "鿿" for char in done.stderr)
    assert book.command("verify").stdout == before
    assert refused(book.command("figures", "--as", "weakling123"))


@pytest.mark.parametrize(
    ("username", "options"),
    [
        ("x", {"place": "999999"}), ("x", {"place": "甘肃"}), ("x y", {}), ("", {}),
        ("长" * 200, {}), ("x", {"name": "名" * 90}), ("x", {"office": ""}),
        ("x", {"office": "长" * 300}), ("x", {"expires": "2024-02-30"}), ("x", {"role": "king"}),
    ],
)  # fmt: skip
def test_an_authority_that_cannot_be_is_refused_and_nothing_is_entered(book, username, options):
    before = book.command("verify").stdout
    done = account(book, username, **options)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert book.command("verify").stdout == before


def test_a_password_comes_from_standard_input_and_is_not_said(book):
    """A list of processes has nothing to show."""
    done = account(book, "typist")
    assert done.returncode == 0
    assert PASSWORD not in done.stdout + done.stderr
    assert "password" not in book.command("account", "--help").stdout.lower()
    typist = get_user_model().objects.get(username="typist")
    assert typist.check_password(PASSWORD)
    account(book, "typist", typed=f"{PASSWORD}\r\n")
    typist.refresh_from_db()
    assert typist.check_password(PASSWORD)


@pytest.mark.needs("postgres")
def test_the_commands_over_postgresql(tmp_path):
    with apart.book(tmp_path, postgres_url()) as book:
        assert refused(book.command("verify"), "jiedui migrate")
        assert book.command("migrate").returncode == 0
        assert account(book, "clerk").returncode == 0
        assert book.command("verify").returncode == 0
        assert not (book.folder / "jiedui.db").exists()
