"""Cells that are read at first sight, many at once: short texts, whole numbers, amounts.

Not a second reading: what is plain is so narrow that `read` gives the same, which a test holds,
and every other cell goes to `read`. Fields with few different cells need none of this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.ledgers.different import few
from jiedui.ledgers.words import Count, Money, Text

if TYPE_CHECKING:
    import polars as pl

    from jiedui.ledgers.words import Field

# Signs that stand in NFC as they are, that everybody sees and that no database stumbles over: no
# accents to compose, no full-width digits or letters. Neither `"` nor `\` (see `canon`).
SIGNS = (
    r"!#-\[\]-~\u00b7\u00d7\u2010-\u2027\u2160-\u217f\u2460-\u249b\u3001-\u3029"
    r"\u3400-\u4dbf\u4e00-\u9fff\uff01\uff05\uff08\uff09\uff0c\uff0f\uff1a\uff1b\uff1f"
)
_HARMLESS = rf'^["\\{SIGNS}](?:[ "\\{SIGNS}]*["\\{SIGNS}])?$'
_QUOTED = rf"^[ {SIGNS}]+$"
# At least what `personal` looks for: its numbers have one of these in them.
_NUMBERS = r"1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|[0-9](?:[- ]?[0-9]){15}"
# Each unit with its digits behind the point, and before it as many as keep the fen below the most.
_UNITS = (("亿元", 10, 5), ("万元", 6, 9), ("元", 2, 13))


def plain(declared: Field, cells: pl.Series) -> pl.Series | None:
    """The values of the plain cells of a column, null for every other; None when it has none.

    >>> import polars as pl
    >>> plain(Money("金额"), pl.Series(["12.5万元", "1,200元", "3元4角", None])).to_list()
    [12500000, 120000, None, None]
    """
    if isinstance(declared, Text):
        return None if declared.credit else _text(declared, cells)
    if isinstance(declared, Money):
        return _amounts(cells)
    return _count(declared, cells) if isinstance(declared, Count) else None


def _text(declared: Text, cells: pl.Series) -> pl.Series:
    # A few names in many rows are looked at once each; mostly there is nothing more to do.
    if few(cells) and _is_plain_text(declared, cells.unique()).all():
        return cells
    kept = _is_plain_text(declared, cells)
    return cells if kept.all() else cells.set(~kept, None)


def _is_plain_text(declared: Text, cells: pl.Series) -> pl.Series:
    # A text of so few bytes has no more signs than that.
    short = cells.str.len_bytes() <= declared.limit
    if not short.all():
        short = cells.str.len_chars() <= declared.limit
    return short & cells.str.contains(_HARMLESS) & ~cells.str.contains(_NUMBERS)


def is_quoted_as_it_is(cells: pl.Series) -> pl.Series:
    """Whether the JSON text of each is the very same between quotation marks, and in NFC."""
    if few(cells) and cells.unique().str.contains(_QUOTED).all():
        return cells.is_not_null()
    return cells.str.contains(_QUOTED)


def _amounts(cells: pl.Series) -> pl.Series:
    import polars as pl

    found = [_amount(cells, *unit) for unit in _UNITS if cells.str.ends_with(unit[0]).any()]
    if not found:
        return pl.Series(cells.name, [None], dtype=pl.Int64).new_from_index(0, cells.len())
    return found[0] if len(found) == 1 else pl.select(pl.coalesce(found)).to_series()


def _amount(cells: pl.Series, unit: str, behind: int, before: int) -> pl.Series:
    """Exact, as a decimal of that unit whose last digit is a fen."""
    import polars as pl

    shape = rf"^-?(?:{_digits(before)})(?:\.[0-9]{{1,{behind}}})?{unit}$"
    bare = cells.set(~cells.str.contains(shape), None).str.strip_suffix(unit)
    decimal = _ungrouped(bare).cast(pl.Decimal(38, behind))
    return decimal.to_physical().cast(pl.Int64)


def _count(declared: Count, cells: pl.Series) -> pl.Series:
    import polars as pl

    shape = rf"^-?(?:{_digits(17)})$"
    bare = cells.str.strip_suffix(declared.unit) if declared.unit else cells
    numbers = _ungrouped(bare.set(~bare.str.contains(shape), None)).cast(pl.Int64)
    return numbers.set(~numbers.is_between(declared.low, declared.high), None)


def _digits(most: int) -> str:
    """The shape of a whole number of at most so many digits, grouped by commas or not."""
    return rf"[0-9]{{1,{most}}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{max(most // 3 - 1, 1)}}}"


def _ungrouped(numbers: pl.Series) -> pl.Series:
    return numbers.str.replace_all(",", "", literal=True)
