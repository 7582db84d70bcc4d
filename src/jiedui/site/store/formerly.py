"""What an office's earlier sheets of the same headings wrote, to tell a sheet that comes again.

Not for telling it: that is `resembling`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from jiedui.site.store import columnar, select
from jiedui.site.store.identifying import own
from jiedui.site.store.tables import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from jiedui import intake
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

__all__ = ["former"]

_LINKS = 60
# More than that of earlier sheets is not looked through: it is a help, and no check.
_MOST = 200_000


def former(
    viewer: Viewer, layout: intake.Layout, sheet: str, mine: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the office's earlier sheets of these headings wrote: `entry` and `link`.

    And `mine` with the entries of that. Of a workbook that is brought sheet by sheet, the earlier
    ones are those of the same name: another month's is another sheet.
    """
    import polars as pl

    ledger = layout.ledger
    links = _links_of(viewer, ledger, layout.signature, sheet)
    found = _wrote(ledger, links)
    if found.is_empty() or found["entry"].is_in(mine["entry"].implode()).all():
        return found, mine
    theirs = _written_under(ledger, viewer, links, mine.columns)
    return found, pl.concat([mine, theirs]).unique("id", maintain_order=True)


def _links_of(viewer: Viewer, ledger: type[Ledger], layout: str, sheet: str) -> list[int]:
    """The links under which the office loaded sheets of these headings, the latest first."""
    found = Batch.objects.filter(
        owner=viewer.office, ledger=ledger.name, layout=layout, state="loaded", link__isnull=False
    )
    if sheet:
        found = found.filter(sheet__in=["", sheet])
    links = found.order_by("-received").values_list("link", flat=True)[:_LINKS]
    return [link for link in links if link is not None]


def _wrote(ledger: type[Ledger], links: Sequence[int]) -> pl.DataFrame:
    """What these links wrote: `entry` and `link`; nothing when it is too much to look through."""
    import polars as pl

    found: list[tuple[int, int]] = []
    if links:
        marks = ", ".join(["%s"] * len(links))
        text = (
            f'SELECT "entry", "link" FROM {select.relation(ledger)} WHERE "link" IN ({marks}) '
            f"LIMIT {_MOST + 1}"
        )
        with connection.cursor() as cursor:
            cursor.execute(text, list(links))
            found = cursor.fetchall()
    if len(found) > _MOST:
        found = []
    return pl.DataFrame(found, schema={"entry": pl.Int64, "link": pl.Int64}, orient="row")


def _written_under(
    ledger: type[Ledger], viewer: Viewer, links: Sequence[int], wanted: Sequence[str]
) -> pl.DataFrame:
    """The office's current entries that these links wrote, as stored columns."""
    marks = ", ".join(["%s"] * len(links)) or "NULL"
    condition = own(ledger, viewer)
    condition.add(
        f'"entry" IN (SELECT "entry" FROM {select.relation(ledger)} WHERE "link" IN ({marks}))',
        *links,
    )
    return columnar.standing(ledger, condition, wanted)
