"""The values of many rows as columns: what `check` reads a frame into.

Not a frame of raw cells (`frames`), and no rules: a row taken out of it is the same mapping of
plain values that one entry has everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jiedui.ledgers.values import Sealed, child_rows
from jiedui.ledgers.words import Field, Many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    from typing_extensions import TypeIs

    from jiedui.ledgers.values import Value, Values


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Values of `height` rows by field name, `names` in the order in which they were read.

    `scalars` are typed as `dtype` says and null where a row has no value; `children` hold a tuple
    of child rows for each row. A protected name is null among the scalars and its reference
    stands in `vault`, which has only fields that hold one.
    """

    height: int
    names: tuple[str, ...]
    scalars: Mapping[str, pl.Series]
    children: Mapping[str, Sequence[tuple[Values, ...]]]
    vault: Mapping[str, pl.Series] = field(default_factory=dict)

    def rows(self, at: pl.Series | list[int] | None = None) -> list[dict[str, Value]]:
        """The values of every row, or of the rows at those numbers, as mappings by name."""
        if at is not None:
            return self.take(at).rows()
        lists = [self._list(name) for name in self.names]
        if not lists:
            return [{} for _ in range(self.height)]
        return [dict(zip(self.names, row, strict=True)) for row in zip(*lists, strict=True)]

    def _list(self, name: str) -> Sequence[Value]:
        if name in self.children:
            return self.children[name]
        values: list[Value] = self.scalars[name].to_list()
        if name in self.vault:
            refs = self.vault[name].to_list()
            return [Sealed(r) if r else v for r, v in zip(refs, values, strict=True)]
        return values

    def take(self, at: pl.Series | list[int]) -> Columns:
        """The rows at those numbers, in that order."""
        numbers = list(at)
        return replace(
            self,
            height=len(numbers),
            scalars={name: one.gather(at) for name, one in self.scalars.items()},
            children={name: [one[i] for i in numbers] for name, one in self.children.items()},
            vault={name: one.gather(at) for name, one in self.vault.items()},
        )

    def holding(self, **values: pl.Series | Value) -> Columns:
        """With further fields, or others in their place: a series, or one value for every row."""
        scalars, children, vault = dict(self.scalars), dict(self.children), dict(self.vault)
        for name, value in values.items():
            for there in (scalars, children, vault):
                there.pop(name, None)
            if isinstance(value, tuple):
                children[name] = [value] * self.height
            elif isinstance(value, Sealed):
                scalars[name], vault[name] = self._same(None), self._same(value.ref)
            else:
                scalars[name] = value if _is_series(value) else self._same(value)
        names = tuple(dict.fromkeys((*self.names, *values)))
        return Columns(self.height, names, scalars, children, vault)

    def _same(self, value: Value) -> pl.Series:
        import polars as pl

        dtype = pl.Int64 if type(value) is int else pl.String if value is None else None
        plain: Any = value
        return pl.repeat(plain, self.height, dtype=dtype, eager=True)

    def sealed(self, name: str, refs: pl.Series) -> Columns:
        """With the names in one field put away: where `refs` has a reference, the text goes."""
        import polars as pl

        text = self.scalars[name].set(refs.is_not_null(), None)
        if name in self.vault:
            refs = pl.select(pl.coalesce(refs, self.vault[name])).to_series()
        return replace(self, scalars={**self.scalars, name: text}, vault={**self.vault, name: refs})

    def frame(self, fields: Mapping[str, Field]) -> pl.DataFrame:
        """Typed columns of some fields, as row expressions want them; child rows are counted.

        A field that no row has is there and empty; a protected name is its reference.
        """
        import polars as pl

        return pl.DataFrame([self._typed(name, one) for name, one in fields.items()])

    def _typed(self, name: str, declared: Field) -> pl.Series:
        import polars as pl

        if isinstance(declared, Many):
            counts = [len(rows) for rows in self.children.get(name, ())] or [0] * self.height
            return pl.Series(f"{name}_count", counts, dtype=pl.Int64)
        if name not in self.scalars:
            return empty(name, declared, self.height)
        values = self.scalars[name].alias(name)
        if name in self.vault:
            return pl.select(pl.coalesce(values, self.vault[name]).alias(name)).to_series()
        return values


def _is_series(value: pl.Series | Value) -> TypeIs[pl.Series]:
    import polars as pl

    return isinstance(value, pl.Series)


def dtype(declared: Field) -> type[pl.DataType]:
    """The Polars type of a field's column."""
    import polars as pl

    dtypes: dict[str, type[pl.DataType]] = {
        "whole": pl.Int64,
        "money": pl.Int64,
        "ref": pl.Int64,
        "date": pl.Date,
        "flag": pl.Boolean,
    }
    return dtypes.get(declared.kind, pl.String)


def empty(name: str, declared: Field, height: int) -> pl.Series:
    """A column of a field without a value in any row."""
    import polars as pl

    return pl.Series(name, [None], dtype=dtype(declared)).new_from_index(0, height)


def of_rows(fields: Mapping[str, Field], rows: Sequence[Values]) -> Columns:
    """The columns of some fields from the values of rows; other values are left out."""
    import polars as pl

    scalars: dict[str, pl.Series] = {}
    children: dict[str, Sequence[tuple[Values, ...]]] = {}
    vault: dict[str, pl.Series] = {}
    for name, declared in fields.items():
        cells = [row.get(name) for row in rows]
        if isinstance(declared, Many):
            children[name] = [child_rows(cell) for cell in cells]
            continue
        bare = [None if isinstance(cell, Sealed) else cell for cell in cells]
        scalars[name] = pl.Series(name, bare, dtype=dtype(declared))
        refs = [cell.ref if isinstance(cell, Sealed) else None for cell in cells]
        if any(refs):
            vault[name] = pl.Series(name, refs, dtype=pl.String)
    return Columns(len(rows), tuple(fields), scalars, children, vault)
