"""A figure: a number with its unit, its scope, its dates, its definition and what it lacks.

Not a number alone: nothing outside this room computes one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from jiedui.indicators.catalogue import IndicatorError, declared
from jiedui.indicators.statement import PARTS, check
from jiedui.ledgers.show import show
from jiedui.ledgers.words import Flag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.indicators.catalogue import Declared

YES_NO: Final = {False: "false", True: "true"}


@dataclass(frozen=True, slots=True)
class AsOf:
    """Of what, until when, and as known when: `until` is a day, `known` the number of a link."""

    scope: str = ""
    until: date | None = None
    known: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one indicator, whole or of one cut.

    `claimed` is the measure over all entries counted and `verified` over the confirmed ones, in
    `unit` (money in fen), 0 where nothing is known. `value` is `claimed`, or None where there are
    entries but the measured field is empty in all. `missing` of the `entries` lack that field.
    `by` names each cut with its value as text (codes, ISO dates, "2024-05"), None where empty.
    """

    indicator: str
    title: str
    value: int | None
    unit: str
    scope: str
    until: date | None
    known: int | None
    claimed: int
    verified: int
    missing: int
    entries: int
    definition: str
    digest: str
    by: tuple[tuple[str, str | None], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The shape that `jiedui figures --json` and the API print."""
        until = self.until.isoformat() if self.until else None
        return asdict(self) | {"until": until, "by": dict(self.by)}


def cut_words(code: str, name: str, value: str | None) -> str:
    """In words, of which part a cut is: "类型 调研对接", "2024-05", "所属地区 （未填）"."""
    field = declared()[code].ledger.fields.get(name)
    if value is None:
        return f"{field.label if field else name} （未填）"
    if field is None:
        return value
    typed = value == YES_NO[True] if isinstance(field, Flag) else value
    return f"{field.label} {show(field, typed)}"


def figures(
    asked: Sequence[Declared], by: Sequence[str], rows: Iterable[Sequence[object]], at: AsOf
) -> list[Figure]:
    """The figures of what `query(asked, by, …)` answered, in the order asked, then by cut.

    A cut in which an indicator counts no entry has no figure; without cuts there always is one.
    Raises `IndicatorError` when the answer is not of the query's shape, or a number is not whole.
    """
    check(asked, by)
    answers = [_answer(asked, by, row) for row in rows]
    answers.sort(key=lambda answer: [(value is None, value or "") for _, value in answer[0]])
    found = []
    for number, one in enumerate(asked):
        for cuts, numbers in answers:
            made = _figure(one, cuts, numbers[number], at)
            if made.entries or not by:
                found.append(made)
    return found


def _answer(
    asked: Sequence[Declared], by: Sequence[str], row: Sequence[object]
) -> tuple[tuple[tuple[str, str | None], ...], list[list[int | None]]]:
    if len(row) != len(by) + len(PARTS) * len(asked):
        raise IndicatorError(f"an answer of {len(row)} columns does not fit the query")
    cuts = tuple((name, _text(asked[0], name, row[i])) for i, name in enumerate(by))
    numbers = [_whole(cell) for cell in row[len(by) :]]
    width = len(PARTS)
    return cuts, [numbers[i * width : (i + 1) * width] for i in range(len(asked))]


def _figure(
    one: Declared, cuts: tuple[tuple[str, str | None], ...], numbers: list[int | None], at: AsOf
) -> Figure:
    claimed, verified, missing, entries = numbers
    return Figure(
        indicator=one.code,
        title=one.indicator.title,
        value=0 if claimed is None and not entries else claimed,
        unit=str(one.unit),
        scope=at.scope,
        until=at.until,
        known=at.known,
        claimed=claimed or 0,
        verified=verified or 0,
        missing=missing or 0,
        entries=entries or 0,
        definition=one.definition,
        digest=one.digest,
        by=cuts,
    )


def _whole(cell: object) -> int | None:
    if cell is None or (isinstance(cell, int) and not isinstance(cell, bool)):
        return cell
    raise IndicatorError(f"the engine answered {cell!r}, which is no whole number")


def _text(one: Declared, name: str, cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(one.ledger.fields.get(name), Flag):
        return YES_NO[bool(cell)]
    return cell.isoformat() if isinstance(cell, date) else str(cell)
