"""Jiedui's side of the intake bench, in a process of its own: `receive`, `preview`, `load`.

These are the three requests of the page, pages left out. The workbook is opened in a child process,
forked out of a program that stays, and what was read of it waits, encrypted, for the load. What
stood before was loaded the same way, so that everything here is imported by then. Beyond the
peers' duties: what waits is encrypted, every version sealed into the chain.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.intake_meter import Meter, tell
from benchmarks.intake_sheet import PAIRING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where the time goes: what is inside another phase is taken out of that.
PHASES = (
    ("open", "staging", "open_book_apart"),
    ("lay out", "staging", "_take"),
    ("check", "staging.intake", "judge"),
    ("fit", "staging.fitting", "faults"),
    ("columns", "staging.columnar", "brought"),
    ("compare", "staging.comparing", "compare"),
    ("allowed", "staging.fitting", "refused"),
    ("lay down", "staged", "keep"),
    ("take up", "staged", "rows"),
    ("write", "loading", "_write"),
    ("keep", "previewing.waiting", "put"),
    ("keep", "previewing.waiting", "get"),
)


def main(standing: str, brought: str, *options: str) -> None:
    """Make a book, load what stands, and measure the way of what is brought."""
    import django

    django.setup()
    from jiedui import ledgers
    from jiedui.site.store import setup

    setup.migrate()
    clerk = build()
    _walk(clerk, ledgers.ledgers()["funds"], Path(standing).read_bytes())
    content = Path(brought).read_bytes()
    spent: dict[str, float] = {}
    with _phases(spent), _profiled(wanted="--profile" in options), Meter() as meter:
        counts, messages = _walk(clerk, ledgers.ledgers()["funds"], content)
    tell(meter, counts, messages, spent)


def build() -> Any:
    """Two offices, their pairing and a clerk of a province."""
    from jiedui import ledgers
    from jiedui.access import Role
    from jiedui.site.store import door, granting, people

    house = people.house("测量")

    def entered(ledger: str, **cells: str) -> int:
        kind = ledgers.ledgers()[ledger]
        checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(house))
        done = door.add(kind, house, checked, why="测量")
        assert isinstance(done, door.Written), done
        return done.entry.id

    offices = [
        entered("parties", full_name=name, sort="government", place=place)
        for name, place in (("甲省协作办（样例）", "620000"), ("乙市协作办（样例）", "120000"))
    ]
    entered(
        "pairings", called=PAIRING, programme="east-west", sort="province", east=str(offices[1]),
        west=str(offices[0]), since="2021-01-01",
    )  # fmt: skip
    return granting.grant(
        "clerk", None, name="样例", role=Role.CLERK, office=offices[0], place="620000"
    )


def _walk(clerk: Any, kind: Any, content: bytes) -> tuple[dict[str, int], int]:
    """Receive, preview, load the good rows; gives the counts and how many problems were told."""
    from jiedui.site.store import batches

    received = batches.receive(clerk, kind, content, "样例.xlsx")
    assert isinstance(received, batches.StoredBatch), received
    shown = batches.preview(clerk, received.key)
    assert isinstance(shown, batches.Preview), shown
    told = [(str(one.at), one.title, one.found, one.hint) for one in shown.problems]
    done = batches.load(clerk, received.key, shown.digest, good_only=True)
    assert isinstance(done, batches.Loaded), done
    return dict(done.counts), len(told)


@contextmanager
def _phases(spent: dict[str, float]) -> Iterator[None]:
    """Time the functions of PHASES; those that are no longer there are left out."""
    inside = [0.0]

    def timed(name: str, function: Any) -> Any:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            began, before = time.perf_counter(), inside[0]
            inside[0] = 0.0
            try:
                return function(*args, **kwargs)
            finally:
                taken = time.perf_counter() - began
                spent[name] = spent.get(name, 0.0) + taken - inside[0]
                inside[0] = before + taken

        return run

    for name, place, function in PHASES:
        module, _, within = place.partition(".")
        found: Any = import_module(f"jiedui.site.store.{module}")
        found = getattr(found, within, None) if within else found
        if hasattr(found, function):
            setattr(found, function, timed(name, getattr(found, function)))
    yield


@contextmanager
def _profiled(*, wanted: bool) -> Iterator[None]:
    """Print where the time goes, function by function, when that is wanted."""
    if not wanted:
        yield
        return
    import cProfile
    import pstats

    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main(*sys.argv[1:])
