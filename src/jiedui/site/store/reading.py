"""The door's reading half: entries, versions, labels and frames, always inside a scope."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers
from jiedui.access import No, Verb, Viewer, may
from jiedui.ledgers.words import Ref
from jiedui.problems import said
from jiedui.site.store import chain, rows, select, vault
from jiedui.site.store.entries import Entry, Page
from jiedui.site.store.statement import LARGEST, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jiedui.ledgers import Ledger

_NOT_HERE = said("没有这条记录，或者它不在您的数据范围内")
_SIZE_LIMIT = 200
_AT_ONCE = 10_000


def entries(
    ledger: type[Ledger],
    viewer: Viewer,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = "",
    page: int = 1,
    size: int = 50,
    until: date | None = None,
    known: int | None = None,
) -> Page:
    """One page of the entries that a viewer may see."""
    if not may(viewer, Verb.READ):
        return Page((), 0, 1, size)
    size = max(1, min(size, _SIZE_LIMIT))
    condition = select.where(ledger, viewer.scope, known=known, until=until, filters=filters)
    tail = f"ORDER BY {select.order(ledger, order or '-' + ledger.on)} LIMIT {size} OFFSET "
    if page <= 1:
        # A list that ends on its first page has told how long it is.
        found = fetch(ledger, condition, f"{tail}0")
        total = len(found) if len(found) < size else _count(ledger, condition)
        return Page(tuple(shown(viewer, found)), total, 1, size)
    total = _count(ledger, condition)
    page = min(page, -(-total // size) or 1)
    found = fetch(ledger, condition, f"{tail}{(page - 1) * size}") if total else []
    return Page(tuple(shown(viewer, found)), total, page, size)


def entry(
    ledger: type[Ledger], number: int, viewer: Viewer, *, known: int | None = None
) -> Entry | No:
    """One entry as it stands, or stood at a link; unknown and out of scope look the same."""
    if not (0 <= number <= LARGEST and may(viewer, Verb.READ)):
        return No(_NOT_HERE)
    condition = select.where(ledger, viewer.scope, known=known)
    condition.add('"entry" = %s', number)
    found = fetch(ledger, condition, "LIMIT 1")
    return next(shown(viewer, found), No(_NOT_HERE))


def chosen(ledger: type[Ledger], numbers: Iterable[int], viewer: Viewer) -> dict[int, Entry]:
    """The current entries of these ids that a viewer may see, by id."""
    wanted = set(numbers)
    if not wanted or not may(viewer, Verb.READ):
        return {}
    condition = select.where(ledger, viewer.scope)
    condition.add(f'"entry" IN ({marks(wanted)})', *wanted)
    return {item.id: item for item in shown(viewer, fetch(ledger, condition, ""))}


def stood(ledger: type[Ledger], numbers: Iterable[int], viewer: Viewer) -> dict[int, Entry]:
    """The last versions of entries that a viewer may see, ended or not, by id."""
    wanted = set(numbers)
    if not wanted or not may(viewer, Verb.HISTORY):
        return {}
    condition = select.ever(ledger, viewer.scope)
    condition.add(f'"entry" IN ({marks(wanted)})', *wanted)
    found = fetch(ledger, condition, 'ORDER BY v."link"')
    return {item.id: item for item in shown(viewer, found)}


def versions(ledger: type[Ledger], number: int, viewer: Viewer) -> tuple[Entry, ...]:
    """Every version of an entry that a viewer may see, newest first."""
    if not may(viewer, Verb.HISTORY):
        return ()
    return tuple(shown(viewer, every_version(ledger, number, viewer)))


def every_version(ledger: type[Ledger], number: int, viewer: Viewer) -> list[Entry]:
    """Ended versions too, newest first, names sealed: for the store, inside the scope."""
    condition = select.ever(ledger, viewer.scope)
    condition.add('"entry" = %s', number)
    return fetch(ledger, condition, 'ORDER BY v."link" DESC')


def current(ledger: type[Ledger], number: int) -> Entry | None:
    """The current version, whoever may see it: for the writing half, inside its lock."""
    condition = select.Where()
    condition.add('"ended" IS NULL AND "entry" = %s', number)
    return next(iter(fetch(ledger, condition, "")), None)


def labels(viewer: Viewer, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The words that name each entry, for those the viewer may see."""
    by_ledger: dict[str, set[int]] = {}
    for name, number in wanted:
        by_ledger.setdefault(name, set()).add(number)
    found: dict[tuple[str, int], str] = {}
    for name, numbers in by_ledger.items():
        ledger = ledgers.ledgers()[name]
        condition = select.where(ledger, viewer.scope)
        condition.add(f'"entry" IN ({marks(numbers)})', *numbers)
        for item in fetch(ledger, condition, ""):
            found[name, item.id] = label(ledger, item)
    return found


def label(ledger: type[Ledger], item: Entry) -> str:
    """The words that name one entry: the ledger's label fields, shown."""
    parts = (ledgers.show(ledger.fields[name], item.values.get(name)) for name in ledger.label)
    return " ".join(part for part in parts if part)


def options(ledger: type[Ledger], viewer: Viewer) -> list[tuple[int, str]]:
    """The entries of a register as a form offers them, by label."""
    found = fetch(ledger, select.where(ledger, viewer.scope), "LIMIT 2000")
    if ledger.name == "pairings" and not viewer.scope.everywhere:
        found = [item for item in found if item.id in viewer.scope.sides]
    return sorted(((item.id, label(ledger, item)) for item in found), key=lambda pair: pair[1])


def frames(
    ledger: type[Ledger],
    viewer: Viewer,
    *,
    filters: Mapping[str, str] | None = None,
    order: str = "",
    until: date | None = None,
    known: int | None = None,
    batch: int = 1000,
) -> Iterator[Sequence[Entry]]:
    """Every entry that a viewer may see, in batches, for exports and comparisons.

    All batches are of one link, the last one when none is named, and which versions they are is
    asked once: what is written meanwhile shifts no row from one batch into another.
    """
    if not may(viewer, Verb.READ):
        return
    known = chain.head().number if known is None else known
    condition = select.where(ledger, viewer.scope, known=known, until=until, filters=filters)
    wanted = _version_ids(ledger, condition, select.order(ledger, order or "-" + ledger.on))
    for start in range(0, len(wanted), batch):
        part = list(wanted[start : start + batch])
        one = select.Where()
        one.add(f'"id" IN ({marks(part)})', *part)
        found = {item.version: item for item in fetch(ledger, one, "")}
        yield list(shown(viewer, [found[number] for number in part]))


def _version_ids(ledger: type[Ledger], condition: select.Where, order: str) -> array[int]:
    """The versions of a condition in an order: eight bytes each, however many there are."""
    text = (
        f'SELECT v."id" FROM {select.relation(ledger)} v WHERE {condition.sql()} ORDER BY {order}'
    )
    with connection.cursor() as cursor:
        cursor.execute(text, condition.values)
        found = array("q")
        while part := cursor.fetchmany(_AT_ONCE):
            found.extend(row[0] for row in part)
    return found


def refs(ledger: type[Ledger], items: Iterable[Entry]) -> list[tuple[str, int]]:
    """Every reference that these entries make, for `labels`."""
    pointing = [field for field in ledger.fields.values() if isinstance(field, Ref)]
    return [
        (field.to, value)
        for item in items
        for field in pointing
        if isinstance(value := item.values.get(field.name), int) and value
    ]


def shown(viewer: Viewer, found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries with protected names opened where the viewer may see them."""
    opening = [bool(may(viewer, Verb.REVEAL, owner=item.owner)) for item in found]
    refs = [
        ref
        for item, opens in zip(found, opening, strict=True)
        if opens
        for ref in rows.sealed_refs(item.values)
    ]
    names = vault.opened(refs, viewer.office)
    for item, opens in zip(found, opening, strict=True):
        values = rows.reveal(item.values, names if opens else {}, erased=opens)
        yield replace(item, values=values)


def _count(ledger: type[Ledger], condition: select.Where) -> int:
    text = f"SELECT count(*) FROM {select.relation(ledger)} WHERE {condition.sql()}"
    with connection.cursor() as cursor:
        cursor.execute(text, condition.values)
        return int(cursor.fetchone()[0])


def fetch(ledger: type[Ledger], condition: select.Where, tail: str) -> list[Entry]:
    """The rows of a condition, with the links that wrote them; inside the store only."""
    names = rows.columns(ledger)
    listed = ", ".join(f"v.{select.quoted(name)}" for name in names)
    text = (
        f"SELECT {listed}, l.at, l.by, l.why FROM "
        f"(SELECT * FROM {select.relation(ledger)} WHERE {condition.sql()}) v "
        f"JOIN jd_link l ON l.number = v.link {tail}"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, condition.values)
        return [_entry(ledger, names, row) for row in cursor.fetchall()]


def _entry(ledger: type[Ledger], names: Sequence[str], row: Sequence[object]) -> Entry:
    cells = dict(zip(names, row, strict=False))
    at, by, why = row[len(names) :]
    ended = cells["ended"]
    return Entry(
        ledger.name,
        int(str(cells["entry"])),
        int(str(cells["id"])),
        int(str(cells["link"])),
        None if ended is None else int(str(ended)),
        datetime.fromisoformat(str(at)).astimezone(UTC),
        str(by),
        str(why),
        rows.decode(ledger, cells),
        rows.raw(cells["digest"]),
    )
