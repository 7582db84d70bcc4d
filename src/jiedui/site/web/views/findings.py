"""Findings (疑点): what several entries say together that should be looked at, rule by rule.

Not for settling them: who mends an entry does so on its page, and the finding is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from jiedui import ledgers
from jiedui.ledgers.declare import Against
from jiedui.ledgers.words import Text
from jiedui.site.store import door
from jiedui.site.web import display, listing, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

# More of a kind are not read but worked off: the list of the ledger has them all.
SHOWN, ROWS = 20, 30


@dataclass(frozen=True, slots=True)
class Group:
    """One finding: the values it groups by, its rows, and the list that has them all.

    Of a rule over two ledgers also the other one, and its list of the rows compared with.
    """

    named: tuple[tuple[str, str], ...]
    rows: int
    table: listing.Table
    href: str
    other: type[Ledger] | None
    there: str


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


@require_safe
@page.signed_in
def findings(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show every finding among the entries that the viewer may see."""
    kinds = [kind for kind in ledgers.ledgers().values() if kind.sought()]
    broken = [one for kind in kinds for one in _broken(viewer, kind)]
    context = {
        "section": "findings",
        "broken": broken,
        "total": sum(one.count for one in broken),
        "rules": [(kind, [rule.text for rule in kind.sought()]) for kind in kinds],
    }
    return page.show(request, viewer, "findings.html", context)


def _broken(viewer: Viewer, kind: type[Ledger]) -> list[Broken]:
    by_rule: dict[str, list[door.Finding]] = {}
    for one in door.findings(kind, viewer):
        by_rule.setdefault(one.rule.text, []).append(one)
    shown = [one for found in by_rule.values() for one in found[:SHOWN]]
    numbers = [number for one in shown for number in one.entries[:ROWS]]
    entries = door.chosen(kind, numbers, viewer)
    return [
        Broken(
            kind,
            text,
            len(found),
            tuple(_group(viewer, kind, one, entries) for one in found[:SHOWN]),
        )
        for text, found in by_rule.items()
    ]


def _group(
    viewer: Viewer, kind: type[Ledger], one: door.Finding, entries: Mapping[int, door.Entry]
) -> Group:
    rows = [entries[number] for number in one.entries if number in entries]
    rows.sort(key=lambda entry: str(entry.values.get(kind.on) or ""))
    filters = _filters(kind, one)
    # What all rows share stands above them; their day leads to each.
    own = [name for name in kind.listed if name not in (*one.rule.by, kind.on)]
    columns = [kind.on, *own] if kind.on else own
    return Group(
        tuple(_named(kind, one, rows)),
        len(one.entries),
        listing.table(viewer, kind, rows, {}, columns=columns),
        page.address(reverse("entries", args=[kind.name]), **filters) if filters else "",
        *_there(one),
    )


def _there(one: door.Finding) -> tuple[type[Ledger] | None, str]:
    """The other ledger of a rule over two, and the list of its rows."""
    if not isinstance(one.rule, Against):
        return None, ""
    other = ledgers.ledgers()[one.rule.other]
    pairs = dict(zip(one.rule.theirs_by, one.values, strict=True))
    filters = {name: value for name, value in pairs.items() if name in other.filters}
    return other, page.address(reverse("entries", args=[other.name]), **filters)


def _named(
    kind: type[Ledger], one: door.Finding, rows: Sequence[door.Entry]
) -> list[tuple[str, str]]:
    """The fields that the rule groups by, each with its value in words."""
    first = rows[0].values if rows else {}
    return [
        (kind.fields[name].label, display.text(kind.fields[name], first.get(name)) or value)
        for name, value in zip(one.rule.by, one.values, strict=True)
    ]


def _filters(kind: type[Ledger], one: door.Finding) -> dict[str, str]:
    """The filters under which a list shows the rows, and texts that contain theirs; else none."""
    able = all(name in kind.filters for name in one.rule.by)
    texts = all(isinstance(kind.fields[name], Text) or value for name, value in _pairs(one))
    return dict(_pairs(one)) if able and texts else {}


def _pairs(one: door.Finding) -> list[tuple[str, str]]:
    return list(zip(one.rule.by, one.values, strict=True))
