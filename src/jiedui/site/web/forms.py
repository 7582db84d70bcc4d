"""Forms made from a declaration: posted words become raw cells, raw cells become controls.

No rules here: what is wrong with a cell is said by `ledgers.check`, and shown at its control.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.ledgers.declare import typed_fields
from jiedui.ledgers.words import Choice, Count, Date, Field, Flag, Many, Money, Place, Ref, Text
from jiedui.problems import Field as AtField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.http import QueryDict

    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw
    from jiedui.problems import Problem

EMPTY_ROWS = 2
MOST_ROWS = 500
ADD_ROW = "add-row"

Cells = dict[str, "Raw"]
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Control:
    """One control of a form: what it is called, what stands in it, and what is wrong with it."""

    name: str
    label: str
    widget: str
    value: str = ""
    options: Options = ()
    required: bool = False
    note: str = ""
    unit: str = ""
    problems: tuple[Problem, ...] = ()
    focus: bool = False

    @property
    def described(self) -> str:
        """The ids of the texts that explain the control, for aria-describedby."""
        parts = [f"{self.name}-note"] if self.note else []
        parts += [f"{self.name}-problem"] if self.problems else []
        return " ".join(parts)

    @property
    def chosen(self) -> frozenset[str]:
        """The options ticked, for a control of several."""
        return frozenset(self.value.split("\n")) if self.value else frozenset()


@dataclass(frozen=True, slots=True)
class Rows:
    """Child rows of a form: one list of controls a row."""

    name: str
    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Control, ...], ...]
    note: str = ""
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
    options: Callable[[str], Iterable[tuple[int, str]]],
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
            controls.append(_control(one, name, cell, at.get(name, ()), options))
    return Form(tuple(controls), tuple((one, _anchor(one, ledger)) for one in problems))


def _posted_rows(many: Many, posted: QueryDict) -> list[dict[str, str | None]]:
    if many.single:
        return [{"value": value} for value in posted.getlist(many.name) if value.strip()]
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
    options: Callable[[str], Iterable[tuple[int, str]]],
    *,
    grow: bool,
) -> Rows:
    drawn = []
    empty = EMPTY_ROWS * 2 if grow else EMPTY_ROWS
    for number in range(min(len(rows) + empty, MOST_ROWS)):
        row = rows[number] if number < len(rows) else {}
        drawn.append(
            tuple(
                _control(
                    inner,
                    f"{many.name}-{number}-{name}",
                    row.get(name),
                    at.get(f"{many.name}[{number}].{name}", ()),
                    options,
                    focus=grow and number == len(rows) and place == 0,
                )
                for place, (name, inner) in enumerate(many.fields.items())
            )
        )
    headings = tuple(inner.label for inner in many.fields.values())
    own = at.get(many.name, ()) + tuple(
        one for number in range(len(rows)) for one in at.get(f"{many.name}[{number}]", ())
    )
    return Rows(many.name, many.label, headings, tuple(drawn), many.note, own)


def _control(
    one: Field,
    name: str,
    cell: Raw,
    problems: tuple[Problem, ...],
    options: Callable[[str], Iterable[tuple[int, str]]],
    *,
    focus: bool = False,
) -> Control:
    widget, listed = "text", ()
    if isinstance(one, Choice):
        widget, listed = "choice", tuple(one.choices.items())
    elif isinstance(one, Flag):
        widget, listed = "choice", (("是", "是"), ("否", "否"))
    elif isinstance(one, Ref):
        widget, listed = "choice", tuple((str(key), label) for key, label in options(one.to))
    elif isinstance(one, Many):
        inner = one.fields["value"]
        widget = "several"
        listed = tuple(inner.choices.items()) if isinstance(inner, Choice) else ()
        if not listed:
            widget = "lines"
    elif isinstance(one, Text) and one.lines:
        widget = "lines"
    elif isinstance(one, Count):
        widget = "whole"
    elif isinstance(one, Date | Money | Place):
        widget = one.kind
    return Control(
        name,
        one.label,
        widget,
        _place(_text(cell)) if isinstance(one, Place) else _text(cell),
        _with_current(listed, cell) if widget == "choice" else listed,
        one.required,
        one.note,
        str(one.unit) if isinstance(one, Count) else "",
        problems,
        focus,
    )


def _text(cell: Raw) -> str:
    if isinstance(cell, list):
        return "\n".join(row.get("value") or "" for row in cell)
    return cell or ""


def _place(text: str) -> str:
    """A code as the place's full name, which reads back to the same code."""
    known = len(text) == 6 and text.isdigit() and places.get(places.PlaceCode(text))
    return places.full_name(places.PlaceCode(text)) if known else text


def _with_current(listed: Options, cell: Raw) -> Options:
    """Keep a value that is on no list, so that what was typed or imported is not lost."""
    text = _text(cell)
    if not text or any(text == code for code, _ in listed):
        return listed
    return (*listed, (text, text))


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
