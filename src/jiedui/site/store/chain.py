"""Links: the writing of one under the one lock, and the bytes of its head.

A link's head is SHA-256 over the head before and the canonical JSON of everything the link
says, the seals of the versions it wrote among it; so nothing behind it can change unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, overload

from django.db import connection, transaction
from django.db.utils import OperationalError, ProgrammingError

from jiedui import ledgers
from jiedui.ledgers import canon
from jiedui.site.store.tables import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import polars as pl

    from jiedui.access import Viewer

GENESIS = bytes(32)
# Where a link says which documents it received, among the ledgers that it wrote.
DOCUMENTS = "jd_document"
# Any number, the same in every process: the one lock under which links are numbered.
_LOCK = 0x6A69_6564_7569


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: what is printed on reports and given to the partner."""

    number: int
    digest: str
    at: str


class Written(NamedTuple):
    """A version as its link seals it."""

    id: int
    entry: int
    digest: bytes


class Run(Sequence[Written]):
    """Versions with ids one after the other, kept by columns: a million are no values of their own.

    Of `entries` and `digests` each has one for each version.
    """

    def __init__(self, first: int, entries: pl.Series, digests: pl.Series) -> None:
        self._ids = range(first, first + len(entries))
        self._entries, self._digests = entries, digests

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Written: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Written]: ...

    def __getitem__(self, at: int | slice) -> Written | Sequence[Written]:
        if isinstance(at, slice):
            return list(self)[at]
        return Written(self._ids[at], self._entries[at], self._digests[at])

    def __iter__(self) -> Iterator[Written]:
        return map(Written, self._ids, self._entries, self._digests)


@dataclass(slots=True)
class Draft:
    """A link being written: its number, and what has been written and ended so far.

    `documents` are those received, each with its seal; `source` is what the link names as its.
    `says` is that of a link which writes nothing and is there for its reason alone.
    """

    number: int
    before: bytes
    wrote: dict[str, Sequence[Written]] = field(default_factory=dict)
    ends: dict[str, list[int]] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    source: str = ""
    says: bool = False

    def add(self, ledger: str, written: Sequence[Written]) -> None:
        """Note versions that were written."""
        before = self.wrote.get(ledger)
        self.wrote[ledger] = [*before, *written] if before else written


def seal(
    before: bytes, said: Mapping[str, canon.Plain], written: Mapping[str, Sequence[Written]]
) -> bytes:
    """The head of a link: over the head before, what it says, and each version it wrote."""
    sealed = {name: map(partial(sealed_row, name), of) for name, of in written.items()}
    return seal_rows(before, said, sealed)


def sealed_row(ledger: str, row: Written) -> bytes:
    """The bytes by which a version enters its link's head."""
    return b"|%b|%d|%d|%b" % (ledger.encode(), *row)


def seal_rows(
    before: bytes,
    said: Mapping[str, canon.Plain],
    sealed: Mapping[str, Iterable[bytes | bytearray]],
) -> bytes:
    """The head of a link from the bytes of its versions, by ledger in the order of their ids."""
    total = hashlib.sha256(before)
    total.update(canon.text(dict(said)).encode())
    for ledger in sorted(sealed):
        for some in sealed[ledger]:
            total.update(some)
    return total.digest()


def said(link: Link) -> dict[str, canon.Plain]:
    """What a stored link says, as its head was made over it."""
    return {
        "number": link.number,
        "at": link.at,
        "account": link.account,
        "by": link.by,
        "office": link.office,
        "why": link.why,
        "source": link.source,
        "wrote": json.loads(link.wrote),
        "ends": json.loads(link.ends),
        "erased": json.loads(link.erased),
    }


@contextmanager
def linking(viewer: Viewer, why: str, source: str = "") -> Iterator[Draft]:
    """One write: everything inside, or nothing, under a new link.

    Holds the lock until the transaction ends, so numbers are in commit order. Nothing is
    linked when the draft stayed empty.
    """
    with transaction.atomic():
        _lock()
        last = Link.objects.order_by("-number").values_list("number", "head").first()
        number, before = (last[0] + 1, bytes(last[1])) if last else (1, GENESIS)
        draft = Draft(number, before, source=source)
        yield draft
        if draft.wrote or draft.ends or draft.erased or draft.documents or draft.says:
            _store(draft, viewer, why)
            _index(draft)


@contextmanager
def locked() -> Iterator[None]:
    """Keep writers out for a moment, without writing a link: for what follows the chain."""
    with transaction.atomic():
        _lock()
        yield


def _index(draft: Draft) -> None:
    # The index reads what links wrote, so its modules stand above this one.
    from jiedui.site.store import indexing

    indexing.follow(draft)


def _lock() -> None:
    # SQLite's transactions begin IMMEDIATE and hold the only write lock already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _store(draft: Draft, viewer: Viewer, why: str) -> None:
    wrote: dict[str, canon.Plain] = {
        name: [rows[0].id, rows[-1].id, ledgers.ledgers()[name].declaration]
        for name, rows in sorted(draft.wrote.items())
    }
    if draft.documents:
        wrote[DOCUMENTS] = dict(draft.documents)
    link = Link(
        number=draft.number,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        account=viewer.account,
        by=viewer.name,
        office=viewer.office,
        why=why,
        source=draft.source,
        wrote=canon.text(wrote),
        ends=canon.text({name: sorted(ids) for name, ids in draft.ends.items()}),
        erased=canon.text(sorted(draft.erased)),
    )
    link.head = seal(draft.before, said(link), draft.wrote)
    link.save(force_insert=True)


def touched(since: int, names: Collection[str], *, persons: bool = False) -> bool:
    """Whether a link after `since` wrote or ended entries of these ledgers, or took names out."""
    later = Link.objects.filter(number__gt=since).values_list("wrote", "ends", "erased")
    for wrote, ends, erased in later.iterator():
        if not json.loads(wrote).keys().isdisjoint(names) or (persons and erased != "[]"):
            return True
        if not json.loads(ends).keys().isdisjoint(names):
            return True
    return False


def first_why() -> str | None:
    """The reason of the first link: how the book began; None of an empty book or without tables."""
    try:
        return Link.objects.order_by("number").values_list("why", flat=True).first()
    except (OperationalError, ProgrammingError):
        return None


def days(numbers: Iterable[int]) -> dict[int, datetime]:
    """When these links were written."""
    found = Link.objects.in_bulk(list(numbers))
    return {number: datetime.fromisoformat(link.at) for number, link in found.items()}


def head() -> Head:
    """The end of the chain; number 0 and no digest while nothing is written."""
    last = Link.objects.order_by("-number").values_list("number", "head", "at").first()
    return Head(last[0], bytes(last[1]).hex(), last[2]) if last else Head(0, "", "")
