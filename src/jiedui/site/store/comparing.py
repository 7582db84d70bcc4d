"""A checked workbook against the book: what each row would do, and to which entry.

Rows find their entry by the id that a file of ours brings, else by identity among the office's
own entries. Whether one changed is told by its digest. Names are put away in `sealing`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.ledgers import canon
from jiedui.ledgers.words import Many
from jiedui.site.store import columnar, resembling
from jiedui.site.store.entries import entry_id
from jiedui.site.store.identifying import matched, mine_of
from jiedui.site.store.sealing import Names, seal_rows
from jiedui.site.store.staged import BASE, DIGEST, DOES, ENTRY, IDENTITY, ROW, Does

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Ledger

__all__ = ["Compared", "compare", "persons", "totals"]


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


_WRITTEN = frozenset([Does.ADDED, Does.CHANGED])
# What every citation has, and what only one of a sheet's row has.
_CITED = ("document", "sheet")


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
    mine = mine_of(ledger, viewer, [one for one in ids if one], identities)
    former, mine = resembling.former(viewer, taken.layout, sheet, mine)
    names = Names(ledger, viewer.office, mine)
    bases, does = matched(judged, brought, identities, ids, mine, names)
    asking = resembling.ask(ledger, brought, mine, names, former, bases, does)
    asking = resembling.answered(taken.rows, answers or {}, bases, does, asking)
    at = pl.Series(bases, dtype=pl.UInt32)
    merged = _merged(viewer, judged, brought, mine.select(pl.all().gather(at)))
    sealed = seal_rows(names, merged, bases)
    does = _unchanged(ledger, sealed, mine, bases, does)
    rows = _written(ledger, sealed, does, source, taken.layout.sheet, taken.rows)
    entries = _entries(mine, at)
    digests = _digests(ledger, entries, rows, does)
    kept = rows.with_columns(
        pl.Series(ROW, taken.rows, dtype=pl.Int64), pl.Series(DOES, does, dtype=pl.String),
        entries.alias(ENTRY), mine["id"].gather(at).alias(BASE),
        pl.Series(IDENTITY, identities, dtype=pl.Binary),
        digests.alias(DIGEST),
    )  # fmt: skip
    return Compared(kept, names.frame(), _digest(ledger, brought, kept), asking)


def _entries(mine: pl.DataFrame, bases: pl.Series) -> pl.Series:
    """The entry that each row is, or a new number."""
    known = mine["entry"].gather(bases)
    new = known.is_null().arg_true()
    fresh = [secrets.randbits(63) or 1 for _ in range(new.len())]
    return known.scatter(new, fresh)


def _digests(
    ledger: type[Ledger], entries: pl.Series, rows: pl.DataFrame, does: Sequence[Does]
) -> pl.Series:
    """The digests of the rows that are written; null for those that are not."""
    import polars as pl

    at = pl.Series([n for n, do in enumerate(does) if do in _WRITTEN], dtype=pl.UInt32)
    made = columnar.digests(ledger, entries.gather(at), rows[at])
    nothing = pl.Series([None], dtype=pl.Binary).new_from_index(0, rows.height)
    return nothing.scatter(at, pl.Series(made, dtype=pl.Binary)) if made else nothing


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


def _merged(
    viewer: Viewer, judged: Judged, brought: pl.DataFrame, base: pl.DataFrame
) -> pl.DataFrame:
    """Every row over the entry that it is: only the fields that the sheet brings can change.

    `base` has the entry of each row, or nothing in the row of a new one.
    """
    import polars as pl

    ledger, taken = judged.taken.ledger, judged.taken
    said = {*taken.frame.columns, "year"}
    # A total follows the child rows that it is of.
    said |= {n for n, f in ledger.fields.items() if f.total_of.partition(".")[0] in said}
    new = base["id"].is_null()
    columns = []
    for name in columnar.stored_names(ledger):
        field = name if name in ledger.fields else name.rpartition("_")[0]
        if field in said:
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
    import polars as pl

    at = [n for n, do in enumerate(does) if do is Does.CHANGED]
    standing = mine.select("entry", "digest").select(
        pl.all().gather(pl.Series([bases[n] for n in at], dtype=pl.UInt32))
    )
    made = columnar.digests(ledger, standing["entry"].to_list(), sealed[at])
    found = list(does)
    for n, old, digest in zip(at, standing["digest"], made, strict=True):
        if digest == old:
            found[n] = Does.UNCHANGED
    return found


def _written(
    ledger: type[Ledger],
    sealed: pl.DataFrame,
    does: Sequence[Does],
    cited: str,
    sheet: str,
    rows: Sequence[int],
) -> pl.DataFrame:
    """The rows as they would be written: a draft that cites its row of the sheet."""
    import polars as pl

    writes = pl.Series([do in _WRITTEN for do in does], dtype=pl.Boolean)
    ends = canon.text({"document": cited, "sheet": sheet}).partition(',"sheet"')
    head, tail = f'{ends[0]},"row":', f"{ends[1]}{ends[2]}]"
    one = pl.lit(head) + pl.Series("row", rows, dtype=pl.Int64).cast(pl.String) + pl.lit(tail)
    kept = _of_documents(sealed["sources"])
    count = kept.str.count_matches('"document"') + 1
    changed = [
        pl.when(writes).then(kept + one).otherwise(pl.col("sources")).alias("sources"),
        pl.when(writes).then(count).otherwise(pl.col("sources_count")).alias("sources_count"),
    ]
    if "state" in ledger.fields:
        state = pl.when(writes).then(pl.lit("draft")).otherwise(pl.col("state"))
        changed.append(state.alias("state"))
    return sealed.with_columns(changed)


def _of_documents(sources: pl.Series) -> pl.Series:
    """The beginnings of lists of citations: those of documents stay, those of sheets give way."""
    import polars as pl

    # Most cite a row of a sheet and nothing else.
    counted = [sources.str.count_matches(f'"{name}":', literal=True) for name in _CITED]
    plainly = counted[0] == counted[1]
    others = sources.filter(~plainly).unique()
    kept = [
        "[" + "".join(f"{canon.text(one)}," for one in json.loads(text) if "sheet" not in one)
        for text in others
    ]
    found = sources.replace_strict(others, kept, default="[", return_dtype=pl.String)
    return found if len(others) else pl.repeat("[", sources.len(), dtype=pl.String, eager=True)


def _digest(ledger: type[Ledger], brought: pl.DataFrame, rows: pl.DataFrame) -> str:
    """What the rows do and say, in 64 hex digits; without persons' names, whose hash would last."""
    import polars as pl

    said = [
        name
        for name, field in ledger.fields.items()
        if not field.person
        and not (isinstance(field, Many) and any(one.person for one in field.fields.values()))
    ]
    written = BytesIO()
    pl.concat([rows.select(ROW, DOES, BASE), brought.select(said)], how="horizontal").write_csv(
        written
    )
    return hashlib.sha256(written.getvalue()).hexdigest()
