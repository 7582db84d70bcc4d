"""Months or options that stand across as headings of columns, each over the numbers of it.

Where a ledger declares it of a field (`wide`), each cell is an entry of its own: of its row, and of
the month or option above it. Not for cells: `spread` makes the rows of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiedui.intake.columns import declared, key_of
from jiedui.intake.headings import AMOUNTS, How, heading, normal, unit_fits
from jiedui.intake.layout import SUM
from jiedui.intake.months import month_of, year_among
from jiedui.ledgers.declare import typed_fields
from jiedui.ledgers.words import Choice, Count, Date, Money
from jiedui.problems import listed, problem, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jiedui.intake.book import Sheet
    from jiedui.intake.layout import Column
    from jiedui.intake.levels import Levels
    from jiedui.ledgers import Ledger
    from jiedui.ledgers.words import Field
    from jiedui.problems import Problem

__all__ = ["Across", "across", "remark", "stands_across"]

_LEAST = 2
# What adds the columns up; 累计 may hold what other sheets have, too.
_SUMS = frozenset({"合计", "总计", "小计", "全年", "全年合计", "年度合计", "合计数", "总数"})


@dataclass(frozen=True, slots=True)
class Across:
    """The columns of a sheet, the field that stands over some of them, and what they bring.

    `wrong` is what keeps them from being read.
    """

    columns: tuple[Column, ...]
    field: str = ""
    brought: frozenset[str] = frozenset()
    wrong: tuple[Problem, ...] = ()


def across(
    sheet: Sheet,
    ledger: type[Ledger],
    heads: Levels,
    columns: tuple[Column, ...],
    units: Mapping[str, str],
) -> Across:
    """The columns, with what stands over some of them; `units` are those that stand above them.

    Nothing is guessed: two months or options at least, no other column under the same heading, each
    over a number that the headings name, or the one that the ledger needs. Problems:
    `months-without-year`.
    """
    read = {one.field for one in columns}
    # Child rows beside an entry would be those of each cell; and ours has an entry a row.
    if any("." in path for path in read) or any(one.mark == "id" for one in columns):
        return Across(columns)
    for name, field in typed_fields(ledger).items():
        if not field.wide or name in read:
            continue
        found = {
            one.letter: made
            for one in columns
            if (made := _of(ledger, field, one, heads, units.get(one.letter, "")))
        }
        if len({one.at for one in found.values()}) < _LEAST or _twice(found.values()):
            continue
        spread = tuple(_summed(found.get(one.letter, one), found, heads) for one in columns)
        if _strange(spread, found, heads):
            continue
        brought = frozenset({name, *(one.field for one in found.values())})
        return _dated(sheet, heads, Across(spread, name, brought), columns)
    return Across(columns)


def _dated(sheet: Sheet, heads: Levels, made: Across, before: tuple[Column, ...]) -> Across:
    """The same with the year of months that have none, or as it was `before` and what is wrong."""
    bare = [one for one in made.columns if one.at.startswith("-")]
    year = _year(sheet, heads) if bare else ""
    if bare and not year:
        place = sheet.at(bare[0].letter, heads.last)
        told = problem("months-without-year", place, heading=bare[0].heading)
        return Across(before, "", made.brought, (told,))
    full = (replace(one, at=f"{year}{one.at}") if one in bare else one for one in made.columns)
    return replace(made, columns=tuple(full))


def _strange(spread: Iterable[Column], found: Mapping[str, Column], heads: Levels) -> bool:
    """Whether a column stands under the heading of those that were found, and is none of them."""
    upper = {tuple(heads.paths[letter][:-1]) for letter in found} - {()}
    return any(not one.at and tuple(heads.paths.get(one.letter, ())[:-1]) in upper
               for one in spread)  # fmt: skip


def stands_across(ledger: type[Ledger], texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Of the headings of a row those that stand across, and the fields that they bring.

    Where a ledger is looked for: of one level, without their year.
    """
    texts = list(texts)
    for name, field in typed_fields(ledger).items():
        if field.wide and (main := _main(ledger)):
            found = {text for text in texts if _at(field, text)}
            if len(found) >= _LEAST:
                return found, {name, main}
    return set(), set()


def remark(
    sheet: Sheet, row: int, ledger: type[Ledger], columns: Sequence[Column], name: str
) -> Iterator[Problem]:
    """What is said of columns over which the months or options of a field stand, if one's do."""
    if not name:
        return
    wide = [one for one in columns if one.at and one.at != SUM]
    label = ledger.fields[name].label
    fields = listed(declared(ledger, path).label for path in dict.fromkeys(o.field for o in wide))
    note = declared(ledger, wide[0].field).note
    yield problem(
        "stands-across", sheet.at(wide[0].letter, row), label=label, fields=fields,
        columns=listed(one.letter for one in wide),
        note=said("（{note}）", note=note) if note else "",
    )  # fmt: skip


def _of(
    ledger: type[Ledger], field: Field, column: Column, heads: Levels, unit: str
) -> Column | None:
    """The column with what stands over it; None where that is none of the field's values."""
    if column.mark or column.how is How.REMEMBERED or column.left in {"personal", "chosen", "rows"}:
        return None
    path = [text for text in heads.paths.get(column.letter, ()) if text.strip()]
    at = next((i for i, text in enumerate(path) if _at(field, text)), None)
    if at is None:
        return None
    others = [text for i, text in enumerate(path) if i != at and not _is_year(text)]
    measure, note = _measure(ledger, others, heads)
    if not measure:
        return None
    stated = note if note in AMOUNTS else unit
    money = isinstance(declared(ledger, measure), Money)
    return replace(
        column, field=measure, how=How.ACROSS, unit=stated if money else "", left="",
        at=_at(field, path[at]),
    )  # fmt: skip


def _at(field: Field, text: str) -> str:
    """The month or the option that a heading is; empty for any other."""
    if isinstance(field, Date):
        return month_of(text)
    if isinstance(field, Choice):
        words = {normal(word): code for word, code in field.words.items()}
        return words.get(normal(text), "")
    return ""


def _is_year(text: str) -> bool:
    return year_among([text]) != "" and normal(text).removesuffix("度").endswith("年")


def _measure(ledger: type[Ledger], others: Sequence[str], heads: Levels) -> tuple[str, str]:
    """The number that the other headings of a column name, with its unit, or the one it must be."""
    if not others:
        return _main(ledger), ""
    for text in reversed(others):
        key = key_of(text, heads.known)
        path = heads.known[key][0] if key else ""
        if path and "." not in path and _is_number(field := ledger.fields[path]):
            note = heading(text).note
            return (path, note) if unit_fits(field, note) else ("", "")
    return "", ""


def _main(ledger: type[Ledger]) -> str:
    """The one number that every entry must have; empty where there are several or none."""
    found = [name for name, one in typed_fields(ledger).items() if one.required and _is_number(one)]
    return found[0] if len(found) == 1 else ""


def _is_number(field: Field) -> bool:
    return isinstance(field, Count | Money)


def _twice(columns: Iterable[Column]) -> bool:
    """Whether two columns are the same number of the same month."""
    seen = [(one.at, one.field) for one in columns]
    return len(set(seen)) < len(seen)


def _summed(column: Column, found: Mapping[str, Column], heads: Levels) -> Column:
    """The column, taken for the sum of those that stand across where it says so."""
    if column.letter in found or column.mark:
        return column
    last = heading((heads.paths.get(column.letter) or [""])[-1]).bare
    measures = {one.field for one in found.values()}
    if column.field in measures:
        path = column.field
    elif last in _SUMS and len(measures) == 1:
        (path,) = measures
    else:
        return column
    unit = column.unit or next(one.unit for one in found.values() if one.field == path)
    return replace(column, field=path, how=How.ACROSS, unit=unit, left="", at=SUM)


def _year(sheet: Sheet, heads: Levels) -> str:
    """The year of months that have none: of the headings, of the lines above, of the sheet."""
    texts = [text for row in range(1, heads.last + 1) for text in sheet.row(row).values()]
    return year_among(texts) or year_among([sheet.name])
