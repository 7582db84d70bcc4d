"""Child rows from a sheet of their own, or from the row of the entry that brings one beside it.

On a sheet of their own each stands under the entry whose number it bears.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.layout import ROW
from jiedui.ledgers.words import Money
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from jiedui.intake.book import Book
    from jiedui.intake.layout import Layout

__all__ = ["Children", "begins", "beside_cells", "child_cells", "united"]


def united(cells: pl.Series, unit: str | pl.Series) -> pl.Series:
    """Amounts with the unit of their heading; one that brings a unit of its own keeps that.

    As a series `unit` is that of each row, and an amount without one stays without.
    """
    import polars as pl

    units = pl.lit(unit) if isinstance(unit, str) else unit.str.strip_chars().fill_null("")
    cell = pl.col(cells.name)
    holds = cell.str.contains(r"\S").fill_null(value=False)
    bare = holds & ~cell.str.contains(r"[元圆][整正]?\s*$")
    return cells.to_frame().select(pl.when(bare).then(cell + units).otherwise(cell))[cells.name]


@dataclass(frozen=True, slots=True)
class Children:
    """One list of child rows: for each entry its raw rows, and where each stands.

    `rows[i][j]` is the row, in the sheet `layout` speaks of, of child row j of entry i.
    """

    layout: Layout
    names: tuple[str, ...]
    cells: tuple[list[dict[str, str | None]], ...]
    rows: tuple[tuple[int, ...], ...]
    problems: tuple[Problem, ...] = ()


def begins(entries: pl.DataFrame, layout: Layout) -> pl.Series:
    """Which rows begin an entry, and do not only bring one more child row of that above.

    Such a row holds cells of child rows and no other: the goods below those that a giver gave.
    """
    import polars as pl

    beside = {column.letter for path, column in layout.fields.items() if "." in path}
    others = [name for name in entries.columns if name not in {ROW, *beside}]
    if not beside or not others or not entries.height:
        return pl.Series([True]).new_from_index(0, entries.height)
    own = pl.any_horizontal(
        pl.col(one).str.contains(r"\S").fill_null(value=False) for one in others
    )
    return entries.select(own | (pl.int_range(pl.len()) == 0)).to_series()


def beside_cells(entries: pl.DataFrame, first: pl.Series, layout: Layout, within: str) -> Children:
    """Take the child rows in columns beside the entries, each of which has its `first` row."""
    own = {
        path.partition(".")[2]: column
        for path, column in layout.fields.items()
        if path.startswith(f"{within}.")
    }
    cells = entries.select(one.letter for one in own.values())
    for path, one in own.items():
        if one.unit and isinstance(declared(layout.ledger, f"{within}.{path}"), Money):
            cells = cells.with_columns(united(cells[one.letter], one.unit))
    found: list[list[dict[str, str | None]]] = []
    stands: list[tuple[int, ...]] = []
    for row, new, texts in zip(entries[ROW], first, cells.iter_rows(), strict=True):
        if new:
            found.append([])
            stands.append(())
        if any(text and text.strip() for text in texts):
            found[-1].append(dict(zip(own, texts, strict=True)))
            stands[-1] = (*stands[-1], row)
    return Children(layout, tuple(own), tuple(found), tuple(stands))


def child_cells(book: Book, layout: Layout, numbers: Sequence[str]) -> Children:
    """Take the child rows of a sheet; `numbers` are what its rows name the entries by."""
    sheet = book.sheet(layout.sheet)
    assert sheet is not None
    letters = {path.partition(".")[2]: one.letter for path, one in layout.fields.items()}
    entry = layout.marked("entry")
    index: dict[str, int] = {}
    problems = [one for one in sheet.faults if getattr(one.at, "row", 0) >= layout.first_row]
    twice = {number for i, number in enumerate(numbers) if index.setdefault(number, i) != i}
    cells: list[list[dict[str, str | None]]] = [[] for _ in numbers]
    rows: list[list[int]] = [[] for _ in numbers]
    amounts = {
        column.letter: column.unit
        for path, column in layout.fields.items()
        if column.unit and isinstance(declared(layout.ledger, path), Money)
    }
    below = sheet.cells.slice(layout.first_row - 1)
    below = below.with_columns(united(below[letter], unit) for letter, unit in amounts.items())
    for row, found in enumerate(below.iter_rows(named=True), layout.first_row):
        child = {name: found[letter] for name, letter in letters.items()}
        if not any(text and text.strip() for text in child.values()):
            continue
        number = (found[entry.letter] or "").strip() if entry else ""
        if number not in index or number in twice:
            code = "entry-number-twice" if number in twice else "entry-number-unknown"
            place = sheet.at(entry.letter if entry else "A", row)
            problems.append(problem(code, place, number, number=number, sheet=sheet.name))
            continue
        cells[index[number]].append(child)
        rows[index[number]].append(row)
    return Children(layout, tuple(letters), tuple(cells), tuple(map(tuple, rows)), tuple(problems))
