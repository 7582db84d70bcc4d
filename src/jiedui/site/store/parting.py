"""A workbook brought sheet by sheet: each recognised, or as of one ledger that is named.

Not for reading a sheet's rows: each becomes a batch like any other, by `batches.receive`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.sandbox_books import open_book_apart
from jiedui.site.store import batches, previewing, waiting
from jiedui.site.store.judging import may_bring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.previewed import StoredBatch
    from jiedui.site.store.staging import Progress

    Given = Callable[[type[Ledger]], Mapping[str, str]]

__all__ = ["Parted", "part", "receive_book"]


@dataclass(frozen=True, slots=True)
class Parted:
    """The batches of a workbook, in the order of its sheets, and what was not taken.

    `told` says why a sheet of a ledger was not taken, `unknown` names sheets of no ledger.
    """

    batches: tuple[StoredBatch, ...]
    told: tuple[tuple[str, Problem | No], ...] = ()
    unknown: tuple[str, ...] = ()


def receive_book(
    viewer: Viewer,
    content: bytes,
    name: str,
    given: Given,
    listen: Progress | None = None,
    *,
    ledger: type[Ledger] | None = None,
    sheets: Collection[str] = (),
) -> Parted | Problem | No:
    """Take a workbook in as a batch for each sheet that is plainly of a ledger.

    Or of those that `ledger` and `sheets` name (`intake.wanted`). `given` answers, for a ledger,
    the raw cells of fields without a column. Problems: those of `wanted`, or of the first sheet.
    """
    if isinstance(answer := may_bring(viewer), No):
        return answer
    book = open_book_apart(content)
    if isinstance(book, Problem):
        return book
    wanted = intake.wanted(book, ledger, sheets)
    if isinstance(wanted, Problem):
        return wanted
    found, unknown = wanted
    taken: list[StoredBatch] = []
    told: list[tuple[str, Problem | No]] = []
    # Asked for all of them first: what is wrong with one keeps every sheet from being taken.
    cells = [given(one) for _, one in found]
    for (sheet, kind), same in zip(found, cells, strict=True):
        try:
            done = batches.receive(viewer, kind, content, name, same, listen, sheet=sheet)
        except KeyboardInterrupt:
            for other in taken:
                batches.drop(viewer, other.key)
            raise
        if isinstance(done, Problem | No):
            told.append((sheet, done))
        else:
            taken.append(done)
    return Parted(tuple(taken), tuple(told), unknown) if taken else told[0][1]


def part(viewer: Viewer, batch: str) -> Parted | Problem | No:
    """Bring the sheets of a waiting workbook one by one instead, those of its ledger."""
    found = previewing.find(viewer, batch)
    if isinstance(found, No):
        return found
    if (content := waiting.get(batch)) is None:
        return batches.NOT_HERE
    ledger = ledgers.ledgers()[found.ledger]
    given: dict[str, str] = json.loads(found.given)
    given.pop(intake.count_of(ledger), None)  # That a row is a person is said sheet by sheet.
    done = receive_book(viewer, content, found.name, lambda _: given, ledger=ledger)
    if isinstance(done, Parted):
        batches.drop(viewer, batch)
    return done
