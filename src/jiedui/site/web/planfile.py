"""What a waiting workbook would do, row by row, as a csv file to keep or to hand round.

Chinese in every language, as all files are. Names of persons are protected in it: the page, which
asks who looks, shows them.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from jiedui.intake.layout import DEMONSTRATION, PLANNED
from jiedui.intake.lines import neutral
from jiedui.intake.protected import PROTECTED
from jiedui.intake.texts import column_heading
from jiedui.ledgers.show import show
from jiedui.ledgers.values import Sealed
from jiedui.ledgers.words import Many
from jiedui.site.web import previewing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger, Value
    from jiedui.ledgers.words import Field
    from jiedui.site.store.batches import Preview

__all__ = ["lines"]

_AT_ONCE = 500


def lines(viewer: Viewer, kind: type[Ledger], preview: Preview, only: str) -> Iterator[str]:
    """The rows, or `only` those that would do one thing, in pieces; "旧 → 新" where they change."""
    fields = {
        name: one
        for name, one in kind.fields.items()
        if one.typed and not (isinstance(one, Many) and not one.single)
    }
    marked = (DEMONSTRATION,) if viewer.demonstration else ()
    written = io.StringIO("\ufeff", newline="")
    written.seek(1)
    pen = csv.writer(written, lineterminator="\r\n")
    pen.writerow([*PLANNED, *map(column_heading, fields.values()), *marked])
    total = preview.counts[only] if only else preview.rows
    for start in range(0, total, _AT_ONCE):
        part = preview.part(only, start, _AT_ONCE)
        label = previewing.labeller(viewer, kind, part)
        for one in part:
            changes = {change.field: change for change in one.changes}
            cells = []
            for name, declared in fields.items():
                new = _text(declared, one.values.get(name), label)
                if name in changes:
                    new = f"{_text(declared, changes[name].old, label)} → {new}"
                cells.append(neutral(new))
            does = previewing.DOES[str(one.does)]
            pen.writerow([one.row, does, one.base.key if one.base else "", *cells, *marked])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def _text(declared: Field, value: Value, label: previewing.Label) -> str:
    if value is None or value == ():
        return ""
    return PROTECTED if isinstance(value, Sealed) else show(declared, value, label)
