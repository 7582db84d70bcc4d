"""Workbooks are staged, loaded and undone, and whoever does it is killed, again and again.

What is left is whole after every kill; a dead holder's job is taken up again and comes to its end.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

from jiedui import intake, ledgers
from jiedui.site.store import batches, jobs, select, staging, verify, working
from jiedui.site.store.tables import Batch, Link
from jiedui.site.store.tables.jobs import Job
from tests.site.store import killed

if TYPE_CHECKING:
    from tests.site.store.town import Town

FUNDS = ledgers.ledgers()["funds"]
ROWS = 600
KINDS = {"stage", "load", "undo"}
HEAD = "文号,资金性质,环节,金额（元）,日期,付款方,收款方,收款方为个人,所属地区\n"


def load_kills(seed: str, times: str, longest: str) -> None:
    """Kill so many times, each after at most so many seconds or as long as a load takes.

    A kind of work that chance has spared goes on being aimed at, up to three times as long.
    Prints how often in which phase, and what was done meanwhile.
    """
    chance = random.Random(int(seed))
    vars(staging)["open_book_apart"] = intake.open_book
    # A dead holder is known as such at once, and never given up.
    jobs.LEASE, jobs.TRIES = timedelta(seconds=0.1), 1000
    killed._load()
    killed._apart(killed._build)
    begun = time.monotonic()
    killed._apart(lambda: _operate(killed._town(), random.Random(1)))
    # On a slow machine a kill that always comes early would never meet a load or an undo.
    latest = max(float(longest), 1.4 * (time.monotonic() - begun))
    phases: Counter[tuple[str, str]] = Counter()
    number = 0
    while number < int(times) or (number < 3 * int(times) and KINDS - {kind for kind, _ in phases}):
        connections.close_all()
        killed._kill(os.fork() or _write(chance.randrange(10**9)), chance.uniform(0.08, latest))
        phases.update(Job.objects.filter(state=jobs.RUNNING).values_list("kind", "phase"))
        _nothing_is_half(seed)
        if number % 20 == 0:
            assert verify.verify().broken == (), seed
        number += 1
    killed._apart(_take_up)
    _nothing_is_half(seed)
    report = verify.verify()
    assert report.broken == (), (seed, report.broken)
    assert not Job.objects.filter(state__in=jobs.LIVE).exists()
    ends = Counter(Batch.objects.values_list("state", flat=True))
    said = {"/".join(key): count for key, count in sorted(phases.items())}
    print(json.dumps({"kills": number, "in": said, "batches": ends, "links": report.links}))


def _take_up() -> None:
    """Do every job that is left, those of dead holders once their lease has run out."""
    while Job.objects.filter(state__in=jobs.LIVE).exists():
        for job in jobs.due():
            working.run(job)
        time.sleep(0.02)


def _write(seed: int) -> int:
    """Take up what is due, then bring, load and undo until killed; never returns."""
    try:
        chance = random.Random(seed)
        town = killed._town()
        _take_up()
        while True:
            _operate(town, chance)
    except BaseException as fault:  # noqa: BLE001 - told, and then the process ends
        sys.stderr.write(f"{type(fault).__name__}: {fault}\n")
        sys.stderr.flush()
        os._exit(1)


def _operate(town: Town, chance: random.Random) -> None:
    loaded = [one for one in batches.listed(town.clerk, 8) if one.state == batches.LOADED]
    if loaded and chance.random() < 0.4:
        batches.undo(town.clerk, chance.choice(loaded).key, "样例")
        return
    given = {"programme": "east-west", "pairing": str(town.pairings["gansu"])}
    made = batches.receive(town.clerk, FUNDS, _sheet(chance), "样例.csv", given)
    assert isinstance(made, batches.StoredBatch), made
    shown = batches.preview(town.clerk, made.key)
    assert isinstance(shown, batches.Preview), shown
    done = batches.load(town.clerk, made.key, shown.digest)
    assert isinstance(done, batches.Loaded), done


def _sheet(chance: random.Random) -> bytes:
    """Rows of one of few sheets, some of them changed: added, corrected and unchanged ones."""
    sheet = chance.randint(1, 4)
    lines = []
    for row in range(ROWS):
        payee = f"样例公司{chance.randint(1, 3) if row % 10 == 0 else 0}"
        lines.append(
            f"杀财〔2024〕{sheet}号,东部省级财政援助,支付,{1000 * sheet + row},2024-04-01,甲省财政厅,"
            f"{payee},{'是' if row % 50 == 0 else '否'},夏河县\n"
        )
    return (HEAD + "".join(lines)).encode()


def _nothing_is_half(seed: str) -> None:
    """Each workbook is in the book as a whole, under the link that names it, or not at all."""
    named = {}
    for number, source in Link.objects.values_list("number", "source"):
        if source.startswith("batch:"):
            named[source.split(":")[1]] = number
    for batch in Batch.objects.all():
        assert named.get(batch.key) == batch.link, (seed, batch.key)
        assert (batch.state in {"loaded", "undone"}) or batch.link is None, (seed, batch.key)
        if batch.link is None:
            continue
        counts: dict[str, Any] = json.loads(batch.counts)
        with connection.cursor() as cursor:
            table = select.relation(FUNDS)
            cursor.execute(f"SELECT count(*) FROM {table} WHERE link = %s", [batch.link])
            assert cursor.fetchone()[0] == counts["added"] + counts["changed"], (seed, batch.key)
