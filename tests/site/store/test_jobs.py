"""Jobs: held by one process at a time, taken up again, stopped, and told of without people's words."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from jiedui import intake
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import (
    batches,
    door,
    granting,
    jobs,
    loading,
    staging,
    verify,
    versioning,
    waiting,
    working,
)
from jiedui.site.store.staged import Staged
from jiedui.site.store.tables import Batch, Grant
from jiedui.site.store.tables.jobs import Job as Row
from jiedui.site.web.working import ended
from tests.site.store import apart
from tests.site.store.crowded import FUNDS, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

COUNT = 30
MARK = "样例标记词"


@pytest.fixture(autouse=True)
def all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave every workbook to a worker, and open it in this process."""
    monkeypatch.setattr(batches, "SMALL_BYTES", 0)
    monkeypatch.setattr(batches, "SMALL_ROWS", 0)
    monkeypatch.setattr(staging, "open_book_apart", intake.open_book)
    monkeypatch.setattr(jobs, "_EVERY", timedelta(0))


def brought(town: Town, text: str = "") -> str:
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"])}
    content = (text or rows(0, COUNT)).encode()
    received = batches.receive(town.clerk, FUNDS, content, "样例.csv", given)
    assert isinstance(received, batches.StoredBatch), received
    return received.key


def done() -> working.Outcome | None:
    """Do the one job that is due, as a worker would."""
    [job] = jobs.due()
    return working.run(job)


def seen(town: Town, key: str) -> batches.Preview:
    found = batches.preview(town.clerk, key)
    assert isinstance(found, batches.Preview), found
    return found


def staged(town: Town) -> batches.Preview:
    key = brought(town)
    done()
    return seen(town, key)


def to_load(town: Town) -> batches.Preview:
    """A workbook whose load is asked for."""
    shown = staged(town)
    asked = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(asked, batches.Job), asked
    return shown


def loaded(town: Town) -> batches.Preview:
    shown = to_load(town)
    assert isinstance(done(), batches.Loaded)
    return shown


def entries(town: Town) -> int:
    return door.entries(FUNDS, town.clerk, size=1).total


def job_of(town: Town, key: str) -> batches.Job:
    found = batches.job(town.clerk, key)
    assert found is not None
    return found


def die(job: str) -> None:
    """Let the lease run out, as that of a holder who is no more does."""
    Row.objects.filter(key=job).update(lease=timezone.now() - timedelta(seconds=1))


def when(
    monkeypatch: pytest.MonkeyPatch, phase: str, act: Callable[[], object], done: int = 0
) -> list[Any]:
    """Do something once when a job says that it is so far in a phase; gives all that was said."""
    told: list[Any] = []
    beat = jobs.Claimed.beat

    def watched(self: jobs.Claimed, **changed: Any) -> None:
        far = changed.get("phase") == phase and changed["done"] >= done
        told.append(changed | {"far": far})
        if [one["far"] for one in told].count(True) == far == 1:
            act()
        beat(self, **changed)

    monkeypatch.setattr(jobs.Claimed, "beat", watched)
    return told


def test_what_is_large_is_read_loaded_and_undone_by_a_worker(town: Town) -> None:
    key = brought(town)
    asked = batches.preview(town.clerk, key)
    assert isinstance(asked, batches.Job)
    assert (asked.state, asked.kind, asked.live) == ("queued", "stage", True)
    done()
    shown = seen(town, key)
    assert isinstance(batches.load(town.clerk, key, shown.digest), batches.Job)
    assert entries(town) == 0
    assert isinstance(done(), batches.Loaded)
    assert entries(town) == COUNT
    assert isinstance(batches.undo(town.clerk, key, "样例"), batches.Job)
    found = done()
    assert isinstance(found, batches.Undone)
    assert (found.ended, found.kept) == (COUNT, ())
    assert entries(town) == 0
    assert jobs.due() == []
    assert verify.verify().broken == ()


def test_what_is_asked_twice_is_one_job(town: Town) -> None:
    shown = to_load(town)
    [first] = jobs.due()
    again = batches.load(town.clerk, shown.batch.key, shown.digest)
    assert isinstance(again, batches.Job)
    assert again.key == first
    assert jobs.due() == [first]


def test_a_job_is_taken_once(town: Town) -> None:
    brought(town)
    [job] = jobs.due()
    assert jobs.claim(job) is not None
    assert jobs.claim(job) is None
    assert working.run(job) is None
    assert jobs.due() == []


def test_many_workers_at_once_take_each_job_once(tmp_path: Path) -> None:
    with apart.book(tmp_path) as book:
        assert book.run("claims") == "done\n"


@pytest.mark.needs("postgres")
def test_many_workers_at_once_take_each_job_once_on_postgresql(tmp_path: Path) -> None:
    from tests.postgres import postgres_url

    with apart.book(tmp_path, postgres_url()) as book:
        assert book.run("claims") == "done\n"


def test_a_dead_holders_job_is_taken_up_again_and_begins_anew(town: Town) -> None:
    key = brought(town)
    [job] = jobs.due()
    dead = jobs.claim(job)
    assert dead is not None
    dead.progress("check", 7, COUNT)
    die(job)
    assert jobs.due() == [job]
    alive = jobs.claim(job)
    assert alive is not None
    found = job_of(town, key)
    assert (found.phase, found.done, found.rows, found.left) == ("", 0, 0, None)
    with pytest.raises(jobs.LostError):
        dead.progress("check", 8, COUNT)
    dead.end(jobs.FAILED, reason="x")
    assert job_of(town, key).state == "running"
    assert isinstance(working.do(alive, None), Staged)
    assert seen(town, key).rows == COUNT


def test_a_job_that_kills_its_holders_is_given_up_and_can_be_asked_for_again(town: Town) -> None:
    key = brought(town)
    [job] = jobs.due()
    for _ in range(jobs.TRIES):
        assert jobs.claim(job) is not None
        die(job)
    assert jobs.claim(job) is None
    assert jobs.due() == []
    found = job_of(town, key)
    assert found.state == "failed"
    assert "账本没有改动" in ended(found)[0]
    again = batches.read_again(town.clerk, key)
    assert isinstance(again, batches.Job)
    assert again.key != job
    done()
    assert seen(town, key).rows == COUNT


def test_the_heartbeat_keeps_the_lease_of_long_work(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that tells nothing for longer than a lease, and once cannot reach the database."""
    key = brought(town)
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    beats: list[timedelta] = []

    def beat(self: jobs.Claimed) -> None:
        # From a thread of its own: it sees no rows of a test's transaction.
        beats.append(jobs.LEASE)
        if len(beats) == 1:
            raise OperationalError

    monkeypatch.setattr(jobs.Claimed, "beat", beat)
    monkeypatch.setattr(working, "_BEAT", 0.02)
    [job] = jobs.due()
    claimed = jobs.claim(job)
    assert claimed is not None
    with working._beating(claimed):
        end = timezone.now() + timedelta(seconds=5)
        while len(beats) < 3 and timezone.now() < end:
            pass
    assert len(beats) >= 3
    assert job_of(town, key).state == "running"


def test_a_beat_renews_the_lease(town: Town) -> None:
    key = brought(town)
    [job] = jobs.due()
    claimed = jobs.claim(job)
    assert claimed is not None
    die(job)
    claimed.beat()
    assert jobs.due() == []
    assert Row.objects.get(batch=key).lease > timezone.now() + jobs.LEASE / 2  # type: ignore[operator]
    assert jobs.LEASE.total_seconds() > working._BEAT * 3


def test_who_cancels_before_it_begins_is_heard_at_once(town: Town) -> None:
    key = brought(town)
    assert batches.cancel(town.clerk, key)
    assert jobs.due() == []
    found = batches.preview(town.clerk, key)
    assert isinstance(found, batches.Job)
    assert found.state == "cancelled"
    assert not batches.cancel(town.clerk, key)
    batches.read_again(town.clerk, key)
    done()
    assert seen(town, key).rows == COUNT


@pytest.mark.parametrize("phase", ["read", "check", "compare"])
def test_who_cancels_while_it_is_read_reads_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    key = brought(town)
    when(monkeypatch, phase, lambda: batches.cancel(town.clerk, key))
    with pytest.raises(working.StoppedError):
        done()
    found = batches.preview(town.clerk, key)
    assert isinstance(found, batches.Job)
    assert found.state == "cancelled"
    batches.read_again(town.clerk, key)
    done()
    assert seen(town, key).counts["added"] == COUNT


def test_who_cancels_a_load_finds_nothing_half(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versioning, "_PART", 7)
    shown, before = to_load(town), door.head()
    key = shown.batch.key
    told = when(monkeypatch, "write", lambda: batches.cancel(town.clerk, key), 14)
    with pytest.raises(working.StoppedError):
        done()
    assert [one["done"] for one in told][-3:] == [0, 7, 14]
    assert (entries(town), door.head()) == (0, before)
    assert "已取消" in ended(batches.job(town.clerk, key))[0]
    again = seen(town, key)
    assert again.digest == shown.digest
    assert isinstance(batches.load(town.clerk, key, again.digest), batches.Job)
    assert isinstance(done(), batches.Loaded)
    assert entries(town) == COUNT
    assert verify.verify().broken == ()


def test_another_office_cannot_cancel_and_learns_nothing(town: Town) -> None:
    key = brought(town)
    assert not batches.cancel(town.neighbour, key)
    assert not batches.cancel(town.neighbour, "0" * 13)
    assert batches.job(town.neighbour, key) is None
    assert batches.read_again(town.neighbour, key) == batches.NOT_HERE
    assert job_of(town, key).state == "queued"
    assert len(jobs.due()) == 1


def test_progress_only_grows_and_ends_with_all_rows(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = when(monkeypatch, "never", lambda: None)
    shown = to_load(town)
    done()
    phases = [one["phase"] for one in told if "phase" in one]
    assert list(dict.fromkeys(phases)) == ["read", "check", "compare", "write"]
    for phase in ("compare", "write"):
        of = [(one["done"], one["rows"]) for one in told if one.get("phase") == phase]
        assert of == sorted(of)
        assert of[0] == (0, COUNT)
        assert of[-1] == (COUNT, COUNT)
    found = job_of(town, shown.batch.key)
    assert (found.state, found.done, found.rows) == ("done", COUNT, COUNT)


def test_the_last_row_is_said_however_quick(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_EVERY", timedelta(hours=1))
    key = brought(town)
    [job] = jobs.due()
    claimed = jobs.claim(job)
    assert claimed is not None
    for done in (0, 10, COUNT):
        claimed.progress("write", done, COUNT)
    assert job_of(town, key).done == COUNT


@pytest.mark.parametrize(
    ("done", "rows", "seconds", "rate", "left"),
    [(0, 0, 0.0, 0, None), (0, 100, 3.0, 0, None), (25, 100, 5.0, 5, 15), (100, 100, 5.0, 20, 0)],
)
def test_rate_and_time_left(
    done: int, rows: int, seconds: float, rate: float, left: float | None
) -> None:
    job = jobs.Job("k", "load", "b", "running", "write", done, rows, seconds, False, {})
    assert (job.rate, job.left) == (rate, left)


def test_a_fault_is_logged_without_peoples_words_and_said_in_words(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise ValueError(MARK)

    key = brought(town, rows(0, COUNT).replace("样例公司", MARK))
    monkeypatch.setattr("jiedui.site.store.comparing.compare", broken)
    with caplog.at_level(logging.DEBUG), pytest.raises(working.StoppedError):
        done()
    assert "ValueError" in caplog.text
    assert "comparing" in caplog.text or "staging" in caplog.text
    assert MARK not in caplog.text
    found = Row.objects.get(batch=key)
    assert (found.state, MARK in found.told) == ("failed", False)
    assert "账本没有改动" in ended(batches.job(town.clerk, key))[0]


def test_a_fault_while_the_person_waits_is_a_problem(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(batches, "SMALL_BYTES", 1 << 20)
    monkeypatch.setattr("jiedui.site.store.comparing.compare", broken)
    content = rows(0, COUNT).encode()
    told = batches.receive(town.clerk, FUNDS, content, "样例.csv")
    assert isinstance(told, Problem)
    assert told.code == "work-stopped"
    assert MARK not in told.hint
    assert batches.listed(town.clerk) == []
    assert not Row.objects.exists()


def test_what_is_told_of_a_refused_load_has_no_cell_of_the_sheet(town: Town) -> None:
    key = brought(town, rows(0, COUNT) + rows(50, 1).partition("\n")[2].replace("1.5", MARK))
    done()
    batches.load(town.clerk, key, seen(town, key).digest)
    done()
    row = Row.objects.filter(batch=key).latest("made")
    assert "not-an-amount" in row.told
    assert MARK not in row.told
    assert entries(town) == 0


def test_a_load_whose_holder_died_after_it_is_no_second_one(town: Town) -> None:
    shown = loaded(town)
    head = door.head()
    Row.objects.filter(batch=shown.batch.key, kind="load").update(
        state="running", holder="x", lease=timezone.now() - timedelta(seconds=1)
    )
    found = done()
    assert isinstance(found, batches.Loaded)
    assert (found.link, found.counts["added"]) == (head.number, COUNT)
    assert (door.head(), entries(town)) == (head, COUNT)
    assert ended(batches.job(town.clerk, shown.batch.key)) == ("", ())


def test_an_undoing_whose_holder_died_after_it_is_no_second_one(town: Town) -> None:
    shown = loaded(town)
    batches.undo(town.clerk, shown.batch.key, "样例")
    done()
    head = door.head()
    Row.objects.filter(kind="undo").update(
        state="running", holder="x", lease=timezone.now() - timedelta(seconds=1)
    )
    found = done()
    assert isinstance(found, batches.Undone)
    assert (found.link, found.ended, found.kept) == (head.number, COUNT, ())
    assert door.head() == head


def test_what_a_dead_holder_left_does_not_stand_in_the_way(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The load was written whole, its job not ended; undoing here and now does both."""
    shown = loaded(town)
    Row.objects.filter(kind="load").update(
        state="running", holder="x", lease=timezone.now() - timedelta(seconds=1)
    )
    monkeypatch.setattr(batches, "SMALL_ROWS", 20_000)
    found = batches.undo(town.clerk, shown.batch.key, "样例")
    assert isinstance(found, batches.Undone)
    assert found.ended == COUNT
    assert Counter(Row.objects.values_list("state", flat=True)) == {"done": 3}


def test_who_has_to_end_leaves_the_job_to_the_next(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, before = to_load(town), door.head()

    def interrupt() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        when(patched, "write", interrupt)
        for _ in range(jobs.TRIES + 1):
            when(patched, "write", interrupt)
            with pytest.raises(KeyboardInterrupt):
                done()
    assert (door.head(), entries(town)) == (before, 0)
    assert job_of(town, shown.batch.key).state == "queued"
    assert isinstance(done(), batches.Loaded)


def test_who_waits_for_it_himself_and_stops_it_leaves_nothing(
    town: Town, settings: Any, tmp_path: Path
) -> None:
    settings.JIEDUI_FOLDER = tmp_path

    def listen(phase: str, _done: int = 0, _rows: int = 0, /) -> None:
        if phase == "compare":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.receive(town.clerk, FUNDS, rows(0, COUNT).encode(), "样例.csv", {}, listen)
    assert batches.listed(town.clerk) == []
    assert not Row.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_who_waits_for_it_himself_holds_it_from_the_first_moment(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker beside can take it away between asking and doing."""
    seen: list[list[str]] = []
    do = working.do

    def watched(*given: Any) -> Any:
        seen.append(jobs.due())
        return do(*given)

    monkeypatch.setattr(working, "do", watched)
    done = batches.receive(
        town.clerk, FUNDS, rows(0, COUNT).encode(), "样例.csv", {}, staging.nobody
    )
    assert isinstance(done, batches.StoredBatch)
    assert seen == [[]]


def test_the_jobs_of_a_dropped_batch_vanish(town: Town) -> None:
    key = brought(town)
    assert isinstance(batches.drop(town.clerk, key), batches.StoredBatch)
    assert not Row.objects.exists()


@pytest.mark.parametrize("phase", ["check", "compare"])
def test_what_is_dropped_while_it_is_read_leaves_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, phase: str, settings: Any, tmp_path: Path
) -> None:
    settings.JIEDUI_FOLDER = tmp_path
    key = brought(town)
    when(monkeypatch, phase, lambda: batches.drop(town.clerk, key))
    assert done() is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not Row.objects.exists()


def test_what_is_dropped_when_it_was_just_read_leaves_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.JIEDUI_FOLDER = tmp_path
    key = brought(town)
    read = staging.read

    def dropped_after(*given: Any) -> Any:
        found = read(*given)
        batches.drop(town.clerk, key)
        return found

    monkeypatch.setattr(staging, "read", dropped_after)
    done()
    assert waiting.get(key, waiting.ROWS) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_being_read_is_not_turned_into_another_ledger(town: Town) -> None:
    from tests.site.store.town import EXCHANGES

    key = brought(town)
    found = batches.read_again(town.clerk, key, EXCHANGES)
    assert isinstance(found, batches.Job)
    settled = batches.settle(town.clerk, key, {}, {"programme": "x"})
    assert isinstance(settled, batches.Job)
    assert Batch.objects.get(key=key).ledger == "funds"
    done()
    assert seen(town, key).counts["added"] == COUNT


def test_an_authority_that_ended_since_the_preview_writes_nothing(town: Town) -> None:
    shown, before = to_load(town), door.head()
    Grant.objects.filter(account__username="clerk").delete()
    with pytest.raises(working.StoppedError, match="没有授权"):
        done()
    assert door.head() == before
    [told] = [one.told for one in Row.objects.filter(batch=shown.batch.key, state="failed")]
    assert "没有授权" in told


def test_an_authority_that_moved_elsewhere_writes_nothing(town: Town) -> None:
    to_load(town)
    before = door.head()
    Grant.objects.filter(account__username="clerk").delete()
    granting.grant(
        "clerk", None, name="clerk样例", role="clerk", office=town.offices["shaanxi"],
        place="610000",
    )  # fmt: skip
    assert isinstance(done(), No)
    assert door.head() == before


def test_the_book_moved_while_the_load_waited(town: Town) -> None:
    shown = to_load(town)
    [job] = jobs.due()
    other = brought(town, rows(0, 1))
    working.run(next(one for one in jobs.due() if one != job))
    assert isinstance(
        loading.load(
            town.clerk, other, seen(town, other).digest, good_only=False, told=staging.nobody
        ),
        batches.Loaded,
    )
    assert isinstance(working.run(job), batches.Moved)
    assert entries(town) == 1
    assert "账本有变动" in ended(batches.job(town.clerk, shown.batch.key))[0]
    assert seen(town, shown.batch.key).counts["unchanged"] == 1
