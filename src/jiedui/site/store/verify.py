"""Goes through the whole book and names each row that does not fit.

Links from the first to the last, each version against its digest and its link's range, each
citation against its document, each protected name against the vault, each document and proposal
against its seal and the chain, what was kept of a workbook against its hash. Nothing is changed,
and everything is read as of one moment.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui import ledgers
from jiedui.site.store import chain, checking, claims, evidenced, rows, vault
from jiedui.site.store.chain import Written
from jiedui.site.store.claims import Broken
from jiedui.site.store.entries import key
from jiedui.site.store.tables import Link, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.ledgers import Ledger, Values
    from jiedui.site.store.claims import Claims, Range

__all__ = ["Broken", "Report", "link_with_head", "verify"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found, and how much it looked at."""

    links: int
    versions: int
    documents: int
    broken: tuple[Broken, ...]
    head: chain.Head


@dataclass(slots=True)
class _Walk:
    """What is gathered on the way: by link and ledger the bytes it seals, and the references."""

    said: Claims
    broken: list[Broken]
    sealed: dict[int, dict[str, bytearray]] = field(default_factory=dict)
    refs: set[str] = field(default_factory=set)
    accepted: dict[str, list[int]] = field(default_factory=dict)
    citations: evidenced.Citations = field(default_factory=evidenced.Citations)
    versions: int = 0

    def take(self, ledger: str, link: int, written: Written) -> None:
        """Note a version under the link that the chain says wrote it.

        Not under the link its own row names: a changed number there is the row's fault, and
        casts no doubt on two links as well.
        """
        of_link = self.sealed.setdefault(link, {})
        of_link.setdefault(ledger, bytearray()).extend(chain.sealed_row(ledger, written))
        if link in self.said.accepting:
            self.accepted.setdefault(self.said.accepting[link], []).append(written.entry)


def verify() -> Report:
    """Verify everything; `broken` is empty when all fits."""
    with ExitStack() as stack:
        stack.enter_context(_one_moment())
        stack.enter_context(_any_bytes())
        said = claims.read()
        walk = _Walk(said, list(said.broken))
        for ledger in ledgers.ledgers().values():
            _versions(ledger, walk)
        _heads(walk)
        walk.broken += _vault(walk)
        count, faults = evidenced.documents(said.documents)
        walk.broken += faults
        walk.broken += evidenced.proposals(walk.accepted)
        walk.broken += evidenced.batches()
        return Report(said.links, walk.versions, count, tuple(walk.broken), chain.head())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as of one moment without keeping anybody from writing."""
    if connection.in_atomic_block:
        yield
        return
    repeatable = " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" + (repeatable if connection.vendor == "postgresql" else ""))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


@contextmanager
def _any_bytes() -> Iterator[None]:
    """Let SQLite hand out text whose bytes are none, so that its row can be named."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    connection.connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.connection.text_factory = str


def _versions(ledger: type[Ledger], walk: _Walk) -> None:
    said, table = walk.said.of(ledger.name), table_name(ledger.name)
    found: Counter[Range] = Counter()
    for row in checking.stored_rows(ledger):
        number, walk.versions = row["id"], walk.versions + 1
        claim = said.of(number)
        if claim:
            found[claim] += 1
        try:
            entry = int(row["entry"])
            values = checking.values(ledger, row)
            fault = _fault(ledger, row, values, walk)
            if claim:
                walk.take(ledger.name, claim.link, Written(number, entry, rows.raw(row["digest"])))
        except (ValueError, TypeError, KeyError, AttributeError):
            walk.broken.append(Broken(table, str(number), "", "内容无法读出"))
            continue
        if fault:
            walk.broken.append(Broken(table, str(number), key(entry % (1 << 63)), fault))
        walk.refs |= set(rows.sealed_refs(values))
    for claim in said.ranges:
        if found[claim] != claim.last - claim.first + 1:
            what = f"第 {claim.link} 笔入账的版本不见了"
            walk.broken += [Broken(table, one, "", what) for one in checking.missing(ledger, claim)]


def _fault(ledger: type[Ledger], row: dict[str, Any], values: Values, walk: _Walk) -> str:
    said = walk.said.of(ledger.name)
    return (
        checking.place_fault(row, said, said.of(row["id"]))
        or checking.content_fault(ledger, row, values)
        or walk.citations.fault(values)
    )


def _heads(walk: _Walk) -> None:
    before = chain.GENESIS
    for link in claims.links():
        head = bytes(link.head) if isinstance(link.head, bytes | memoryview) else b""
        try:
            sealed = {name: [some] for name, some in walk.sealed.get(link.number, {}).items()}
            made = chain.seal_rows(before, chain.said(link), sealed)
        except (ValueError, TypeError):
            made = None
        if made != head:
            walk.broken.append(Broken("jd_link", str(link.number), "", "入账链在这里断开"))
        before = head


def _vault(walk: _Walk) -> Iterator[Broken]:
    refs, erased, there = walk.refs, walk.said.erased, vault.present()
    for ref in vault.broken():
        yield Broken("jd_vault", ref, "", "受保护的姓名打不开")
    for ref in sorted(refs - there - erased):
        yield Broken("jd_vault", ref, "", "受保护的姓名不见了，且没有删除的入账")
    for ref in sorted((there - refs) | (there & erased)):
        yield Broken("jd_vault", ref, "", "没有记录指向它，或它本应已删除")


def link_with_head(digest: str) -> int | None:
    """The number of the link that has this head, or None when the chain never had it."""
    try:
        head = bytes.fromhex(digest)
    except ValueError:
        return None
    return Link.objects.filter(head=head).values_list("number", flat=True).first()
