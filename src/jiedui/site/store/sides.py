"""Whether the place of an entry lies on a side of its pairing; said, and never refused.

A pairing of provinces is of every county below them, one of counties of its towns; what is of a
whole province may stand under a pairing of one of its counties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import ledgers, places
from jiedui.access import Verb, may
from jiedui.problems import Cell, listed, named, problem
from jiedui.site.store import reading, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from jiedui.access import Viewer
    from jiedui.intake import Judged
    from jiedui.ledgers import Values
    from jiedui.problems import Problem

__all__ = ["off_side", "remarks"]

_NAMED = 10


@dataclass(frozen=True, slots=True)
class _Pairing:
    """What a pairing is called, and the places of its two parties."""

    called: str
    sides: tuple[str, ...]

    def lacks(self, place: str) -> bool:
        """Whether a place lies on neither side, nor above one; unknown sides lack nothing."""
        return bool(self.sides) and not any(
            _within(place, side) or _within(side, place) for side in self.sides
        )


def off_side(viewer: Viewer, values: Values) -> Problem | None:
    """What is to be said to a viewer of an entry whose place is on neither side of its pairing."""
    if not may(viewer, Verb.READ):
        return None
    place, pairing = values.get("place"), values.get("pairing")
    if not (isinstance(place, str) and isinstance(pairing, int)):
        return None
    found = _pairing(pairing)
    if not found.lacks(place):
        return None
    return problem("place-off-side", place=_named(place), pairing=found.called)


def remarks(judged: Judged, brought: pl.DataFrame) -> Iterator[Problem]:
    """The same of the good rows of a workbook, once for each such place and pairing.

    `brought` is what was checked, as stored columns.
    """
    import polars as pl

    ledger, taken = judged.taken.ledger, judged.taken
    if not {"place", "pairing"} <= ledger.fields.keys():
        return
    rows = brought.select("place", "pairing").with_row_index("n")[list(judged.good)].drop_nulls()
    groups = rows.group_by("pairing", "place", maintain_order=True).agg(
        pl.len(), pl.col("n").head(_NAMED)
    )
    known: dict[int, _Pairing] = {}
    column = taken.layout.fields.get("place")
    for pairing, place, count, numbers in groups.iter_rows():
        found = known.setdefault(pairing, _pairing(pairing))
        if found.lacks(place):
            at = [taken.rows[n] for n in numbers]
            letter = column.letter if column else "A"
            yield problem(
                "rows-off-side", Cell(taken.layout.sheet, letter, at[0]),
                place=_named(place), pairing=found.called, count=count,
                rows=listed(str(row) for row in at),
            )  # fmt: skip


def _pairing(number: int) -> _Pairing:
    kinds = ledgers.ledgers()
    stands = reading.current(kinds["pairings"], number)
    if stands is None:
        return _Pairing("", ())
    condition = select.Where()
    parties = [stands.values.get(side) for side in ("east", "west")]
    condition.add('"ended" IS NULL AND "entry" IN (%s, %s)', *map(int, map(str, parties)))
    found = reading.fetch(kinds["parties"], condition, "")
    sides = tuple(str(one.values["place"]) for one in found if one.values.get("place"))
    # With one side unknown nobody can say that a place lies on neither.
    return _Pairing(str(stands.values.get("called", "")), sides if len(sides) > 1 else ())


def _within(place: str, above: str) -> bool:
    low, high = places.bounds(places.PlaceCode(above))
    return low <= place < high


def _named(place: str) -> str:
    code = places.PlaceCode(place)
    return named("place", place, places.full_name(code) if places.get(code) else place)
