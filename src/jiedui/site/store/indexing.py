"""The index of search kept as the book is: small writes at once, large ones by `jiedui work`.

Everything here is derived and may be done again: a row is there for each current version that was
taken in, whatever the order. Not for asking the index: that is `searching`.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from jiedui import ledgers, search
from jiedui.site.store import chain, hashing, postings, reading, rows, select, vault
from jiedui.site.store.entries import entry_id
from jiedui.site.store.postings import Posting
from jiedui.site.store.statement import marks
from jiedui.site.store.tables import Document, IndexDue, Indexed, IndexedName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jiedui.ledgers import Ledger
    from jiedui.site.store.entries import Entry

__all__ = ["AT_ONCE", "DOCUMENTS", "behind", "catch_up", "follow", "start_anew"]

DOCUMENTS = "documents"
NO_DAY = date.min
"""The day of what has none: the last where the newest comes first, on every database."""
AT_ONCE = 500
"""Versions that a link takes into the index itself; of more the transaction would grow long."""
WHOLE = 0
_CHUNK = 2_000
_DOCUMENTS = 50
_PART = 500


def follow(draft: chain.Draft) -> None:
    """Take a link's versions in, and its ended ones out, in its own transaction.

    Of a large one it is noted that it is due; names that were erased go at once in any case.
    """
    _forget_names(draft.erased)
    if sum(map(len, draft.wrote.values())) + sum(map(len, draft.ends.values())) > AT_ONCE:
        IndexDue.objects.get_or_create(link=draft.number)
        return
    for name, ids in draft.ends.items():
        postings.drop(name, ids)
    for name, wrote in draft.wrote.items():
        ledger = ledgers.ledgers()[name]
        condition = select.Where()
        condition.add('"ended" IS NULL')
        condition.add('"id" >= %s AND "id" <= %s', wrote[0].id, wrote[-1].id)
        _take(ledger, reading.fetch(ledger, condition, ""))
    # One in which somebody chose what stood at a place says something else now.
    changed = (one.partition(".")[0] for one in draft.documents if "." in one)
    postings.drop_entries(DOCUMENTS, [number for one in changed if (number := entry_id(one))])
    _take_documents(Document.objects.filter(key__in=list(draft.documents)))


def _forget_names(refs: Sequence[str]) -> None:
    for start in range(0, len(refs), _PART):
        IndexedName.objects.filter(ref__in=refs[start : start + _PART]).delete()


def _take(ledger: type[Ledger], found: Sequence[Entry]) -> None:
    names = _names(found)
    laid = []
    for one in found:
        values, on = one.values, one.values.get(ledger.on)
        pairing = values.get("pairing")
        hashes = [
            (ref, hashing.name_hash(one.owner, names[ref]))
            for ref in dict.fromkeys(rows.sealed_refs(values))
            if ref in names
        ]
        laid.append(
            Posting(
                ledger.name,
                one.id,
                one.version,
                one.owner,
                pairing if isinstance(pairing, int) else None,
                (on if isinstance(on, date) else NO_DAY).isoformat(),
                [
                    search.owner_word(None if ledger.register else one.owner),
                    *search.entry(ledger, values),
                ],
                hashes,
            )
        )
    postings.lay(laid)


def _names(found: Sequence[Entry]) -> dict[str, str]:
    """The protected names of entries, by reference, opened for their hashes alone."""
    refs: dict[int, list[str]] = {}
    for one in found:
        if held := rows.sealed_refs(one.values):
            refs.setdefault(one.owner, []).extend(held)
    names: dict[str, str] = {}
    for owner, held in refs.items():
        names |= vault.opened(held, owner)
    return names


def _take_documents(found: Iterable[Document]) -> None:
    for one in found:
        facts = json.loads(one.reading)["facts"]
        parts = search.document((one.title, one.publisher), one.text, facts)
        hashes = [("", hashing.name_hash(one.owner, name)) for name in parts.persons]
        day = one.published or timezone.localtime(one.received).date()
        number = entry_id(one.key)
        assert number is not None
        postings.lay(
            [
                Posting(
                    DOCUMENTS, number, at, one.owner, None, day.isoformat(),
                    [search.owner_word(one.owner), *words],
                    () if at else hashes,
                )
                for at, words in enumerate(parts.parts)
            ]
        )  # fmt: skip


def behind() -> bool:
    """Whether something of the book is not in the index yet."""
    return IndexDue.objects.exists()


def start_anew() -> None:
    """Empty the index and note that the whole book is due, in one transaction.

    Also where rows came into the book past every link: after a restore.
    """
    with transaction.atomic():
        postings.clear()
        IndexDue.objects.get_or_create(link=WHOLE)


def catch_up(told: Callable[[int], None] = lambda _done: None) -> int:
    """Take in what is due, in parts of which each is a short transaction; returns how many rows.

    May be ended at any moment and begun again. `told` is told how many are in.
    """
    done = 0
    while due := list(IndexDue.objects.values_list("link", flat=True)):
        for ledger in ledgers.ledgers().values():
            while _out(ledger):
                pass
            after = 0
            while ids := _in(ledger, after):
                done, after = done + len(ids), ids[-1]
                told(done)
        last, taken = _documents_in("")
        while last:
            done += taken
            told(done)
            last, taken = _documents_in(last)
        for start in range(0, len(due), _PART):
            IndexDue.objects.filter(link__in=due[start : start + _PART]).delete()
    return done


def _out(ledger: type[Ledger]) -> int:
    with chain.locked():
        return postings.drop_ended(ledger.name, select.relation(ledger), _CHUNK)


def _in(ledger: type[Ledger], after: int) -> list[int]:
    """Take in the next current versions that the index does not have, under the writers' lock."""
    table = select.relation(ledger)
    condition = select.Where()
    condition.add('"ended" IS NULL AND "id" > %s', after)
    condition.add(
        "NOT EXISTS (SELECT 1 FROM jd_search s WHERE s.kind = %s "
        f'AND s.version = {table}."id" AND s.entry = {table}."entry")',
        ledger.name,
    )
    with chain.locked():
        wanted = _first_ids(table, condition)
        if wanted:
            one = select.Where()
            one.add(f'"id" IN ({marks(wanted)})', *wanted)
            _take(ledger, reading.fetch(ledger, one, ""))
        return wanted


def _first_ids(table: str, condition: select.Where) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "id" FROM {table} WHERE {condition.sql()} ORDER BY "id" LIMIT {_CHUNK}',
            condition.values,
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _documents_in(after: str) -> tuple[str, int]:
    """Take in those of the next documents that the index does not have: the last, how many."""
    with chain.locked():
        later = Document.objects.filter(key__gt=after).order_by("key")
        keys = list(later.values_list("key", flat=True)[:_DOCUMENTS])
        first_parts = Indexed.objects.filter(kind=DOCUMENTS, version=0)
        there = set(
            first_parts.filter(entry__in=[entry_id(key) for key in keys]).values_list(
                "entry", flat=True
            )
        )
        wanted = [key for key in keys if entry_id(key) not in there]
        _take_documents(Document.objects.filter(key__in=wanted))
    return (keys[-1] if keys else "", len(wanted))
