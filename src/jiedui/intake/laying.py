"""Finds the row of headings of a sheet, and says which ledger a sheet is of.

Not for cells: `take` reads them once the layout stands. What a person corrected before comes in
as `remembered` and goes before what is guessed from the words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiedui.intake.across import Across, across, remark, stands_across
from jiedui.intake.beneath import weighed
from jiedui.intake.columns import columns_of, faults, key_among, key_of, remarks, with_units
from jiedui.intake.guides import guides, said_of
from jiedui.intake.headings import How, heading, is_personal, names, normal, stated_unit
from jiedui.intake.layout import MARKS, Layout
from jiedui.intake.levels import levels
from jiedui.intake.limits import LIMITS
from jiedui.intake.persons import count_of
from jiedui.ledgers import ledgers, typed_fields
from jiedui.ledgers.words import Many
from jiedui.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from jiedui.intake.book import Sheet
    from jiedui.intake.headings import Heading
    from jiedui.intake.levels import Levels
    from jiedui.ledgers import Ledger

__all__ = ["lay_out", "recognise"]

_LOOKED_AT = 10
_LEAST = 2


def lay_out(
    sheet: Sheet,
    ledger: type[Ledger],
    remembered: Mapping[str, str] | None = None,
    within: str = "",
    given: Collection[str] = (),
) -> Layout | Problem:
    """Find the headings of a ledger, or of its child rows `within`, in the first ten rows used.

    `remembered` gives a field's path, or "" for none, by heading; `given` are the fields whose
    value is the same for every row and was said beside the file. Problems:
    `sheet-empty`, `no-heading-row`, `heading-only`, `wrong-ledger`, `too-many-columns`.
    """
    if not (rows := _first_rows(sheet)):
        return problem("sheet-empty", sheet=sheet.name)
    widest = max(rows, key=lambda row: len(rows[row]))
    if (n := len(rows[widest])) > (most := LIMITS.columns):
        return problem("too-many-columns", sheet.at("A", widest), count=n, limit=most)
    known = _known(ledger, within) | _chosen(remembered)
    found = {row: _matches(texts, known) for row, texts in rows.items()}
    best = max(found, key=lambda row: (found[row], -row))
    if within == "" and (better := _other(sheet, ledger)):
        return problem("wrong-ledger", sheet.at("A", best), title=better.title)
    if found[best] < _LEAST and found[best] < len(known):
        return problem("no-heading-row", sheet.at("A", next(iter(rows))))
    heads = levels(sheet, best, known)
    guiding = () if within else guides(sheet, heads.last, heads.texts)
    last = heads.last + len(guiding)
    # A list without child rows is an empty list; a ledger without entries is a slip.
    if last >= sheet.cells.height and not within:
        return problem("heading-only", sheet.at("A", best))
    columns = with_units(sheet, last, columns_of(ledger, heads, units := _units(heads, rows)))
    over = Across(columns) if within else across(sheet, ledger, heads, columns, units)
    made = _laid(sheet, ledger, best, last, over, within, given)
    return replace(made, remarks=(*made.remarks, *said_of(sheet, guiding)))


def _laid(
    sheet: Sheet,
    ledger: type[Ledger],
    row: int,
    last: int,
    over: Across,
    within: str,
    given: Collection[str],
) -> Layout:
    """The layout of a sheet whose headings, down to the `last` row, are known."""
    brought = {*given, *over.brought}
    # A sheet of child rows brings no field of their entries.
    columns = weighed(
        sheet, ledger, over.columns, last, typed_fields(ledger) if within else brought
    )
    across_said = remark(sheet, row, ledger, columns, over.field)
    return Layout(
        sheet.name, ledger, row, last + 1, columns,
        problems=(*over.wrong, *faults(sheet, ledger, row, columns, within, brought)),
        remarks=(*remarks(sheet, ledger, row, columns), *across_said),
        within=within, across=over.field,
    )  # fmt: skip


def _units(heads: Levels, rows: Mapping[int, Mapping[str, str]]) -> dict[str, str]:
    """The units by letters: that of an upper heading, or that one of the rows above states."""
    above = [text for row in rows if row < heads.first for text in rows[row].values()]
    unit = next(filter(None, map(stated_unit, above)), "")
    return dict.fromkeys(heads.texts, unit) | dict(heads.units)


def recognise(sheet: Sheet) -> list[tuple[type[Ledger], float]]:
    """The ledgers whose headings a row of the sheet bears, the likeliest first.

    The score is the share of the row's headings that are the ledger's, times that of the
    ledger's required fields that are there.
    """
    # Taken apart once, not once a ledger; and most rows hold words of none.
    every = set[str]().union(*map(names, ledgers().values()))
    apart = (
        [heading(text) for text in texts.values() if normal(text) not in MARKS]
        for texts in _first_rows(sheet).values()
    )
    rows = [one for one in apart if sum(key_among(each, every) != "" for each in one) >= _LEAST]
    found = []
    for ledger in ledgers().values():
        score = max((_score(heads, ledger) for heads in rows), default=0.0)
        if score:
            found.append((ledger, score))
    return sorted(found, key=lambda one: -one[1])


def _score(heads: Sequence[Heading], ledger: type[Ledger]) -> float:
    known, typed = names(ledger), typed_fields(ledger)
    keys = {one.words: key_among(one, known) for one in heads}
    fields = {known[key][0] for key in keys.values() if key} & typed.keys()
    over, brought = stands_across(ledger, (words for words, key in keys.items() if not key))
    fields |= brought
    if len(fields) < _LEAST:
        return 0.0
    required = {name for name, field in typed.items() if field.required}
    # What is dropped of persons says nothing of the ledger; a list of them is one to be counted.
    persons = [words for words, key in keys.items() if not key and is_personal(words)]
    if persons and (count := count_of(ledger)):
        fields.add(count)
    return (
        len(fields)
        / max(len(heads) - len(persons) - len(over), 1)
        * len(fields & required)
        / max(len(required), 1)
    )


def _other(sheet: Sheet, ledger: type[Ledger]) -> type[Ledger] | None:
    """Another ledger that the sheet is plainly of, when this one it is plainly not."""
    scores = dict(recognise(sheet))
    mine = scores.pop(ledger, 0.0)
    other = next(iter(scores), None)
    return other if other and scores[other] >= 0.4 and scores[other] > 2 * mine else None


def _first_rows(sheet: Sheet) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for row in range(1, min(sheet.cells.height, 1000) + 1):
        if texts := sheet.row(row):
            found[row] = texts
            if len(found) == _LOOKED_AT:
                break
    return found


def _known(ledger: type[Ledger], within: str) -> dict[str, tuple[str, How]]:
    """Normal headings to paths; those of child rows without their list's heading before them."""
    known = dict(names(ledger))
    if not within:
        return known
    field = ledger.fields[within]
    assert isinstance(field, Many)
    texts = {
        normal(text): (f"{within}.{name}", How.LABEL if text == one.label else How.ALIAS)
        for name, one in field.fields.items()
        for text in (*reversed(one.headings()), name)
    }
    return {key: value for key, value in known.items() if value[0].startswith(within)} | texts


def _chosen(remembered: Mapping[str, str] | None) -> dict[str, tuple[str, How]]:
    return {normal(key): (path, How.REMEMBERED) for key, path in (remembered or {}).items()}


def _matches(texts: Mapping[str, str], known: Mapping[str, tuple[str, How]]) -> int:
    """How many fields a row names; each once, so that a row of equal words is no heading."""
    paths = {known[key][0] for text in texts.values() if (key := key_of(text, known))}
    return len(paths - {""})
