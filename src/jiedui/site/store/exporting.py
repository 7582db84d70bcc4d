"""What a viewer may see of a ledger as CSV, streamed, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from jiedui import ledgers
from jiedui.site.store import reading
from jiedui.site.store.entries import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

MARK = "演示数据"
# Full-width ones too: spreadsheets of East Asian editions take them for the same signs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("2024-05-21"), neutral("-5")
    ("'=1+1", '2024-05-21', '-5')
    """
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def export(
    ledger: type[Ledger],
    viewer: Viewer,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = "",
    until: date | None = None,
    known: int | None = None,
) -> Iterator[str]:
    """Lines of CSV with a byte order mark: a heading row, then an entry a line.

    In a demonstration every line says so in a last column.
    """
    fields = [field for field in ledger.fields.values() if field.name != "sources"]
    demonstration = [MARK] if viewer.demonstration else []
    yield "\ufeff" + _line([*(field.label for field in fields), "记录号", *demonstration])
    for batch in reading.frames(
        ledger, viewer, filters=filters, order=order, until=until, known=known
    ):
        names = reading.labels(viewer, reading.refs(ledger, batch))

        def label(to: str, number: int, found: Mapping[tuple[str, int], str] = names) -> str:
            return found.get((to, number), "")

        for item in batch:
            cells = [ledgers.show(field, item.values.get(field.name), label) for field in fields]
            yield _line([*map(neutral, cells), key(item.id), *demonstration])


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
