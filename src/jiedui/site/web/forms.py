"""Forms made from a declaration: posted words become raw cells, raw cells become controls.

No rules here: what is wrong with a cell is said by `ledgers.check`, and shown at its control.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jiedui.ledgers.declare import typed_fields
from jiedui.ledgers.words import Field, Many
from jiedui.problems import Field as AtField
from jiedui.site.web.controls import Control, control

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import QueryDict

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw
    from jiedui.problems import Problem
    from jiedui.site.web.controls import OptionsOf

EMPTY_ROWS = 2
MOST_ROWS = 500
ADD_ROW = "add-row"

Cells = dict[str, "Raw"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Child rows of a form: one list of controls a row; `notes` are (id, label, words)."""

    name: str
    label: str
    rows: tuple[tuple[Control, ...], ...]
    note: str
    notes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    widget: str = "rows"


@dataclass(frozen=True, slots=True)
class Form:
    """All controls of a ledger's form, and the problems that belong to no control."""

    controls: tuple[Control | Rows, ...]
    problems: tuple[tuple[Problem, str], ...] = field(default=())


def posted_cells(ledger: type[Ledger], posted: QueryDict) -> Cells:
    """Raw cells from a posted form: empty words are None, empty child rows are left out."""
    return {
        name: _posted_rows(one, posted) if isinstance(one, Many) else _word(posted.get(name))
        for name, one in typed_fields(ledger).items()
    }


def make(
    ledger: type[Ledger],
    cells: Mapping[str, Raw],
    problems: Sequence[Problem] = (),
    *,
    options: OptionsOf,
    add: str | None = None,
) -> Form:
    """Controls for every field a person types, prefilled with `cells`.

    `options` lists the entries a `Ref` may point to; `add` names the child rows that get more
    empty rows than usual, the first of them with the focus.
    """
    at = _by_path(problems)
    controls: list[Control | Rows] = []
    for name, one in typed_fields(ledger).items():
        cell = cells.get(name)
        if isinstance(one, Many) and not one.single:
            rows = cell if isinstance(cell, list) else []
            controls.append(_rows(one, rows, at, options, grow=add == name))
        else:
            controls.append(control(one, name, cell, options, at.get(name, ())))
    return Form(tuple(controls), tuple((one, _anchor(one, ledger)) for one in problems))


def _posted_rows(many: Many, posted: QueryDict) -> list[dict[str, str | None]]:
    if many.single:
        words = (word for text in posted.getlist(many.name) for word in text.splitlines())
        return [{"value": word.strip()} for word in words if word.strip()]
    pattern = re.compile(rf"{many.name}-(\d{{1,3}})-([a-z0-9_]+)")
    found: dict[int, dict[str, str | None]] = {}
    for name in posted:
        match = pattern.fullmatch(name)
        if match and match[2] in many.fields:
            found.setdefault(int(match[1]), {})[match[2]] = _word(posted.get(name))
    return [
        {name: row.get(name) for name in many.fields}
        for _, row in sorted(found.items())
        if any(row.values())
    ]


def _word(text: str | None) -> str | None:
    return text.strip().replace("\r\n", "\n") or None if text is not None else None


def _rows(
    many: Many,
    rows: Sequence[Mapping[str, str | None]],
    at: Mapping[str, tuple[Problem, ...]],
    options: OptionsOf,
    *,
    grow: bool,
) -> Rows:
    drawn = []
    empty = EMPTY_ROWS * 2 if grow else EMPTY_ROWS
    for number in range(min(len(rows) + empty, MOST_ROWS)):
        row = rows[number] if number < len(rows) else {}
        line = [
            control(
                inner,
                f"{many.name}-{number}-{name}",
                row.get(name),
                options,
                at.get(f"{many.name}[{number}].{name}", ()),
            ).in_row(_note_id(many, inner))
            for name, inner in many.fields.items()
        ]
        if grow and number == len(rows):
            line[0] = replace(line[0], focus=True)
        drawn.append(tuple(line))
    own = at.get(many.name, ()) + tuple(
        one for number in range(len(rows)) for one in at.get(f"{many.name}[{number}]", ())
    )
    notes = tuple(
        (_note_id(many, inner), inner.label, inner.note)
        for inner in many.fields.values()
        if inner.note
    )
    return Rows(many.name, many.label, tuple(drawn), many.note, notes, own)


def _note_id(many: Many, inner: Field) -> str:
    return f"c-{many.name}-{inner.name}-note" if inner.note else ""


def _by_path(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, tuple[Problem, ...]] = {}
    for one in problems:
        if isinstance(one.at, AtField):
            found[one.at.path] = (*found.get(one.at.path, ()), one)
    return found


_PATH = re.compile(r"([a-z0-9_]+)(?:\[(\d+)\])?(?:\.([a-z0-9_]+))?")


def _anchor(one: Problem, ledger: type[Ledger]) -> str:
    """The id of the control that a problem is about, empty when it is about the whole."""
    match = _PATH.fullmatch(one.at.path) if isinstance(one.at, AtField) else None
    if match is None or match[1] not in ledger.fields:
        return ""
    many = ledger.fields[match[1]]
    if match[2] is None or (isinstance(many, Many) and many.single):
        return match[1]
    return f"{match[1]}-{match[2]}-{match[3]}" if match[3] else match[1]
