"""`jiedui read` as people and scripts meet it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from jiedui.cli import app
from tests.core.evidence import made
from tests.core.evidence.made import LINES, SAMPLE
from tests.needs import SHARED


@pytest.fixture
def run(tmp_path):
    """Run `jiedui read` over files given as bytes."""

    def read(*contents: bytes, options: tuple[str, ...] = ()):
        paths = []
        for number, content in enumerate(contents):
            paths.append(tmp_path / f"{number}.txt")
            paths[-1].write_bytes(content)
        return CliRunner().invoke(app, ["read", *options, *map(str, paths)])

    return read


def test_a_document_is_summed_up_for_people(run):
    done = run(SAMPLE.encode("gb18030"))
    assert done.exit_code == 0
    assert done.stderr == ""
    for words in (LINES[0], "样例日报", "2023-06-15", "钱示例、孙示例", "GB18030", "无需复原",
                  "宁波市党政代表团", "周样例", "互访与会议台账", "佐证：“"):  # fmt: skip
        assert words in done.stdout


def test_the_sentence_behind_a_proposal_is_printed_word_for_word(run):
    printed = run(SAMPLE.encode()).stdout
    cited = [line.split("“", 1)[1][:-1] for line in printed.splitlines() if "佐证：“" in line]
    assert cited
    assert all(sentence in SAMPLE for sentence in cited)


def test_json_of_one_file_is_an_object_and_of_several_an_array(run):
    one = run(SAMPLE.encode(), options=("--json",))
    said = json.loads(one.stdout)
    assert said["document"]["source"] == "样例日报"
    two = run(SAMPLE.encode(), made.docx(LINES), options=("--json",))
    first, second = json.loads(two.stdout)
    assert first == said
    assert second["document"] == said["document"]


def test_standard_input():
    done = CliRunner().invoke(app, ["read", "-", "--json"], input=SAMPLE.encode("utf-16"))
    assert json.loads(done.stdout)["text"] == SAMPLE


def test_a_file_with_a_problem_does_not_keep_the_others_from_being_read(run):
    done = run(b"", SAMPLE.encode(), made.zipped({"a": b"b"}))
    assert done.exit_code == 1
    assert "样例日报" in done.stdout
    assert "0.txt：文件是空的" in done.stderr
    assert "2.txt：不是 Word 文档（a）" in done.stderr
    assert "Traceback" not in done.stderr


def test_problems_as_json(run):
    done = run(b"", options=("--json",))
    assert done.exit_code == 1
    (found,) = json.loads(done.stdout)["problems"]
    assert found["code"] == "file-empty"
    assert found["hint"]


def test_what_cannot_be_opened_is_said(tmp_path):
    done = CliRunner().invoke(app, ["read", str(tmp_path), str(tmp_path / "没有")])
    assert done.exit_code == 1
    assert "这是文件夹" in done.stderr
    assert "没有这个文件" in done.stderr


def test_a_file_over_the_limit_is_not_read_whole(run):
    done = run(b"x" * (21 << 20))
    assert "文件过大" in done.stderr


def test_remarks_are_said_beside_the_answer(run):
    done = run(SAMPLE.replace("会上", "\x07会上").encode(), options=("--json",))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["text"].count("\x07") == 1
    assert "控制字符" in done.stderr


@pytest.mark.needs("shared")
def test_the_founding_article():
    done = CliRunner().invoke(app, ["read", "--json", str(SHARED / "corpus/seed/damaged.txt")])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["document"] == {
        "title": said["document"]["title"],
        "source": "甘肃日报",
        "published": "2024-05-23",
        "clicks": 0,
        "reporters": said["document"]["reporters"],
    }
    assert len(said["document"]["reporters"]) == 2
    assert all(said["text"][f["start"] : f["end"]] == f["quote"] for f in said["facts"])
    assert {"visit", "meeting"} <= {f["type"] for f in said["facts"] if f["kind"] == "event"}
