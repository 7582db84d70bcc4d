"""What may stay of a sheet whose file may not: its entries' rows, without any column of persons.

Lines of JSON: the headings, then each row with its number in the sheet. Not for saying whether a
file may be kept (`extra`, `take`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.columns import announces_persons, of_persons
from jiedui.intake.extra import is_extra, without_numbers
from jiedui.intake.persons import listed
from jiedui.ledgers.rules import to_seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.judging import Judged
    from jiedui.intake.layout import Column
    from jiedui.ledgers import Ledger

__all__ = ["Stripped", "read_stripped", "strip"]

_BETWEEN = re.compile(r"[、，,；;/\s]+")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Stripped:
    """Some rows of a sheet, each with its number there, under the headings that were kept.

    `read` names the field that a column, by its letters, was read as.
    """

    sheet: str
    heading_row: int
    headings: Mapping[str, str]
    read: Mapping[str, str]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def strip(judged: Judged, sheet: Sheet, rows: Collection[int]) -> bytes:
    """The `rows` of a sheet as they may be kept, in columns read or extra; empty for none.

    Of a list of persons nothing is kept. A cell with a person's number is blank, and one that no
    field takes is so too when it repeats what the row, or another, has in a column of persons.
    """
    taken = judged.taken
    layout, ledger = taken.layout, taken.ledger
    columns = [one for one in layout.columns if one.letter in sheet.cells.columns
               and _is_kept(ledger, one)]  # fmt: skip
    if not rows or not columns or listed(ledger, layout.columns):
        return b""
    numbers = sorted(set(rows))
    cells = sheet.cells[[row - 1 for row in numbers]]
    said = sorted(_persons(judged, sheet))
    kept = [_blanked(cells[one.letter], () if one.field else said) for one in columns]
    head = {
        "sheet": layout.sheet,
        "heading_row": layout.heading_row,
        "columns": [[one.letter, one.heading, one.field] for one in columns],
    }
    lines = ([row, *texts] for row, *texts in zip(numbers, *kept, strict=True))
    return b"".join(_line(one) for one in (head, *lines))


def read_stripped(content: bytes, row: int, reach: int) -> Stripped | None:
    """A row of what `strip` made, among as many before and after it; None when it is not there."""
    first, *lines = content.splitlines()
    starts = f"[{row},".encode()
    at = next((n for n, line in enumerate(lines) if line.startswith(starts)), None)
    if at is None:
        return None
    head = json.loads(first)
    near = map(json.loads, lines[max(0, at - reach) : at + reach + 1])
    return Stripped(
        head["sheet"],
        head["heading_row"],
        {letter: heading for letter, heading, _ in head["columns"]},
        {letter: field for letter, _, field in head["columns"] if field},
        tuple((number, tuple(text or "" for text in texts)) for number, *texts in near),
    )


def _line(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _is_kept(ledger: type[Ledger], column: Column) -> bool:
    """Whether a column is a field, or extra, and is announced as nothing of persons."""
    return bool(column.field or is_extra(column)) and not announces_persons(ledger, column)


def _blanked(cells: pl.Series, persons: Collection[str]) -> list[str | None]:
    """The cells without those that hold a person's number or any of these words."""
    shown = without_numbers(cells)[0]
    if not persons:
        return shown.to_list()
    hits = shown.str.contains_any(list(persons)).fill_null(value=False)
    return [None if hit else text for text, hit in zip(shown, hits, strict=True)]


def _persons(judged: Judged, sheet: Sheet) -> set[str]:
    """Every name and number of a person that the entries or their child rows bring."""
    taken = judged.taken
    rows = [row - 1 for row in taken.rows]
    found: set[str] = set()
    for column in taken.layout.columns:
        if column.letter not in sheet.cells.columns:
            continue
        cells = sheet.cells[column.letter][rows]
        if announces_persons(taken.ledger, column):
            found.update(*map(_words, _named(judged, column.field, cells)))
    for name, many in taken.children.items():
        for inner in many.names:
            if of_persons(taken.ledger, f"{name}.{inner}"):
                texts = (row[inner] for each in many.cells for row in each)
                found.update(*map(_words, filter(None, texts)))
    return found


def _named(judged: Judged, path: str, cells: pl.Series) -> Iterable[str]:
    """The cells of a column that are of persons, or may be: those that could not be read."""
    checked = judged.checked.columns
    if path not in checked.scalars or not of_persons(judged.taken.ledger, path):
        return cells.drop_nulls()
    maybe = to_seal(judged.taken.ledger, path, checked) | checked.scalars[path].is_null()
    return cells.filter(maybe).drop_nulls()


def _words(cell: str) -> Iterator[str]:
    """A cell whole, without its spaces, and by the parts of a list; no single character."""
    whole = cell.strip()
    for word in (whole, re.sub(r"\s", "", whole), *_BETWEEN.split(whole)):
        if len(word) >= _LEAST:
            yield word
