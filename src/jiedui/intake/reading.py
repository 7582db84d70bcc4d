"""A whole workbook for one ledger: the sheet of entries, those of child rows, all taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.headings import normal
from jiedui.intake.laying import lay_out
from jiedui.intake.layout import OWN_SHEETS
from jiedui.intake.take import Taken, take
from jiedui.ledgers.words import Many
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.layout import Layout
    from jiedui.ledgers import Ledger

__all__ = ["lay_out_book", "read_entries"]


def lay_out_book(
    book: Book,
    ledger: type[Ledger],
    remembered: Mapping[str, str] | None = None,
    given: Collection[str] = (),
) -> tuple[Layout, tuple[Layout, ...]] | Problem:
    """The layout of the first sheet that bears the ledger's headings, and of its child rows'.

    A sheet of child rows is one named as its list is. When no sheet will do, the problem is that
    of the sheet that came nearest: the wrong ledger before no headings before nothing there.
    """
    lists = _lists(book, ledger)
    refused: list[Problem] = []
    for sheet in book.sheets:
        if sheet.name in OWN_SHEETS or sheet.name in {one.name for one in lists.values()}:
            continue
        layout = lay_out(sheet, ledger, remembered, given=given)
        if not isinstance(layout, Problem):
            found = [lay_out(one, ledger, remembered, name) for name, one in lists.items()]
            children = tuple(one for one in found if not isinstance(one, Problem))
            twice = tuple(_twice(sheet, layout, children))
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


def _lists(book: Book, ledger: type[Ledger]) -> dict[str, Sheet]:
    """The sheets of child rows by the field that they belong to."""
    named = {normal(sheet.name): sheet for sheet in book.sheets}
    return {
        name: named[words]
        for name, field in ledger.fields.items()
        if isinstance(field, Many) and field.typed
        for words in [next((w for w in map(normal, field.headings()) if w in named), "")]
        if words
    }


def read_entries(
    book: Book,
    ledger: type[Ledger],
    remembered: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Taken | Problem:
    """Lay out and take; `given` is what every row has in fields without a column of their own."""
    found = lay_out_book(book, ledger, remembered, given or ())
    return found if isinstance(found, Problem) else take(book, *found, given)
