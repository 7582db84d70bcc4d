"""What the chain says there must be: which versions, ended by which links, which documents.

Gathered in one pass over the links, as ranges, so that a changed number in one of them cannot
fill the memory. Not for judging rows: that is `verify`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.site.store.chain import DOCUMENTS
from jiedui.site.store.statement import LARGEST
from jiedui.site.store.tables import Link

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Broken:
    """One row that does not fit: its table, its key there, the entry if it is one, and why."""

    table: str
    row: str
    entry: str
    what: str


@dataclass(frozen=True, slots=True)
class Range:
    """Versions that one link wrote: the first and the last id, and under which declaration."""

    first: int
    last: int
    link: int
    declaration: str


@dataclass(slots=True)
class OfLedger:
    """What the links say of one ledger: ranges by their first id, and version to ending link."""

    ranges: list[Range] = field(default_factory=list)
    ended: dict[int, int] = field(default_factory=dict)

    def sort(self) -> None:
        """Bring the ranges into the order of ids, for `of`."""
        self.ranges.sort(key=lambda one: one.first)

    def of(self, version: int) -> Range | None:
        """The range in which a version lies, or None when no link wrote it."""
        place = bisect_right(self.ranges, version, key=lambda one: one.first)
        found = self.ranges[place - 1] if place else None
        return found if found and version <= found.last else None


@dataclass(slots=True)
class Claims:
    """Everything that the links say, with what was wrong in the saying."""

    links: int = 0
    ledgers: dict[str, OfLedger] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)
    accepting: dict[int, str] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)

    def of(self, ledger: str) -> OfLedger:
        """What was said of one ledger."""
        return self.ledgers.setdefault(ledger, OfLedger())


def read() -> Claims:
    """Gather what the links say, first to last."""
    claims, before = Claims(), 0
    for link in links():
        claims.links += 1
        if link.number != before + 1:
            claims.broken.append(
                Broken("jd_link", str(before + 1), "", f"第 {before + 1} 笔入账不见了")
            )
        before = link.number
        try:
            _take(claims, link)
        except (ValueError, TypeError, AttributeError):
            claims.broken.append(Broken("jd_link", str(link.number), "", "所记的内容无法读出"))
    for said in claims.ledgers.values():
        said.sort()
    return claims


def links() -> Iterator[Link]:
    """Every link, first to last, not all in memory at once."""
    yield from Link.objects.order_by("number").iterator(1000)


def _take(claims: Claims, link: Link) -> None:
    wrote, ends, erased = json.loads(link.wrote), json.loads(link.ends), json.loads(link.erased)
    received = wrote.pop(DOCUMENTS, {})
    claims.documents |= {str(key): str(seal) for key, seal in received.items()}
    claims.erased |= {str(ref) for ref in erased}
    for name, (first, last, declaration) in wrote.items():
        made = Range(int(first), int(last), link.number, str(declaration))
        if not 0 < made.first <= made.last <= LARGEST:
            msg = f"{name}: {first} to {last} is no range of ids"
            raise ValueError(msg)
        claims.of(name).ranges.append(made)
    for name, ids in ends.items():
        claims.of(name).ended |= {int(number): link.number for number in ids}
    if link.source.startswith("document:"):
        claims.accepting[link.number] = link.source.removeprefix("document:")
