"""A proposal beside its citations, and as raw cells for `check`.

Not for deciding: the store does that when a person has said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from jiedui import evidence, ledgers
from jiedui.access import No
from jiedui.ledgers.show import labels
from jiedui.ledgers.words import Date, Flag, Many, Ref
from jiedui.problems import listed, said
from jiedui.site.store import door
from jiedui.site.web import display, page, paired

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.values import Raw
    from jiedui.ledgers.words import Field
    from jiedui.problems import Problem
    from jiedui.site.store.documents import StoredDocument, StoredProposal

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the document and the way to them."""

    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class ValueShown:
    """A proposed value beside what it rests on; `rows` for child rows."""

    label: str
    text: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    stated: bool
    rule: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal as the page lists it; `filled` is what the text leaves open but is known."""

    proposal: StoredProposal
    ledger: type[Ledger]
    values: tuple[ValueShown, ...]
    filled: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    unsure: tuple[str, ...]
    entry_href: str


def shown(viewer: Viewer, proposal: StoredProposal, document: StoredDocument) -> ProposalShown:
    """Every value with its words, in the order of the ledger's declaration."""
    kind = ledgers.ledgers()[proposal.ledger]
    names = _names(viewer, kind, proposal)
    values = [
        _value(kind.fields[name], proposal.values[name], document, names)
        for name in kind.fields
        if name in proposal.values
    ]
    filled = _filled(viewer, kind, proposal) if proposal.state == "open" else {}
    missing = tuple(
        listed(labels(kind, name), "·")
        for name in proposal.missing
        if name.partition(".")[0] in kind.fields and name not in filled
    )
    href = ""
    if proposal.entry_key:
        href = reverse("entry", args=[proposal.ledger, proposal.entry_key])
    shown_filled = tuple((kind.fields[name].label, said) for name, said in filled.items())
    unsure = tuple(evidence.rule(one) for one in proposal.unsure)
    return ProposalShown(proposal, kind, tuple(values), shown_filled, missing, unsure, href)


def _filled(viewer: Viewer, kind: type[Ledger], proposal: StoredProposal) -> dict[str, str]:
    """The words for what `cells` adds to a proposal, by field."""
    found = {}
    for name, cell in cells(viewer, kind, proposal).items():
        one = kind.fields[name]
        if name in proposal.values or not isinstance(cell, str):
            continue
        if isinstance(one, Ref):
            key = (one.to, int(cell))
            found[name] = door.labels(viewer, [key]).get(key, "")
        else:
            found[name] = display.text(one, cell)
    return found


def cells(viewer: Viewer, kind: type[Ledger], proposal: StoredProposal) -> dict[str, Raw]:
    """Raw cells of a proposal; what it leaves open and has one answer for this office is filled."""
    found: dict[str, Raw] = {}
    for name, one in kind.fields.items():
        if not one.typed:
            continue
        value = proposal.values.get(name)
        if value is not None:
            found[name] = _cell(one, value["value"])
        elif one.required and isinstance(one, Ref):
            found[name] = _only(viewer, one, proposal)
    return found | from_pairing(viewer, kind, found)


def yearless(kind: type[Ledger], cells: Mapping[str, Raw]) -> tuple[Problem, ...]:
    """The days of raw cells that want their year, each as the problem that it will be."""
    days = {
        name: cell
        for name, cell in cells.items()
        if isinstance(kind.fields[name], Date) and evidence.wants_year(cell)
    }
    checked = ledgers.check(kind, ledgers.frame([days])) if days else None
    return tuple(one for one in checked.problems if one.code == "no-year") if checked else ()


def _only(viewer: Viewer, one: Ref, proposal: StoredProposal) -> str | None:
    """The one entry that can be meant, by this office and the place that the text names."""
    if one.to == "pairings":
        at = proposal.values.get("place")
        fits = paired.pairing_at(viewer, at["value"] if at else viewer.place)
        return str(fits) if fits else None
    only = door.options(ledgers.ledgers()[one.to], viewer)
    return str(only[0][0]) if len(only) == 1 else None


def from_pairing(viewer: Viewer, kind: type[Ledger], cells: Mapping[str, Raw]) -> dict[str, Raw]:
    """The programme, where it is open: that of the pairing, since a pairing belongs to one."""
    pairing = cells.get("pairing")
    if "programme" not in kind.fields or cells.get("programme") or not isinstance(pairing, str):
        return {}
    found = door.entry(ledgers.ledgers()["pairings"], int(pairing), viewer)
    return {} if isinstance(found, No) else {"programme": str(found.values["programme"])}


def _cell(one: Field, value: object) -> Raw:
    if isinstance(one, Many):
        rows = value if isinstance(value, list | tuple) else []
        return [{name: _word(row.get(name)) for name in one.fields} for row in rows]
    return _word(value)


def _word(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return str(value)


def _names(
    viewer: Viewer, kind: type[Ledger], proposal: StoredProposal
) -> dict[tuple[str, int], str]:
    refs = {
        (one.to, int(str(proposal.values[name]["value"])))
        for name, one in kind.fields.items()
        if isinstance(one, Ref) and name in proposal.values and proposal.values[name]["value"]
    }
    return dict(door.labels(viewer, refs)) if refs else {}


def _value(
    one: Field,
    value: Mapping[str, Any],
    document: StoredDocument,
    names: Mapping[tuple[str, int], str],
) -> ValueShown:
    cited = tuple(
        Citation(
            _short(document.text[int(start) : int(end)]),
            page.address(reverse("document", args=[document.key]), at=f"{start}-{end}") + "#at",
        )
        for start, end in value["citations"]
    )
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text = ""
    if isinstance(one, Many):
        headings = tuple(inner.label for inner in one.fields.values())
        rows = tuple(
            tuple(_text(inner, row.get(name), names) for name, inner in one.fields.items())
            for row in value["value"]
        )
    else:
        text = (
            display.text(one, bool(value["value"]))
            if isinstance(one, Flag)
            else _text(one, value["value"], names)
        )
    return ValueShown(
        one.label,
        text,
        headings,
        rows,
        value["how"] == "stated",
        evidence.rule(value["rule"]),
        cited,
    )


def _text(one: Field, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    """The words for a proposed value, which comes as JSON: dates and codes are strings there."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return listed(str(part) for part in value)
    if isinstance(one, Flag) and isinstance(value, bool):
        return one.label if value else ""
    if isinstance(one, Date) and evidence.wants_year(value):
        return said("{day}，年份待补", day=str(value))
    if isinstance(one, Date) and isinstance(value, str):
        value = date.fromisoformat(value)
    return display.text(one, value, lambda to, key: names.get((to, key), f"#{key}"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
