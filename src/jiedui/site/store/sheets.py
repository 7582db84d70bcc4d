"""The cells behind an entry: the row of a workbook that it cites, as the office's file has it.

Whoever may see an entry may know which row of which file it came from; the file itself only the
office that brought it, and only where it holds nothing of persons and was kept. Of one that
holds persons there are the rows that were entered, in its other columns.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import intake, ledgers
from jiedui.access import No, Viewer
from jiedui.problems import Problem, said
from jiedui.site.sandbox_books import open_book_apart
from jiedui.site.store import files
from jiedui.site.store.judging import may_bring
from jiedui.site.store.tables import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.site.store.entries import Entry

__all__ = ["Around", "Cited", "around", "cited", "original"]

_AROUND = 2
_GONE = No(said("没有这一批，或者它不属于您的单位"))
_NOT_KEPT = No(
    said("这份表含有个人信息，或者已不在，没有留存原表；账上留着它的摘要，可与您手头的原表核对")
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A row of a workbook that an entry cites; `batch` is empty where the viewer may not open it.

    `sha256` is the file's: whoever has the file can tell that it is the one.
    """

    batch: str
    name: str
    sheet: str
    row: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Around:
    """A row among its neighbours: each with its number and cells, under the headings and titles.

    `columns` are the letters; `read` names the field that each letter was read as, if any.
    `heads` are the numbers of the rows of titles and headings. Of a file that was not kept because
    of persons, where it is not `whole`, these are its other columns and the rows that were entered.
    """

    name: str
    sheet: str
    row: int
    columns: tuple[str, ...]
    read: Mapping[str, str]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heads: frozenset[int]
    sha256: str
    whole: bool = True


def cited(viewer: Viewer, entry: Entry) -> list[Cited]:
    """The rows of workbooks that an entry cites, which the door gave to this viewer."""
    sources = entry.values.get("sources") or ()
    assert isinstance(sources, tuple)
    rows = [one for one in sources if one.get("sheet") is not None]
    found = Batch.objects.in_bulk({str(one["document"]) for one in rows})
    return [
        Cited(
            batch.key if batch.owner == viewer.office and _may_see(viewer, batch) else "",
            batch.name,
            str(one["sheet"]),
            int(str(one["row"])),
            batch.sha256,
        )
        for one in rows
        if (batch := found.get(str(one["document"]))) is not None
    ]


def _may_see(viewer: Viewer, batch: Batch) -> bool:
    return bool(may_bring(viewer, ledgers.ledgers()[batch.ledger]))


def original(viewer: Viewer, key: str) -> bytes | None:
    """The office's own workbook as it was brought; None when it is another's or was not kept."""
    batch = Batch.objects.filter(key=key, owner=viewer.office).first()
    if batch is None or batch.link is None or not _may_see(viewer, batch):
        return None
    return _kept(batch.sha256)


def _kept(sha256: str) -> bytes | None:
    """The file under a hash, if it is still the one."""
    content = files.read(sha256)
    return content if content and hashlib.sha256(content).hexdigest() == sha256 else None


def around(viewer: Viewer, key: str, sheet: str, row: int) -> Around | Problem | No:
    """A row of the office's own workbook as its file has it, with its headings and neighbours."""
    batch = Batch.objects.filter(key=key, owner=viewer.office).first()
    if batch is None or not _may_see(viewer, batch):
        return _GONE
    content = original(viewer, key)
    if content is None:
        return _stripped(batch, sheet, row)
    book = open_book_apart(content)
    if isinstance(book, Problem):
        return book
    found = book.sheet(sheet)
    if found is None or not 1 <= row <= found.cells.height:
        return _NOT_KEPT
    laid = intake.lay_out(found, ledgers.ledgers()[batch.ledger])
    # What stands above the headings says what they leave unsaid: of which county, in which unit.
    first = 1 if isinstance(laid, Problem) else laid.first_row
    heads = [n for n in range(1, first) if found.row(n)]
    fields = {} if isinstance(laid, Problem) else {
        one.letter: one.field for one in laid.columns if one.field
    }  # fmt: skip
    near = range(max(1, row - _AROUND), min(found.cells.height, row + _AROUND) + 1)
    numbers = sorted({*near, *heads})
    cells = found.cells
    return Around(
        batch.name,
        sheet,
        row,
        tuple(cells.columns),
        fields,
        tuple((n, tuple(text or "" for text in cells.row(n - 1))) for n in numbers),
        frozenset(heads),
        batch.sha256,
    )


def _stripped(batch: Batch, sheet: str, row: int) -> Around | No:
    """The same from what was kept of a workbook that could not be kept because of persons."""
    content = _kept(batch.stripped) if batch.stripped and batch.link is not None else None
    found = intake.read_stripped(content, row, _AROUND) if content else None
    if found is None or found.sheet != sheet:
        return _NOT_KEPT
    return Around(
        batch.name,
        sheet,
        row,
        tuple(found.headings),
        found.read,
        ((found.heading_row, tuple(found.headings.values())), *found.rows),
        frozenset([found.heading_row]),
        batch.sha256,
        whole=False,
    )
