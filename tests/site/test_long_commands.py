"""Commands over work that takes long: how far it is, Ctrl-C, and the worker beside them."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.site.test_workbook_commands import BUILD, GIVEN, HEAD, Desk

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 90
MANY = 12_000
ASK = (
    "from jiedui.cli.site import open_site; open_site()\n"
    "import sys\n"
    "from jiedui import ledgers\n"
    "from jiedui.site.store import batches, people\n"
    "batches.SMALL_BYTES = 0\n"
    "clerk = people.viewer_of('clerk')\n"
    "given = {'programme': 'east-west', 'pairing': str(min(clerk.scope.sides))}\n"
    "content = open(sys.argv[1], 'rb').read()\n"
    "print(batches.receive(clerk, ledgers.ledgers()['funds'], content, 'x.csv', given).key)\n"
)
TELL = (
    "from jiedui.cli.site import open_site; open_site()\n"
    "import json\n"
    "from jiedui.site.store.tables import Batch, Link\n"
    "from jiedui.site.store.tables.jobs import Job\n"
    "batches = list(Batch.objects.values_list('key', 'state'))\n"
    "jobs = list(Job.objects.values_list('batch', 'kind', 'state', 'tries', 'phase'))\n"
    "print(json.dumps([batches, jobs, Link.objects.count()]))\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("JIEDUI_", "DJANGO_"))}
    environment |= {"JIEDUI_DATA": str(folder / "book"), "JIEDUI_DEMONSTRATION": "1"}
    (folder / "book").mkdir()
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True)
    return Desk(folder, environment)


def many(desk: Desk) -> str:
    return desk.lay("many.csv", HEAD + "".join(
        f"示财〔2024〕{n}号,东部省级财政援助,支付,1.5,2024-04-01,甲省财政厅,样例公司,夏河县\n"
        for n in range(MANY)
    ))  # fmt: skip


def told(desk: Desk) -> tuple[list[list[str]], list[list[object]], int]:
    import json

    done = subprocess.run(
        [sys.executable, "-c", TELL], cwd=desk.folder, env=desk.environment, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    batches, jobs, links = json.loads(done.stdout.splitlines()[-1])
    return batches, jobs, links


def work_files(desk: Desk) -> list[str]:
    folder = desk.folder / "book" / "work"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def at_terminal(desk: Desk, words: tuple[str, ...], until: Callable[[str], bool]) -> str:
    """Run a command at a terminal, press Ctrl-C when it has said enough; gives all it said."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "jiedui.cli", *words], cwd=desk.folder, env=desk.environment,
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    said, pressed, end = b"", False, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready, _, _ = select.select([master], [], [], 0.05)
        if ready:
            try:
                said += os.read(master, 65536)
            except OSError:
                break
        if not pressed and until(said.decode("utf-8", "replace")):
            os.killpg(child.pid, signal.SIGINT)
            pressed = True
    os.close(master)
    assert pressed, said.decode()
    assert child.wait(PATIENCE) == 130, said.decode()
    return said.decode()


@pytest.mark.parametrize("phase", ["核对", "入账"])
def test_a_load_says_how_far_it_is_and_control_c_leaves_nothing(desk: Desk, phase: str) -> None:
    before, files = told(desk), work_files(desk)
    words = ("load", "funds", many(desk), "--as", "clerk", *GIVEN)
    said = at_terminal(desk, words, lambda text: phase in text.replace("新增", ""))
    assert re.search(rf"{phase}.*12,000 行", said), said
    assert "已取消，账本没有改动" in said
    assert "Traceback" not in said
    after = told(desk)
    assert after[2] == before[2]
    assert {state for key, state in after[0] if [key, state] not in before[0]} <= {"dropped"}
    assert after[1] == before[1]
    assert work_files(desk) == files
    desk.run("verify")


def test_a_large_load_is_written_and_undone(desk: Desk) -> None:
    done = desk.run("load", "funds", many(desk), "--as", "clerk", *GIVEN)
    batch = re.search(r"批次 ([0-9a-z]{13})", done.stdout)
    assert batch
    assert f"新增 {MANY}" in done.stdout
    assert f"已撤销 {MANY} 条" in desk.run("undo", batch[1], "--as", "clerk").stdout


def job_of(desk: Desk, key: str) -> list[object]:
    [found] = [job for batch, *job in told(desk)[1] if batch == key]
    return found


def until_it_runs(desk: Desk, key: str) -> None:
    """Wait for the job of a batch to be taken; asked of the file, for it may be done in a second."""
    end = time.monotonic() + PATIENCE
    book = sqlite3.connect(desk.folder / "book" / "work.db", isolation_level=None)
    with closing(book):
        while time.monotonic() < end:
            query = "SELECT state FROM jd_job WHERE batch = ?"
            if book.execute(query, [key]).fetchall() == [("running",)]:
                return
            time.sleep(0.01)
    raise AssertionError("not in time")


def asked(desk: Desk) -> str:
    """Have a workbook read by whoever works; gives its batch."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, many(desk)], cwd=desk.folder, env=desk.environment,
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.split()[-1]


def test_the_worker_does_what_is_asked_and_ends_when_told_once(desk: Desk) -> None:
    key = asked(desk)
    assert job_of(desk, key) == ["stage", "queued", 0, ""]
    desk.run("work", "--once")
    assert job_of(desk, key) == ["stage", "done", 1, "compare"]
    assert f"{key}.rows" in work_files(desk)
    desk.run("work", "--once")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_stopped_leaves_its_job_to_the_next(
    desk: Desk, how: signal.Signals
) -> None:
    key = asked(desk)
    worker = subprocess.Popen(
        [sys.executable, "-m", "jiedui.cli", "work"], cwd=desk.folder, env=desk.environment,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        until_it_runs(desk, key)
        os.killpg(worker.pid, how)
        _out, faults = worker.communicate(timeout=PATIENCE)
    finally:
        worker.kill()
        worker.communicate()
    assert "Traceback" not in faults
    # Free at once, not only when a lease has run out, and no try is counted against it.
    assert job_of(desk, key) == ["stage", "queued", 0, ""]
    desk.run("work", "--once")
    assert job_of(desk, key) == ["stage", "done", 1, "compare"]


INTERRUPTED = """
from jiedui.cli.site import open_site
open_site()
from django.contrib.auth import get_user_model
from django.db import transaction
from jiedui.site.store import setup
known = get_user_model().objects
before = known.count()
# Ctrl-C in the first step of a transaction: nobody leaves it any more.
transaction.atomic().__enter__()
known.create(username="样例未成")
setup.begin_anew()
assert known.count() == before
known.create(username="样例已成")
setup.begin_anew()
assert known.count() == before + 1
known.filter(username="样例已成").delete()
"""


def test_what_is_written_after_an_interruption_stays(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], cwd=desk.folder, env=desk.environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
