"""A workbook of which nobody says the ledger: each sheet recognised, and brought by itself.

Not for reading a sheet's rows: each becomes a batch like any other, by `batches.receive`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import intake
from jiedui.access import No, Verb, may
from jiedui.problems import Problem, listed, problem
from jiedui.site.sandbox_books import open_book_apart
from jiedui.site.store import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.previewed import StoredBatch
    from jiedui.site.store.staging import Progress

    Given = Callable[[type[Ledger]], Mapping[str, str]]

__all__ = ["Parted", "receive_book"]


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
) -> Parted | Problem | No:
    """Take a workbook in as a batch for each sheet that is plainly of a ledger.

    `given` answers, for a ledger, the raw cells of fields that have no column. Nothing is kept
    when no sheet is taken: the problem is `ledger-not-recognised`, or that of the first sheet.
    """
    if isinstance(answer := may(viewer, Verb.ENTER), No):
        return answer
    book = open_book_apart(content)
    if isinstance(book, Problem):
        return book
    found, unknown = intake.recognise_book(book)
    if not found:
        names = listed([*unknown] or [sheet.name for sheet in book.sheets])
        return problem("ledger-not-recognised", sheets=names)
    taken: list[StoredBatch] = []
    told: list[tuple[str, Problem | No]] = []
    # Asked for all of them first: what is wrong with one keeps every sheet from being taken.
    cells = [given(one.ledger) for one in found]
    for one, same in zip(found, cells, strict=True):
        # A sheet that is alone in being of a ledger is brought as if that ledger had been named.
        sheet = one.sheet if len(found) > 1 else ""
        try:
            done = batches.receive(viewer, one.ledger, content, name, same, listen, sheet=sheet)
        except KeyboardInterrupt:
            for other in taken:
                batches.drop(viewer, other.key)
            raise
        if isinstance(done, Problem | No):
            told.append((one.sheet, done))
        else:
            taken.append(done)
    return Parted(tuple(taken), tuple(told), unknown) if taken else told[0][1]
