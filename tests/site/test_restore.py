"""`jiedui restore` as people and scripts meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jiedui.cli import app, restoring
from jiedui.restore import replay, restore

DAMAGED = "甲县召开&nbsp;会议\u200b，强调<br>落实２0２4年任务。\n"
RESTORED = "甲县召开\xa0会议，强调\n落实2024年任务。\n"
CLEAN = "甲县召开会议，强调落实各项任务。\n"
BROKEN = (
    "　　甲县与乙区自结对以来，坚持优势互补、\n长期合作、聚焦帮扶、共同发展，围绕产业协\n"
    "作、劳务协作和消费帮扶等重点任务，推动各\n项工作取得新的成效。\n"
)

NAMES = [".hidden", "a.txt", "b", "c.txt", "d.txt"]


def run(*args: object, stdin: bytes = b""):
    """Run the command; what it wrote is bytes, since it is UTF-8 whatever the locale."""
    return CliRunner().invoke(app, ["restore", *map(str, args)], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_bytes(DAMAGED.encode())
    (tmp_path / "b" / "二.txt").write_bytes(DAMAGED.encode("gb18030"))
    (tmp_path / "c.txt").write_bytes(CLEAN.encode())
    (tmp_path / ".hidden").write_bytes(DAMAGED.encode())
    (tmp_path / "d.txt").symlink_to(tmp_path / "a.txt")
    return tmp_path


def test_a_filter(folder):
    done = run("-", stdin=DAMAGED.encode("utf-16"))
    assert (done.exit_code, done.stdout_bytes.decode(), done.stderr) == (0, RESTORED, "")
    done = run(folder / "a.txt")
    assert (done.exit_code, done.stdout_bytes.decode()) == (0, RESTORED)


def test_empty_input_gives_nothing():
    done = run("-")
    assert (done.exit_code, done.stdout_bytes) == (0, b"")


def test_line_ends_are_kept():
    done = run("-", stdin=CLEAN.replace("\n", "\r\n").encode())
    assert done.stdout_bytes == CLEAN.replace("\n", "\r\n").encode()


def test_a_folder_comes_in_order_without_hidden_files_and_links(folder):
    done = run(folder)
    assert done.exit_code == 0
    assert done.stdout_bytes.decode() == RESTORED + CLEAN + RESTORED


def test_json_of_one_is_an_object_and_of_several_an_array(folder):
    one = json.loads(run("--json", folder / "a.txt").stdout)
    assert one["text"] == RESTORED
    assert {edit["kind"] for edit in one["edits"]} == {"entity", "invisible", "tag", "width"}
    several = json.loads(run("--json", folder).stdout)
    assert [Path(row["file"]).name for row in several] == ["a.txt", "c.txt", "二.txt"]
    assert several[0] == one
    assert several[2]["encoding"] == "GB18030"
    assert json.loads(run("--json", folder / "b").stdout)[0]["text"] == RESTORED


def test_edits_are_explained_with_their_places(folder):
    printed = run("--explain", folder / "a.txt").stdout
    assert "a.txt（UTF-8）：改 4 处" in printed
    assert "  1 行 13 字  “<U+200B>” → “”  看不见的字符，复制或转换时混入（0.98）\n" in printed
    assert "“<br>” → “<U+000A>”" in printed


def test_in_place_keeps_encoding_and_mode_and_writes_only_what_changed(folder):
    (folder / "b" / "二.txt").chmod(0o640)
    clean = (folder / "c.txt").stat()
    done = run("--in-place", folder)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].endswith("c.txt（UTF-8）：无需复原")
    assert (folder / "a.txt").read_bytes().decode() == RESTORED
    assert (folder / "b" / "二.txt").read_bytes().decode("gb18030") == RESTORED
    assert (folder / "b" / "二.txt").stat().st_mode & 0o777 == 0o640
    assert (folder / "c.txt").stat() == clean
    assert (folder / ".hidden").read_bytes().decode() == DAMAGED
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert "无需复原" in run("--in-place", folder / "a.txt").stdout


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_in_place_keeps_the_mark_of_the_encoding(tmp_path, codec):
    path = tmp_path / "a.txt"
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    path.write_bytes(mark + DAMAGED.encode(codec))
    assert run("--in-place", path).exit_code == 0
    assert path.read_bytes() == mark + RESTORED.encode(codec)


def test_a_link_leads_to_its_file(folder):
    assert run("--in-place", folder / "d.txt").exit_code == 0
    assert (folder / "d.txt").is_symlink()
    assert (folder / "a.txt").read_bytes().decode() == RESTORED


def test_what_does_not_fit_the_encoding_is_a_problem_and_untouched(tmp_path):
    path = tmp_path / "a.txt"
    content = (
        "甲縣召開&nbsp;會議，&#19975;众一心。&#128512;大家都很高興，齊心協力辦好各項工作。".encode(
            "cp950", "ignore"
        )
    )
    path.write_bytes(content)
    done = run("--in-place", path)
    assert done.exit_code == 1
    assert "原编码写不下复原的文字" in done.stderr
    assert path.read_bytes() == content
    assert run(path).exit_code == 0


def test_a_failure_leaves_the_file_and_nothing_beside_it(folder, monkeypatch):
    def refused(self, target):
        raise PermissionError(13, "refused")

    monkeypatch.setattr(Path, "replace", refused)
    done = run("--in-place", folder / "a.txt")
    assert done.exit_code == 1
    assert "文件打不开" in done.stderr
    assert (folder / "a.txt").read_bytes().decode() == DAMAGED
    assert sorted(path.name for path in folder.iterdir()) == NAMES


def test_a_file_that_changes_meanwhile_is_left_alone(folder, monkeypatch):
    whole = restoring.restore

    def slow(text, *, layout):
        (folder / "a.txt").write_bytes("别处写的新内容。".encode())
        return whole(text, layout=layout)

    monkeypatch.setattr(restoring, "restore", slow)
    done = run("--in-place", folder / "a.txt")
    assert done.exit_code == 1
    assert "文件刚被改动" in done.stderr
    assert (folder / "a.txt").read_bytes().decode() == "别处写的新内容。"


def test_problems_do_not_keep_the_others_from_being_restored(folder):
    (folder / "a.bin").write_bytes(b"\x00\x01\x02abc" + DAMAGED.encode())
    (folder / "b.bin").write_bytes(b"\x89PNG\r\n\xff\xfe")
    done = run(folder, folder / "没有.txt")
    assert done.exit_code == 1
    assert done.stdout_bytes.decode() == RESTORED + CLEAN + RESTORED
    for words in ("a.bin：不是文字文件", "b.bin：", "没有.txt：文件打不开"):
        assert words in done.stderr
    found = json.loads(run("--json", folder / "a.bin").stdout)
    assert found["problems"][0]["code"] == "not-text"


@pytest.mark.parametrize(
    "args", [("--json", "--explain", "a"), ("--in-place", "-"), ("-", "-"), ("--nothing", "a"), ()]
)
def test_what_cannot_be_asked_for_is_refused(args):
    assert run(*args).exit_code == 2


def test_layout_only_on_demand(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(BROKEN.encode())
    assert run(path).stdout_bytes.decode() == BROKEN
    assert run("--layout", path).stdout_bytes.decode() == BROKEN.rstrip().replace("\n", "") + "\n"


def test_every_kind_together_replays():
    damaged = "深入學(xué)習(xí)貫徹落實(shí)精神,&nbsp;推動鄉(xiāng)村\u200b振興。"
    outcome = restore(damaged, layout=True)
    assert outcome.text == "深入學習貫徹落實精神,\xa0推動鄉村振興。"
    assert replay(damaged, outcome.edits) == outcome.text


def test_a_file_in_two_encodings_becomes_one_in_utf_8(tmp_path):
    path = tmp_path / "a.txt"
    lines = ["甲示例县召开会议，部署工作。\n", "乙示例区参加会议，签署协议。\n"]
    path.write_bytes(lines[0].encode() + lines[1].encode("gb18030"))
    told = json.loads(run("--json", path).stdout)
    assert (told["text"], told["encoding"]) == ("".join(lines), "UTF-8+GB18030")
    assert told["sureness"] < 1
    assert run("--in-place", path).exit_code == 0
    assert path.read_bytes().decode() == "".join(lines)


def test_bytes_of_no_encoding_are_shown_but_never_written_back(tmp_path):
    path = tmp_path / "a.txt"
    content = CLEAN.encode() * 20 + b"\xff\xff\n"
    path.write_bytes(content)
    edits = json.loads(run("--json", path).stdout)["edits"]
    assert [(edit["kind"], edit["sure"]) for edit in edits] == [("lost", False)]
    done = run("--in-place", path)
    assert done.exit_code == 1
    assert "编码" in done.stderr
    assert path.read_bytes() == content


def test_nothing_steers_a_terminal():
    from jiedui.cli.showing import visible

    shown = visible("甲\x1b]0;x\x07\u202e乙\x9b1m\r\n\t丙\ud800")
    assert shown == "甲<U+001B>]0;x<U+0007><U+202E>乙<U+009B>1m<U+000D>\n\t丙<U+D800>"


def test_many_files_on_all_cores_in_order(tmp_path):
    for number in range(70):
        (tmp_path / f"{number:02}.txt").write_text(
            f"第{number}号&nbsp;文件，甲县召开会议。\n", "utf-8"
        )
    done = subprocess.run(
        [sys.executable, "-m", "jiedui.cli", "restore", str(tmp_path)],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    wanted = [f"第{number}号\xa0文件，甲县召开会议。" for number in range(70)]
    assert done.stdout.decode().splitlines() == wanted
    assert done.stderr == b""


class Deadly:
    """What ends the process that is told of it."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_process_that_dies_is_a_problem_of_its_files(folder):
    from jiedui.cli.restore import _apart

    outcomes = list(_apart(iter(["a", "b"]), Deadly(), 1))
    assert [one.name for one in outcomes] == ["a", "b"]
    assert {one.problem.code for one in outcomes} == {"parser-stopped"}
