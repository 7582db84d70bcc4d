"""The whole book in one file: what goes in comes out, and nothing bad comes in."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from typer.testing import CliRunner

from jiedui import ledgers
from jiedui.cli import app
from jiedui.problems import Problem
from jiedui.site.store import archive, chain, door, files, vault, verify
from jiedui.site.store.archive import manifest, shape
from jiedui.site.store.archive.faults import fault
from jiedui.site.store.archive.opening import Archive
from jiedui.site.store.tables import Link
from tests.site.store import busy

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "work"]),
    pytest.mark.usefixtures("sandbox"),
]


@pytest.fixture
def sandbox():
    """Documents are read as in production."""


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A data folder of the test's own."""
    settings.JIEDUI_FOLDER = tmp_path / "here"
    return settings.JIEDUI_FOLDER


def wipe(settings, folder: Path) -> None:
    """An empty book over an empty folder, as on a new machine."""
    call_command("flush", interactive=False, verbosity=0, database="default")
    settings.JIEDUI_FOLDER = folder
    folder.mkdir(exist_ok=True)


def empty() -> bool:
    with connection.cursor() as cursor:
        for table in shape.tables():
            cursor.execute(f'SELECT count(*) FROM "{table.name}"')
            if cursor.fetchone()[0]:
                return False
    return not [one for one in files._path("0" * 64).parents[1].rglob("*") if one.is_file()]


def packed(path: Path, **options) -> archive.Packed:
    done = archive.write(path, **options)
    assert isinstance(done, archive.Packed), done
    return done


def restored(path: Path) -> archive.Restored:
    done = archive.restore(path)
    assert isinstance(done, archive.Restored), done
    return done


def refused(path: Path, code: str) -> Problem:
    """The restore says one problem, and the book is as empty as before."""
    done = archive.restore(path)
    assert isinstance(done, Problem), done
    assert done.code == code, done
    assert empty()
    return done


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewrite(path: Path, changed: dict[str, bytes]) -> None:
    """The archive with other files, and the manifest made to agree: what a forger would do."""
    found = {**parts(path), **changed}
    said = json.loads(found[manifest.NAME])
    for table in said["tables"]:
        content = found[table["file"]]
        table |= {
            "rows": content.count(b"\n"), "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }  # fmt: skip
    found[manifest.NAME] = json.dumps(said).encode()
    write_zip(path, found)


def write_zip(path: Path, found: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in found.items():
            file.writestr(name, content)


def say(path: Path, **changed) -> None:
    """The archive with other words in its manifest."""
    found = parts(path)
    found[manifest.NAME] = json.dumps({**json.loads(found[manifest.NAME]), **changed}).encode()
    write_zip(path, found)


SMALL: list[bytes] = []


@pytest.fixture
def small(tmp_path, settings):
    """A small archive, made once, over a book that is empty, the folder too."""
    path = tmp_path / "small.zip"
    if not SMALL:
        busy.fill(1, 4)
        packed(path)
        SMALL.append(path.read_bytes())
    wipe(settings, tmp_path / "there")
    path.write_bytes(SMALL[0])
    return path


@pytest.mark.parametrize("seed", range(2))
def test_a_book_comes_back_as_it_was(tmp_path, settings, seed):
    busy.fill(seed, 40)
    before = busy.state()
    assert before["boxes"]
    assert before["originals"]
    assert before["report"].broken == ()
    first = packed(tmp_path / "book.zip")
    assert first.manifest.broken == ()
    wipe(settings, tmp_path / "there")
    assert empty()

    done = restored(tmp_path / "book.zip")

    assert done.closed == 0
    assert done.report == before["report"]
    after = busy.state()
    assert {**after, "folder": ""} == {**before, "folder": ""}
    assert get_user_model().objects.get(username="clerk").check_password(busy.PASSWORD)
    again = packed(tmp_path / "again.zip").manifest
    assert again.tables == first.manifest.tables
    assert again.originals == first.manifest.originals
    # And work goes on: a link over the restored head, an account with a fresh number.
    clerk = busy.viewer("clerk")
    cells = busy.exchange(random.Random(1000 + seed), busy.pairing())
    kind = busy.kind_of("exchanges")
    assert isinstance(door.add(kind, clerk, busy.checked("exchanges", clerk, cells)), door.Written)
    assert verify.verify().broken == ()
    assert verify.link_with_head(before["report"].head.digest) == before["report"].head.number


def test_an_empty_book_is_a_book(tmp_path):
    said = packed(tmp_path / "none.zip").manifest
    assert said.head.number == 0
    assert restored(tmp_path / "none.zip").report.links == 0


def test_a_number_of_an_account_is_never_given_twice(tmp_path, settings):
    busy.fill(1, 0)
    users = get_user_model().objects
    gone = users.create(username="gone")
    number = gone.pk
    gone.delete()
    packed(tmp_path / "book.zip")
    wipe(settings, tmp_path / "there")
    restored(tmp_path / "book.zip")
    assert users.create(username="next").pk == number + 1
    assert Link.objects.count()


def test_the_archive_holds_no_key_and_no_name(tmp_path, settings):
    busy.fill(1, 25)
    clerk = busy.viewer("clerk")
    names = {
        text
        for kind in ledgers.ledgers().values()
        for one in door.entries(kind, clerk, size=200).entries
        for text in vault.opened(busy.refs(one.values), clerk.office).values()
    }
    assert names
    packed(tmp_path / "book.zip")
    tables = b"".join(
        content for name, content in parts(tmp_path / "book.zip").items() if "originals" not in name
    )
    for secret in (*names, settings.JIEDUI_VAULT_KEY, settings.SECRET_KEY):
        assert secret.encode() not in tables


def test_only_the_owner_may_read_the_file(tmp_path):
    packed(tmp_path / "book.zip")
    assert (tmp_path / "book.zip").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("sort", ["file", "link"])
def test_a_file_that_is_there_is_not_written_over(tmp_path, sort):
    path = tmp_path / "book.zip"
    if sort == "file":
        path.write_bytes(b"kept")
    else:
        path.symlink_to(tmp_path / "nowhere")
    done = archive.write(path)
    assert isinstance(done, Problem)
    assert done.code == "archive-exists"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book.zip"]
    assert sort == "link" or path.read_bytes() == b"kept"


def test_a_file_made_meanwhile_is_not_written_over(tmp_path, monkeypatch):
    path, verified = tmp_path / "book.zip", verify.verify

    def meanwhile():
        path.write_bytes(b"another's")
        return verified()

    monkeypatch.setattr(verify, "verify", meanwhile)
    done = archive.write(path)
    assert isinstance(done, Problem)
    assert done.code == "archive-exists"
    assert [one.name for one in tmp_path.iterdir()] == ["book.zip"]
    assert path.read_bytes() == b"another's"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    done = archive.write(tmp_path / "no" / "book.zip")
    assert isinstance(done, Problem)
    assert done.code == "archive-unwritten"


@pytest.mark.parametrize("at", ["ZipFile.open", "check"])
def test_when_writing_fails_no_file_is_left(tmp_path, monkeypatch, at):
    busy.fill(1, 0)
    if at == "check":
        # What lies on the disk is not what was written.
        def check(_):
            raise fault("archive-changed", "tables/jd_link.jsonl")

        monkeypatch.setattr(Archive, "check", check)
    else:
        opened, calls = zipfile.ZipFile.open, []

        def full(self, *args, **options):
            calls.append(args)
            if len(calls) > 3:
                raise OSError(28, "No space left on device")
            return opened(self, *args, **options)

        monkeypatch.setattr(zipfile.ZipFile, "open", full)
    done = archive.write(tmp_path / "book.zip")
    assert isinstance(done, Problem)
    assert list(tmp_path.glob("*.zip*")) == list(tmp_path.glob(".*")) == []


# Archives that are none, or none any more.


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"%PDF-1.7\n" * 99])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    refused(tmp_path / "x.zip", "not-an-archive")


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path / "nothing.zip", tmp_path):
        refused(path, "file-unreadable")


def test_another_zip_is_refused(tmp_path):
    write_zip(tmp_path / "x.zip", {"word/document.xml": b"<w/>"})
    refused(tmp_path / "x.zip", "archive-stranger")


def test_an_archive_cut_short_is_refused(small):
    content = small.read_bytes()
    for share in (0.01, 0.3, 0.7, 0.999):
        small.write_bytes(content[: int(len(content) * share)])
        refused(small, "archive-cut")


def test_a_byte_changed_in_any_member_is_refused(small):
    found = parts(small)
    assert any(name.startswith("originals/") for name in found)
    for name, content in found.items():
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            changed = bytearray(content)
            changed[place] ^= 0x01
            write_zip(small, {**found, name: bytes(changed)})
            done = archive.restore(small)
            # The head and the counts of the manifest are held against the book itself.
            assert isinstance(done, Problem), (name, place)
            assert name == manifest.NAME or (done.code, done.found) == ("archive-changed", name)
            assert empty()


def test_a_byte_changed_anywhere_changes_nothing_or_is_refused(small, settings, tmp_path):
    content, draw = small.read_bytes(), random.Random(7)
    head = None
    for number in range(120):
        changed = bytearray(content)
        # Half of them where sizes, offsets and names stand: in the directory at the end.
        low = len(content) - 1500 if number % 2 else 0
        changed[draw.randrange(low, len(content))] ^= 1 << draw.randrange(8)
        small.write_bytes(changed)
        done = archive.restore(small)
        if isinstance(done, Problem):
            assert empty(), done
        else:
            head = head or done.report.head
            # What still unpacks to the same bytes: deflate has spare bits, a zip has dates.
            assert (done.report.head, done.report.broken) == (head, ())
            wipe(settings, tmp_path / "there")
            shutil.rmtree(tmp_path / "there")
            (tmp_path / "there").mkdir()


def test_a_bomb_is_not_inflated(small):
    bomb = bytes(80 << 20)
    for name in (f"originals/{hashlib.sha256(bomb).hexdigest()}", "tables/jd_link.jsonl"):
        write_zip(small, {**parts(small), name: bomb})
        refused(small, "archive-inflated")


def test_many_small_bombs_are_one(small):
    found = parts(small)
    for number in range(40):
        content = bytes(6 << 20) + bytes([number])
        found[f"originals/{hashlib.sha256(content).hexdigest()}"] = content
    write_zip(small, found)
    refused(small, "archive-inflated")


def test_a_manifest_that_is_too_long_is_not_read(small):
    found = parts(small)
    found[manifest.NAME] = b" " * manifest.LIMIT + found[manifest.NAME]
    write_zip(small, found)
    refused(small, "archive-changed")


@pytest.mark.parametrize(
    "name",
    ["../evil", "/tmp/evil", "originals/../../evil", "tables/..\\evil.jsonl", "tables/evil.jsonl/",
     "originals/" + "A" * 64, "tables/jd_nothing.jsonl", "."],
)  # fmt: skip
def test_a_name_is_never_a_path(small, tmp_path, name):
    write_zip(small, {**parts(small), name: b"evil"})
    refused(small, "archive-stranger")
    assert not [one for one in tmp_path.rglob("*evil*") if one.name != small.name]


def test_two_files_of_one_name_are_refused(small):
    with zipfile.ZipFile(small, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(manifest.NAME, parts(small)[manifest.NAME])
    refused(small, "archive-stranger")


def test_an_original_that_was_taken_out_or_put_in_is_missed(small):
    found = parts(small)
    name = next(one for one in found if one.startswith("originals/"))
    write_zip(small, {key: content for key, content in found.items() if key != name})
    refused(small, "archive-changed")
    added = f"originals/{hashlib.sha256(b'more').hexdigest()}"
    write_zip(small, {**found, added: b"more"})
    refused(small, "archive-changed")
    write_zip(small, {**found, name: b"other words"})
    refused(small, "archive-changed")


# Archives of other versions and other installations.


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"format": manifest.FORMAT + 1}, "archive-newer"),
        ({"format": manifest.FORMAT + 1, "tables": "otherwise"}, "archive-newer"),
        ({"format": "1"}, "archive-changed"),
        ({"migrations": ["0001_initial"]}, "archive-older-book"),
        ({"migrations": [*manifest.migrations(), "9999_later"]}, "archive-newer-book"),
        ({"tables": []}, "archive-stranger"),
        ({"head": None}, "archive-changed"),
        ({"head": {"number": 1, "digest": "00", "at": ""}}, "head-differs"),
        ({"demonstration": True}, "archive-demonstration"),
    ],
)
def test_an_archive_of_another_version_says_what_to_do(small, changed, code):
    say(small, **changed)
    assert refused(small, code).hint


def test_a_book_of_an_office_does_not_become_a_demonstration(small, settings):
    settings.JIEDUI_DEMONSTRATION = True
    refused(small, "archive-in-demonstration")


def test_other_columns_are_refused(small):
    said = json.loads(parts(small)[manifest.NAME])
    said["tables"][0]["columns"][0][1] = "text"
    say(small, tables=said["tables"])
    refused(small, "archive-newer-book")


def test_a_book_that_holds_something_is_not_touched(small):
    busy.fill(5, 2)
    before = busy.state()
    done = archive.restore(small)
    assert isinstance(done, Problem)
    assert done.code == "book-not-empty"
    assert busy.state() == before


def test_with_another_key_the_names_stay_closed_and_the_rest_stands(tmp_path, settings):
    busy.fill(1, 25)
    before = busy.state()
    packed(tmp_path / "book.zip")
    key = settings.JIEDUI_VAULT_KEY
    wipe(settings, tmp_path / "there")
    settings.JIEDUI_VAULT_KEY = "another key, of forty characters or more"
    said = CliRunner().invoke(app, ["restore-backup", str(tmp_path / "book.zip")])
    assert said.exit_code == 0, said.output
    assert f"{len(before['boxes'])} 个受保护的姓名打不开" in said.stderr
    assert "\n" not in said.stderr.rstrip("\n")
    settings.JIEDUI_VAULT_KEY = key
    assert {**busy.state(), "folder": ""} == {**before, "folder": ""}


# Archives that somebody made: they agree with themselves, and not with the chain.


def lines(path: Path, table: str) -> list[list]:
    return [json.loads(line) for line in parts(path)[f"tables/{table}.jsonl"].splitlines()]


def forge(path: Path, table: str, rows: list) -> None:
    text = "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    )
    rewrite(path, {f"tables/{table}.jsonl": text.encode()})


def at(table: str, column: str) -> int:
    found = next(one for one in shape.tables() if one.name == table)
    return [one.name for one in found.columns].index(column)


def test_a_forged_row_is_found_by_its_digest(small):
    rows = lines(small, "jd_v_exchanges")
    rows[0][at("jd_v_exchanges", "people")] = 4000
    forge(small, "jd_v_exchanges", rows)
    assert "jd_v_exchanges" in refused(small, "book-broken").found


def test_a_row_or_a_link_left_out_is_found(small):
    rows = lines(small, "jd_v_exchanges")
    forge(small, "jd_v_exchanges", rows[:-1])
    refused(small, "book-broken")
    forge(small, "jd_v_exchanges", rows)
    forge(small, "jd_link", lines(small, "jd_link")[:-1])
    refused(small, "book-broken")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", True), ("number", 1.0), ("number", "1"), ("number", 1 << 63), ("number", None),
        ("head", "zz"), ("head", 7), ("why", 7), ("why", "\ud800"), ("by", None), ("account", [1]),
        ("account", {}),
    ],
    ids=str,
)  # fmt: skip
def test_a_value_that_its_column_cannot_have_is_refused(small, column, value):
    rows = lines(small, "jd_link")
    rows[1][at("jd_link", column)] = value
    text = "".join(json.dumps(row) + "\n" for row in rows)
    rewrite(small, {"tables/jd_link.jsonl": text.encode()})
    done = archive.restore(small)
    assert isinstance(done, Problem)
    assert done.code in {"archive-row", "book-refuses", "book-differs", "archive-inflated"}
    assert empty()


@pytest.mark.parametrize(
    "line", [b"{}\n", b"[1,2]\n", b"\n", b"nonsense\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n"]
)
def test_a_line_that_is_no_row_is_refused(small, line):
    rewrite(small, {"tables/jd_vault.jsonl": line})
    refused(small, "archive-row")


def test_a_last_line_without_its_end_is_refused(small):
    rewrite(small, {"tables/jd_vault.jsonl": b"[1]"})
    refused(small, "archive-changed")


def test_the_same_row_twice_is_refused(small):
    rows = lines(small, "jd_grant")
    forge(small, "jd_grant", [*rows, rows[0]])
    refused(small, "book-refuses")


def test_a_grant_of_nobody_is_refused(small):
    rows = lines(small, "jd_grant")
    rows[0][at("jd_grant", "account_id")] = 999
    forge(small, "jd_grant", rows)
    refused(small, "book-refuses")


@pytest.mark.parametrize("fails", ["verify", "keep", "head"])
def test_when_a_restore_fails_at_its_end_nothing_remains(small, monkeypatch, fails):
    if fails == "keep":
        kept, calls = files.keep, []

        def full(content):
            calls.append(1)
            if len(calls) > 1:
                raise OSError(28, "No space left on device")
            return kept(content)

        monkeypatch.setattr(files, "keep", full)
        refused(small, "file-unreadable")
        return
    if fails == "verify":
        broken = verify.Broken("jd_link", "1", "", "样例")
        report = verify.Report(0, 0, 0, (broken,), chain.Head(0, "", ""))
    else:
        report = verify.Report(0, 0, 0, (), chain.Head(3, "00", ""))
    monkeypatch.setattr(verify, "verify", lambda: report)
    refused(small, "book-broken" if fails == "verify" else "head-differs")


def test_an_exception_too_leaves_nothing(small, monkeypatch):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(verify, "verify", stop)
    with pytest.raises(KeyboardInterrupt):
        archive.restore(small)
    assert empty()


# A book that is not whole is archived as it is, and says so.


def test_a_broken_book_is_kept_and_comes_back_as_broken(tmp_path, settings):
    busy.fill(1, 6)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jd_v_exchanges SET people = 4000 WHERE id = 1")
    before = verify.verify()
    assert before.broken
    path = tmp_path / "book.zip"
    said = CliRunner().invoke(app, ["backup", str(path)])
    assert said.exit_code == 1
    assert "1 处核验不符" in said.stderr
    wipe(settings, tmp_path / "there")
    again = CliRunner().invoke(app, ["restore-backup", str(path)])
    assert again.exit_code == 1, again.output
    assert "备份时就不符：jd_v_exchanges 第 1 行" in again.stdout
    assert verify.verify() == before


def test_a_broken_book_that_nobody_looked_at_does_not_come_back(tmp_path, settings):
    busy.fill(1, 6)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jd_v_exchanges SET people = 4000 WHERE id = 1")
    assert not packed(tmp_path / "book.zip", check=False).manifest.checked
    wipe(settings, tmp_path / "there")
    refused(tmp_path / "book.zip", "book-broken")


# The commands.


def test_the_commands_say_what_they_did_and_what_to_keep(tmp_path, settings):
    busy.fill(1, 6)
    path, head = tmp_path / "book.zip", chain.head()
    said = CliRunner().invoke(app, ["backup", str(path)])
    assert said.exit_code == 0, said.output
    assert head.digest in said.stdout
    assert hashlib.sha256(path.read_bytes()).hexdigest() in said.stdout
    for words in ("备份里没有密钥", "vault.key", "密码散列", "账本核验相符"):
        assert words in said.stdout
    again = CliRunner().invoke(app, ["backup", str(path)])
    assert again.exit_code == 2
    assert again.stdout == ""
    assert again.stderr.count("\n") == 1
    wipe(settings, tmp_path / "there")
    done = CliRunner().invoke(app, ["restore-backup", str(path)])
    assert done.exit_code == 0, done.output
    assert head.digest in done.stdout
    more = CliRunner().invoke(app, ["restore-backup", str(path)])
    assert (more.exit_code, more.stdout) == (2, "")
    assert "账本不是空的" in more.stderr


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"text"])
def test_a_bad_archive_is_one_plain_line(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    done = CliRunner().invoke(app, ["restore-backup", str(tmp_path / "x.zip")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_words_of_a_strange_file_do_not_reach_the_terminal(small):
    write_zip(small, {**parts(small), "a\x1b[2J\nb": b"x"})
    done = CliRunner().invoke(app, ["restore-backup", str(small)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "\x1b" not in done.stderr
    assert done.stderr.count("\n") == 1
    say(small, at="\x1b[2J\n")
    assert "\x1b" not in CliRunner().invoke(app, ["restore-backup", str(small)]).output


@pytest.mark.parametrize("address", ["", "sqlite:///x", "postgresql://", "postgresql://u:se@x:y/z"])
def test_an_address_that_is_none_is_not_repeated(address):
    done = CliRunner().invoke(app, ["move", "--to", address])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "--to 应写作 postgresql://用户:密码@主机:端口/库名\n"


# The form.


def test_every_table_and_column_has_a_form():
    names = {table.name for table in shape.tables()}
    assert {"auth_user", "jd_grant", "jd_link", "jd_vault", "jd_document", "jd_proposal"} <= names
    assert {f"jd_v_{name}" for name in ledgers.ledgers()} <= names
    assert not names & {"django_session", "axes_accessattempt"}


def test_a_column_without_a_form_is_a_loud_mistake():
    from django.db import models

    odd = models.FloatField(name="odd")
    odd.model = Link
    with pytest.raises(shape.NoFormError, match="odd is a FloatField"):
        shape._column(odd)


def test_rows_keep_every_value():
    """Whole numbers of 63 bits, text with every sort of mark, and days before 1970."""
    from datetime import UTC, date, datetime

    table = next(one for one in shape.tables() if one.name == "jd_document")
    forms = {one.kind: one for one in table.columns}
    columns = [forms["integer"], forms["text"], forms["moment"], forms["day"]]
    row = [(1 << 63) - 1, "引“\n\u2028𠮷\x1f", datetime(2024, 5, 1, 1, 2, 3, 4, UTC), date(1, 1, 1)]
    assert shape.row(shape.line(row, columns), columns) == row
    assert b"9223372036854775807" in shape.line(row, columns)
    assert io.BytesIO(shape.line(row, columns)).read().count(b"\n") == 1
