"""Rows of a workbook that resemble an entry which an earlier sheet of the same headings wrote.

An entry is found again by what makes it the same event. Where a clerk mends just that, an amount
or a number, the row would be a new entry beside the old one, and count twice: so it is asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from jiedui.site.store import columnar, select
from jiedui.site.store.staged import Does
from jiedui.site.store.tables import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui import intake
    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.sealing import Names

__all__ = ["NEW", "SAME", "answered", "ask", "former"]

# What may be answered where a row asks.
SAME, NEW = "same", "new"

_LINKS = 60
# More than that of earlier sheets is not looked through: it is a help, and no check.
_MOST = 200_000
# With fewer parts of an identity, all but one say little.
_PARTS = 3
_NAMES = "#names"


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
    theirs = _written_under(ledger, viewer, links)
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


def _written_under(ledger: type[Ledger], viewer: Viewer, links: Sequence[int]) -> pl.DataFrame:
    """The office's current entries that these links wrote, as stored columns."""
    marks = ", ".join(["%s"] * len(links)) or "NULL"
    condition = select.where(ledger, viewer.scope)
    condition.add('"owner" = %s', viewer.office)
    condition.add(
        f'"entry" IN (SELECT "entry" FROM {select.relation(ledger)} WHERE "link" IN ({marks}))',
        *links,
    )
    return columnar.standing(ledger, condition)


def ask(
    ledger: type[Ledger],
    brought: pl.DataFrame,
    mine: pl.DataFrame,
    names: Names,
    former: pl.DataFrame,
    bases: list[int | None],
    does: list[Does],
) -> int:
    """Let rows that resemble an entry ask; gives how many entries vanished without such a row."""
    if former.is_empty():
        return 0
    added = [n for n, do in enumerate(does) if do is Does.ADDED]
    claimed = [base for base, do in zip(bases, does, strict=True)
               if base is not None and do is Does.CHANGED]  # fmt: skip
    keys = names.brought(brought), names.standing()
    found = _pairs(ledger, brought, mine, keys, added, claimed, former)
    for n, at in found.items():
        bases[n], does[n] = at, Does.ASKED
    return _vanished(mine, claimed, former, found)


def answered(
    rows: Sequence[int], answers: Mapping[int, str], bases: list[int | None], does: list[Does]
) -> None:
    """Do what was answered where the question still stands."""
    if not answers:
        return
    for n, row in enumerate(rows):
        answer = answers.get(row)
        if answer == SAME and does[n] is Does.ASKED:
            does[n] = Does.CHANGED
        elif answer == NEW and does[n] in {Does.ASKED, Does.DOUBLE}:
            bases[n], does[n] = None, Does.ADDED


def _pairs(
    ledger: type[Ledger],
    brought: pl.DataFrame,
    mine: pl.DataFrame,
    names: tuple[Sequence[str], Sequence[str]],
    added: Sequence[int],
    claimed: Sequence[int],
    former: pl.DataFrame,
) -> dict[int, int]:
    """For added rows the entry of `mine`, by position, that is theirs but for one part of it.

    Of an entry that `former` sheets wrote and no row of this one is, unique on both sides, and of
    a sheet that plainly comes again: at least half of what it wrote is in this one. `names` are
    those that are part of an identity, of the rows and of `mine`.
    """
    import polars as pl

    parts = [name for name in ledger.identity if not ledger.fields[name].person] + [_NAMES]
    gone = _gone(mine, claimed, former)
    if not added or gone.is_empty() or len(parts) < _PARTS:
        return {}
    left = _parts(brought, names[0], parts, "n").filter(pl.col("n").is_in(list(added)))
    right = _parts(mine, names[1], parts, "at").join(gone, on="at")
    found = []
    for part in parts:
        same = [one for one in parts if one != part]
        # What the entry's day alone tells apart is a new month's row, unless the sheet is the same.
        again = "again" if part == ledger.on else "nearly"
        both = left.join(right, on=same, nulls_equal=True)
        found.append(both.filter(pl.col(part).ne_missing(pl.col(f"{part}_right")), pl.col(again))
                     .select("n", "at"))  # fmt: skip
    all_of_them = pl.concat(found).unique()
    once = all_of_them.filter(pl.col("n").is_unique() & pl.col("at").is_unique())
    return dict(once.iter_rows())


def _vanished(
    mine: pl.DataFrame, claimed: Sequence[int], former: pl.DataFrame, asked: Mapping[int, int]
) -> int:
    """How many entries of sheets that plainly come again are in none of the rows."""
    import polars as pl

    gone = _gone(mine, claimed, former)
    if gone.is_empty():
        return 0
    return gone.filter("again", ~pl.col("at").is_in(list(asked.values()))).height


def _gone(mine: pl.DataFrame, claimed: Sequence[int], former: pl.DataFrame) -> pl.DataFrame:
    """The entries that no row is, by position, and whether the sheet of each comes `again`.

    `again` when at least half of what a link of it wrote stands in the rows; `nearly` also where
    a sheet of so few entries that half says nothing lacks one.
    """
    import polars as pl

    here = mine.select("entry").with_row_index("at").with_columns(
        pl.col("at").is_in(list(claimed)).alias("claimed")
    )  # fmt: skip
    known = former.unique().join(here, on="entry")
    size, held = pl.len().over("link"), pl.col("claimed").sum().over("link")
    known = known.with_columns(
        (2 * held >= size).alias("again"), ((2 * held >= size) | (size - held == 1)).alias("nearly")
    )
    of_entries = known.filter(~pl.col("claimed")).group_by("at").agg(
        pl.col("again").any(), pl.col("nearly").any()
    )  # fmt: skip
    return of_entries.filter("nearly")


def _parts(
    frame: pl.DataFrame, names: Sequence[str], parts: Sequence[str], index: str
) -> pl.DataFrame:
    """The parts of identities as text, numbered."""
    import polars as pl

    given = frame.with_columns(pl.Series(_NAMES, names, dtype=pl.String))
    return given.select(pl.col(name).cast(pl.String) for name in parts).with_row_index(index)
