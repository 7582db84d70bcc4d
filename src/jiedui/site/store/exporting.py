"""What a viewer may see of a ledger as a file that reads back to the same: csv or a workbook.

Row by row, so that however many there are, few are held at a time. What the files look like is
`jiedui.intake`'s; who sees what is `reading`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from jiedui import intake, ledgers
from jiedui.access import No
from jiedui.ledgers.words import Ref
from jiedui.problems import said
from jiedui.site.store import passing, reading
from jiedui.site.store.lookup import RegisterLookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger, Values

_TOO_LONG = No(said("一张工作表装不下这么多行：请加上条件分几次导出，或导出 CSV"))


def export(
    ledger: type[Ledger],
    viewer: Viewer,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = "",
    until: date | None = None,
    known: int | None = None,
) -> Iterator[str]:
    """Csv with a byte order mark, in pieces: a heading row, then a row an entry.

    In a demonstration every row says so in a last column.
    """
    names = _Names(viewer)
    rows = _rows(ledger, viewer, names, filters, order, until, known)
    yield from intake.lines(ledger, rows, names, demonstration=viewer.demonstration)


def export_workbook(
    file: BinaryIO,
    ledger: type[Ledger],
    viewer: Viewer,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = "",
    until: date | None = None,
    known: int | None = None,
) -> No | None:
    """Write the same as a workbook (.xlsx); a refusal when a sheet cannot hold so much.

    Its parts lie meanwhile in a folder that nobody else can open, and are gone at the end.
    """
    names = _Names(viewer)
    rows = _rows(ledger, viewer, names, filters, order, until, known)
    with passing.folder() as folder:
        try:
            intake.write_into(
                file, ledger, rows, offered(ledger, viewer), names,
                folder=folder, demonstration=viewer.demonstration,
            )  # fmt: skip
        except intake.SheetFullError:
            return _TOO_LONG
    return None


def offered(ledger: type[Ledger], viewer: Viewer) -> dict[str, list[str]]:
    """What each register that a ledger points to offers to a viewer, by the register's name."""
    pointing = {one.to for one in ledger.fields.values() if isinstance(one, Ref) and one.typed}
    return {
        name: [label for _key, label in reading.options(ledgers.ledgers()[name], viewer)]
        for name in pointing
    }


@dataclass(slots=True)
class _Names:
    """Names entries in words that the registers find again, or by id where words would not do."""

    viewer: Viewer
    known: dict[tuple[str, int], str] = field(default_factory=dict)

    def __call__(self, to: str, number: int) -> str:
        """What stands in a cell for an entry of a register."""
        return self.known.get((to, number), str(number))

    def learn(self, wanted: list[tuple[str, int]]) -> None:
        """Ask for the names that are not known yet; one that two entries bear is none."""
        new = [one for one in dict.fromkeys(wanted) if one not in self.known]
        found = reading.labels(self.viewer, new) if new else {}
        lookup = RegisterLookup(self.viewer)
        for to, number in new:
            name = found.get((to, number), "")
            again = lookup.find(to, name) if name else None
            self.known[to, number] = name if again == number else str(number)


def _rows(
    ledger: type[Ledger],
    viewer: Viewer,
    names: _Names,
    filters: Mapping[str, str] | None,
    order: str,
    until: date | None,
    known: int | None,
) -> Iterator[tuple[str, Values]]:
    for batch in reading.frames(
        ledger, viewer, filters=filters, order=order, until=until, known=known
    ):
        names.learn(reading.refs(ledger, batch))
        for item in batch:
            yield item.key, item.values


__all__ = ["export", "export_workbook", "offered"]
