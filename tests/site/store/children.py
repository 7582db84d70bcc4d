"""What child processes do over a book of their own (`apart`); not tests themselves."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections

from jiedui.site.store import documents, door, rows, setup, verify
from jiedui.site.store.tables import Secret
from tests.site.store import articles
from tests.site.store import town as places_and_people
from tests.site.store.town import EXCHANGES, PEOPLE, add, amend

THREADS = 4


def build() -> places_and_people.Town:
    """Make the book and its town."""
    setup.migrate()
    return places_and_people.build()


def files() -> bytes:
    """Everything that lies in the folder of the book."""
    folder = Path(settings.JIEDUI_FOLDER)
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def names(marker: str, officer: str) -> None:
    """Enter, amend and erase names, and look for them in every file while the book is open."""
    town = build()
    attended = [{"name": marker, "officer": "否"}, {"name": officer, "officer": "是"}]
    entry = town.enter(town.clerk, attended=attended)
    amend(town.clerk, entry, people="30")
    assert officer.encode() in files()
    for spelled in ("utf-8", "utf-16-le", "gb18030"):
        assert marker.encode(spelled) not in files(), spelled
    assert marker.encode().hex().encode() not in files()
    [secret] = Secret.objects.all()
    box = bytes(secret.box)
    assert box in files()
    erased = door.erase(EXCHANGES, entry.id, town.clerk, rows.sealed_refs(entry.values), why="要求")
    assert erased == 1
    assert box not in files()
    assert verify.verify().broken == ()
    print("done")


def together() -> None:
    """Write from several threads at once, each with its own connection."""
    town = build()
    viewers = [town.clerk, town.colleague] * (THREADS // 2)
    assert set(PEOPLE) >= {"clerk", "colleague"}
    _same_entry(town, viewers)
    _same_event(town, viewers)
    _many_entries(town, viewers)
    report = verify.verify()
    assert report.broken == (), report.broken
    assert report.links == report.head.number
    print("done")


def _at_once(work, viewers):
    """What each viewer's work returned, all started at the same moment."""
    ready, results = threading.Barrier(len(viewers)), [None] * len(viewers)

    def run(number, viewer):
        try:
            door.head()  # opens this thread's connection
            ready.wait()
            results[number] = work(number, viewer)
        except BaseException as fault:  # noqa: BLE001 - told in the main thread
            results[number] = fault
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(number, viewer)) for number, viewer in enumerate(viewers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return results


def _same_entry(town, viewers):
    """Of several who amend one version, one writes; the others are told what he wrote."""
    entry = town.enter(town.clerk, subject="同改")
    done = _at_once(lambda n, viewer: amend(viewer, entry, people=str(100 + n)), viewers)
    written = [one for one in done if isinstance(one, door.Written)]
    assert len(written) == 1, done
    others = [one for one in done if one is not written[0]]
    assert all(isinstance(one, door.Conflict) for one in others), done
    assert {one.now.version for one in others} == {written[0].entry.version}


def _same_event(town, viewers):
    """Of several who enter one event, one does; the others are told that it is there."""
    done = _at_once(lambda _n, viewer: add(viewer, town.cells(subject="同录")), viewers)
    assert [type(one) for one in done].count(door.Written) == 1, done
    faults = [one for one in done if isinstance(one, door.Faults)]
    assert len(faults) == len(viewers) - 1, done
    assert {fault.problems[0].code for fault in faults} == {"same-entry"}


def _many_entries(town, viewers):
    """All that is entered at once is there, each under a link and an id of its own."""
    before = door.head().number

    def work(number, viewer):
        return [
            add(viewer, town.cells(subject=f"{number}-{i}", attended=[{"name": "并样例"}]))
            for i in range(8)
        ]

    done = [one for of in _at_once(work, viewers) for one in of]
    assert all(isinstance(one, door.Written) for one in done), done
    assert door.head().number == before + len(done)
    assert {one.link for one in done} == set(range(before + 1, before + len(done) + 1))
    assert len({one.entry.version for one in done}) == len(done)


def decisions() -> None:
    """Bring one file and decide one proposal from several threads at once."""
    town = build()
    viewers = [town.clerk, town.colleague] * (THREADS // 2)
    content = articles.VISIT.encode()
    done = _at_once(lambda _n, viewer: documents.receive(viewer, content, "样例.txt"), viewers)
    assert {type(one) for one in done} == {documents.StoredDocument}, done
    assert sorted(one.already for one in done) == [False] + [True] * (THREADS - 1)
    assert len({one.key for one in done}) == 1
    first, second = done[0].proposals[:2]
    checked = articles.proposed(town, town.clerk, first)
    done = _at_once(lambda _n, viewer: documents.accept(viewer, first.key, checked), viewers)
    assert sum(isinstance(one, door.Written) for one in done) == 1, done
    assert sum(isinstance(one, documents.AlreadyDecided) for one in done) == THREADS - 1
    checked = articles.proposed(town, town.clerk, second)

    def either(number, viewer):
        if number % 2:
            return documents.refuse(viewer, second.key, "样例")
        return documents.accept(viewer, second.key, checked)

    done = _at_once(either, viewers)
    assert sum(isinstance(one, documents.AlreadyDecided) for one in done) == THREADS - 1, done
    assert verify.verify().broken == ()
    print("done")
