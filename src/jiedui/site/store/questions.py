"""A question to the index and what it means there: words, names, parties, days, and who may see.

A row of the index stands for a version or a document; whether the viewer sees it is asked of the
scoped select of its ledger. Not for giving what was found: that is `searching`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from jiedui import ledgers, places, search
from jiedui.access import Verb, may
from jiedui.problems import Field, Problem, listed, problem, said
from jiedui.site.store import hashing, narrowing, postings, select
from jiedui.site.store.indexing import DOCUMENTS, NO_DAY
from jiedui.site.store.lookup import lookup
from jiedui.site.store.tables import IndexedName

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jiedui.access import Viewer

__all__ = ["NAMES", "Asked", "Question", "condition", "read"]

NAMES = ("q", "person", "kind", "place", "party", "since", "until")
"""The words that a page, a command or another system asks with."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; what is empty is not asked. `place` takes all below it.

    `kind` is a ledger's or register's name or `documents`; `party` an entry of the parties. `since`
    and `until` are days of what happened, both inclusive.
    """

    words: str = ""
    person: str = ""
    kind: str = ""
    place: str = ""
    party: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked: signs alone ask for nothing."""
        typed = search.terms(self.words) or search.terms(self.person)
        return not (typed or self.kind or self.place or self.party or self.since or self.until)

    @property
    def terms(self) -> tuple[search.Term, ...]:
        """Everything looked for by its words, for marking."""
        return (*search.terms(self.words), *search.terms(self.person))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood, and what of it was not: with faults it is not asked."""

    question: Question
    faults: tuple[Problem, ...] = ()


def read(words: Mapping[str, str], viewer: Viewer) -> Asked:
    """Read the words of `NAMES`, as they were typed; problems are at the word that they are of.

    A place is a name or a code, a party its full name or key, a day may be a month or a year.
    """
    typed = {name: words.get(name, "").strip() for name in NAMES}
    faults: list[Problem] = []
    for name, label in (("q", "词语"), ("person", "人员"), ("place", "地区"), ("party", "单位")):
        if fault := search.unsought(typed[name], name, label):
            faults.append(fault)
    if faults:
        return Asked(Question(), tuple(faults))
    found = {
        "kind": _kind(typed["kind"]),
        "place": _place(typed["place"], viewer),
        "party": _party_named(typed["party"], viewer),
        "since": _day(typed["since"], "since", said("自"), last=False),
        "until": _day(typed["until"], "until", said("至"), last=True),
    }
    faults = [one.moved(Field(name)) for name, one in found.items() if isinstance(one, Problem)]
    if faults:
        return Asked(Question(), tuple(faults))
    # Nothing of these is a problem any more; what each may be is said by the functions above.
    known = cast("dict[str, Any]", found)
    return Asked(Question(typed["q"], typed["person"], **known))


def _kind(text: str) -> str | Problem:
    names = [*ledgers.ledgers(), DOCUMENTS]
    if text and text not in names:
        return problem("not-a-choice", found=text, label=said("种类"), choices=listed(names))
    return text


def _place(text: str, viewer: Viewer) -> str | Problem:
    if not text:
        return ""
    near = places.PlaceCode(viewer.place)
    found = places.get(places.PlaceCode(text)) or places.find(
        text, near=near if places.get(near) else None
    )
    return found if isinstance(found, Problem) else str(found.code)


def _party_named(text: str, viewer: Viewer) -> int | Problem | None:
    if not text:
        return None
    found = lookup(viewer).find("parties", text)
    if found is None:
        return problem("no-such-entry", found=text, label=said("单位"))
    return found


def _day(text: str, name: str, label: str, *, last: bool) -> date | Problem | None:
    if not text:
        return None
    found = narrowing.ends(text)
    return found[last] if found else problem("not-a-date", Field(name), text, label=label)


def condition(question: Question, viewer: Viewer) -> tuple[str, select.Where] | None:
    """What stands after FROM and WHERE for rows `s` of the index; None when there can be no hit."""
    if question.empty or not may(viewer, Verb.READ):
        return None
    sets = _sets(question, viewer)
    if sets is None:
        return None
    source, made = postings.sought(sets)
    if question.party is not None:
        _of_party(made, question.party, viewer)
    if question.since is not None:
        made.add("s.day >= %s", question.since.isoformat())
    if question.until is not None:
        made.add("s.day <= %s AND s.day > %s", question.until.isoformat(), NO_DAY.isoformat())
    _visible(made, question.kind, viewer)
    return source, made


def _sets(question: Question, viewer: Viewer) -> list[postings.IdSet] | None:
    """What is found by words, and by a name; None when nobody can be found by that name."""
    sets = []
    more = [search.place_word(question.place)] if question.place else []
    terms, owners = search.terms(question.words), _owners(viewer)
    kind = ledgers.get(question.kind)
    of_register = kind is not None and kind.register
    if of_register:
        more, owners = [*more, search.owner_word(None)], []
    if terms or more or owners:
        sets.append(replace(postings.matching(terms, more, owners), few=of_register))
    if question.person.strip():
        named = _person(question.person, viewer)
        if named is None:
            return None
        sets.append(named)
    return sets


def _person(name: str, viewer: Viewer) -> postings.IdSet | None:
    """Public names stand among the words; a sealed one is found by its own office alone."""
    joined = "".join(name.split())
    terms = search.terms(name if joined.isascii() else joined)
    public = postings.matching(terms) if terms else None
    if not may(viewer, Verb.REVEAL):
        return public
    sealed = postings.IdSet(
        f"SELECT indexed_id FROM {IndexedName._meta.db_table} WHERE hash = %s AND owner = %s",
        (hashing.name_hash(viewer.office, name), viewer.office),
    )
    return public.or_in(sealed) if public else None


def _of_party(made: select.Where, party: int, viewer: Viewer) -> None:
    """What a party brought, what belongs to its pairings, and the party itself."""
    pairings = ledgers.ledgers()["pairings"]
    theirs = select.where(pairings, viewer.scope)
    theirs.add("east = %s OR west = %s", party, party)
    # Named with its table: a row of the index has an `entry` too.
    table = select.relation(pairings)
    own = f"SELECT {table}.entry FROM {table} WHERE {theirs.sql()}"
    made.add(
        f"s.owner = %s OR s.pairing IN ({own}) OR (s.kind = 'parties' AND s.entry = %s) "
        f"OR (s.kind = 'pairings' AND s.entry IN ({own}))",
        party,
        *theirs.values,
        party,
        *theirs.values,
    )


def _visible(made: select.Where, kind: str, viewer: Viewer) -> None:
    """Only what the door would show: each ledger's scoped select, and the office's documents."""
    any_of = select.Where()
    for name, ledger in ledgers.ledgers().items():
        if kind in {"", name}:
            table = select.relation(ledger)
            scoped = select.where(ledger, viewer.scope)
            any_of.add(
                f"s.kind = %s AND EXISTS (SELECT 1 FROM {table} "
                f"WHERE {table}.id = s.version AND {table}.entry = s.entry AND {scoped.sql()})",
                name,
                *scoped.values,
            )
    if kind in {"", DOCUMENTS} and may(viewer, Verb.UPLOAD):
        any_of.add("s.kind = %s AND s.owner = %s", DOCUMENTS, viewer.office)
    made.add(" OR ".join(f"({part})" for part in any_of.parts) or "1=0", *any_of.values)


def _owners(viewer: Viewer) -> list[str]:
    """The words of who sees by owner alone, with that of registers: others' rows are not met.

    Each row is asked of its scope all the same; but how long that took told of others.
    """
    scope = viewer.scope
    if scope.everywhere or scope.places or scope.pairings:
        return []
    return [search.owner_word(owner) for owner in (*sorted(scope.owners), None)]
