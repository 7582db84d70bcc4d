"""Which ledgers the sheets of a workbook are of, where nobody says it.

Not for one sheet: that is `laying.recognise`, whose scores are weighed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.headings import normal
from jiedui.intake.laying import recognise
from jiedui.intake.layout import OWN_SHEETS
from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from jiedui.intake.book import Book, Sheet
    from jiedui.ledgers import Ledger

__all__ = ["Recognised", "lists", "recognise_book"]

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
        ledger, score = next(iter(recognise(sheet)), (None, 0.0))
        if ledger is not None and score >= _PLAIN:
            found.append(Recognised(sheet.name, ledger, score))
        else:
            unknown.append(sheet.name)
    children = {one.name for each in found for one in lists(book, each.ledger).values()}
    return (
        tuple(one for one in found if one.sheet not in children),
        tuple(name for name in unknown if name not in children),
    )


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
