"""Loads at once, and on a disk that is full, over a book of their own (`apart`); no tests."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from jiedui import intake, ledgers
from jiedui.problems import Problem
from jiedui.site.store import batches, door, people, staging, verify, waiting
from tests.site.store import children

FUNDS = ledgers.ledgers()["funds"]
HEAD = "文号,资金性质,环节,金额（万元）,日期,付款方,收款方,所属地区,支付凭证号\n"
PATIENCE = 60
# Less than the load writes, more than what it is told before it begins.
ROOM = 200 * 1024


def rows(first: int, count: int) -> str:
    """Rows of a workbook, each a payment of its own."""
    return HEAD + "".join(
        f"示财〔2024〕1号,东部省级财政援助,支付,1.5,2024-04-01,甲省财政厅,样例公司,夏河县,凭{n}\n"
        for n in range(first, first + count)
    )


def staged(town: Any, text: str) -> batches.Preview:
    """A workbook that waits, seen."""
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"])}
    received = batches.receive(town.clerk, FUNDS, text.encode(), "样例.csv", given)
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(town.clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    assert shown.problems == ()
    return shown


def imports() -> None:
    """Two processes load at once: two workbooks, two of the same rows, and one and the same."""
    vars(staging)["open_book_apart"] = intake.open_book
    town = children.build()
    pairs = [
        (staged(town, rows(0, 40)), staged(town, rows(100, 40))),
        (staged(town, rows(200, 40)), staged(town, rows(200, 40))),
        (staged(town, rows(300, 40)),) * 2,
    ]
    before = door.head().number
    told = _at_once(
        [[(one.batch.key, one.digest) for one in side] for side in zip(*pairs, strict=True)]
    )
    # The second of two that bring the same is told that the book moved, or that it is done.
    assert sorted(told[0]) == ["Loaded", "Loaded"], told
    assert sorted(told[1]) == ["Loaded", "Moved"], told
    assert sorted(told[2]) in (["Loaded", "No"], ["Job", "Loaded"]), told
    assert door.entries(FUNDS, town.clerk, size=1).total == 160
    assert door.head().number == before + 4
    states = sorted(one.state for one in batches.listed(town.clerk))
    assert states == ["loaded"] * 4 + ["waiting"], states
    assert verify.verify().broken == ()
    print("done")


def _at_once(sides: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What each process was told of each of its batches, pair by pair."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.site.store.apart", "loads", str(number), json.dumps(side)],
            stdout=subprocess.PIPE, text=True,
        )
        for number, side in enumerate(sides)
    ]  # fmt: skip
    answers = [json.loads(one.communicate(timeout=PATIENCE)[0].splitlines()[-1]) for one in running]
    return list(zip(*answers, strict=True))


def loads(number: str, said: str) -> None:
    """Load batches one after the other, each when the other process is as far."""
    vars(staging)["open_book_apart"] = intake.open_book
    clerk = people.viewer_of("clerk")
    assert clerk is not None
    told = []
    for turn, (key, digest) in enumerate(json.loads(said)):
        _meet(turn, int(number))
        told.append(type(batches.load(clerk, key, digest)).__name__)
    print(json.dumps(told))


def _meet(turn: int, number: int) -> None:
    folder = Path(settings.JIEDUI_FOLDER)
    (folder / f"met-{turn}-{number}").touch()
    end = time.monotonic() + PATIENCE
    while not (folder / f"met-{turn}-{1 - number}").exists():
        assert time.monotonic() < end
        time.sleep(0.002)


def full() -> None:
    """The disk takes no more in the middle of a workbook's arrival, and of its load."""
    vars(staging)["open_book_apart"] = intake.open_book
    town = children.build()
    text, before = rows(0, 1500), door.head()
    folder = Path(settings.JIEDUI_FOLDER) / "work"
    with _room(ROOM // 4):
        told = batches.receive(town.clerk, FUNDS, text.encode(), "样例.csv")
    _said(told)
    assert not folder.exists() or list(folder.iterdir()) == []
    assert batches.listed(town.clerk) == []
    shown = staged(town, text)
    _emptied()
    with _room(ROOM):
        told = batches.load(town.clerk, shown.batch.key, shown.digest)
    _said(told)
    _nothing_is_half(town, shown, before)
    _goes_well(town, shown)
    _emptied()
    with _room(ROOM):
        undone = batches.undo(town.clerk, shown.batch.key, "样例撤销")
    assert "磁盘" in getattr(undone, "reason", ""), undone
    assert door.entries(FUNDS, town.clerk, size=1).total == 1500
    assert isinstance(batches.undo(town.clerk, shown.batch.key, "样例撤销"), batches.Undone)
    assert verify.verify().broken == ()
    print("done")


def full_server() -> None:
    """The server of the database has no room in the middle of a load."""
    vars(staging)["open_book_apart"] = intake.open_book
    town = children.build()
    before, shown = door.head(), staged(town, rows(0, 300))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.id > 200 THEN RAISE 'could not extend file' USING ERRCODE = '53100'; "
            "END IF; RETURN NEW; END $$; CREATE TRIGGER no_room BEFORE INSERT ON jd_v_funds "
            "FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
    told = batches.load(town.clerk, shown.batch.key, shown.digest)
    _said(told)
    _nothing_is_half(town, shown, before)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER no_room ON jd_v_funds")
    _goes_well(town, shown)
    print("done")


class _room:  # noqa: N801 - read as a word
    """No file may grow beyond so many bytes: what a full disk does to a write in the middle."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def __enter__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most, self.before[1]))

    def __exit__(self, *_fault: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


def _emptied() -> None:
    """Begin the log beside the database anew, so that the next write makes it grow."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _said(told: object) -> None:
    assert isinstance(told, Problem), told
    assert told.code == "disk-full"
    assert "什么也没有写入" in told.hint


def _nothing_is_half(town: Any, shown: batches.Preview, before: door.Head) -> None:
    assert door.head() == before
    assert door.entries(FUNDS, town.clerk, size=1).total == 0
    found = batches.one(town.clerk, shown.batch.key)
    assert isinstance(found, batches.StoredBatch)
    assert found.state == batches.WAITING
    assert waiting.get(shown.batch.key) is not None
    assert verify.verify().broken == ()


def _goes_well(town: Any, shown: batches.Preview) -> None:
    done = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(done, batches.Loaded), done
    assert door.entries(FUNDS, town.clerk, size=1).total == len(shown.plan)
    assert verify.verify().broken == ()
