"""A figure in percent: two figures of the same scope and dates, divided once.

Not for figures of different days or scopes: those say different things and do not divide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.indicators.catalogue import ratios
from jiedui.indicators.rounding import ratio

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from jiedui.indicators.figure import Figure

PLACES = 1


@dataclass(frozen=True, slots=True)
class Quotient:
    """`value` percent of `under` is `over`; None where there is nothing to divide by.

    `verified` is the same of the confirmed entries alone.
    """

    code: str
    title: str
    value: Decimal | None
    verified: Decimal | None
    over: Figure
    under: Figure
    note: str

    def as_json(self) -> dict[str, object]:
        """The shape that `jiedui figures --json` and the API print."""
        return {
            "indicator": self.code,
            "title": self.title,
            "value": None if self.value is None else str(self.value),
            "verified": None if self.verified is None else str(self.verified),
            "unit": "%",
            "over": self.over.indicator,
            "under": self.under.indicator,
            "by": dict(self.over.by),
            "note": self.note,
        }


def quotients(figures: Iterable[Figure]) -> list[Quotient]:
    """Every declared ratio whose two figures are here, for each cut that both have."""
    found = {(figure.indicator, figure.by): figure for figure in figures}
    made = []
    for one in ratios().values():
        for (code, by), over in found.items():
            under = found.get((one.under.code, by))
            if code != one.over.code or under is None:
                continue
            value = ratio(over.claimed, under.claimed, places=PLACES, times=100)
            verified = ratio(over.verified, under.verified, places=PLACES, times=100)
            made.append(
                Quotient(
                    one.ratio.code, one.ratio.title, value, verified, over, under, one.ratio.note
                )
            )
    return made
