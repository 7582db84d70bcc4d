"""How a list is narrowed and put in order, as its address asks: for pages, files and the API.

Not for the conditions themselves: those are the store's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import ledgers, places
from jiedui.ledgers.words import Choice, Date, Flag, Moment, Place, Ref
from jiedui.problems import Field as At
from jiedui.problems import Problem, said
from jiedui.site.store import door
from jiedui.site.web import asked, listing
from jiedui.site.web import controls as inputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger

ALWAYS = ("pairing", "year")


@dataclass(frozen=True, slots=True)
class Filter:
    """A control that narrows a list."""

    name: str
    label: str
    widget: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def told(one: Problem) -> str:
    """What could not be understood, as a sentence."""
    return said("{title}：{hint}", title=said(one.title), hint=one.hint)


def narrowed(
    kind: type[Ledger], viewer: Viewer, words: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """The filters of an address as the door takes them, and what could not be understood."""
    found, faults = {}, []
    for name in filters_of(kind):
        text = asked.said(words, name)[:200]
        if text and isinstance(kind.fields.get(name), Place):
            place = places.get(places.PlaceCode(text)) or places.find(
                text, near=places.PlaceCode(viewer.place)
            )
            if isinstance(place, places.Place) and place.level is places.Level.TOWN:
                # Entries stand in counties: a town would find none.
                place = ledgers.too_deep(kind.fields[name], place, text)
            if isinstance(place, Problem):
                faults.append(place.moved(At(name)))
                continue
            text = place.code
        if text:
            found[name] = text
    return found, faults


def filters_of(kind: type[Ledger]) -> tuple[str, ...]:
    """The names by which a list of the ledger can be narrowed."""
    names = (*kind.filters, "figure", *(name for name in ALWAYS if name in kind.fields))
    return tuple(dict.fromkeys(names))


def ordered(kind: type[Ledger], words: Mapping[str, str], otherwise: str = "") -> str:
    """The order that an address asks for, else this one, else the ledger's own."""
    asked_for = words.get("order", "")
    name = asked_for.removeprefix("-")
    if name in kind.listed and listing.sortable(kind.fields[name]):
        return asked_for
    if otherwise:
        return otherwise
    return f"-{kind.on}" if kind.on else kind.listed[0]


def controls(kind: type[Ledger], viewer: Viewer, filters: Mapping[str, str]) -> list[Filter]:
    """A control for each filter that the ledger declares, holding what it narrows by now."""
    found = []
    for name in kind.filters:
        one = kind.fields[name]
        widget = "text"
        options: tuple[tuple[str, str], ...] = ()
        if isinstance(one, Choice):
            widget, options = "choice", inputs.listed(one)
        elif isinstance(one, Flag):
            widget, options = "choice", (("1", said("是")), ("0", said("否")))
        elif isinstance(one, Ref):
            widget = "choice"
            options = tuple(
                (str(key), label) for key, label in door.options(ledgers.ledgers()[one.to], viewer)
            )
        elif isinstance(one, Date | Moment):
            widget = "date"
        value = filters.get(name, "")
        if isinstance(one, Place) and value:
            value = inputs.place(value)
        found.append(Filter(name, one.label, widget, value, options))
    return found
