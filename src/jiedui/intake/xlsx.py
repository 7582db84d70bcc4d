"""The sheets of an .xlsx, read by calamine (fastexcel) and put right by `exact`.

Not for macros, styles, comments or pictures: nothing of them is looked at.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake import exact
from jiedui.intake.archive import open_parts
from jiedui.intake.book import EPOCH, EPOCH_1904, Sheet, letters
from jiedui.problems import Cell, Problem, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    import fastexcel
    import polars as pl

    from jiedui.intake.archive import Part
    from jiedui.intake.limits import Limits

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
        while parts.sheets:
            # Taken out, so that it is gone before the cells of a large one are there.
            sheet = _sheet(reader, parts.sheets.pop(0), limits)
            if isinstance(sheet, Problem):
                return sheet
            sheets.append(replace(sheet, epoch=EPOCH_1904 if parts.from_1904 else EPOCH))
    except fastexcel.FastExcelError:
        return problem("file-damaged", what=said("工作簿"))
    return tuple(sheets)


def _sheet(reader: fastexcel.ExcelReader, part: Part, limits: Limits) -> Sheet | Problem:
    import polars as pl

    sheet, xml = Sheet(part.name, pl.DataFrame(), part.hidden), exact.plain(part.xml)
    del part
    ordinary = not exact.rare(xml)
    if exact.used(xml, limits.cells, narrow=ordinary) > limits.cells:
        return problem("sheet-too-large", Cell(sheet.name, "A", 1), limit=limits.cells)
    if not exact.addressed(xml) or (not ordinary and b"<c>" in xml):
        return problem("sheet-without-addresses", Cell(sheet.name, "A", 1))
    sheet = replace(sheet, merged=exact.merged(xml))
    if not ordinary:
        faults = tuple(_faults(sheet.name, xml))
        sheet = replace(sheet, hidden_rows=exact.hidden_rows(xml), faults=faults)
    if b"<v" not in xml and b"<is>" not in xml:
        return sheet
    spots = [*exact.long_numbers(xml, ordinary=ordinary)]
    del xml
    return replace(sheet, cells=_patched(exact.settled(_cells(reader, sheet.name)), spots))


def _faults(name: str, xml: bytes) -> Iterator[Problem]:
    for spot in exact.errors(xml):
        yield problem("error-cell", Cell(name, spot.column, spot.row), spot.text)
    for spot in exact.valueless(xml):
        yield problem("formula-without-value", Cell(name, spot.column, spot.row))


def _cells(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    """All cells as text, rows from the first of the sheet, columns by their letters."""
    import polars as pl

    read = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    found = pl.DataFrame(read)
    places = {one.name: letters(one.absolute_index + 1) for one in read.available_columns()}
    return found.rename(places)


def _patched(cells: pl.DataFrame, spots: list[exact.Spot]) -> pl.DataFrame:
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
