"""Raw cells as the frame that `check` takes.

Not reading: every cell is still the text that was brought.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from jiedui.ledgers.values import Cells, Raw

# Half of a UTF-16 pair is no character and cannot stand in a frame. U+001A SUBSTITUTE stands for
# it, which `check` refuses in its cell.
_HALF = re.compile(r"[\ud800-\udfff]")
_SUBSTITUTE = "\x1a"


def frame(rows: Iterable[Cells]) -> pl.DataFrame:
    """Raw cells as a frame, one row each; its columns are the union of the rows' names."""
    import polars as pl

    rows = [{_whole(name): cell for name, cell in row.items()} for row in rows]
    names = dict.fromkeys(name for row in rows for name in row)
    if not names:
        return pl.DataFrame(height=len(rows))
    return pl.DataFrame([_column(name, [row.get(name) for row in rows]) for name in names])


def _column(name: str, cells: Sequence[Raw]) -> pl.Series:
    """Text, or child rows as soon as one cell brings them; a text is then a row's `value`."""
    import polars as pl

    if not any(isinstance(cell, list) for cell in cells):
        texts = [_whole(cell) if isinstance(cell, str) else None for cell in cells]
        return pl.Series(name, texts, dtype=pl.String)
    children = [_children(cell) for cell in cells]
    names = dict.fromkeys(inner for rows in children for row in rows or () for inner in row)
    inside = pl.Struct(dict.fromkeys(names or ("value",), pl.String))
    return pl.Series(name, children, dtype=pl.List(inside))


def _children(cell: Raw) -> list[dict[str, str | None]] | None:
    if cell is None:
        return None
    rows: list[dict[str, str | None]] = [{"value": cell}] if isinstance(cell, str) else cell
    return [
        {_whole(name): None if text is None else _whole(text) for name, text in row.items()}
        for row in rows
    ]


def _whole(text: str) -> str:
    return _HALF.sub(_SUBSTITUTE, text)
