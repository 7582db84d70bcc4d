"""Writes at random and is killed at random, again and again; what is left must be whole.

One process loads everything once and forks those that are killed: a fork starts at once, so that
the kills fall among the writes. It writes nothing itself; threads of libraries do not survive a
fork.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections

from jiedui import evidence, ledgers, places
from jiedui.site.store import documents, door, rows, verify
from jiedui.site.store.tables import Document, Proposal
from tests.site.store import articles
from tests.site.store.town import EXCHANGES, OFFICES, Town, add, amend

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES = [articles.VISIT.replace("样例代表团", f"第{number}代表团") for number in range(12)]
PATIENCE = 200


def kills(seed: str, times: str, operations: str) -> None:
    """Kill a writer so many times and until so many operations were linked; prints both."""
    chance = random.Random(int(seed))
    documents.extract_apart, evidence.understand = articles.recall, articles.understand
    _load()
    _apart(_build)
    # Reading starts threads, too: what was read comes back from a process of its own.
    kept = Path(settings.JIEDUI_FOLDER) / "read.pickle"
    _apart(lambda: kept.write_bytes(pickle.dumps([_read(text) for text in ARTICLES])))
    for extracted, read in pickle.loads(kept.read_bytes()):
        articles.remember(extracted, read)
    start, end = door.head().number, time.monotonic() + PATIENCE
    killed = 0
    while killed < int(times) or door.head().number - start < int(operations):
        assert time.monotonic() < end, f"{killed} kills, {door.head().number - start} operations"
        connections.close_all()
        _kill(os.fork() or _write(chance.randrange(10**9)), chance.uniform(0.15, 1.1))
        killed += 1
        _whole(seed)
    print(json.dumps({"kills": killed, "operations": door.head().number - start}))


def _load() -> None:
    """Import and parse what a first write would: two seconds that a fork need not spend."""
    # Only loaded: what is used before a fork stops after it.
    import_module("polars")
    places.find("夏河县")
    for ledger in ledgers.ledgers().values():
        ledger.prove()


def _read(text: str) -> tuple[evidence.Extracted, evidence.Document]:
    extracted = articles.extract(text.encode(), "样例.txt")
    return extracted, articles.understand(extracted)


def _apart(work: Callable[[], Any]) -> None:
    """Do something in a fork and wait for it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001 - told, and then the process ends
            sys.stderr.write(f"{fault!r}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def _build() -> None:
    from tests.site.store.children import build

    build()


def _kill(child: int, after: float) -> None:
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    # A writer that ended by itself found a fault, and has said which.
    assert os.WTERMSIG(status) == signal.SIGKILL, status


def _whole(seed: str) -> None:
    """Nothing is broken, and nothing is half: no document without its proposals."""
    report = verify.verify()
    assert report.broken == (), (seed, report.broken)
    for document in Document.objects.all():
        said = json.loads(document.reading)["proposals"]
        assert document.proposals.count() == len(said), (seed, document.key)


def _write(seed: int) -> int:
    """Write until killed; never returns."""
    try:
        chance = random.Random(seed)
        town = _town()
        while True:
            _operate(town, chance)
    except BaseException as fault:  # noqa: BLE001 - told, and then the process ends
        sys.stderr.write(f"{type(fault).__name__}: {fault}\n")
        sys.stderr.flush()
        os._exit(1)


def _town() -> Town:
    from jiedui.site.store import people
    from tests.site.store.town import PAIRINGS, PARTIES

    house = people.house("样例")
    parties = door.entries(PARTIES, house).entries
    by_place = {str(one.values["place"]): one.id for one in parties}
    pairings = {
        str(one.values["called"])[:-4]: one.id for one in door.entries(PAIRINGS, house).entries
    }
    return Town(house, {key: by_place[place] for key, (_, place) in OFFICES.items()}, pairings)


def _operate(town: Town, chance: random.Random) -> None:
    """One operation at random; some are refused, as they are of people."""
    page = chance.randint(1, 4)
    found = door.entries(EXCHANGES, town.clerk, size=10, page=page, order="-year").entries
    entry = chance.choice(found) if found else None
    what = chance.choices(
        ["add", "amend", "withdraw", "step", "receive", "accept", "refuse", "erase"],
        [6, 6, 2, 3, 1, 2, 1, 1],
    )[0]
    if what == "receive":
        text = chance.choice(ARTICLES)
        documents.receive(chance.choice([town.clerk, town.neighbour]), text.encode(), "样例.txt")
    elif what in {"accept", "refuse"}:
        _decide(town, chance, what)
    elif what == "add" or entry is None:
        _add(town, chance)
    elif what == "amend":
        amend(town.clerk, entry, people=str(chance.randint(2, 99)))
    elif what == "withdraw":
        door.withdraw(EXCHANGES, entry.id, town.clerk, base=entry.version, why="样例")
    elif what == "erase":
        door.erase(EXCHANGES, entry.id, town.clerk, rows.sealed_refs(entry.values), why="样例")
    else:
        to = chance.choice(["submitted", "confirmed", "returned"])
        who = town.clerk if to == "submitted" else town.reviewer
        door.step(EXCHANGES, entry.id, who, to, base=entry.version, why="样例")


def _add(town: Town, chance: random.Random) -> None:
    day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    attended = [{"name": f"杀样例{number}"} for number in range(chance.randint(0, 2))]
    subject = str(chance.randrange(10**6))
    add(town.clerk, town.cells(starts=day, ends=day, subject=subject, attended=attended))


def _decide(town: Town, chance: random.Random, what: str) -> None:
    waiting = list(Proposal.objects.filter(state="open", document__owner=town.offices["gansu"])[:8])
    if not waiting:
        return
    row = chance.choice(waiting)
    document = documents.one(town.clerk, row.document_id)
    assert isinstance(document, documents.StoredDocument)
    [proposal] = [one for one in document.proposals if one.key == row.key]
    if what == "refuse":
        documents.refuse(town.clerk, proposal.key, "样例")
        return
    changes = {"subject": f"采纳{chance.randrange(10**6)}"}
    documents.accept(
        town.clerk, proposal.key, articles.proposed(town, town.clerk, proposal, **changes)
    )
