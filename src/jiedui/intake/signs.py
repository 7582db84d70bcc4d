"""What the cells of a column are before they are read: nothing, a day by its number, two days.

Only a workbook writes so, and each is said: a cell that means nothing, the serial number of a day
that was not formatted as one, a stretch of days in one cell, a merged cell that is of every row.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jiedui.intake.book import letters
from jiedui.intake.columns import declared
from jiedui.intake.dittos import dittoed
from jiedui.intake.layout import ROW
from jiedui.ledgers import days
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Choice, Date, Flag, Many, Text
from jiedui.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from jiedui.intake.book import Merged, Sheet
    from jiedui.intake.layout import Column, Layout
    from jiedui.ledgers.words import Field
    from jiedui.problems import Problem

__all__ = ["as_meant", "is_filled"]

_SIGNS = frozenset(["-", "--", "—", "——", "–", "－", "／", "/", "//", "\\", "＼", "、", "…", "……"])
_WORDS = frozenset(["无", "暂无", "没有", "空", "N/A", "n/a", "NA"])
_SERIALS = (date(2000, 1, 1), date(2049, 12, 31))
_SERIAL = r"^\s*[0-9]{5}(?:\.0+)?\s*$"
_STRETCH = r"[0-9日号]\s*[-~～—–至到]"


def as_meant(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, dict[str, pl.Series], list[Problem]]:
    """The entries as their cells are meant, last days that have no column, and what is said.

    What Jiedui wrote is taken as it stands.
    """
    if layout.ours:
        return entries, {}, []
    entries, merged = _filled_down(entries, layout, sheet)
    entries, dittos = dittoed(entries, layout, sheet)
    entries, signs = _settled(entries, layout, sheet)
    entries, last, stretches = _ends(entries, layout, sheet)
    return entries, last, [*merged, *dittos, *signs, *stretches]


def _settled(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, list[Problem]]:
    """The entries with blanks where a sign stands for nothing, and days for their numbers."""
    said: list[Problem] = []
    for path, column in layout.read:
        field = declared(layout.ledger, path)
        if isinstance(field, Many):
            continue
        entries = _emptied(entries, column, field, sheet, said)
        if isinstance(field, Date):
            entries = _dated(entries, column, field, sheet, said)
    return entries, said


def _emptied(
    entries: pl.DataFrame, column: Column, field: Field, sheet: Sheet, said: list[Problem]
) -> pl.DataFrame:
    import polars as pl

    # 无 is a word, where words are asked for; and an answer, where 有 is another.
    words = _SIGNS if isinstance(field, Text | Flag) else _SIGNS | _WORDS
    if isinstance(field, Choice):
        words = words - {*field.words}
    cells = entries[column.letter]
    at = cells.str.strip_chars().is_in(list(words)).fill_null(value=False).arg_true()
    if at.is_empty():
        return entries
    row = entries[ROW][at[0]]
    said.append(problem(
        "sign-for-nothing", sheet.at(column.letter, row), cells[at[0]].strip(),
        label=field.label, count=at.len(), sign=cells[at[0]].strip(),
    ))  # fmt: skip
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, at.len())
    return entries.with_columns(cells.clone().scatter(at, nothing))


def _dated(
    entries: pl.DataFrame, column: Column, field: Field, sheet: Sheet, said: list[Problem]
) -> pl.DataFrame:
    import polars as pl

    cells = entries[column.letter]
    found = {}
    for row in cells.str.contains(_SERIAL).fill_null(value=False).arg_true():
        day = sheet.epoch.toordinal() + int(cells[row].strip().partition(".")[0])
        if _SERIALS[0].toordinal() <= day <= _SERIALS[1].toordinal():
            found[row] = date.fromordinal(day).isoformat()
    if not found:
        return entries
    first = next(iter(found))
    said.append(problem(
        "serial-day", sheet.at(column.letter, entries[ROW][first]), cells[first],
        label=field.label, count=len(found), serial=cells[first].strip(), day=found[first],
        year=(sheet.epoch + timedelta(2)).year,
    ))  # fmt: skip
    texts = pl.Series(list(found.values()), dtype=pl.String)
    return entries.with_columns(cells.clone().scatter(list(found), texts))


def _ends(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, dict[str, pl.Series], list[Problem]]:
    """Stretches of days taken apart where the last day has a field and no column of its own."""
    import polars as pl

    last: dict[str, pl.Series] = {}
    said: list[Problem] = []
    for path, column in layout.fields.items():
        field = declared(layout.ledger, path)
        until = field.until if isinstance(field, Date) else ""
        if not until or until in layout.fields or "." in path:
            continue
        cells = entries[column.letter]
        found = {
            row: span
            for row in cells.str.contains(_STRETCH).fill_null(value=False).arg_true()
            if (span := days.span(narrow(cells[row].strip())))
        }
        if not found:
            continue
        rows = list(found)
        firsts = pl.Series([one.isoformat() for one, _ in found.values()], dtype=pl.String)
        lasts = pl.Series([one.isoformat() for _, one in found.values()], dtype=pl.String)
        nothing = pl.Series(until, [None], dtype=pl.String).new_from_index(0, cells.len())
        last[until] = nothing.scatter(rows, lasts).alias(until)
        entries = entries.with_columns(cells.clone().scatter(rows, firsts))
        said.append(problem(
            "days-in-one-cell", sheet.at(column.letter, entries[ROW][rows[0]]),
            label=field.label, until=layout.ledger.fields[until].label, count=len(rows),
        ))  # fmt: skip
    return entries, last, said


def is_filled(merged: Merged, layout: Layout) -> bool:
    """Whether a range merged over rows is one value of them all, as its field says."""
    return not layout.ours and _filled(merged, layout) is not None


def _filled(merged: Merged, layout: Layout) -> Column | None:
    if merged.top < layout.first_row or merged.bottom == merged.top:
        return None
    letter = letters(merged.left)
    column = next((one for one in layout.fields.values() if one.letter == letter), None)
    return column if column and declared(layout.ledger, column.field).spans else None


def _filled_down(
    entries: pl.DataFrame, layout: Layout, sheet: Sheet
) -> tuple[pl.DataFrame, list[Problem]]:
    """The entries with what is merged over several of them in each, where the field says so."""
    import polars as pl

    said: list[Problem] = []
    over: dict[str, list[Merged]] = {}
    for one in sheet.merged:
        if column := _filled(one, layout):
            over.setdefault(column.field, []).append(one)
    numbers = {row: i for i, row in enumerate(entries[ROW])} if over else {}
    for path, ranges in over.items():
        column = layout.fields[path]
        texts = dict(_texts(ranges, column, sheet, numbers))
        if not texts:
            continue
        values = pl.Series(list(texts.values()), dtype=pl.String)
        entries = entries.with_columns(entries[column.letter].clone().scatter(list(texts), values))
        label = declared(layout.ledger, path).label
        place = sheet.at(column.letter, min(one.top for one in ranges))
        said.append(problem("merged-filled", place, label=label, count=len(ranges)))
    return entries, said


def _texts(
    ranges: Iterable[Merged], column: Column, sheet: Sheet, numbers: dict[int, int]
) -> Iterable[tuple[int, str | None]]:
    cells = sheet.cells[column.letter]
    for one in ranges:
        for row in range(one.top + 1, one.bottom + 1):
            if row in numbers:
                yield numbers[row], cells[one.top - 1]
