"""Whether a write is allowed and right, as far as the checked values alone cannot tell.

Asked inside the lock, of the book as it stands then. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from jiedui import ledgers, places
from jiedui.access import No, Verb, Viewer, Yes, may
from jiedui.ledgers import Sealed
from jiedui.ledgers.personal import looks_personal, masked
from jiedui.ledgers.words import Many
from jiedui.problems import Field, Problem, named, problem, said
from jiedui.site.store import reading, rows, select
from jiedui.site.store.entries import key
from jiedui.site.store.statement import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.ledgers import Ledger, Values
    from jiedui.site.store.entries import Entry

WHY_LIMIT = 500


def why_fault(why: str) -> Problem | None:
    """What is wrong with a reason: it stands in the chain for good, in a column of that length."""
    if len(why) > WHY_LIMIT:
        return problem(
            "too-long", Field("why"), label=said("原因"), limit=WHY_LIMIT, length=len(why)
        )
    if not storable(why):
        return problem("control-character", Field("why"), label=said("原因"))
    if what := looks_personal(why):
        return problem("looks-personal", Field("why"), masked(why), label=said("原因"), what=what)
    return None


def bounds(viewer: Viewer) -> tuple[str, str]:
    """The range of places that a viewer answers for."""
    return places.bounds(places.PlaceCode(viewer.place))


def may_write(
    ledger: type[Ledger], viewer: Viewer, verb: Verb, values: Values, owner: int | None = None
) -> Yes | No:
    """Whether a viewer may write these values: nobody writes what he could not see afterwards."""
    programme, mine = values.get("programme"), viewer.scope.programmes
    if mine and "programme" in ledger.fields and programme not in mine:
        return No(said("这个协作类型不在您的数据范围内"))
    if ledger.register:
        return may(viewer, Verb.REGISTER, owner=owner)
    place = values.get("place")
    return may(
        viewer,
        verb,
        owner=owner,
        place=str(place) if place else None,
        bounds=bounds(viewer),
    )


def may_bring(viewer: Viewer, ledger: type[Ledger] | None = None) -> Yes | No:
    """Whether a viewer may bring workbooks of a ledger or register, or of any: who enters may."""
    if ledger is not None:
        return may(viewer, Verb.REGISTER if ledger.register else Verb.ENTER)
    return may(viewer, Verb.REGISTER) or may(viewer, Verb.ENTER)


def faults(
    ledger: type[Ledger], viewer: Viewer, values: Values, now: Entry | None = None
) -> tuple[Problem, ...]:
    """What only the book can tell of an entry, new or amended over `now`.

    The pairing on that day, a double (of the same office, or in a register that all share), marks
    of names it never held.
    """
    found = [
        _pairing_fault(ledger, viewer, values),
        _double(ledger, viewer, values, now.id if now else 0),
    ]
    return (*(fault for fault in found if fault), *_foreign_names(ledger, values, now))


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which a pairing is in force; without a first day nobody knows."""

    since: date | None
    until: date | None

    def fault(self, day: date | None) -> Problem | None:
        """Why an entry of that day does not belong under the pairing."""
        if day is None or self.since is None:
            return None
        if self.since <= day <= (self.until or date.max):
            return None
        return problem(
            "pairing-not-in-force",
            Field("pairing"),
            named("day", day.isoformat(), day.isoformat()),
            day=day,
            since=self.since,
            until=self.until or said("长期"),
        )


def term_of(ledger: type[Ledger], viewer: Viewer, pairing: int) -> Term | Problem:
    """The term of a pairing of the viewer's, or the problem that there is none for him."""
    stands = reading.current(ledgers.ledgers()["pairings"], pairing)
    if stands is None or not (viewer.scope.everywhere or pairing in viewer.scope.sides):
        return problem("no-such-entry", Field("pairing"), label=ledger.fields["pairing"].label)
    since, until = stands.values.get("since"), stands.values.get("until")
    return Term(
        since if isinstance(since, date) else None, until if isinstance(until, date) else None
    )


def _pairing_fault(ledger: type[Ledger], viewer: Viewer, values: Values) -> Problem | None:
    pairing, day = values.get("pairing"), values.get(ledger.on) if ledger.on else None
    if not isinstance(pairing, int):
        return None
    term = term_of(ledger, viewer, pairing)
    return term if isinstance(term, Problem) else term.fault(day if isinstance(day, date) else None)


def _double(ledger: type[Ledger], viewer: Viewer, values: Values, number: int) -> Problem | None:
    # The office's own first: that is the one it can mend.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entry, owner FROM {select.relation(ledger)} "
            f"WHERE ended IS NULL AND {'' if ledger.shared else 'owner = %s AND '}"
            "identity = %s AND entry <> %s ORDER BY CASE WHEN owner = %s THEN 0 ELSE 1 END, entry",
            [
                *([] if ledger.shared else [viewer.office]),
                rows.identity(ledger, values), number, viewer.office,
            ],
        )  # fmt: skip
        same = cursor.fetchone()
    if same is None:
        return None
    code = "same-entry" if same[1] == viewer.office else "registered-already"
    return problem(code, Field(""), found=key(same[0]), entry=key(same[0]))


def _foreign_names(ledger: type[Ledger], values: Values, now: Entry | None) -> tuple[Problem, ...]:
    """Marks of protected names that this entry never held: nobody points into another's vault."""
    held = set(rows.sealed_refs(now.values)) if now else set()
    return tuple(
        problem("no-such-entry", Field(path), label=label)
        for path, label, ref in _sealed(ledger, values)
        if ref not in held
    )


def _sealed(ledger: type[Ledger], values: Values) -> Iterator[tuple[str, str, str]]:
    """Each protected name's path in the entry, its label, and its reference."""
    for name, declared in ledger.fields.items():
        value = values.get(name)
        if isinstance(value, Sealed):
            yield name, declared.label, value.ref
        if isinstance(declared, Many) and isinstance(value, tuple):
            for position, row in enumerate(value):
                for inner, held in row.items():
                    if isinstance(held, Sealed):
                        label = declared.fields[inner].label
                        yield f"{name}[{position}].{inner}", label, held.ref
