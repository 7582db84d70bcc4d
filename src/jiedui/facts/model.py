"""What a fact is: its kind, its span, the rule that found it, and attributes by kind.

Not for finding facts: each kind has a module of its own. Not for entries of ledgers: those are
proposed by `jiedui.evidence` and decided by a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from jiedui import places
from jiedui.facts.fact import Fact, How, Span, TimeFact, iso, month_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiedui.places import PlaceCode

__all__ = [
    "CUES",
    "DID",
    "Attendance",
    "Did",
    "EventFact",
    "EventType",
    "Fact",
    "How",
    "PersonFact",
    "PlaceFact",
    "Register",
    "Side",
    "Span",
    "TimeFact",
]

Side = Literal["east", "west"]
Did = Literal["chaired", "spoke", "reported", "attended"]
EventType = Literal["visit", "meeting", "joint-meeting"]

CUES = ("visit", "meeting", "joint-meeting", "commitment", "aid", "movement")
"""What a text can tell of that a ledger may say it is proposed by."""

DID: tuple[Did, ...] = ("chaired", "spoke", "reported", "attended")


class Register(Protocol):
    """The names of parties that the caller knows, so that a text's short names find them."""

    def parties(self) -> Iterable[tuple[str, int]]:
        """Each accepted name of a party in simplified script, with the id of its entry."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact(Fact):
    """A place or a site, with the code of the deepest division that is known for it.

    `candidates` are the towns that a name may mean when nothing tells which.
    """

    kind: ClassVar[str] = "place"

    code: PlaceCode
    name: str
    how: How = "stated"
    candidates: tuple[PlaceCode, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with `code`, `name`, `how` and `candidates`."""
        return {
            **Fact.as_json(self),
            "code": self.code,
            "name": self.name,
            "how": self.how,
            "candidates": list(self.candidates),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact(Fact):
    """A person with post and side; `did` is what the person did in the events of the text."""

    kind: ClassVar[str] = "person"

    name: str
    post: str
    side: Side | None
    how: How
    did: tuple[Did, ...]
    took_part: bool
    code: PlaceCode | None
    officer: bool
    also: tuple[Span, ...] = ()

    @property
    def full_post(self) -> str:
        """The post with the place that its words leave out: 省委书记 of 620000 is 甘肃省委书记."""
        if self.how == "stated" or self.code is None:
            return self.post
        place = places.get(self.code)
        name = place.name if place else ""
        # The level stands in both: 甘肃省 and 省委书记, 宁夏回族自治区 and 自治区党委书记.
        levels = (name[i:] for i in range(1, len(name)) if self.post.startswith(name[i:]))
        level = next(levels, "")
        return name.removesuffix(level) + self.post if level else self.post

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with name, post, side, how the side is known, and what was done.

        `code` is the place whose post it is; `took_part` is false for a person only cited.
        """
        return {
            **Fact.as_json(self),
            "name": self.name,
            "post": self.full_post,
            "side": self.side,
            "how": self.how,
            "did": list(self.did),
            "took_part": self.took_part,
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one event, and what the person did there; `spans` are the words that say so."""

    person: PersonFact
    did: tuple[Did, ...]
    spans: tuple[Span, ...]

    def as_json(self) -> dict[str, object]:
        """Name, post, side and deeds, with where the person is named with the post."""
        person = self.person
        return {
            "name": person.name,
            "post": person.full_post,
            "side": person.side,
            "did": list(self.did),
            "start": person.start,
            "end": person.end,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Fact):
    """A visit or a meeting; `origin` and `host` are the places of who came and who received.

    `between` are the two sides that the words of a meeting name, whoever hosts it.
    """

    kind: ClassVar[str] = "event"

    type: EventType
    name: str
    time: TimeFact | None
    places: tuple[PlaceFact, ...] = ()
    people: tuple[Attendance, ...] = ()
    party: str | None = None
    party_span: Span | None = None
    origin: PlaceCode | None = None
    host: PlaceCode | None = None
    host_span: Span | None = None
    head: PersonFact | None = None
    head_span: Span | None = None
    count: int | None = None
    count_span: Span | None = None
    also: tuple[Span, ...] = field(default=())
    between: tuple[PlaceCode, PlaceCode] | None = None

    def as_json(self) -> dict[str, object]:
        """The shape of every fact, with type, name, dates, places, people and party."""
        return {
            **Fact.as_json(self),
            "type": self.type,
            "name": self.name,
            "from": iso(self.time.first) if self.time else None,
            "to": iso(self.time.last) if self.time else None,
            "without_year": month_days(self.time),
            "places": [
                {"code": at.code, "name": at.name, "start": at.start, "end": at.end}
                for at in self.places
            ],
            "people": [one.as_json() for one in self.people],
            "party": self.party,
            "origin": self.origin,
            "host": self.host,
        }
