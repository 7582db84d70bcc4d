"""The canonical bytes and digests of many rows at once, the same as `canon` gives one by one.

The text is put together by columns; what JSON escapes or NFC composes goes through `canon`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.ledgers.canon import DIGEST_BYTES, plain, text
from jiedui.ledgers.different import different
from jiedui.ledgers.plain import is_quoted_as_it_is

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import polars as pl

    from jiedui.ledgers.columns import Columns
    from jiedui.ledgers.values import Values

# So many rows are held as text at once.
_ROWS = 50_000


def digests(
    ledger: str,
    entries: int | Sequence[int] | pl.Series,
    columns: Columns,
    names: Iterable[str] | None = None,
    written: Mapping[str, pl.Series] | None = None,
) -> pl.Series:
    """`canon.digest` of every row, as bytes.

    `names` are the fields that count, all of them if not said. `entries` are the rows' entry ids,
    or one number for all of them. `written` has the canonical text of child rows that exists
    already, null where there are none.
    """
    import polars as pl

    sha256 = hashlib.sha256
    parts = [pl.Series(dtype=pl.Binary)]
    for some in _canonical(ledger, entries, columns, names, written):
        made = [sha256(one).digest()[:DIGEST_BYTES] for one in some]
        parts.append(pl.Series(made, dtype=pl.Binary))
    return pl.concat(parts)


def canonicals(
    ledger: str,
    entries: int | Sequence[int] | pl.Series,
    columns: Columns,
    names: Iterable[str] | None = None,
) -> Iterator[bytes]:
    """`canon.canonical` of every row, for the same fields and entries."""
    for some in _canonical(ledger, entries, columns, names):
        yield from some


def _canonical(
    ledger: str,
    entries: int | Sequence[int] | pl.Series,
    columns: Columns,
    names: Iterable[str] | None,
    written: Mapping[str, pl.Series] | None = None,
) -> Iterator[list[bytes]]:
    import polars as pl

    written = written or {}
    there = {*columns.names, *written}
    kept = sorted(there if names is None else there.intersection(names))
    numbers = (
        pl.repeat(entries, columns.height, dtype=pl.Int64, eager=True)
        if isinstance(entries, int)
        else pl.Series(entries, dtype=pl.Int64)
    )
    for since in range(0, columns.height, _ROWS):
        some = slice(since, min(since + _ROWS, columns.height))
        entry = numbers[some].cast(pl.String)
        members = {
            name: _Member(written[name][some]) if name in written else _member(columns, name, some)
            for name in kept
        }
        yield _written(text(ledger), entry, members)


@dataclass(frozen=True, slots=True)
class _Member:
    """The JSON texts of a field in some rows, null where it has no value, but for `mark`s."""

    texts: pl.Series
    mark: str = ""


def _written(ledger: str, entry: pl.Series, members: Mapping[str, _Member]) -> list[bytes]:
    """The bytes of each row.

    A field that every row has carries no comma: those before it are followed by one, those after
    it led by one. Where there is no such field the comma in front is cut off.
    """
    import polars as pl

    fixed = next((name for name, one in members.items() if not one.texts.null_count()), "")
    parts: list[str | pl.Series] = []
    behind = fixed != ""
    for name, one in members.items():
        behind = behind and name != fixed
        comma = "" if behind or name == fixed else ","
        first, last = f"{comma}{text(name)}:{one.mark}", one.mark + ("," if behind else "")
        if one.texts.null_count():
            parts.append(pl.select(_joined([first, one.texts, last]).fill_null("")).to_series())
        else:
            parts += [first, one.texts, last]
    if members and not fixed:
        parts = [pl.select(_joined(parts).str.strip_prefix(",")).to_series()]
    whole = _joined([f"[{ledger},", entry, ",{", *parts, "}]"])
    made = pl.select(whole.cast(pl.Binary)).to_series()
    return made.to_list()


def _joined(parts: Sequence[str | pl.Series]) -> pl.Expr:
    """All parts of each row, texts being the same in every row; null where one is null."""
    import polars as pl

    shape = "".join(
        part.replace("{", "{{").replace("}", "}}") if isinstance(part, str) else "{}"
        for part in parts
    )
    return pl.format(shape, *(pl.lit(part) for part in parts if not isinstance(part, str)))


def _member(columns: Columns, name: str, some: slice) -> _Member:
    import polars as pl

    if name in columns.children:
        return _Member(_children(columns.children[name][some]))
    values = columns.scalars[name][some]
    if values.dtype != pl.String:
        # Days as ISO text, whole numbers as such, flags as true and false.
        return _Member(values.cast(pl.String), '"' if values.dtype == pl.Date else "")
    if name in columns.vault:
        refs, texts = _between_marks(columns.vault[name][some]), _between_marks(values)
        marked = _joined(['{"vault":', refs, "}"])
        return _Member(pl.select(pl.coalesce(marked, pl.lit(texts))).to_series())
    odd = _odd(values)
    return _Member(_between_marks(values, odd)) if odd.len() else _Member(values, '"')


def _children(lists: Sequence[tuple[Values, ...]]) -> pl.Series:
    import polars as pl

    texts = [text(plain(rows)) if rows else None for rows in lists]
    return pl.Series(texts, dtype=pl.String)


def _odd(values: pl.Series) -> pl.Series:
    """The rows with a text that does not stand in JSON as it is."""
    return (values.is_not_null() & ~is_quoted_as_it_is(values)).arg_true()


def _between_marks(values: pl.Series, odd: pl.Series | None = None) -> pl.Series:
    """The JSON texts of texts."""
    import polars as pl

    quoted = pl.select(_joined(['"', values, '"'])).to_series()
    odd = _odd(values) if odd is None else odd
    if not odd.len():
        return quoted
    found, numbers = different(values.gather(odd))
    texts = pl.Series([text(plain(one)) for one in found], dtype=pl.String)
    return quoted.scatter(odd, texts.gather(numbers))
