"""One control of a form for one declared field.

Not for whole forms, and not for rules: a control shows what `ledgers.check` found, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from jiedui import places
from jiedui.ledgers import NoRegisters
from jiedui.ledgers.read import Around, read
from jiedui.ledgers.show import is_month
from jiedui.ledgers.words import Choice, Count, Field, Flag, Many, Money, Place, Ref, Text
from jiedui.problems import said
from jiedui.site.web import tongue

if TYPE_CHECKING:
    from jiedui.ledgers.values import Raw
    from jiedui.problems import Problem

Options: TypeAlias = tuple[tuple[str, str], ...]
OptionsOf: TypeAlias = Callable[[str], Iterable[tuple[int, str]]]
LONG = 60
_NOWHERE = Around(None, None, NoRegisters())
YES_NO: Options = (("是", said("是")), ("否", said("否")))


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
    note_id: str = ""
    unit: str = ""
    problems: tuple[Problem, ...] = ()
    focus: bool = False
    long: bool = False

    def in_row(self, note_id: str) -> Control:
        """The control as it stands in a child row, whose notes are said once above the rows."""
        return replace(self, note="", note_id=note_id)

    @property
    def described(self) -> str:
        """The ids of the texts that explain the control, for aria-describedby."""
        parts = [self.note_id] if self.note_id else []
        parts += [f"c-{self.name}-problem"] if self.problems else []
        return " ".join(parts)

    @property
    def chosen(self) -> frozenset[str]:
        """The options ticked, for a control of several."""
        return frozenset(self.value.split("\n")) if self.value else frozenset()


def control(
    one: Field, name: str, cell: Raw, options: OptionsOf, problems: tuple[Problem, ...] = ()
) -> Control:
    """The control of a field, holding `cell`; `options` lists what a `Ref` may point to."""
    widget = _widget(one)
    listed = _listed(one, options)
    text = _text(cell)
    if isinstance(one, Place):
        text = place(text)
    elif isinstance(one, Money):
        text = _amount(text)
    return Control(
        name,
        one.label,
        widget,
        text,
        _with_current(listed, text) if widget == "choice" else listed,
        one.required,
        one.note,
        f"c-{name}-note" if one.note else "",
        str(one.unit) if isinstance(one, Count) else "",
        problems,
        long=isinstance(one, Text) and one.limit > LONG,
    )


def _widget(one: Field) -> str:
    if isinstance(one, Choice | Flag | Ref):
        return "choice"
    if isinstance(one, Many):
        return "several" if isinstance(one.fields["value"], Choice) else "lines"
    if is_month(one):
        return "month"
    return "lines" if isinstance(one, Text) and one.lines else one.kind


def _listed(one: Field, options: OptionsOf) -> Options:
    if isinstance(one, Many):
        one = one.fields["value"]
    if isinstance(one, Choice):
        return listed(one)
    if isinstance(one, Ref):
        return tuple((str(key), label) for key, label in options(one.to))
    return YES_NO if isinstance(one, Flag) else ()


def _text(cell: Raw) -> str:
    if isinstance(cell, list):
        return "\n".join(row.get("value") or "" for row in cell)
    return cell or ""


def place(text: str) -> str:
    """A code as the place's full name in the reader's language, which reads back to the code."""
    code = places.PlaceCode(text)
    known = places.get(code) if len(text) in {6, 9} and text.isdigit() else None
    if known is None:
        return text
    # The English name of a town is by its sound, which many towns share.
    spoken = tongue.chinese() or known.level is places.Level.TOWN
    return places.full_name(code) if spoken else places.english(code)


def _amount(text: str) -> str:
    """An amount as the reader's language writes it, which reads back to the same; else as it is."""
    if tongue.chinese():
        return text
    found = read(Money(""), text, _NOWHERE) if text else None
    return tongue.amount(found) if isinstance(found, int) else text


def listed(one: Choice) -> Options:
    """The options of a field, each with its words."""
    return tuple((code, said(label)) for code, label in one.choices.items())


def _with_current(listed: Options, text: str) -> Options:
    """Keep a value that is on no list, so that what was typed or imported is not lost."""
    if not text or any(text == code for code, _ in listed):
        return listed
    return (*listed, (text, text))
