"""The sheets of an .xlsx, read by calamine (fastexcel) and put right by `look`.

Not for macros, styles, comments or pictures: nothing of them is looked at.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from jiedui.intake import exact
from jiedui.intake.archive import Refused, open_parts
from jiedui.intake.book import EPOCH, EPOCH_1904, Sheet, letters
from jiedui.intake.look import PIECE, by_rows, look
from jiedui.problems import Problem, problem, said

if TYPE_CHECKING:
    import fastexcel
    import polars as pl

    from jiedui.intake.archive import Part, Parts
    from jiedui.intake.exact import Spot
    from jiedui.intake.limits import Limits
    from jiedui.intake.look import Looked

__all__ = ["read_xlsx"]


def read_xlsx(content: bytes, limits: Limits) -> tuple[Sheet, ...] | Problem:
    """Every worksheet of the book; a problem when the file is not one that can be read."""
    parts = open_parts(content, limits)
    if isinstance(parts, Problem):
        return parts
    import fastexcel

    logging.getLogger("fastexcel").setLevel(logging.ERROR)
    sheets: list[Sheet] = []
    try:
        reader = fastexcel.read_excel(content)
        for part in parts.sheets:
            sheet = _sheet(reader, parts, part, limits)
            if isinstance(sheet, Problem):
                return sheet
            sheets.append(replace(sheet, epoch=EPOCH_1904 if parts.from_1904 else EPOCH))
    except Refused as refused:
        return refused.problem
    except fastexcel.FastExcelError:
        return problem("file-damaged", what=said("工作簿"))
    return tuple(sheets)


def _sheet(
    reader: fastexcel.ExcelReader, parts: Parts, part: Part, limits: Limits
) -> Sheet | Problem:
    import polars as pl

    read = _both(reader, parts, part, limits)
    if isinstance(read, Problem):
        return read
    looked, cells = read
    return Sheet(
        part.name,
        pl.DataFrame() if cells is None else _patched(exact.settled(cells), looked.spots),
        part.hidden,
        tuple(looked.hidden_rows),
        looked.merged,
        tuple(looked.faults),
    )


def _both(
    reader: fastexcel.ExcelReader, parts: Parts, part: Part, limits: Limits
) -> tuple[Looked, pl.DataFrame | None] | Problem:
    """What a look found, and the cells where it found any.

    The cells of a large sheet are read meanwhile. The reader lays out the whole used range at
    once, so its head must say that this is of a measure; else the look decides first.
    """
    pieces = parts.pieces(part, PIECE)
    first = list(islice(pieces, 2))
    rows = by_rows(chain(first, pieces))
    if len(first) < 2 or exact.declared(first[0]) > limits.cells:
        looked = look(part.name, rows, limits.cells)
        if isinstance(looked, Problem):
            return looked
        return looked, _cells(reader, part.name) if looked.holds else None
    with ThreadPoolExecutor(1) as meanwhile:
        cells = meanwhile.submit(_cells, reader, part.name)
        looked = look(part.name, rows, limits.cells)
        return looked if isinstance(looked, Problem) else (looked, cells.result())


def _cells(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    """All cells as text, rows from the first of the sheet, columns by their letters."""
    import polars as pl

    read = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    found = pl.DataFrame(read)
    places = {one.name: letters(one.absolute_index + 1) for one in read.available_columns()}
    return found.rename(places)


def _patched(cells: pl.DataFrame, spots: list[Spot]) -> pl.DataFrame:
    """The same cells with the numbers that had more decimals than the reader prints."""
    import polars as pl

    by_column: dict[str, dict[int, str]] = {}
    for spot in spots:
        if spot.column in cells.columns and spot.row <= cells.height:
            by_column.setdefault(spot.column, {})[spot.row - 1] = spot.text
    changed = []
    for letter, found in by_column.items():
        column = cells[letter]
        rows = [row for row in found if exact.is_number(column[row])]
        texts = pl.Series([found[row] for row in rows], dtype=pl.String)
        changed.append(column.clone().scatter(rows, texts) if rows else column)
    return cells.with_columns(changed)
