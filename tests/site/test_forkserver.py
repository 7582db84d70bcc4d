"""Children that are forked: each is new, all are gone in the end, and a lost server is replaced."""

from __future__ import annotations

import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from jiedui import intake
from jiedui.problems import Problem
from jiedui.site import forkserver
from jiedui.site.sandbox import StoppedError, answer_of
from jiedui.site.sandbox_books import BOOKS, open_book_apart

CSV = "文号,金额（万元）\n甲1号,12.5\n".encode("gb18030")


@pytest.fixture(autouse=True)
def servers():
    """Each test begins without a server and leaves none behind."""
    _end_all()
    yield
    _end_all()


def _end_all():
    while forkserver._servers:
        forkserver._servers.popitem()[1].end()


@pytest.fixture
def cage(tmp_path, monkeypatch):
    """A cage whose child runs code of the test, forked by the very program of the sandbox."""

    def put(main: str, seconds: int = 5):
        (tmp_path / "stand_in.py").write_text(f"import os, sys, time\n{main}\n", "utf-8")
        real = forkserver.subprocess.Popen

        def popen(command, **options):
            start = (
                f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['stand_in']"
            )
            run = f"{start}; import runpy; runpy.run_module('jiedui.site.forked', run_name='__main__')"
            return real([*command[:-3], "-c", run], **options)

        monkeypatch.setattr(forkserver.subprocess, "Popen", popen)
        return replace(BOOKS, seconds=seconds)

    return put


def test_one_server_forks_every_child():
    for _ in range(3):
        assert isinstance(open_book_apart(CSV), intake.Book)
    assert len(forkserver._servers) == 1


def test_a_server_that_is_gone_is_started_again():
    open_book_apart(CSV)
    (server,) = forkserver._servers.values()
    server.process.kill()
    server.process.wait()
    assert isinstance(open_book_apart(CSV), intake.Book)
    (now,) = forkserver._servers.values()
    assert now.process.pid != server.process.pid


def test_many_ask_at_once():
    found = []
    asking = [threading.Thread(target=lambda: found.append(open_book_apart(CSV))) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert [type(one) for one in found] == [intake.Book] * 6


def test_a_child_knows_nothing_of_the_one_before_it(cage):
    told = cage("seen = []\ndef main():\n    seen.append(sys.argv[3]); print(seen, end='')")
    assert [answer_of(b"", name, told) for name in "ab"] == [b"['a']", b"['b']"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("time.sleep(60)", "用时过长"),
        ("os.close(1); time.sleep(60)", "用时过长"),
        ("raise RuntimeError", "解析程序出错"),
        ("os.abort()", "解析程序出错"),
        ("os.kill(os.getppid(), 9)", "解析程序出错"),
        ("sys.exit(3)", "占用内存过多"),
    ],
)
def test_a_child_that_goes_wrong_is_told_and_ended(cage, code, reason):
    begun = time.perf_counter()
    with pytest.raises(StoppedError, match=reason):
        answer_of(CSV, "read", cage(f"def main():\n    {code}", seconds=2))
    assert time.perf_counter() - begun < 6


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_has_its_streams_and_no_other_file_nor_variable(cage):
    code = "print(sorted(os.listdir('/proc/self/fd')), sorted(os.environ), end='')"
    told = answer_of(b"", "read", cage(f"def main():\n    {code}")).decode()
    files, _, known = told.partition("] ")
    assert files == "['0', '1', '2', '3'"  # the fourth is the folder that is being listed
    assert set(eval(known)) <= {"LC_CTYPE", "POLARS_MAX_THREADS"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_lives_on_when_the_server_is_let_go(cage):
    def ask():
        with pytest.raises(StoppedError):
            answer_of(b"", "read", cage("def main():\n    time.sleep(60)", seconds=60))

    asking = threading.Thread(target=ask)
    asking.start()
    child = _soon(lambda: _children_of(_server_number()))
    _end_all()
    asking.join(60)
    assert not asking.is_alive()
    assert _soon(lambda: not Path(f"/proc/{child[0]}").exists())


def _server_number():
    servers = list(forkserver._servers.values())
    return servers[0].process.pid if servers else 0


def _children_of(number):
    path = Path(f"/proc/{number}/task/{number}/children")
    return path.read_text("ascii").split() if number and path.exists() else []


def _soon(asked, seconds=5.0):
    """What `asked` gives as soon as it gives something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := asked():
            return found
        time.sleep(0.02)
    raise AssertionError("not in time")


def test_without_a_server_there_is_a_problem(monkeypatch):
    monkeypatch.setattr(forkserver.subprocess, "Popen", lambda *_, **__: _Dead())
    found = open_book_apart(CSV)
    assert isinstance(found, Problem)
    assert found.code == "parser-stopped"


class _Dead:
    """A program that ended at once."""

    def wait(self):
        return -signal.SIGKILL
