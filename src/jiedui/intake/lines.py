"""A ledger's entries as csv that opens safely in a spreadsheet and reads back to the same values.

A cell that a spreadsheet would take for a formula bears an apostrophe before it. The heading of
the first column says so (`layout.QUOTED_ID`), and by that mark alone our reader takes it away
again. Lists of child rows stand in one cell for people to read; they are not read back.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from jiedui.intake.layout import DEMONSTRATION, QUOTED_ID
from jiedui.intake.texts import column_heading, in_wan, words_of
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Many, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jiedui.ledgers import Ledger, Values
    from jiedui.ledgers.words import Field

__all__ = ["columns", "lines", "neutral"]

_BOM = "\ufeff"
# Full-width ones too: spreadsheets of East Asian editions take them for the same signs. The
# apostrophe, because the reader takes one away.
_QUOTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AT_ONCE = 500


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("2024-05-21"), neutral("-5"), neutral("'甲")
    ("'=1+1", '2024-05-21', '-5', "''甲")
    """
    if cell.startswith(_QUOTED) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def columns(ledger: type[Ledger]) -> dict[str, Field]:
    """The fields that an export has a column for: those people type, then what the store sets."""
    fields = [field for field in ledger.fields.values() if field.typed or field.kind != "rows"]
    return {field.name: field for field in sorted(fields, key=lambda one: not one.typed)}


def lines(
    ledger: type[Ledger],
    entries: Iterable[tuple[str, Values]],
    label: Callable[[str, int], str] | None = None,
    *,
    demonstration: bool = False,
) -> Iterator[str]:
    """Csv with a byte order mark, in pieces: a heading row, then a row an entry (id and values).

    `label` names the entry that a `Ref` points to. In a demonstration every row says so in a last
    column. Never more than a few hundred rows are held.
    """
    fields = columns(ledger)
    marked = (DEMONSTRATION,) if demonstration else ()
    written = io.StringIO(_BOM, newline="")
    written.seek(len(_BOM))
    pen = csv.writer(written, lineterminator="\r\n")
    pen.writerow([QUOTED_ID, *map(column_heading, fields.values()), *marked])
    for number, (key, values) in enumerate(entries, 1):
        on = values.get(ledger.on)
        cells = [_cell(field, values, on, label) for field in fields.values()]
        pen.writerow([key, *map(neutral, cells), *marked])
        if number % _AT_ONCE == 0:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


def _cell(field: Field, values: Values, on: object, label: Callable[[str, int], str] | None) -> str:
    value = values.get(field.name)
    if value is None or value == ():
        return ""
    if isinstance(field, Many) and not field.single:
        return show(field, value, label)
    if isinstance(field, Money) and isinstance(value, int):
        return in_wan(value)
    return words_of(field, value, on, label)
