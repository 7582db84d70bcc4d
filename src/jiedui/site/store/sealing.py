"""Names of persons in many rows at once: put away under references, those known under their own.

A name that an entry holds already keeps its reference, so that nothing changes where nobody
changed it. Nothing is stored here: the boxes wait with the rows until they are loaded.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jiedui.ledgers import Sealed, canon
from jiedui.ledgers.rules import seal_children, to_seal
from jiedui.ledgers.values import child_rows
from jiedui.ledgers.words import Many
from jiedui.site.store import columnar, rows, vault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from jiedui.ledgers import Ledger
    from jiedui.ledgers.columns import Columns

__all__ = ["Names", "seal_rows"]


class Names:
    """The protected names of the entries that a workbook may be about, and the new ones.

    `mine` are those entries as stored columns; their boxes are opened once.
    """

    def __init__(self, ledger: type[Ledger], owner: int, mine: pl.DataFrame) -> None:
        self.ledger = ledger
        self.owner = owner
        self.mine = mine
        self.own = [name for name, one in ledger.fields.items() if one.person]
        self.lists = [
            name
            for name, one in ledger.fields.items()
            if isinstance(one, Many) and any(inner.person for inner in one.fields.values())
        ]
        self.refs = self._refs()
        self.open = vault.opened((ref for one in self.refs.values() for ref in one), owner)
        self.fresh: dict[str, vault.Box] = {}

    @property
    def any(self) -> bool:
        """Whether this ledger has names of persons at all."""
        return bool(self.own or self.lists)

    def _refs(self) -> dict[int, list[str]]:
        """The references of each entry that holds a name, in its fields and in its child rows."""
        found: dict[int, list[str]] = {}
        for name in self.own:
            sealed = self.mine[f"{name}_vault"]
            at = sealed.is_not_null().arg_true()
            for base, ref in zip(at, sealed.gather(at), strict=True):
                found.setdefault(base, []).append(ref)
        stored = self.mine.select(columnar.stored_names(self.ledger)) if self.lists else self.mine
        for name in self.lists:
            for base in (self.mine[f"{name}_count"] > 0).arg_true():
                values = rows.decode(self.ledger, stored.row(base, named=True))
                found[base] = rows.sealed_refs(values)
        return found

    def held(self, base: int | None) -> Mapping[str, str]:
        """The references that an entry holds, by name."""
        if base is None:
            return {}
        return {self.open[ref]: ref for ref in self.refs.get(base, ()) if ref in self.open}

    def ref(self, name: str, held: Mapping[str, str]) -> str:
        """The reference of a name in an entry: its own, or a new one with its box."""
        if name in held:
            return held[name]
        box = vault.seal(self.owner, name)
        self.fresh[box.ref] = box
        return box.ref

    def standing(self) -> list[str] | None:
        """For each entry the protected names that are part of what makes it the same event.

        None where no name is.
        """
        part = [name for name in self.ledger.identity if self.ledger.fields[name].person]
        if not part:
            return None
        columns = []
        for name in part:
            sealed = self.mine[f"{name}_vault"]
            texts = self.mine[name].fill_null("").to_list()
            at = sealed.is_not_null().arg_true()
            for base, ref in zip(at, sealed.gather(at), strict=True):
                texts[base] = self.open.get(ref, "")
            columns.append(texts)
        return _joined(columns)

    def brought(self, frame: pl.DataFrame) -> list[str] | None:
        """The same for rows of a sheet, whose names are still in the clear."""
        part = [name for name in self.ledger.identity if self.ledger.fields[name].person]
        if not part:
            return None
        return _joined([frame[name].fill_null("").to_list() for name in part])

    def frame(self) -> pl.DataFrame:
        """The boxes of the new names: ref, nonce, box, mark."""
        import polars as pl

        types = {"ref": pl.String, "nonce": pl.Binary, "box": pl.Binary, "mark": pl.String}
        found = [(one.ref, one.nonce, one.box, one.mark) for one in self.fresh.values()]
        return pl.DataFrame(found, schema=types, orient="row")


def _joined(columns: Sequence[list[str]]) -> list[str]:
    """The names of each row, one after the other."""
    first, *others = columns
    return list(map("|".join, zip(first, *others, strict=True))) if others else first


def seal_rows(names: Names, merged: pl.DataFrame, bases: Sequence[int | None]) -> pl.DataFrame:
    """The rows with every protected name put away; others stay readable text."""
    if not names.any:
        return merged
    sealed = merged
    for name in names.own:
        sealed = _seal_column(names, sealed, name, bases)
    return _seal_lists(names, sealed, bases) if names.lists else sealed


def _seal_column(
    names: Names, frame: pl.DataFrame, name: str, bases: Sequence[int | None]
) -> pl.DataFrame:
    import polars as pl

    persons = to_seal(names.ledger, name, _typed(names.ledger, frame)).arg_true().to_list()
    if not persons:
        return frame
    texts, refs = frame[name].to_list(), frame[f"{name}_vault"].to_list()
    for at in persons:
        refs[at] = names.ref(texts[at], names.held(bases[at]))
        texts[at] = None
    return frame.with_columns(
        pl.Series(name, texts, dtype=pl.String), pl.Series(f"{name}_vault", refs, dtype=pl.String)
    )


def _typed(ledger: type[Ledger], frame: pl.DataFrame) -> Columns:
    """The fields as conditions want them: days are days."""
    import polars as pl

    days = [one.name for one in ledger.fields.values() if one.kind == "date"]
    return columnar.columns(ledger, frame.with_columns(pl.col(days).str.to_date("%Y-%m-%d")))


def _seal_lists(names: Names, frame: pl.DataFrame, bases: Sequence[int | None]) -> pl.DataFrame:
    """Child rows with names: one entry at a time, they are few."""
    import polars as pl

    ledger = names.ledger
    count = pl.sum_horizontal(pl.col(f"{name}_count") for name in names.lists)
    changed = {name: frame[name].to_list() for name in names.lists}
    for at in frame.select(count.alias("n"))["n"].gt(0).arg_true():
        values = rows.decode(ledger, frame.row(at, named=True))
        sealed = partial(_sealed, names, names.held(bases[at]))
        for name in names.lists:
            [done] = seal_children(ledger, name, [child_rows(values[name])], sealed)
            changed[name][at] = canon.text(canon.plain(done))
    return frame.with_columns(
        pl.Series(name, texts, dtype=pl.String) for name, texts in changed.items()
    )


def _sealed(names: Names, held: Mapping[str, str], name: str) -> Sealed:
    return Sealed(names.ref(name, held))
