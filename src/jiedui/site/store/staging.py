"""A waiting workbook read, checked, compared with the book, and laid down as it would be written.

All of it outside any transaction. Not for writing into the book: that is `loading`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.intake import LIMITS
from jiedui.problems import Problem, problem, said
from jiedui.site.sandbox_books import open_book_apart
from jiedui.site.store import (
    chain,
    columnar,
    comparing,
    fitting,
    resembling,
    sides,
    staged,
    waiting,
)
from jiedui.site.store.lookup import lookup
from jiedui.site.store.previewing import find, let_go
from jiedui.site.store.staged import Said, Staged
from jiedui.site.store.tables import Mapping as Remembered

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.tables import Batch

    Opener = Callable[[bytes], intake.Book | Problem]

__all__ = ["READ", "RENAMED", "Progress", "nobody", "read", "stage"]

# The code of what is said of a sheet that is taken for a correction of an earlier one as a whole.
RENAMED = "sheet-renamed"
READ, CHECK, COMPARE = "read", "check", "compare"
_GONE = No(said("这份工作簿已不在等待处理的文件中，请重新上传"))


class Progress(Protocol):
    """Told which phase the work is in, and how many rows of how many are done."""

    def __call__(self, phase: str, done: int = 0, rows: int = 0, /) -> None:
        """Say it; raises when the work is not wanted any more."""


def nobody(_phase: str, _done: int = 0, _rows: int = 0, /) -> None:
    """Nobody waits to be told."""


def stage(
    viewer: Viewer, batch: Batch, told: Progress = nobody, opened: Opener | None = None
) -> Staged | Problem | No:
    """Read a batch's workbook and lay down what it would do to the book as it stands now.

    A workbook is a foreign file and opened apart; `opened` opens one that is our own.
    """
    found = read(viewer, batch, told, opened)
    if isinstance(found, Staged):
        staged.keep(batch.key, found)
        batch.layout = found.said.layout.signature
        before, batch.stripped = batch.stripped, found.sha256
        batch.save(update_fields=["layout", "stripped"])
        if before not in {"", batch.stripped}:
            let_go(before)
        # It may have been dropped meanwhile, its files before these were there.
        if isinstance(find(viewer, batch.key), No):
            waiting.drop(batch.key)
            return _GONE
    return found


def read(
    viewer: Viewer, batch: Batch, told: Progress = nobody, opened: Opener | None = None
) -> Staged | Problem | No:
    """What a batch's workbook would do to the book as it stands; nothing is laid down."""
    ledger = ledgers.ledgers()[batch.ledger]
    told(READ)
    found = _opened(viewer, ledger, batch, opened or open_book_apart)
    if not isinstance(found, tuple):
        return found
    taken, sheet = found
    rows = len(taken.rows)
    told(CHECK, 0, rows)
    known = chain.head().number
    judged = intake.judge(taken, lookup(viewer))
    brought = columnar.brought(judged.checked)
    judged = intake.judge_further(judged, fitting.faults(viewer, judged, brought))
    told(COMPARE, 0, rows)
    answers = {int(row): answer for row, answer in json.loads(batch.answers).items()}
    compared = comparing.compare(viewer, judged, brought, batch.key, answers, batch.sheet)
    told(COMPARE, rows, rows)
    no = fitting.refused(viewer, ledger, compared.rows)
    personal = taken.personal or comparing.persons(ledger, compared.rows)
    said = Said(
        ledger.declaration, known, compared.digest,
        comparing.totals(compared.rows),
        taken.layout,
        judged.problems[: LIMITS.shown],
        len(judged.problems),
        _remarks(judged, brought, compared.asking),
        no.reason if no else "",
        personal=personal,
    )  # fmt: skip
    kept = intake.strip(judged, sheet, staged.written(compared.rows)) if personal else b""
    return Staged(said, compared.rows, compared.names, kept)


def _remarks(
    judged: intake.Judged, brought: pl.DataFrame, asking: resembling.Asking
) -> tuple[Problem, ...]:
    """What is said of a workbook and stops nothing."""
    found = [*judged.taken.remarks, *judged.agreeing, *sides.remarks(judged, brought)]
    if asking.vanished:
        found.append(problem("rows-vanished", count=asking.vanished))
    if one := asking.renamed:
        label = judged.taken.ledger.fields[one.field].label
        found.append(problem(RENAMED, label=label, old=one.old, new=one.new))
    return tuple(found)


def _opened(
    viewer: Viewer, ledger: type[Ledger], batch: Batch, opened: Opener
) -> tuple[intake.Taken, intake.Sheet] | Problem | No:
    """The entries and the sheet that they are of; of the rest of the book nothing is held."""
    content = waiting.get(batch.key)
    if content is None:
        return _GONE
    book = opened(content)
    if isinstance(book, Problem):
        return book
    taken = _take(viewer, book, ledger, batch)
    if isinstance(taken, Problem):
        return taken
    sheet = book.sheet(taken.layout.sheet)
    assert sheet is not None
    return taken, sheet


def _take(
    viewer: Viewer, book: intake.Book, ledger: type[Ledger], batch: Batch
) -> intake.Taken | Problem:
    """The entries, by the mapping that the office remembers for these headings."""
    given: dict[str, str] = json.loads(batch.given)
    laid = intake.lay_out_book(book, ledger, given=tuple(given), sheet=batch.sheet)
    if isinstance(laid, Problem):
        return laid
    kept = Remembered.objects.filter(owner=viewer.office, layout=laid[0].signature).first()
    if kept is None:
        return intake.take_entries(book, laid, given, batch.sheet)
    return intake.read_entries(book, ledger, json.loads(kept.fields), given, batch.sheet)
