"""Search: what a viewer may see, by word, person, place, party, day and kind.

Counts, hits and suggestions alike ask one condition, which holds the viewer's scope (`questions`):
nobody learns from a count what a neighbour holds. Not for filling the index: that is `indexing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.db import connection

from jiedui import ledgers, places, search
from jiedui.access import Verb, Viewer, may
from jiedui.site.store import indexing, questions, reading, select
from jiedui.site.store.entries import Entry, key
from jiedui.site.store.indexing import NO_DAY
from jiedui.site.store.questions import Question
from jiedui.site.store.statement import marks, storable
from jiedui.site.store.tables import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.ledgers import Ledger


__all__ = ["DOCUMENTS", "MOST", "Found", "Hit", "Question", "Suggestions", "search_for", "suggest"]

DOCUMENTS = indexing.DOCUMENTS
MOST = 1_000
"""Hits that are counted and paged through; of more it is said that there are more."""
_SIZE_LIMIT = 100
_FEW = 5
_Row: TypeAlias = "tuple[str, int, date | None]"


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry or document that was found: an `entry`, or a document's `title` and text."""

    kind: str
    key: str
    day: date | None
    entry: Entry | None = None
    title: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, the newest first; `more` says that they are more than `total`.

    `behind` says that the index has not taken in everything yet.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    page: int
    size: int
    behind: bool

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a few typed letters may mean, of what the viewer sees.

    `places` by code, `parties` and `documents` by key with their names.
    """

    places: tuple[str, ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


def search_for(question: Question, viewer: Viewer, *, page: int = 1, size: int = 20) -> Found:
    """One page of what a viewer may see and the question asks for."""
    size = max(1, min(size, _SIZE_LIMIT))
    behind = indexing.behind()
    sought = questions.condition(question, viewer)
    if sought is None:
        return Found((), 0, more=False, page=1, size=size, behind=behind)
    found = _rows(*sought, MOST + 1)
    total = min(len(found), MOST)
    page = max(1, min(page, -(-total // size) or 1))
    hits = tuple(_hits(found[(page - 1) * size : min(page * size, total)], viewer))
    return Found(hits, total, more=len(found) > MOST, page=page, size=size, behind=behind)


def _rows(source: str, condition: select.Where, limit: int) -> list[_Row]:
    """The newest rows of a question, each document once."""
    text = (
        f"SELECT DISTINCT s.kind, s.entry, s.day FROM {source} WHERE {condition.sql()} "
        f"ORDER BY s.day DESC, s.kind DESC, s.entry DESC LIMIT {limit}"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, condition.values)
        return [(str(kind), int(entry), _day(day)) for kind, entry, day in cursor.fetchall()]


def _day(stored: object) -> date | None:
    day = stored if isinstance(stored, date) else date.fromisoformat(str(stored))
    return None if day == NO_DAY else day


def _hits(found: Sequence[_Row], viewer: Viewer) -> Iterator[Hit]:
    """The entries and documents behind rows."""
    by_kind: dict[str, list[int]] = {}
    for kind, number, _day_of in found:
        by_kind.setdefault(kind, []).append(number)
    entries = {
        (kind, number): one
        for kind, numbers in by_kind.items()
        if kind != DOCUMENTS
        for number, one in _entries(ledgers.ledgers()[kind], numbers, viewer)
    }
    keys = [key(number) for number in by_kind.get(DOCUMENTS, ())]
    documents = {
        one.key: one
        for one in Document.objects.filter(key__in=keys, owner=viewer.office).only(
            "key", "title", "name", "text"
        )
    }
    for kind, number, day in found:
        if entry := entries.get((kind, number)):
            yield Hit(kind, entry.key, day, entry)
        elif document := documents.get(key(number)):
            title = document.title or document.name
            yield Hit(kind, document.key, day, title=title, text=document.text)


def _entries(
    ledger: type[Ledger], numbers: Sequence[int], viewer: Viewer
) -> Iterator[tuple[int, Entry]]:
    # The scope was asked with the rows; asked again here, SQLite would walk the whole office.
    condition = select.Where()
    condition.add('"ended" IS NULL')
    condition.add(f'"entry" IN ({marks(numbers)})', *numbers)
    for one in reading.shown(viewer, reading.fetch(ledger, condition, "")):
        yield one.id, one


def suggest(typed: str, viewer: Viewer, *, titles: bool = True) -> Suggestions:
    """A few places and parties that what was typed may mean, and with `titles` documents."""
    typed = typed.strip()
    if not (search.terms(typed) and may(viewer, Verb.READ)) or search.unsought(typed, "", ""):
        return Suggestions()
    named = ledgers.ledgers()["parties"]
    sought = questions.condition(Question(typed, kind=named.name), viewer)
    numbers = [number for _kind, number, _none in _rows(*sought, _FEW)] if sought else []
    parties = _entries(named, numbers, viewer) if numbers else ()
    return Suggestions(
        _places(typed, viewer),
        tuple((one.key, reading.label(named, one)) for _number, one in parties),
        _titles(typed, viewer) if titles else (),
    )


def _places(typed: str, viewer: Viewer) -> tuple[str, ...]:
    """The places of that name in which the viewer sees something."""
    found = places.candidates(search.fold(typed))[: 2 * _FEW]
    codes = (str(one.code) for one in found)
    return tuple(code for code in codes if _any(Question(place=code), viewer))[:_FEW]


def _any(question: Question, viewer: Viewer) -> bool:
    sought = questions.condition(question, viewer)
    return sought is not None and bool(_rows(*sought, 1))


def _titles(typed: str, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    if not (may(viewer, Verb.UPLOAD) and storable(typed)):
        return ()
    mine = Document.objects.filter(owner=viewer.office, title__icontains=typed)
    return tuple(mine.order_by("-received").values_list("key", "title")[:_FEW])
