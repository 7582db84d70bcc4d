"""Goes through the whole book and names each row that does not fit.

Links from the first to the last, each version against its digest and its link's range, each
protected name against the vault, each document against its hash and each citation against its
document. Nothing is changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from jiedui import ledgers
from jiedui.ledgers import canon
from jiedui.site.store import chain, files, rows, select, vault
from jiedui.site.store.entries import key
from jiedui.site.store.tables import Document, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.ledgers import Ledger

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """One row that does not fit: its table, its key there, the entry if it is one, and why."""

    table: str
    row: str
    entry: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found, and how much it looked at."""

    links: int
    versions: int
    documents: int
    broken: tuple[Broken, ...]
    head: chain.Head


@dataclass(slots=True)
class _Said:
    """What the links say of one ledger: version to link and declaration, and to its ending link."""

    written: dict[int, tuple[int, str]]
    ended: dict[int, int]


def verify() -> Report:
    """Verify everything; `broken` is empty when all fits."""
    broken: list[Broken] = []
    links, said, erased = _links(broken)
    count, refs = 0, set[str]()
    by_ledger: dict[str, dict[int, list[chain.Written]]] = {}
    for ledger in ledgers.ledgers().values():
        claims = said.get(ledger.name, _Said({}, {}))
        here = by_ledger.setdefault(ledger.name, {})
        for link, written, held in _versions(ledger, claims, broken):
            here.setdefault(link, []).append(written)
            refs |= held
            count += 1
    _heads(links, by_ledger, broken)
    _vault(refs, erased, broken)
    documents = _documents(broken)
    return Report(len(links), count, documents, tuple(broken), chain.head())


def _links(broken: list[Broken]) -> tuple[list[Link], dict[str, _Said], set[str]]:
    links = list(Link.objects.order_by("number"))
    said: dict[str, _Said] = {}
    erased: set[str] = set()
    for expected, link in enumerate(links, 1):
        if link.number != expected:
            broken.append(Broken("jd_link", str(link.number), "", f"应为第 {expected} 笔入账"))
        try:
            wrote, ends = json.loads(link.wrote), json.loads(link.ends)
            erased |= set(json.loads(link.erased))
            for name, (first, last, declaration) in wrote.items():
                here = said.setdefault(name, _Said({}, {}))
                claim = link.number, str(declaration)
                here.written |= dict.fromkeys(range(first, last + 1), claim)
            for name, ids in ends.items():
                here = said.setdefault(name, _Said({}, {}))
                here.ended |= dict.fromkeys(ids, link.number)
        except (ValueError, TypeError, AttributeError):
            broken.append(Broken("jd_link", str(link.number), "", "所记的版本范围无法读出"))
    return links, said, erased


def _versions(
    ledger: type[Ledger], said: _Said, broken: list[Broken]
) -> Iterator[tuple[int, chain.Written, set[str]]]:
    table = f"jd_v_{ledger.name}"
    seen: set[int] = set()
    for row in _rows(ledger):
        number = row["id"]
        seen.add(number)
        try:
            entry, digest = int(row["entry"]), rows.raw(row["digest"])
            held = set(rows.sealed_refs(rows.decode(ledger, row)))
            fault = _fault(ledger, row, said)
        except (ValueError, TypeError, KeyError):
            broken.append(Broken(table, str(number), "", "内容无法读出"))
            continue
        if fault:
            broken.append(Broken(table, str(number), key(entry % (1 << 63)), fault))
        # Sealed with the link that the chain says wrote it, so that a changed column here does
        # not cast doubt on two links as well.
        link = said.written.get(number, (0, ""))[0]
        yield link, chain.Written(number, entry, digest), held
    broken.extend(
        Broken(table, str(number), "", f"第 {said.written[number][0]} 笔入账的版本不见了")
        for number in sorted(said.written.keys() - seen)
    )


def _fault(ledger: type[Ledger], row: Mapping[str, Any], said: _Said) -> str:
    if row["id"] not in said.written:
        return "没有一笔入账写过它"
    link, declaration = said.written[row["id"]]
    if row["link"] != link:
        return f"应属第 {link} 笔入账，现写作第 {row['link']} 笔"
    if row["declaration"] != declaration:
        return "所记的台账定义与入账时不同"
    ended = said.ended.get(row["id"])
    if row["ended"] != ended:
        return f"终止它的应是第 {ended or '（无）'} 笔入账，现写作 {row['ended']}"
    return _content_fault(ledger, row)


def _content_fault(ledger: type[Ledger], row: Mapping[str, Any]) -> str:
    """Raises ValueError, TypeError or KeyError when a column cannot be what it is."""
    values = rows.decode(ledger, row)
    if rows.encode(ledger, values) != [_stored(row[name]) for name in _value_columns(ledger)]:
        return "内容的写法与入账时不同"
    made = canon.digest(ledger.name, row["entry"], values), rows.identity(ledger, values)
    kept = rows.raw(row["digest"]), rows.raw(row["identity"])
    return "" if made == kept else "内容与入账时的摘要不符"


def _value_columns(ledger: type[Ledger]) -> list[str]:
    return rows.columns(ledger)[len(rows.OWN) :]


def _stored(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows(ledger: type[Ledger]) -> Iterator[dict[str, Any]]:
    names = rows.columns(ledger)
    listed = ", ".join(select.quoted(name) for name in names)
    last = -(1 << 63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {listed} FROM {select.relation(ledger)} "
                f"WHERE id > %s ORDER BY id LIMIT {_BATCH}",
                [last],
            )
            found = cursor.fetchall()
        for row in found:
            yield dict(zip(names, row, strict=True))
        if len(found) < _BATCH:
            return
        last = int(found[-1][0])


def _heads(
    links: list[Link],
    by_ledger: dict[str, dict[int, list[chain.Written]]],
    broken: list[Broken],
) -> None:
    before = chain.GENESIS
    for link in links:
        written = {
            name: here[link.number] for name, here in by_ledger.items() if link.number in here
        }
        try:
            head = chain.seal(before, chain.said(link), written)
        except (ValueError, TypeError):
            head = b""
        if head != bytes(link.head):
            broken.append(Broken("jd_link", str(link.number), "", "入账链在这里断开"))
        before = bytes(link.head)


def _vault(refs: set[str], erased: set[str], broken: list[Broken]) -> None:
    broken.extend(Broken("jd_vault", ref, "", "受保护的姓名打不开") for ref in vault.broken())
    there = vault.present()
    broken.extend(
        Broken("jd_vault", ref, "", "受保护的姓名不见了，且没有删除的入账")
        for ref in sorted(refs - there - erased)
    )
    broken.extend(
        Broken("jd_vault", ref, "", "没有记录指向它，或它本应已删除")
        for ref in sorted((there - refs) | (there & erased))
    )


def _documents(broken: list[Broken]) -> int:
    count = 0
    for document in Document.objects.order_by("key").iterator():
        count += 1
        content = files.read(document.sha256)
        if content is None or hashlib.sha256(content).hexdigest() != document.sha256:
            broken.append(Broken("jd_document", document.key, "", "原件不见了或与其摘要不符"))
        if document.seal != files.seal(document):
            broken.append(Broken("jd_document", document.key, "", "所存的文字或读出的内容被改动"))
    return count


def link_with_head(digest: str) -> int | None:
    """The number of the link that has this head, or None when the chain never had it."""
    try:
        head = bytes.fromhex(digest)
    except ValueError:
        return None
    return Link.objects.filter(head=head).values_list("number", flat=True).first()
