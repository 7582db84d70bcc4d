"""`jiedui restore` as people and scripts meet it."""

from __future__ import annotations

import json
import os
import stat

import pytest
from typer.testing import CliRunner

from jiedui.cli import app, restoring

DAMAGED, INTACT = "鐢茬ず渚嬪幙涓庝箼绀轰緥鍖猴紝", "甲示例县与乙示例区，"
CLEAN = "甲示例县与乙示例区召开联席会议。\r\n"


def run(*arguments, **others):
    return CliRunner().invoke(app, ["restore", *map(str, arguments)], **others)


@pytest.fixture
def folder(tmp_path):
    """Damaged, clean, in another encoding, in two, and no text at all."""
    (tmp_path / "下级").mkdir()
    (tmp_path / "a.txt").write_bytes(DAMAGED.encode())
    (tmp_path / "b.txt").write_bytes(CLEAN.encode("gb18030"))
    (tmp_path / "c.txt").write_bytes((INTACT + "甲\u200b示例县").encode("gb18030"))
    (tmp_path / "d.bin").write_bytes(b"\x00\x01\x02\xff\xfe" * 20)
    (tmp_path / "下级/e.txt").write_bytes(b"\xef\xbb\xbf" + DAMAGED.encode())
    (tmp_path / ".hidden").write_bytes(DAMAGED.encode())
    return tmp_path


def test_the_text_is_printed_to_the_byte(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes((DAMAGED + "\r\n").encode())
    done = run(file)
    assert done.exit_code == 0
    assert done.stdout_bytes == (INTACT + "\r\n").encode()
    assert file.read_bytes() == (DAMAGED + "\r\n").encode()


def test_standard_input():
    assert run("-", input=DAMAGED.encode()).stdout == INTACT
    done = run("-", "--in-place", input=b"")
    assert done.exit_code == 2
    assert "标准输入" in done.stderr


def test_json_is_a_line_a_file(folder):
    done = run(folder, "--json")
    assert done.exit_code == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    names = ["a.txt", "b.txt", "c.txt", "d.bin", "e.txt"]
    assert [row["file"].rpartition("/")[2] for row in rows] == names
    first, second, third, fourth, _ = rows
    assert (first["text"], first["encoding"], first["sureness"]) == (INTACT, "UTF-8", 1)
    assert [edit["found"] for edit in first["edits"]] == [DAMAGED]
    assert (second["text"], second["edits"]) == (CLEAN, [])
    assert third["encoding"] == "GB18030"
    assert fourth["problems"][0]["code"] == "not-a-character"


def test_every_change_is_explained(folder):
    done = run(folder / "c.txt", folder / "b.txt", "--explain")
    assert "改 1 处，存疑照留 0 处" in done.stdout
    assert "“\\u200b” → “”  看不见的零宽字符，已去除" in done.stdout
    assert "无需复原" in done.stdout
    assert run(folder, "--explain", "--json").exit_code == 2


def test_files_are_rewritten_in_their_own_encoding(folder):
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    (folder / "a.txt").chmod(0o640)
    done = run(folder, "--in-place")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "共 5 个文件，改写 3 个，读不了 1 个。" in done.stderr
    assert (folder / "a.txt").read_bytes() == INTACT.encode()
    assert stat.S_IMODE((folder / "a.txt").stat().st_mode) == 0o640
    assert (folder / "c.txt").read_bytes() == (INTACT + "甲示例县").encode("gb18030")
    assert (folder / "下级/e.txt").read_bytes() == b"\xef\xbb\xbf" + INTACT.encode()
    for name in ("b.txt", "d.bin", ".hidden"):
        assert (folder / name).stat().st_ino == before[folder / name], name
    again = run(folder, "--in-place")
    assert "改写 0 个" in again.stderr
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in before)


def test_what_is_new_to_an_encoding_makes_it_utf_8(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("甲示例縣與乙示例區召開會議，&#32852;合簽署；&#20070;記講話。".encode("cp950"))
    assert run(file, "--in-place").exit_code == 0
    assert file.read_bytes().decode() == "甲示例縣與乙示例區召開會議，联合簽署；书記講話。"


def test_a_file_is_whole_or_as_it_was(folder, monkeypatch):
    def full(_):
        raise OSError(28, "设备上没有空间")

    monkeypatch.setattr(os, "fsync", full)
    done = run(folder / "a.txt", "--in-place")
    assert done.exit_code == 1
    assert "没有空间" in done.stderr
    assert (folder / "a.txt").read_bytes() == DAMAGED.encode()
    assert len(list(folder.iterdir())) == 6


def test_bytes_of_no_encoding_are_never_written_back(tmp_path):
    file = tmp_path / "a.txt"
    content = DAMAGED.encode() + b"\n\xff\xff\xff\n"
    file.write_bytes(content)
    done = run(file, "--in-place")
    assert done.exit_code == 1
    assert "编码" in done.stderr
    assert file.read_bytes() == content


def test_a_file_that_is_not_there(tmp_path):
    done = run(tmp_path / "没有")
    assert done.exit_code == 1
    assert "没有这个文件" in done.stderr


def test_many_files_are_restored_on_all_cores_in_their_order(tmp_path):
    names = [f"{number:02}.txt" for number in range(24)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(f"{DAMAGED}{number}\n", "utf-8")
    done = run(tmp_path)
    assert done.exit_code == 0
    assert done.stdout == "".join(f"{INTACT}{number}\n" for number in range(24))


def test_an_answer_travels_between_processes(tmp_path):
    import pickle

    found = restoring.answer(str(tmp_path), restoring.Wanted())
    assert pickle.loads(pickle.dumps(found)) == found
    assert found.fault
