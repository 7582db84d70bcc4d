"""Entries as a page lists them: labels and texts, differences between versions, proofs.

The words for a value come from `ledgers.show`; this module only arranges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui import indicators, ledgers
from jiedui.ledgers.show import FEN_PER_WAN, money
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Many
from jiedui.problems import listed
from jiedui.site.store import door
from jiedui.site.web import tongue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jiedui.access import Viewer
    from jiedui.ledgers import Value, Values
    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.words import Field

# Shown apart: the state as a mark, the sources as proofs.
APART = frozenset({"state", "sources"})
SHORT = 6
# Below a hundred 万元 a tenth of one still says something.
SMALL = 100 * FEN_PER_WAN
FEN_PER_MILLION = 100 * FEN_PER_WAN


@dataclass(frozen=True, slots=True)
class Shown:
    """One field with its text; `rows` and `headings` when it holds child rows."""

    label: str
    text: str
    kind: str
    href: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changed in one field: texts, or the child rows gone and come."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    moved: bool = False


def labeller(
    viewer: Viewer, ledger: type[Ledger], entries: Iterable[door.Entry]
) -> Callable[[str, int], str]:
    """Names for every entry that these entries point to, fetched at once."""
    wanted = door.refs(ledger, entries)
    names = door.labels(viewer, wanted) if wanted else {}
    return lambda to, key: names.get((to, key), f"#{key}")


def text(one: Field, value: Value, label: Callable[[str, int], str] | None = None) -> str:
    """The words for a value, as `ledgers.show` has them; the page tells them (`tongue`)."""
    return ledgers.show(one, value, label)


def fields(
    ledger: type[Ledger], entry: door.Entry, label: Callable[[str, int], str]
) -> list[Shown]:
    """Every field of an entry that says something, in the order of declaration."""
    found = []
    for name, one in ledger.fields.items():
        value = entry.values.get(name)
        if name in APART or value is None or value == ():
            continue
        found.append(_shown(one, value, label))
    return found


def differences(
    ledger: type[Ledger],
    before: Values,
    after: Values,
    label: Callable[[str, int], str],
) -> list[Difference]:
    """Field by field what differs; child rows are compared as whole rows."""
    found = []
    for name, one in ledger.fields.items():
        if name == "sources":
            continue
        old, new = _texts(one, before.get(name), label), _texts(one, after.get(name), label)
        if old != new:
            found.append(
                Difference(
                    one.label,
                    tuple(text for text in old if text not in new),
                    tuple(text for text in new if text not in old),
                    moved=sorted(old) == sorted(new),
                )
            )
    return found


def title(ledger: type[Ledger], entry: door.Entry, label: Callable[[str, int], str]) -> str:
    """The words that name an entry in a sentence."""
    found = (text(ledger.fields[n], entry.values.get(n), label) for n in ledger.label)
    return listed(filter(None, found), " ")


def entry_href(ledger: str, key: str) -> str:
    """The address of an entry's page."""
    return reverse("entry", args=[ledger, key])


def _shown(one: Field, value: Value, label: Callable[[str, int], str]) -> Shown:
    if isinstance(one, Many) and not one.single and isinstance(value, tuple):
        rows = tuple(
            tuple(text(inner, row.get(name), label) for name, inner in one.fields.items())
            for row in value
        )
        return Shown(
            one.label, "", "rows", headings=tuple(f.label for f in one.fields.values()), rows=rows
        )
    return Shown(one.label, text(one, value, label), one.kind)


def _texts(one: Field, value: Value, label: Callable[[str, int], str]) -> tuple[str, ...]:
    if value is None or value == ():
        return ()
    if isinstance(one, Many) and isinstance(value, tuple):
        return tuple(text(one, (row,), label) for row in value)
    return (text(one, value, label),)


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of an entry, and what it changed from the one before."""

    entry: door.Entry
    number: int
    state: tuple[str, str]
    differences: tuple[Difference, ...]
    first: bool


def brief(value: int, unit: str) -> str:
    """A number without its unit, except money, which is never read without one."""
    if unit != Unit.FEN:
        return f"{value:,}"
    return money(value) if tongue.chinese() else tongue.amount(value)


def whole(value: int | None, unit: str) -> str:
    """A number with its unit, as it stands in a sentence: 12.5 万元, CNY 125,000, 12 persons."""
    number, word = amount(value, unit)
    if value is not None and unit == Unit.FEN and not tongue.chinese():
        return tongue.amount(value)
    return f"{number} {word}".strip()


def drawn_unit(unit: str) -> str:
    """The unit of a chart's numbers: money in 万元, elsewhere in millions of yuan."""
    if unit != Unit.FEN:
        return _(unit)
    return "万元" if tongue.chinese() else _("百万元")


def abridged(fen: int) -> str:
    """An amount without its unit, where there is room for six signs: 约 tells a loss.

    In 万元, or in millions of yuan where the page is not Chinese.
    """
    size = FEN_PER_WAN if tongue.chinese() else FEN_PER_MILLION
    exact = indicators.ratio(fen, size, places=8) or 0
    text = f"{exact:,f}".rstrip("0").rstrip(".")
    if len(text) <= SHORT:
        return text
    places = 1 if fen < SMALL * (size // FEN_PER_WAN) else 0
    return _("约%(number)s") % {"number": f"{indicators.ratio(fen, size, places=places):,f}"}


def amount(value: int | None, unit: str) -> tuple[str, str]:
    """A figure's number and unit as people read them: money in 元 or 万元, nothing as a dash."""
    if value is None:
        return "—", _(unit) if unit else ""
    if unit == Unit.FEN and not tongue.chinese():
        return tongue.number(value), "CNY"
    if unit == Unit.FEN:
        said = money(value)
        cut = len(said) - (2 if said.endswith("万元") else 1)
        return said[:cut], said[cut:]
    return f"{value:,}", _(unit) if unit else ""


def state(ledger: type[Ledger], entry: door.Entry) -> tuple[str, str]:
    """The code and the words of an entry's state, both empty where there is none."""
    one, code = ledger.fields.get("state"), entry.values.get("state")
    return (str(code), text(one, code)) if one and code else ("", "")


def versions(
    ledger: type[Ledger], history: tuple[door.Entry, ...], label: Callable[[str, int], str]
) -> list[VersionShown]:
    """Versions newest first, each with its differences from the one before it."""
    shown = []
    for number, entry in enumerate(history):
        before = history[number + 1] if number + 1 < len(history) else None
        changed = differences(ledger, before.values, entry.values, label) if before else []
        ordinal = len(history) - number
        shown.append(
            VersionShown(entry, ordinal, state(ledger, entry), tuple(changed), before is None)
        )
    return shown
