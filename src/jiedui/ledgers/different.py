"""The different cells of a column, so that each is read once however many rows hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from jiedui.ledgers.values import Raw

# What is looked up by number is faster than what is joined while there are few.
_FEW = 8
_SOME = 1000


def few(cells: pl.Series) -> bool:
    """Whether a long column holds few different cells; roughly, and at once."""
    return cells.len() > _SOME and int(str(cells.approx_n_unique())) * _FEW < cells.len()


def different(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different cells, and for each cell its number among them; no cell may be null."""
    import polars as pl

    found = cells.unique(maintain_order=True)
    if cells.dtype == pl.String and few(cells):
        return found, cells.cast(pl.Enum(found)).to_physical().cast(pl.UInt32)
    numbered = pl.DataFrame([found.alias("cell")]).with_row_index("number")
    joined = cells.alias("cell").to_frame().join(
        numbered, on="cell", how="left", maintain_order="left"
    )  # fmt: skip
    return found, joined["number"]


def held(cells: pl.Series) -> Iterable[tuple[int, Raw]]:
    """The cells that are not null, with their rows."""
    # By a name of ours: Polars takes one like `^…$` for a pattern, and a heading is anybody's.
    cells = cells.alias("")
    at = cells.is_not_null().arg_true()
    yield from zip(at.to_list(), cells.gather(at).to_list(), strict=True)


def key_of_lists(lists: pl.Series) -> pl.Series:
    """A text that two lists of child rows share only when they are equal; null for no list."""
    import polars as pl

    assert isinstance(lists.dtype, pl.List)
    inner = lists.dtype.inner
    assert isinstance(inner, pl.Struct)
    # By number: Polars takes a name such as `*` or `^a.*$` for several names, and panics.
    numbers = [str(number) for number in range(len(inner.fields))]
    if not numbers:
        return lists.list.len().cast(pl.String)
    row = pl.element().struct.rename_fields(numbers)
    cells = [row.struct.field(number) for number in numbers]
    # Each cell behind its length, so that no cell can pass for two.
    sized = [
        pl.concat_str(cell.str.len_bytes().cast(pl.String), pl.lit(":"), cell).fill_null("-")
        for cell in cells
    ]
    return lists.list.eval(pl.concat_str(sized)).list.join("")
