"""A whole workbook for one ledger: the sheet of entries, those of child rows, all taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.laying import lay_out
from jiedui.intake.layout import OWN_SHEETS
from jiedui.intake.persons import counted
from jiedui.intake.recognising import lists, recognise_book
from jiedui.intake.take import Taken, take
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.layout import Layout
    from jiedui.ledgers import Ledger

__all__ = ["lay_out_book", "read_entries", "take_entries"]


def lay_out_book(
    book: Book,
    ledger: type[Ledger],
    remembered: Mapping[str, str] | None = None,
    given: Collection[str] = (),
    sheet: str = "",
) -> tuple[Layout, tuple[Layout, ...]] | Problem:
    """The layout of the first sheet that bears the ledger's headings, and of its child rows'.

    Or of the `sheet` of that name alone, where one is named.
    A sheet of child rows is one named as its list is. When no sheet will do, the problem is that
    of the sheet that came nearest: the wrong ledger before no headings before nothing there.
    """
    named = lists(book, ledger)
    refused: list[Problem] = []
    for one in book.sheets:
        if one.name in OWN_SHEETS or one.name in {child.name for child in named.values()}:
            continue
        if sheet not in {"", one.name}:
            continue
        layout = lay_out(one, ledger, remembered, given=given)
        if not isinstance(layout, Problem):
            found = [lay_out(each, ledger, remembered, name) for name, each in named.items()]
            children = tuple(each for each in found if not isinstance(each, Problem))
            twice = tuple(_twice(one, layout, children))
            return replace(layout, problems=(*layout.problems, *twice)), children
        refused.append(layout)
    order = ["wrong-ledger", "too-many-columns", "heading-only", "no-heading-row", "sheet-empty"]
    refused.sort(key=lambda one: order.index(one.code))
    return refused[0] if refused else problem("sheet-missing")


def _twice(sheet: Sheet, layout: Layout, children: Sequence[Layout]) -> Iterator[Problem]:
    """Lists that stand both beside the entries and on a sheet of their own: which is meant?"""
    for one in children:
        for path, column in layout.fields.items():
            if path.startswith(f"{one.within}."):
                place = sheet.at(column.letter, layout.heading_row)
                label = layout.ledger.fields[one.within].label
                yield problem("rows-in-two-places", place, label=label, sheet=one.sheet)


def read_entries(
    book: Book,
    ledger: type[Ledger],
    remembered: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Taken | Problem:
    """Lay out and take; `given` is what every row has in fields without a column of their own.

    With the name of one `sheet` those of other ledgers are brought by themselves; nothing is said
    of them.
    """
    found = lay_out_book(book, ledger, remembered, given or (), sheet)
    return found if isinstance(found, Problem) else take_entries(book, found, given, sheet)


def take_entries(
    book: Book,
    found: tuple[Layout, tuple[Layout, ...]],
    given: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Taken:
    """Take the entries of a workbook that was laid out (`lay_out_book`)."""
    others = recognise_book(book)[1] if sheet else [one.name for one in book.sheets]
    taken = take(book, *found, given, others)
    of = book.sheet(taken.layout.sheet)
    assert of is not None
    return counted(taken, of)
