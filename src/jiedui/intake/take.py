"""The rows of a laid-out sheet as the frame that `ledgers.check` takes.

Not for judging cells: only what a cell cannot say itself is added (the unit of its heading) and
what is no entry is set apart (totals, remarks, blank rows, what no field takes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.intake.beside import Total, remarks_of, totals_of, unread
from jiedui.intake.children import begins, beside_cells, child_cells, united
from jiedui.intake.columns import announces_persons, declared
from jiedui.intake.dittos import of_nothing
from jiedui.intake.extra import extra_cells, persons_anywhere
from jiedui.intake.layout import ROW, UNIT
from jiedui.intake.protected import protected
from jiedui.intake.rows import parted
from jiedui.intake.sections import WORDED
from jiedui.intake.signs import as_meant
from jiedui.intake.spread import spread
from jiedui.intake.texts import parted as words_in
from jiedui.ledgers.words import Choice, Many, Money
from jiedui.problems import Cell, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import polars as pl

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.children import Children
    from jiedui.intake.layout import Column, Layout
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

__all__ = ["Taken", "Total", "take"]

_SPLIT = re.compile(r"[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class Taken:
    """The entries of a sheet as raw cells, and where each came from.

    `rows[i]` is the row of the sheet that entry i stands in, `ids[i]` the entry's id in a file
    that Jiedui wrote. `frame` has a column for every field that the sheet brings: one that it
    does not bring says nothing about the field. `extra` holds what no field takes, by heading.
    `at[i]` is the month or option that entry i is of, where those stand across.
    """

    ledger: type[Ledger]
    layout: Layout
    frame: pl.DataFrame
    rows: tuple[int, ...]
    ids: tuple[str | None, ...]
    extra: pl.DataFrame
    totals: tuple[Total, ...] = ()
    children: Mapping[str, Children] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    personal: bool = False
    at: tuple[str, ...] = ()

    def column(self, path: str, entry: int) -> Column | None:
        """The column that an entry has a field in."""
        return self.layout.column(path, self.at[entry] if self.at else "")


def take(
    book: Book,
    layout: Layout,
    children: Sequence[Layout] = (),
    given: Mapping[str, str] | None = None,
    others: Collection[str] = (),
) -> Taken:
    """Take the entries of a sheet, with the child rows of the sheets laid out in `children`.

    `given` is the raw cell of every row for fields without a column; of the `others` among the
    sheets it is said when they are not read.
    """
    sheet = book.sheet(layout.sheet)
    assert sheet is not None
    sorted_out = parted(_body(sheet, layout), layout, sheet)
    every, last, signs = as_meant(sorted_out.entries, layout, sheet)
    first = begins(every, layout)
    children = () if layout.wide else children  # Of which of a row's entries would they be?
    found = _children(book, layout, children, every, first)
    extra, dropped = extra_cells(every.filter(first), layout, sheet)
    ends = [one.filter(first) for one in last.values()]
    made = spread(every.filter(first), extra, ends, layout, sheet)
    rows = tuple(made.entries[ROW].to_list())
    return Taken(
        layout.ledger, layout,
        _frame(made.entries, layout, found, given or {}).with_columns(made.more), rows,
        _ids(made.entries, layout), made.extra,
        totals_of(sorted_out, layout, rows),
        found,
        _faults(sheet, layout, every, found),
        (
            *layout.remarks,
            *remarks_of(sheet, layout, sorted_out),
            *signs, *made.said, *_joined(sheet, every.filter(~first)), *dropped,
            *(one for child in children for one in child.remarks),
            *unread(book, layout, children, others),
        ),
        bool(dropped) or _personal(book, layout, children), made.at,
    )  # fmt: skip


def _ids(entries: pl.DataFrame, layout: Layout) -> tuple[str | None, ...]:
    marked = layout.marked("id")
    return tuple(entries[marked.letter]) if marked else (None,) * entries.height


def _personal(book: Book, layout: Layout, children: Sequence[Layout]) -> bool:
    """Whether the workbook holds persons in what is not read of it."""
    read = {layout.sheet, *(one.sheet for one in children)}
    unread = (one for each in (layout, *children) for one in each.columns if not one.field)
    return any(announces_persons(layout.ledger, one) for one in unread) or persons_anywhere(
        book, read
    )


def _children(
    book: Book, layout: Layout, children: Sequence[Layout], every: pl.DataFrame, first: pl.Series
) -> dict[str, Children]:
    """The child rows by their list: on sheets of their own, and beside the entries."""
    numbers = _numbers(every.filter(first), layout)
    found = {one.within: child_cells(book, one, numbers) for one in children}
    beside = {path.partition(".")[0] for path in layout.fields if "." in path}
    return found | {
        name: beside_cells(every, first, layout, name) for name in sorted(beside - found.keys())
    }


def _joined(sheet: Sheet, below: pl.DataFrame) -> list[Problem]:
    """What is said of rows that only bring more child rows of the entry above them."""
    if not below.height:
        return []
    rows = below[ROW].to_list()
    return [problem("rows-joined", sheet.at("A", rows[0]), count=len(rows), row=rows[0])]


def _body(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """The rows below the headings that hold anything in a column that has a heading."""
    import polars as pl

    there = set(sheet.cells.columns)
    letters = [column.letter for column in layout.columns if column.letter in there]
    body = sheet.cells.select(letters).slice(layout.first_row - 1)
    body = body.with_row_index(ROW, offset=layout.first_row)
    if layout.quoted:
        body = body.with_columns(pl.col(letters).str.strip_prefix("'"))
    read = [one.letter for one in layout.columns if one.left not in {"kept", "personal"}
            and one.mark != "number"]  # fmt: skip
    held = [_holds(pl.col(letter)) for letter in read]
    number = layout.marked("number")
    if number and number.letter in there and not layout.ours:
        # Where a row's number is to be, a town or a note may stand alone.
        held.append(pl.col(number.letter).str.contains(WORDED).fill_null(value=False))
    return body.filter(pl.any_horizontal(held))


def _holds(cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(r"\S").fill_null(value=False)


def _frame(
    entries: pl.DataFrame,
    layout: Layout,
    children: Mapping[str, Children],
    given: Mapping[str, str],
) -> pl.DataFrame:
    import polars as pl

    columns = [
        pl.repeat(text, entries.height, dtype=pl.String, eager=True).alias(name)
        for name, text in given.items()
        if name not in layout.fields
    ]
    stated = layout.marked(UNIT)
    units = entries[stated.letter] if stated else None
    for path, column in layout.fields.items():
        declaration = declared(layout.ledger, path)
        if isinstance(declaration, Many):
            (inner,) = declaration.fields.values()
            own = layout.ours and not isinstance(inner, Choice)
            columns.append(_single(entries[column.letter], own=own).alias(path))
        elif "." not in path:
            unit = (column.unit or units) if isinstance(declaration, Money) else None
            cells = entries[column.letter]
            columns.append((cells if unit is None else united(cells, unit)).alias(path))
    columns += [
        pl.Series(name, many.cells, dtype=pl.List(pl.Struct(dict.fromkeys(many.names, pl.String))))
        for name, many in children.items()
    ]
    return pl.DataFrame(columns) if columns else pl.DataFrame(height=entries.height)


def _single(cells: pl.Series, *, own: bool) -> pl.Series:
    """The words in one cell, "教育、医疗", as child rows; in our `own` file as we joined them."""
    import polars as pl

    split = words_in if own else _SPLIT.split
    found = [
        [{"value": part} for part in split(text) if part.strip()] if text else None
        for text in cells
    ]
    return pl.Series(found, dtype=pl.List(pl.Struct({"value": pl.String})))


def _numbers(entries: pl.DataFrame, layout: Layout) -> tuple[str, ...]:
    """What child rows name each entry by: its 序号, or its row where the sheet has none."""
    rows = [str(row) for row in entries[ROW]]
    column = layout.marked("number")
    if column is None:
        return tuple(rows)
    given = entries[column.letter]
    return tuple(text.strip() if text else "" for text in given)


def _faults(
    sheet: Sheet, layout: Layout, entries: pl.DataFrame, found: Mapping[str, Children]
) -> tuple[Problem, ...]:
    """The cells below the headings that hold an error; those that nobody reads may.

    And what is wrong with hidden names and with child rows.
    """
    read = {one.letter for one in layout.columns if one.field or one.mark}
    errors = (
        one
        for one in sheet.faults
        if isinstance(one.at, Cell) and one.at.row >= layout.first_row and one.at.column in read
    )
    of_children = (one for many in found.values() for one in many.problems)
    hidden = protected(entries, layout, sheet)
    return (*errors, *hidden, *of_nothing(entries, layout, sheet), *of_children)
