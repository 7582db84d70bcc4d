"""Each heading of a sheet as a column: the field it means, its unit, or why it is not read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.headings import (
    AMOUNTS,
    Heading,
    How,
    heading,
    is_personal,
    names,
    normal,
    unit_fits,
)
from jiedui.intake.layout import DEMONSTRATION, ENTRY_NUMBER, MARKS, UNIT, Column
from jiedui.intake.persons import count_of
from jiedui.intake.persons import listed as lists_persons
from jiedui.ledgers.personal import looks_personal
from jiedui.ledgers.words import Count, Field, Many, Money, Text
from jiedui.problems import listed, problem, said

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping, Sequence

    from jiedui.intake.book import Sheet
    from jiedui.intake.levels import Levels
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem

__all__ = [
    "announces_persons",
    "columns_of",
    "declared",
    "faults",
    "key_among",
    "key_of",
    "of_persons",
    "remarks",
    "with_units",
]

_UNIT_HEADINGS = frozenset({"计量单位", "金额单位", "资金单位", "单位", "币种单位"})
_SAID = {
    "personal": "personal-column-dropped",
    "unknown": "heading-unknown",
    "rows": "rows-in-one-cell",
    "other": "column-beside",
    "unlike": "column-unlike",
}


def declared(ledger: type[Ledger], path: str) -> Field:
    """The field of an entry or of its child rows that a path names."""
    name, _, inner = path.partition(".")
    field = ledger.fields[name]
    return field.fields[inner] if inner and isinstance(field, Many) else field


def of_persons(ledger: type[Ledger], path: str) -> bool:
    """Whether a field, or one of its child rows, may hold a person's name."""
    field = declared(ledger, path)
    parts = field.fields.values() if isinstance(field, Many) else (field,)
    return any(isinstance(one, Text) and one.person for one in parts)


def announces_persons(ledger: type[Ledger], column: Column) -> bool:
    """Whether the heading of a column, or the field that it names, is about persons.

    So it may be of one that is not read: one of two for a field, or what somebody said is none.
    """
    if is_personal(column.heading) or looks_personal(column.heading):
        return True
    known = names(ledger)
    key = key_of(column.heading, known)
    paths = {column.field, known[key][0] if key else ""} - {""}
    return any(of_persons(ledger, path) for path in paths)


def key_of(text: str, known: Container[str]) -> str:
    """The normal heading under which a text is known, whole or without its unit; else nothing."""
    return key_among(heading(text), known)


def key_among(parts: Heading, known: Container[str]) -> str:
    """The same of a heading that was taken apart already; 其中 before it only says of what."""
    whole = (parts.words, parts.bare)
    keys = (*whole, *(one.removeprefix("其中") for one in whole))
    return next((key for key in keys if key in known), "")


def columns_of(ledger: type[Ledger], heads: Levels, units: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns under these headings (by letters), with the units that stand above them."""
    ours = any(MARKS.get(normal(text)) == "id" for text in heads.texts.values())
    return tuple(
        _column(ledger, letter, text, heads.known, units.get(letter, ""), ours=ours)
        for letter, text in heads.texts.items()
    )


def _column(
    ledger: type[Ledger],
    letter: str,
    text: str,
    known: Mapping[str, tuple[str, How]],
    unit: str,
    *,
    ours: bool,
) -> Column:
    if mark := MARKS.get(normal(text)):
        return Column(letter, text, mark=mark)
    key = key_of(text, known)
    if not key:
        return Column(letter, text, left=_left(text, ours=ours))
    path, how = known[key]
    if not path:
        return Column(letter, text, how=how, left="chosen")
    field = declared(ledger, path)
    left = "rows" if isinstance(field, Many) and not field.single else ""
    if not field.typed:
        left = "kept" if ours else "unknown"
    if left:
        return Column(letter, text, left=left)
    note = heading(text).note
    stated = note if note in AMOUNTS else unit
    return Column(letter, text, path, how, stated if isinstance(field, Money) else "")


def with_units(sheet: Sheet, last: int, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The same, with the column below the `last` heading that has nothing but units of amounts."""
    return tuple(
        replace(one, mark=UNIT, left="unit")
        if one.left == "unknown"
        and heading(one.heading).bare in _UNIT_HEADINGS
        and _has_only(sheet, last, one.letter, {*AMOUNTS, one.heading.strip()})
        else one
        for one in columns
    )


def _has_only(sheet: Sheet, last: int, letter: str, words: Collection[str]) -> bool:
    """Whether the cells below the headings are some of these words, or empty."""
    if letter not in sheet.cells.columns:
        return False
    found = sheet.cells[letter].slice(last).drop_nulls().str.strip_chars().unique()
    return bool(set(found) - {""}) and set(found) <= {*words, ""}


def _left(text: str, *, ours: bool) -> str:
    """Why a column that names no field is not read."""
    if ours and normal(text) == DEMONSTRATION:
        return "kept"
    return "personal" if is_personal(text) else "unknown"


def faults(
    sheet: Sheet,
    ledger: type[Ledger],
    row: int,
    columns: Sequence[Column],
    within: str,
    given: Collection[str],
) -> Iterator[Problem]:
    """What keeps a sheet with these columns from being read rightly; `given` needs no column."""
    by_path: dict[str, list[Column]] = {name: [] for name in given}
    for column in columns:
        if column.at:
            # Several are one field, each of another month or option.
            by_path.setdefault(column.field, [])
            yield from _unit_faults(sheet, row, declared(ledger, column.field), [column])
        else:
            by_path.setdefault(column.field, []).append(column)
    for path, same in by_path.items():
        if not path or not same:
            continue
        field = declared(ledger, path)
        if len(same) > 1:
            found = listed(
                said("{letter}（{heading}）", letter=one.letter, heading=one.heading)
                for one in same
            )
            place = sheet.at(same[1].letter, row)
            yield problem("two-headings-one-field", place, label=field.label, columns=found)
        yield from _unit_faults(sheet, row, field, same)
    persons = not within and count_of(ledger) not in by_path and lists_persons(ledger, columns)
    if persons:
        label = ledger.fields[count_of(ledger)].label
        yield problem("persons-listed", sheet.at("A", row), label=label)
        by_path[count_of(ledger)] = []
    yield from _missing(sheet, ledger, row, by_path, within)
    if within and not any(column.mark == "entry" for column in columns):
        yield problem("column-missing", sheet.at("A", row), label=ENTRY_NUMBER)


def _unit_faults(sheet: Sheet, row: int, field: Field, same: Sequence[Column]) -> Iterator[Problem]:
    for column in same:
        parts = heading(column.heading)
        if parts.words == normal(field.label) or unit_fits(field, parts.note):
            continue
        units: str = listed(AMOUNTS) if isinstance(field, Money) else ""
        if isinstance(field, Count):
            units = said(str(field.unit) or "个")
        yield problem(
            "unit-unknown", sheet.at(column.letter, row), column.heading,
            label=field.label, unit=parts.note, units=units,
        )  # fmt: skip


def _missing(
    sheet: Sheet, ledger: type[Ledger], row: int, found: Mapping[str, object], within: str
) -> Iterator[Problem]:
    fields: Mapping[str, Field] = ledger.fields
    if within:
        many = ledger.fields[within]
        assert isinstance(many, Many)
        fields = {f"{within}.{name}": field for name, field in many.fields.items()}
    for path, field in fields.items():
        listed = isinstance(field, Many) and not field.single
        if field.required and field.typed and not listed and path not in found:
            yield problem("column-missing", sheet.at("A", row), label=field.label)


def remarks(
    sheet: Sheet, ledger: type[Ledger], row: int, columns: Sequence[Column]
) -> Iterator[Problem]:
    """What is to be said about columns that are not read; a heading says nothing of a person."""
    lists = {
        text: field.label
        for field in ledger.fields.values()
        if isinstance(field, Many)
        for text in map(normal, field.headings())
    }
    for column in columns:
        if code := _SAID.get(column.left):
            label = lists.get(heading(column.heading).bare, "")
            place = sheet.at(column.letter, row)
            yield problem(code, place, heading=column.heading, sheet=label)
