"""Rows of a workbook that resemble an entry which an earlier sheet of the same headings wrote.

An entry is found again by what makes it the same event. Where a clerk mends just that, an amount
or a number, the row would be a new entry beside the old one, and count twice: so it is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiedui.site.store import renamed
from jiedui.site.store.identifying import mine_by
from jiedui.site.store.staged import Does

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger
    from jiedui.site.store.renamed import Renamed
    from jiedui.site.store.sealing import Names

__all__ = ["AGAIN", "NEW", "SAME", "Asking", "answered", "ask"]

# What may be answered where a row asks; and the row, which is none, at which somebody said that
# all of them are to ask.
SAME, NEW = "same", "new"
AGAIN = 0

# With fewer parts of an identity, all but one say little.
_PARTS = 3
_NAMES = "#names"


@dataclass(frozen=True, slots=True)
class Asking:
    """Of a sheet that comes again: how many entries `vanished`, and whether it is `renamed`."""

    vanished: int = 0
    renamed: Renamed | None = None


def ask(
    viewer: Viewer,
    ledger: type[Ledger],
    brought: pl.DataFrame,
    mine: pl.DataFrame,
    names: Names,
    former: pl.DataFrame,
    bases: list[int | None],
    does: list[Does],
) -> Asking:
    """Let rows that resemble an entry ask, and tell what was found of the sheet as a whole.

    A row asks about an entry that an earlier sheet wrote and no row of this one is, and that is
    its own but for one part of its identity, unique on both sides. The sheet must plainly come
    again: at least half of what it wrote is in this one, found or asked about. Entries that the
    day alone tells apart do not count for that: a new month's sheet is no correction.
    """
    if former.is_empty():
        return Asking()
    held = _held(mine, former, bases, does)
    near = _near(viewer, ledger, brought, mine, names, held, does)
    again = _again(held, near)
    # One that the day alone tells apart is asked about where the rest of the sheet is the same.
    both = near.join(again, on="at")
    found = both.filter((both["day"] & both["plainly"]) | (~both["day"] & both["again"]))
    for n, at in found.select("n", "at").iter_rows():
        bases[n], does[n] = at, Does.ASKED
    if Does.PROBLEM in does:
        # The rows of entries that seem gone may be those that are to be mended.
        return Asking()
    vanished = again.filter("again", ~again["at"].is_in(found["at"].implode())).height
    return Asking(vanished, renamed.of(viewer, ledger, brought, mine, held, found, does))


def answered(
    rows: Sequence[int],
    answers: Mapping[int, str],
    bases: list[int | None],
    does: list[Does],
    asking: Asking,
) -> Asking:
    """Do what was answered where the question still stands.

    A sheet of which one value alone is another, the same in every row, is a correction as long as
    nobody wants to be asked (`AGAIN`); then it is none that is `renamed`.
    """
    if AGAIN in answers:
        asking = replace(asking, renamed=None)
    itself = SAME if asking.renamed else ""
    if not answers and not itself:
        return asking
    for n, row in enumerate(rows):
        answer = answers.get(row, itself)
        if answer == SAME and does[n] is Does.ASKED:
            does[n] = Does.CHANGED
        elif answer == NEW and does[n] in {Does.ASKED, Does.DOUBLE}:
            bases[n], does[n] = None, Does.ADDED
    return asking


def _held(
    mine: pl.DataFrame, former: pl.DataFrame, bases: Sequence[int | None], does: Sequence[Does]
) -> pl.DataFrame:
    """What earlier links wrote and still stands: `link`, `at` in `mine`, whether a row is it."""
    import polars as pl

    claimed = [base for base, do in zip(bases, does, strict=True)
               if base is not None and do is Does.CHANGED]  # fmt: skip
    here = mine.select("entry").with_row_index("at")
    known = former.unique().join(here, on="entry").select("link", "at")
    return known.with_columns(pl.col("at").is_in(claimed).alias("claimed"))


def _near(
    viewer: Viewer,
    ledger: type[Ledger],
    brought: pl.DataFrame,
    mine: pl.DataFrame,
    names: Names,
    held: pl.DataFrame,
    does: Sequence[Does],
) -> pl.DataFrame:
    """Added rows `n` and entries `at` that no row is, alike in all parts but one; `day` if that."""
    import polars as pl

    empty = pl.DataFrame(
        schema={"n": pl.UInt32, "at": pl.UInt32, "day": pl.Boolean, "part": pl.String}
    )
    same = [name for name in ledger.identity if not ledger.fields[name].person]
    parts = [*same, _NAMES]
    added = [n for n, do in enumerate(does) if do is Does.ADDED]
    gone = held.filter(~pl.col("claimed"))["at"].unique()
    if not added or gone.is_empty() or len(parts) < _PARTS:
        return empty
    left = _parts(brought, names.brought(brought), parts).with_row_index("n")
    left = left.filter(pl.col("n").is_in(added))
    right = _gone(viewer, ledger, mine, names, gone, same)
    found = [empty]
    for part in parts:
        both = left.join(right, on=[one for one in parts if one != part], nulls_equal=True)
        differs = pl.col(part).ne_missing(pl.col(f"{part}_right"))
        day = pl.lit(part == ledger.on).alias("day")
        found.append(both.filter(differs).select("n", "at", day, pl.lit(part).alias("part")))
    every = pl.concat(found).unique()
    return every.filter(pl.col("n").is_unique() & pl.col("at").is_unique())


def _again(held: pl.DataFrame, near: pl.DataFrame) -> pl.DataFrame:
    """The entries that no row is, and whether the sheet of each plainly comes `again`.

    `plainly` without those that rows merely resemble.
    """
    import polars as pl

    asked = near.filter(~near["day"])["at"].implode()
    size, sure = pl.len().over("link"), pl.col("claimed").sum().over("link")
    like = pl.col("at").is_in(asked).sum().over("link")
    known = held.with_columns(
        (2 * sure >= size).alias("plainly"), (2 * (sure + like) >= size).alias("again")
    )
    gone = known.filter(~pl.col("claimed"))
    return gone.group_by("at").agg(pl.col("plainly").any(), pl.col("again").any())


def _gone(
    viewer: Viewer,
    ledger: type[Ledger],
    mine: pl.DataFrame,
    names: Names,
    gone: pl.Series,
    same: Sequence[str],
) -> pl.DataFrame:
    """The parts of the identities of entries `at` in `mine` that no row is."""
    import polars as pl

    standing = names.standing()
    named = None if standing is None else [standing[at] for at in gone]
    entries = mine["entry"].gather(gone)
    found = mine_by(ledger, viewer, {"entry": entries.to_list()}, same)
    here = pl.DataFrame({"entry": entries, "at": gone}).join(
        found, on="entry", maintain_order="left"
    )
    return _parts(here, named, [*same, _NAMES]).with_columns(here["at"])


def _parts(frame: pl.DataFrame, names: Sequence[str] | None, parts: Sequence[str]) -> pl.DataFrame:
    """The parts of identities as text."""
    import polars as pl

    said = pl.lit("") if names is None else pl.Series(names, dtype=pl.String)
    given = frame.with_columns(said.alias(_NAMES))
    return given.select(pl.col(name).cast(pl.String) for name in parts)
