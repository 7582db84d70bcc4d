"""Raw cells as the workbook that a person would bring, and where each field of a row stands in it.

Not a test. Text is written as text: what stands in a cell is what a form would post.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jiedui import ledgers
from jiedui.intake.book import letters
from jiedui.intake.layout import ENTRY_NUMBER, NUMBER
from jiedui.ledgers.words import Many

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger

FIRST = 2
# What a sheet says of an amount without a unit is more than a form can: where to write it.
AMOUNTS = {"amount-without-unit", "mixed-units"}
_PATH = re.compile(r"(\w+)(?:\[(\d+)\]\.(\w+))?")


def holds(row: dict[str, Any]) -> bool:
    """Whether a cell beside the child rows holds anything: without one it is no row of a sheet."""
    return any(isinstance(cell, str) and cell.strip() for cell in row.values())


@dataclass
class Brought:
    """A workbook, and the places of its fields: (sheet, cell) by row and path."""

    content: bytes = b""
    main: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    children: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)

    def place(self, row: int, path: str) -> tuple[str, str]:
        """Where a problem stands; one of the whole row at its first field."""
        if (row, path) in self.children:
            return self.children[row, path]
        match = _PATH.match(path)
        name = match[1] if match else ""
        letter = self.columns.get(name, next(iter(self.columns.values())))
        return self.main, f"{letter}{row + FIRST}"


def workbook(kind: type[Ledger], rows: list[dict[str, Any]]) -> Brought:
    """Write rows as a workbook: a sheet of entries, and one for each list of child rows."""
    import xlsxwriter

    made, written = Brought(main=kind.title[:31]), BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet(made.main)
    typed = ledgers.typed_fields(kind)
    plain = [one for one in typed.values() if not isinstance(one, Many) or one.single]
    for place, heading in enumerate([NUMBER, *(one.label for one in plain)]):
        sheet.write_string(0, place, heading)
    made.columns = {one.name: letters(place) for place, one in enumerate(plain, 2)}
    for number, row in enumerate(rows):
        sheet.write_string(number + 1, 0, str(number + 1))
        for place, one in enumerate(plain, 1):
            cell = row.get(one.name)
            text = "、".join(part["value"] for part in cell) if isinstance(cell, list) else cell
            if text:
                sheet.write_string(number + 1, place, text)
    for one in typed.values():
        if isinstance(one, Many) and not one.single:
            _children(book, one, rows, made)
    book.close()
    made.content = written.getvalue()
    return made


def _children(book: Any, many: Many, rows: list[dict[str, Any]], made: Brought) -> None:
    title = many.label[:31]
    sheet = book.add_worksheet(title)
    for place, heading in enumerate([ENTRY_NUMBER, *(one.label for one in many.fields.values())]):
        sheet.write_string(0, place, heading)
    line = 0
    for number, row in enumerate(rows):
        for index, child in enumerate(row.get(many.name) or ()):
            line += 1
            sheet.write_string(line, 0, str(number + 1))
            # A rule that the whole child row breaks stands at its first field.
            made.children[number, f"{many.name}[{index}]"] = (title, f"B{line + 1}")
            for place, name in enumerate(many.fields, 1):
                path = f"{many.name}[{index}].{name}"
                made.children[number, path] = (title, f"{chr(ord('A') + place)}{line + 1}")
                if child.get(name):
                    sheet.write_string(line, place, child[name])


def alike(found: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> list[Any]:
    """What is in one list and not in the other; of an amount without a unit the hint may differ."""
    told = {(*one[:2], one[3]) for one in found if one[2] in AMOUNTS}

    def plain(one: tuple[Any, ...]) -> tuple[Any, ...]:
        at = (*one[:2], one[3])
        return (
            (*at, "not-an-amount") if at in told and one[2] in {*AMOUNTS, "not-an-amount"} else one
        )

    left, right = Counter(map(plain, found)), Counter(map(plain, expected))
    return [*(left - right).elements(), *(right - left).elements()]
