"""The second look at a worksheet's XML: what the fast reader (calamine) loses or does not say.

It goes piece by piece, each of whole rows, so that no sheet is ever there as XML at once. What is
looked for in a piece is in `exact`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.intake import exact
from jiedui.problems import Cell, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jiedui.intake.book import Merged
    from jiedui.intake.exact import Spot

__all__ = ["PIECE", "Looked", "by_rows", "look"]

# Bytes of a sheet that are looked through at once.
PIECE = 1 << 24
_ROW_END = b"</row>"


@dataclass(slots=True)
class Looked:
    """What a look found: spots that the reader gets wrong, faulty cells, rows and ranges.

    `rows` and `columns` are of the used range, columns in steps; `holds` says whether any cell
    has a value.
    """

    rows: int = 0
    columns: int = 0
    holds: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    merged: tuple[Merged, ...] = ()
    faults: list[Problem] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def by_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, each piece ending behind a row; the last has what stands behind the rows.

    A sheet with namespace prefixes comes whole, and without them.
    """
    left, is_plain = b"", True
    for n, piece in enumerate(pieces):
        is_plain = is_plain and (n > 0 or exact.is_plain(piece))
        left += piece
        end = left.rfind(_ROW_END) + len(_ROW_END) if is_plain else 0
        if end >= len(_ROW_END):
            yield left[:end]
            left = left[end:]
    yield left if is_plain else exact.plain(left)


def look(name: str, pieces: Iterable[bytes], most: int) -> Looked | Problem:
    """Look through a sheet, given by rows.

    Problems: `sheet-too-large` when its used range has more cells than `most`, and
    `sheet-without-addresses`.
    """
    looked, addressed = Looked(), True
    for n, piece in enumerate(pieces):
        rare = not exact.ordinary(piece)
        columns = exact.columns(piece) if rare else 26
        rare = rare and exact.rare(piece)
        looked.rows = max(looked.rows, exact.rows(piece))
        looked.columns = max(looked.columns, columns)
        if looked.rows * looked.columns > most:
            return problem("sheet-too-large", Cell(name, "A", 1), limit=most)
        addressed = addressed and (n > 0 or exact.addressed(piece))
        if not addressed or (rare and b"<c>" in piece):
            return problem("sheet-without-addresses", Cell(name, "A", 1))
        looked.holds = looked.holds or b"<v" in piece or b"<is>" in piece
        looked.spots += exact.long_numbers(piece, rare=rare)
        if rare:
            looked.hidden_rows += exact.hidden_rows(piece)
            looked.faults += _faults(name, piece)
        # They stand behind the rows: in the last piece.
        looked.merged = exact.merged(piece)
    return looked


def _faults(name: str, piece: bytes) -> Iterator[Problem]:
    for spot in exact.errors(piece):
        yield problem("error-cell", Cell(name, spot.column, spot.row), spot.text)
    for spot in exact.valueless(piece):
        yield problem("formula-without-value", Cell(name, spot.column, spot.row))
