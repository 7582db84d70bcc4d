"""The citation by which each row of a workbook, written as an entry, names where it stands.

Not for citations that a person makes: those of documents stay as they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiedui.ledgers import canon
from jiedui.site.store.staged import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from jiedui.ledgers import Ledger
    from jiedui.site.store.staged import Does

__all__ = ["cited"]

# What every citation has, and what only one of a sheet's row has.
_CITED = ("document", "sheet")


def cited(
    ledger: type[Ledger],
    sealed: pl.DataFrame,
    does: Sequence[Does],
    cited: str,
    sheet: str,
    rows: Sequence[int],
) -> pl.DataFrame:
    """The rows as they would be written: a draft that cites its row of the sheet."""
    import polars as pl

    writes = pl.Series([do in WRITTEN for do in does], dtype=pl.Boolean)
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
