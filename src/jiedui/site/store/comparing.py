"""A checked workbook against the book: what each row would do, and to which entry.

Rows find their entry by the id that a file of ours brings, else by identity among the office's
own entries. Whether one changed is told by its digest. Names are put away in `sealing`.
"""

from __future__ import annotations

import hashlib
import secrets
from array import array
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from jiedui.ledgers.words import Many
from jiedui.site.store import columnar, formerly, resembling
from jiedui.site.store.citing import cited
from jiedui.site.store.entries import entry_id
from jiedui.site.store.identifying import matched, mine_of
from jiedui.site.store.sealing import Names, seal_rows
from jiedui.site.store.staged import BASE, DIGEST, DOES, ENTRY, IDENTITY, ROW, WRITTEN, Does

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger

__all__ = ["Compared", "compare", "persons", "totals"]


# So many rows are text at once.
_PART = 50_000


@dataclass(frozen=True, slots=True)
class Compared:
    """Each row of the sheet as it would be written, the names sealed for them, and a digest.

    The digest is of what the rows do and say, so that it changes when one would do otherwise.
    `asking` is what was found of an earlier sheet that plainly comes again.
    """

    rows: pl.DataFrame
    names: pl.DataFrame
    digest: str
    asking: resembling.Asking


def compare(
    viewer: Viewer,
    judged: Judged,
    brought: pl.DataFrame,
    source: str,
    answers: Mapping[int, str] | None = None,
    sheet: str = "",
) -> Compared:
    """What every row of a judged workbook would do to the book as it stands now.

    A second row for the same entry, and a row equal to another in all that makes an event, is a
    double; one that resembles an entry of an earlier sheet is asked about. Neither is written until
    `answers` say, by the row's number, that it is the same or new (`resembling.SAME`, `NEW`).
    `brought` is what was checked, `source` what written rows cite, `sheet` names one of several.
    """
    import polars as pl

    taken, ledger = judged.taken, judged.taken.ledger
    identities = columnar.identities(ledger, brought)
    ids = [entry_id(text or "") for text in taken.ids]
    mine = mine_of(ledger, viewer, list(filter(None, ids)), identities, _needed(judged))
    former, mine = formerly.former(viewer, taken.layout, sheet, mine)
    names = Names(ledger, viewer.office, mine)
    bases, does = matched(judged, brought, identities, ids, mine, names)
    asking = resembling.ask(viewer, ledger, brought, mine, names, former, bases, does)
    asking = resembling.answered(taken.rows, answers or {}, bases, does, asking)
    at = pl.Series(bases, dtype=pl.UInt32)
    merged = _merged(viewer, judged, brought, mine.select(pl.all().gather(at)))
    sealed = seal_rows(names, merged, bases)
    does = _unchanged(ledger, sealed, mine, bases, does)
    rows = cited(ledger, sealed, does, source, taken.layout.sheet, taken.rows)
    entries = _entries(mine, at)
    digests = _digests(ledger, entries, rows, does)
    kept = rows.with_columns(
        pl.Series(ROW, taken.rows, dtype=pl.Int64), pl.Series(DOES, does, dtype=pl.String),
        entries.alias(ENTRY), mine["id"].gather(at).alias(BASE),
        identities.alias(IDENTITY), digests.alias(DIGEST),
    )  # fmt: skip
    return Compared(kept, names.frame(), _digest(ledger, brought, kept), asking)


def _entries(mine: pl.DataFrame, bases: pl.Series) -> pl.Series:
    """The entry that each row is, or a new number."""
    import polars as pl

    known = mine["entry"].gather(bases)
    new = known.is_null().arg_true()
    drawn = pl.Series(array("Q", secrets.token_bytes(8 * new.len())), dtype=pl.UInt64)
    # In the order of the sheet they go into an index one beside the other.
    fresh = (drawn // 2).cast(pl.Int64).clip(lower_bound=1).sort()
    return known.scatter(new, fresh)


def _digests(
    ledger: type[Ledger], entries: pl.Series, rows: pl.DataFrame, does: Sequence[Does]
) -> pl.Series:
    """The digests of the rows that are written; null for those that are not."""
    import polars as pl

    at = pl.Series([n for n, do in enumerate(does) if do in WRITTEN], dtype=pl.UInt32)
    if len(at) == rows.height:
        return columnar.digests(ledger, entries, rows)
    made = columnar.digests(ledger, entries.gather(at), rows[at])
    nothing = pl.Series([None], dtype=pl.Binary).new_from_index(0, rows.height)
    return nothing.scatter(at, made) if len(made) else nothing


def persons(ledger: type[Ledger], rows: pl.DataFrame) -> bool:
    """Whether any row has the protected name of a person, one that is known already too."""
    return any(
        rows[f"{name}_vault"].is_not_null().any()
        if field.person
        else rows[name].str.contains('"vault":', literal=True).any()
        for name, field in ledger.fields.items()
        if field.person or isinstance(field, Many)
    )


def totals(rows: pl.DataFrame) -> dict[str, int]:
    """How many rows do what."""
    counted = dict(rows[DOES].value_counts().iter_rows())
    return {does.value: counted.get(does.value, 0) for does in Does}


def _said(judged: Judged) -> set[str]:
    """The stored columns that a sheet brings; a total follows the child rows that it is of."""
    ledger = judged.taken.ledger
    said = {*judged.taken.frame.columns, "year"}
    said |= {n for n, f in ledger.fields.items() if f.total_of.partition(".")[0] in said}
    stored = columnar.stored_names(ledger)
    return {n for n in stored if (n if n in ledger.fields else n.rpartition("_")[0]) in said}


def _needed(judged: Judged) -> list[str]:
    """The stored columns of an entry that a row is compared by, apart from its digest.

    Those that the sheet does not bring, and the names of persons, which keep their references.
    """
    ledger, stored = judged.taken.ledger, columnar.stored_names(judged.taken.ledger)
    if any(
        isinstance(field, Many) and any(one.person for one in field.fields.values())
        for field in ledger.fields.values()
    ):
        return stored
    names = {
        n for name, one in ledger.fields.items() if one.person for n in (name, f"{name}_vault")
    }
    said = _said(judged) - names
    return [name for name in stored if name not in said]


def _merged(
    viewer: Viewer, judged: Judged, brought: pl.DataFrame, base: pl.DataFrame
) -> pl.DataFrame:
    """Every row over the entry that it is: only the fields that the sheet brings can change.

    `base` has the entry of each row, or nothing in the row of a new one.
    """
    import polars as pl

    ledger, said = judged.taken.ledger, _said(judged)
    new = base["id"].is_null()
    columns = []
    for name in columnar.stored_names(ledger):
        if name in said:
            columns.append(brought[name])
        else:
            columns.append(pl.select(pl.when(new).then(brought[name]).otherwise(base[name]))
                           .to_series().alias(name))  # fmt: skip
    merged = pl.DataFrame(columns)
    fresh = {"owner": viewer.office} | ({"state": "draft"} if "state" in ledger.fields else {})
    return merged.with_columns(
        pl.when(new).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        for name, value in fresh.items()
    )


def _unchanged(
    ledger: type[Ledger],
    sealed: pl.DataFrame,
    mine: pl.DataFrame,
    bases: Sequence[int | None],
    does: Sequence[Does],
) -> list[Does]:
    """What each row does, now that those whose digest is that of their entry change nothing."""
    changed = [(n, b) for n, b in enumerate(bases) if does[n] is Does.CHANGED and b is not None]
    found = list(does)
    for start in range(0, len(changed), _PART):
        at, of = map(list, zip(*changed[start : start + _PART], strict=True))
        standing = mine.select("entry", "digest")[of]
        made = columnar.digests(ledger, standing["entry"], sealed[at])
        for n in compress(at, made.eq_missing(standing["digest"])):
            found[n] = Does.UNCHANGED
    return found


def _digest(ledger: type[Ledger], brought: pl.DataFrame, rows: pl.DataFrame) -> str:
    """What the rows do and say, in 64 hex digits; without persons' names, whose hash would last."""
    import polars as pl

    said = [
        name
        for name, field in ledger.fields.items()
        if not field.person
        and not (isinstance(field, Many) and any(one.person for one in field.fields.values()))
    ]
    whole = pl.concat([rows.select(ROW, DOES, BASE), brought.select(said)], how="horizontal")
    digest = hashlib.sha256()
    for part in whole.iter_slices(_PART):
        digest.update(part.write_csv(include_header=False).encode())
    return digest.hexdigest()
