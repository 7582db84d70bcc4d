"""What the cells beneath a heading say of it: which of two columns is meant, and which is none.

A heading is believed unless its cells say otherwise. Only a column whose every cell is an option
of one field is taken for it without its name, and the preview says that it was guessed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.columns import declared
from jiedui.intake.headings import How, normal
from jiedui.ledgers import days, typed_fields
from jiedui.ledgers.read import Around, NoRegisters, read
from jiedui.ledgers.widths import narrow
from jiedui.ledgers.words import Choice, Count, Date, Flag, Money
from jiedui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import polars as pl

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Column
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field

__all__ = ["weighed"]

_NOWHERE = Around(None, None, NoRegisters())
# So many different cells are looked at, and of those of a column this share is to be read.
_LOOKED_AT = 30
_SHARE = 0.6
_LEAST = 2
_NO_CHOICE = ("备注", "说明")


def weighed(
    sheet: Sheet,
    ledger: type[Ledger],
    columns: Sequence[Column],
    last: int,
    given: Collection[str] = (),
) -> tuple[Column, ...]:
    """The columns below the `last` heading, each weighed by its cells.

    Of two for one field, that whose cells can be read (`left` is "other" of the other); none that
    is contradicted by all of its cells ("unlike"); one more where the cells are a field's options.
    """
    cells = {
        one.letter: sheet.cells[one.letter].slice(last)
        for one in columns
        if one.letter in sheet.cells.columns
    }
    found = [_unlike(ledger, one, _sample(cells.get(one.letter))) for one in columns]
    by_path: dict[str, list[Column]] = {}
    for one in found:
        if not one.at:
            by_path.setdefault(one.field, []).append(one)
    for path, same in by_path.items():
        if path and len(same) > 1 and (meant := _meant(ledger, same, cells)):
            found = [
                replace(one, field="", how=How.NONE, unit="", left="other")
                if one.field == path and one is not meant
                else one
                for one in found
            ]
    return _guessed(ledger, found, cells, given)


def _sample(cells: pl.Series | None) -> list[str]:
    """Some of the different cells of a column, without blanks."""
    if cells is None:
        return []
    texts = cells.drop_nulls().head(_LOOKED_AT * 10).str.strip_chars().unique(maintain_order=True)
    return [text for text in texts if text][:_LOOKED_AT]


def _share(field: Field, sample: Sequence[str], unit: str) -> float:
    """How many of the cells can be read as the field, from 0 to 1."""
    if not sample:
        return 0.0
    texts = [f"{text}{unit}" if unit and not text.endswith("元") else text for text in sample]
    read_well = sum(not isinstance(read(field, text, _NOWHERE), Problem) for text in texts)
    return read_well / len(sample)


def _unlike(ledger: type[Ledger], column: Column, sample: Sequence[str]) -> Column:
    """The column, taken for nothing when only an alias named its field and no cell is of it."""
    if column.how not in {How.ALIAS, How.NAME, How.LEVELS} or len(sample) < _LEAST:
        return column
    field = declared(ledger, column.field)
    plain = [narrow(text) for text in sample]
    if isinstance(field, Money | Count):
        unlike = all("-" in text[1:] or "年" in text for text in plain) and all(
            map(days.day, plain)
        )
    elif isinstance(field, Date):
        unlike = all(text.replace(".", "", 1).isdigit() for text in plain) and not any(
            days.day(text) or days.month(text) or len(text) == len("45433") for text in plain
        )
    else:
        return column
    if not unlike:
        return column
    return replace(column, field="", how=How.NONE, unit="", left="unlike")


def _meant(
    ledger: type[Ledger], same: Sequence[Column], cells: dict[str, pl.Series]
) -> Column | None:
    """Which of the columns for one field is meant, where their cells say it."""
    if any(one.how is How.REMEMBERED for one in same):
        return None
    samples = {one.letter: _sample(cells.get(one.letter)) for one in same}
    there = [one for one in same if samples[one.letter]] or list(same[:1])
    if len(there) == 1:
        return there[0]
    first = cells[there[0].letter]
    if all(cells[one.letter].equals(first, null_equal=True) for one in there[1:]):
        return there[0]
    field = declared(ledger, same[0].field)
    if not isinstance(field, Date | Money | Count | Choice | Flag):
        return None
    units = {one.letter: one.unit or "元" if isinstance(field, Money) else "" for one in there}
    shares = {letter: _share(field, samples[letter], unit) for letter, unit in units.items()}
    best = max(there, key=lambda one: shares[one.letter])
    others = [shares[one.letter] for one in there if one is not best]
    return best if shares[best.letter] >= _SHARE and not any(others) else None


def _guessed(
    ledger: type[Ledger],
    columns: Sequence[Column],
    cells: dict[str, pl.Series],
    given: Collection[str],
) -> tuple[Column, ...]:
    """The columns, one more for each choice that is missing and that one column is all of."""
    taken = {one.field for one in columns} | set(given)
    open_to = {
        path: {*field.words}
        for path, field in typed_fields(ledger).items()
        if isinstance(field, Choice) and path not in taken
    }
    paths: dict[str, list[str]] = {}
    for one in columns:
        sample = set(_sample(cells.get(one.letter)))
        if one.left != "unknown" or len(sample) < _LEAST or normal(one.heading) in _NO_CHOICE:
            continue
        fits = [path for path, options in open_to.items() if sample <= options]
        if len(fits) == 1:
            paths.setdefault(fits[0], []).append(one.letter)
    sure = {letters[0]: path for path, letters in paths.items() if len(letters) == 1}
    return tuple(
        replace(one, field=sure[one.letter], how=How.VALUES, left="") if one.letter in sure else one
        for one in columns
    )
