"""Which ledgers the sheets of a workbook are of, and which of them are to be brought.

Not for one sheet: that is `laying.recognise`, whose scores are weighed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.headings import normal
from jiedui.intake.laying import recognise
from jiedui.intake.layout import OWN_SHEETS
from jiedui.ledgers.words import Many
from jiedui.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from jiedui.intake.book import Book, Sheet
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

__all__ = ["Recognised", "lists", "plainly", "recognise_book", "wanted"]

# A sheet without the columns that are said beside it (programme, pairing, place) has some 0.6;
# no sheet of one ledger has a third of that for another.
_PLAIN = 0.3


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet, the ledger it is of, and how sure that is (0 to 1, as `recognise` has it)."""

    sheet: str
    ledger: type[Ledger]
    score: float


def recognise_book(book: Book) -> tuple[tuple[Recognised, ...], tuple[str, ...]]:
    """The sheets that are plainly of a ledger, in the order of the book, and those of none.

    Sheets of child rows belong to the entries' sheet, and what Jiedui itself adds to nobody;
    they and sheets without a cell are in neither.
    """
    found: list[Recognised] = []
    unknown = []
    for sheet in book.sheets:
        if sheet.name in OWN_SHEETS or not sheet.cells.height:
            continue
        if one := plainly(sheet):
            found.append(one)
        else:
            unknown.append(sheet.name)
    children = {one.name for each in found for one in lists(book, each.ledger).values()}
    return (
        tuple(one for one in found if one.sheet not in children),
        tuple(name for name in unknown if name not in children),
    )


def wanted(
    book: Book, ledger: type[Ledger] | None = None, sheets: Collection[str] = ()
) -> tuple[list[tuple[str, type[Ledger]]], tuple[str, ...]] | Problem:
    """The sheets to be brought by themselves, each with its ledger, and those that are of none.

    Those that are plainly of a ledger: of `ledger` alone where it is named, or of the `sheets`;
    with both, the sheets as of that ledger whatever they look like. One that is alone in being of
    a ledger is brought as if nobody had named it: its name is empty. Problems: `sheet-not-there`,
    `ledger-not-recognised`.
    """
    names = [sheet.name for sheet in book.sheets]
    if missing := [one for one in sheets if one not in names]:
        return problem("sheet-not-there", sheet=missing[0], sheets=listed(names))
    if ledger is not None and sheets:
        return [(name, ledger) for name in names if name in sheets], ()
    found, unknown = recognise_book(book)
    mine = [one for one in found
            if ledger in {None, one.ledger} and (not sheets or one.sheet in sheets)]  # fmt: skip
    if not mine:
        return problem("ledger-not-recognised", sheets=listed([*sheets] or [*unknown] or names))
    others = tuple(one.sheet for one in found if one not in mine)
    several = len(mine) > 1 or bool(sheets)
    told = () if sheets else (*unknown, *others)
    return [(one.sheet if several else "", one.ledger) for one in mine], told


def plainly(sheet: Sheet) -> Recognised | None:
    """The ledger that a sheet is plainly of, if it is of one."""
    ledger, score = next(iter(recognise(sheet)), (None, 0.0))
    return Recognised(sheet.name, ledger, score) if ledger and score >= _PLAIN else None


def lists(book: Book, ledger: type[Ledger]) -> dict[str, Sheet]:
    """The sheets of child rows by the field that they belong to."""
    named = {normal(sheet.name): sheet for sheet in book.sheets}
    return {
        name: named[words]
        for name, field in ledger.fields.items()
        if isinstance(field, Many) and field.typed
        for words in [next((w for w in map(normal, field.headings()) if w in named), "")]
        if words
    }
