"""A sheet that lists persons by name, a row each, as the counts that its ledger keeps.

It is shown what that would be, and done once somebody has said so: the field that counts them is
then given as `EACH` beside the sheet. Names and numbers of persons are looked at in memory and are
in nothing that comes out of here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.headings import normal
from jiedui.ledgers import check, days
from jiedui.ledgers.different import key_of_lists
from jiedui.ledgers.read import affirmed
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Count, Date
from jiedui.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Column, Layout
    from jiedui.intake.take import Taken
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

__all__ = ["EACH", "asks_to_count", "count_of", "counted", "listed"]

# What the counting field is, row by row, of a sheet with a row a person.
EACH = "1"
_NAME = re.compile("姓名")
_NUMBER = re.compile("身份证|证件号")
_SHOWN = 20


def count_of(ledger: type[Ledger]) -> str:
    """The field that counts the persons of a sheet that lists them; empty where none does."""
    found = (name for name, one in ledger.fields.items() if isinstance(one, Count) and one.each)
    return next(found, "")


def listed(ledger: type[Ledger], columns: Sequence[Column]) -> bool:
    """Whether these columns list persons by name where the ledger counts them."""
    count = count_of(ledger)
    named = any(one.left == "personal" and _NAME.search(normal(one.heading)) for one in columns)
    return bool(count) and named and all(one.field != count for one in columns)


def asks_to_count(layout: Layout) -> bool:
    """Whether a sheet lists persons where they are counted, and nobody has said yet to do so."""
    return any(one.code == "persons-listed" for one in layout.problems)


def counted(taken: Taken, sheet: Sheet) -> Taken:
    """The rows of persons as one entry for all that are alike in everything that is kept.

    Other sheets stay as they are, and so do those with child rows. Each entry stands in the row of
    its first person. Who is there twice in a year, by the number in the sheet, is counted where he
    came first; where the sheet has no numbers nobody can tell, and that is said. A row in which
    something is wrong is counted with those that have the same wrong.
    """
    if not listed(taken.ledger, taken.layout.columns) or taken.children or not taken.rows:
        return taken
    count = count_of(taken.ledger)
    frame = _in_months(taken)
    again, said = _again(taken, frame, sheet)
    alike = _alike(taken, frame, count)
    persons: dict[object, list[int]] = {}
    for row, key in enumerate(alike):
        if row not in again:
            persons.setdefault(key, []).append(row)
    return _taken(taken, frame, count, list(persons.values()), said)


def _taken(
    taken: Taken,
    frame: pl.DataFrame,
    count: str,
    persons: Sequence[Sequence[int]],
    said: Iterable[Problem],
) -> Taken:
    """One entry for each list of rows, in the row of the first."""
    import polars as pl

    rows = [one[0] for one in persons]
    columns: dict[str, list[str | None]] = {count: [str(len(one)) for one in persons]}
    for name in _parts(taken.ledger, frame, count):
        columns[name] = _told(frame[name].to_list(), persons)
    made = frame[rows].with_columns(
        pl.Series(name, texts, dtype=pl.String) for name, texts in columns.items()
    )
    remark = problem("persons-counted", rows=len(taken.rows), entries=len(rows))
    return replace(
        taken,
        frame=made,
        rows=tuple(taken.rows[row] for row in rows),
        ids=(None,) * len(rows),
        extra=pl.DataFrame(),
        totals=(),
        remarks=(*taken.remarks, remark, *said),
        personal=True,
    )


def _told(cells: Sequence[str | None], persons: Sequence[Sequence[int]]) -> list[str | None]:
    """Of how many of each entry's persons a cell says yes; what is no answer is left to the check.

    A column without a word says nothing of anybody.
    """
    if not any(cells):
        return [None] * len(persons)
    return [
        cells[rows[0]] if _strange(cells[rows[0]])
        else str(sum(affirmed(cells[row] or "") is True for row in rows))
        for rows in persons
    ]  # fmt: skip


def _strange(cell: str | None) -> bool:
    return bool(cell and cell.strip()) and affirmed(cell or "") is None


def _in_months(taken: Taken) -> pl.DataFrame:
    """The frame with the months of days where the ledger asks for months."""
    import polars as pl

    frame = taken.frame
    for name in frame.columns:
        declared = taken.ledger.fields.get(name)
        if isinstance(declared, Date) and declared.month:
            months = [
                f"{day:%Y-%m}" if text and (day := _day(narrow(text.strip()))) else text
                for text in frame[name]
            ]
            frame = frame.with_columns(pl.Series(name, months, dtype=pl.String))
    return frame


def _day(text: str) -> date | None:
    return days.day(text) or days.month(text)


def _parts(ledger: type[Ledger], frame: pl.DataFrame, count: str) -> list[str]:
    """The fields of a frame that count some of the same persons."""
    unit = getattr(ledger.fields[count], "unit", None)
    return [
        name for name in frame.columns
        if name != count and isinstance(one := ledger.fields.get(name), Count) and one.unit == unit
    ]  # fmt: skip


def _alike(taken: Taken, frame: pl.DataFrame, count: str) -> list[object]:
    """For each row what it shares with those that are counted with it: its values, else its cells.

    A cell of a count that is neither yes nor no is a value of its own, and wrong as it stands.
    """
    import polars as pl

    counts = _parts(taken.ledger, frame, count)
    values = check(taken.ledger, frame).columns.scalars
    keys: list[pl.Series] = []
    for name in frame.columns:
        cells = frame[name]
        if isinstance(cells.dtype, pl.List):
            keys.append(key_of_lists(cells))
            continue
        if name in counts:
            strange = [text if _strange(text) else None for text in cells]
            keys.append(pl.Series(name, strange, dtype=pl.String))
            continue
        read = values[name].cast(pl.String) if name in values else cells
        keys.append(pl.select(pl.coalesce(read, cells.str.strip_chars())).to_series().alias(name))
    return list(zip(*(one.to_list() for one in keys), strict=True))


def _again(taken: Taken, frame: pl.DataFrame, sheet: Sheet) -> tuple[frozenset[int], list[Problem]]:
    """The rows of persons who came before in their year, and what is said of it."""
    names = _cells(taken, sheet, _NAME)
    numbers = _cells(taken, sheet, _NUMBER)
    on = taken.ledger.on
    when = frame[on].to_list() if on in frame.columns else [None] * len(taken.rows)
    order = sorted(range(len(taken.rows)), key=lambda row: (when[row] or "", row))
    seen: dict[tuple[str, str], int] = {}
    again: dict[int, int] = {}
    for row in order if numbers else ():
        if number := re.sub(r"\s", "", narrow(numbers[row] or "")).upper():
            first = seen.setdefault((number, (when[row] or "")[:4]), row)
            if first != row:
                again[row] = first
    if again:
        shown = sorted(taken.rows[row] for row in again)
        return frozenset(again), [problem("person-again", count=len(again), rows=_rows(shown))]
    if numbers:
        return frozenset(), []
    return frozenset(), _same_names(taken, names)


def _same_names(taken: Taken, names: Sequence[str | None]) -> list[Problem]:
    """Rows without a number that bear a name another row bears: nobody can tell whose it is."""
    alike: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        if text := re.sub(r"\s", "", name or ""):
            alike.setdefault(text, []).append(taken.rows[row])
    rows = sorted(row for same in alike.values() if len(same) > 1 for row in same)
    return [problem("person-maybe-again", count=len(rows), rows=_rows(rows))] if rows else []


def _rows(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:_SHOWN]))
    return f"{shown}……" if len(rows) > _SHOWN else shown


def _cells(taken: Taken, sheet: Sheet, words: re.Pattern[str]) -> list[str | None]:
    """The cells under the first heading about persons with these words, as long as they live."""
    letter = next(
        (one.letter for one in taken.layout.columns
         if one.left == "personal" and words.search(normal(one.heading))), "",
    )  # fmt: skip
    if not letter:
        return []
    cells = sheet.cells[letter]
    return [cells[row - 1] for row in taken.rows]
