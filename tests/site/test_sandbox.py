"""The child process that parses: quick, tied, and stopped when it breaks out or breaks down."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import pytest

from jiedui.evidence import LIMITS, Extracted, extract
from jiedui.problems import Problem
from jiedui.site import sandbox
from jiedui.site.sandbox import CAGE, Cage, extract_apart
from tests.core.evidence import made
from tests.core.evidence.made import LINES, SAMPLE

DOCUMENTS = {
    "txt": SAMPLE.encode("gb18030"),
    "utf-16": SAMPLE.encode("utf-16-le"),
    "html": made.html(LINES).encode(),
    "docx": made.docx(LINES),
    "pdf": made.pdf(LINES),
    "controls": "甲\x07乙".encode(),
    "mixed": SAMPLE.encode() + SAMPLE.encode("gb18030"),
    "nul": "甲\x00乙丙丁".encode(),
    "zip": made.zipped({"a": b"b"}),
    "two alike": "甲".encode("gb18030") * 9,
    "empty": b"",
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_child_finds_what_the_parser_finds(kind):
    name = f"某文件.{kind}"
    assert extract_apart(DOCUMENTS[kind], name) == extract(DOCUMENTS[kind], name)


def test_a_file_over_the_limit_starts_no_child(monkeypatch):
    monkeypatch.setattr(sandbox.subprocess, "Popen", None)
    found = extract_apart(b"x" * (LIMITS.content + 1))
    assert isinstance(found, Problem)
    assert found.code == "file-too-large"


def test_the_longest_text_comes_through():
    text = "协" * LIMITS.text
    found = extract_apart(text.encode())
    assert isinstance(found, Extracted)
    assert found.text == text


# A child that goes wrong. Each case is a module that stands in for the parser's.

CHILDREN = {
    "raises": "raise RuntimeError",
    "crashes": "import os; os.abort()",
    "sleeps": "import time; time.sleep(60)",
    "spins": "while True: pass",
    "answers too much": "import sys\nwhile True: sys.stdout.write('x' * 65536)",
    "answers nonsense": "print('{}')",
    "answers no json": "print('<')",
    "answers nothing": "",
    "stops listening": "import os; os.close(0); print('{')",
    "answers and stays": "import os, time; os.close(1); time.sleep(60)",
}
REASONS = {
    "sleeps": "用时过长",
    "spins": "用时过长",
    "answers and stays": "用时过长",
    "answers too much": "输出过多",
}


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Run a stand-in under the very command line of the sandbox, but for its module."""
    started = []

    def start(code: str) -> Cage:
        path = tmp_path / "stand_in.py"
        path.write_text(code, "utf-8")
        real = sandbox.subprocess.Popen

        def popen(command, **options):
            command = [path if part == CAGE.module else part for part in command if part != "-m"]
            started.append(real(command, **options))
            return started[-1]

        monkeypatch.setattr(sandbox.subprocess, "Popen", popen)
        return replace(CAGE, seconds=2, output=1 << 20)

    yield start
    for process in started:
        assert process.returncode is not None
        assert process.stdin.closed
        assert process.stdout.closed


@pytest.mark.parametrize("kind", CHILDREN)
def test_a_child_that_goes_wrong_is_a_problem_and_is_gone(child, kind):
    begun = time.perf_counter()
    found = extract_apart(SAMPLE.encode() * 500, cage=child(CHILDREN[kind]))
    assert time.perf_counter() - begun < 6
    assert isinstance(found, Problem)
    assert found.code == "parser-stopped"
    assert REASONS.get(kind, "解析程序出错") in found.hint


# What the child may do, asked of the child itself.

ASK = """
import json, sys
from jiedui.evidence import child
def asked(content, name):
    from jiedui.evidence.extracted import Extracted, Media
    return Extracted(repr({code}), Media.TXT, "", "", 0, "")
child.extract = asked
child.main()
"""


def asked(child, code: str) -> str:
    found = extract_apart(SAMPLE.encode(), cage=child(ASK.format(code=code)))
    assert isinstance(found, Extracted), found
    return found.text


def test_the_child_sees_no_environment(child, monkeypatch):
    monkeypatch.setenv("JIEDUI_SECRET", "x")
    known = asked(child, "sorted(__import__('os').environ)")
    assert "JIEDUI_SECRET" not in known
    assert set(eval(known)) <= {"LC_CTYPE"}


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "__import__('socket').socket()",
        "__import__('os').pipe()",
    ],
)
def test_the_child_opens_nothing_once_it_parses(child, deed):
    found = extract_apart(SAMPLE.encode(), cage=child(ASK.format(code=deed)))
    assert isinstance(found, Problem)
    assert found.code == "parser-stopped"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_the_child_has_no_more_memory_than_it_was_given(child):
    found = extract_apart(SAMPLE.encode(), cage=child(ASK.format(code="len(bytes(2 * 1024 ** 3))")))
    assert isinstance(found, Problem)
    assert "占用内存过多" in found.hint


def test_only_the_ending_of_a_name_goes_to_the_command_line(child):
    cage = child(ASK.format(code="__import__('sys').argv[1:]"))
    found = extract_apart(SAMPLE.encode(), "某某申请书.html", cage)
    assert isinstance(found, Extracted)
    assert found.text == str([str(cage.memory), str(cage.seconds), ".html"])
