"""Findings as a page shows them: by rule, each with its rows, what was said of it, or its days.

Not for asking the book (the door) nor for what is posted (`views.findings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from jiedui import ledgers
from jiedui.ledgers.declare import Against
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Count, Money, Text
from jiedui.site.store import door
from jiedui.site.web import display, kept, listing, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

__all__ = ["SHOWN", "Broken", "Group", "by_rule"]

# More of a kind are not read but worked off: the list of the ledger has them all.
SHOWN, ROWS = 20, 30


@dataclass(frozen=True, slots=True)
class Group:
    """One finding: the values it groups by, its rows, and the list that has them all.

    Of a rule over two ledgers also the other one, and its list of the rows compared with. `here`
    is where words about it are posted, empty for who may say none and for what is mended; `office`
    names who explained it.
    """

    found: door.Finding | door.Mended
    named: tuple[tuple[str, str], ...]
    rows: int
    table: listing.Table
    href: str
    other: type[Ledger] | None
    there: str
    here: str = ""
    bound: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule of a ledger with the findings that it made; `more` are not shown."""

    ledger: type[Ledger]
    text: str
    count: int
    groups: tuple[Group, ...]

    @property
    def more(self) -> int:
        """How many findings are not shown."""
        return self.count - len(self.groups)


def by_rule(
    viewer: Viewer, kind: type[Ledger], found: Sequence[door.Finding | door.Mended]
) -> list[Broken]:
    """The findings of a ledger under the words of their rules."""
    rules: dict[str, list[door.Finding | door.Mended]] = {}
    for one in found:
        rules.setdefault(one.rule.text, []).append(one)
    shown = [one for of_rule in rules.values() for one in of_rule[:SHOWN]]
    numbers = [number for one in shown for number in one.entries[:ROWS]]
    entries = door.stood(kind, numbers, viewer) | door.chosen(kind, numbers, viewer)
    offices = door.labels(viewer, [("parties", office) for office in _offices(shown)])
    return [
        Broken(
            kind,
            text,
            len(of_rule),
            tuple(_group(viewer, kind, one, entries, offices) for one in of_rule[:SHOWN]),
        )
        for text, of_rule in rules.items()
    ]


def _offices(found: Sequence[door.Finding | door.Mended]) -> set[int]:
    told = (one.explanation for one in found if isinstance(one, door.Finding))
    return {one.office for one in told if one}


def _group(
    viewer: Viewer,
    kind: type[Ledger],
    one: door.Finding | door.Mended,
    entries: Mapping[int, door.Entry],
    offices: Mapping[tuple[str, int], str],
) -> Group:
    rows = [entries[number] for number in one.entries if number in entries]
    rows.sort(key=lambda entry: str(entry.values.get(kind.on) or ""))
    filters = _filters(kind, one)
    # What all rows share stands above them; their day leads to each.
    own = [name for name in kind.listed if name not in (*one.rule.by, kind.on)]
    columns = [kind.on, *own] if kind.on else own
    here = _here(viewer, kind, one)
    told = one.explanation if isinstance(one, door.Finding) else None
    return Group(
        one,
        (*_named(kind, one, rows), *_measured(kind, one)),
        len(one.entries),
        listing.table(viewer, kind, rows, {}, columns=columns),
        page.address(reverse("entries", args=[kind.name]), **filters) if filters else "",
        *_there(one),
        here,
        kept.bind(viewer, here, kind.name) if here else "",
        offices.get(("parties", told.office), "") if told else "",
    )


def _here(viewer: Viewer, kind: type[Ledger], one: door.Finding | door.Mended) -> str:
    if isinstance(one, door.Finding) and door.may_explain(viewer, one):
        return reverse("finding", args=[kind.name, one.key])
    return ""


def _there(one: door.Finding | door.Mended) -> tuple[type[Ledger] | None, str]:
    """The other ledger of a rule over two, and the list of its rows."""
    if not isinstance(one.rule, Against):
        return None, ""
    other = ledgers.ledgers()[one.rule.other]
    pairs = dict(zip(one.rule.theirs_by, one.values, strict=True))
    filters = {name: value for name, value in pairs.items() if name in other.filters}
    return other, page.address(reverse("entries", args=[other.name]), **filters)


def _named(
    kind: type[Ledger], one: door.Finding | door.Mended, rows: Sequence[door.Entry]
) -> list[tuple[str, str]]:
    """The fields that the rule groups by, each with its value in words."""
    first = rows[0].values if rows else {}
    return [
        (kind.fields[name].label, display.text(kind.fields[name], first.get(name)) or value)
        for name, value in zip(one.rule.by, one.values, strict=True)
    ]


def _measured(kind: type[Ledger], one: door.Finding | door.Mended) -> list[tuple[str, str]]:
    """What a rule over two ledgers compares: each ledger with its sum."""
    if not isinstance(one, door.Finding) or not isinstance(one.rule, Against) or not one.measured:
        return []
    other = ledgers.ledgers()[one.rule.other]
    sides = ((kind, one.rule.ours), (other, one.rule.theirs))
    return [
        (ledger.title, _amount(ledger, measure, one.rule.name, text))
        for (ledger, measure), text in zip(sides, one.measured, strict=True)
    ]


def _amount(ledger: type[Ledger], measure: str, rule: str, text: str) -> str:
    """A sum in the unit of the fields it is of."""
    units = {
        Unit.FEN if isinstance(one, Money) else one.unit
        for name in ledger.measured(measure, rule).names
        if isinstance(one := ledger.fields[name], Count | Money)
    }
    if len(units) != 1 or not text.lstrip("-").isdigit():
        return text
    return display.whole(int(text), units.pop())


def _filters(kind: type[Ledger], one: door.Finding | door.Mended) -> dict[str, str]:
    """The filters under which a list shows the rows, and texts that contain theirs; else none."""
    pairs = dict(zip(one.rule.by, one.values, strict=True))
    able = all(name in kind.filters for name in pairs)
    texts = all(isinstance(kind.fields[name], Text) or value for name, value in pairs.items())
    return pairs if able and texts else {}
