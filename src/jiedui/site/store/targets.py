"""What the agreements of a viewer's pairings promise, and figures told beside it as JSON.

Not for figures themselves: those are `counting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiedui import indicators, ledgers
from jiedui.access import Verb, Viewer, may
from jiedui.ledgers.values import child_rows
from jiedui.site.store import chain, reading, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiedui.indicators import Figure


def targets(
    viewer: Viewer, *, pairing: int | None = None, known: int | None = None
) -> dict[int, dict[str, int]]:
    """By year, latest first, the sum of what the agreements promise by indicator.

    A year whose agreements promise no figure is there with none.
    """
    if not may(viewer, Verb.READ):
        return {}
    kind = ledgers.ledgers()["agreements"]
    filters = {"pairing": str(pairing)} if pairing else {}
    condition = select.where(kind, viewer.scope, known=known, filters=filters)
    found: dict[int, dict[str, int]] = {}
    for one in reading.fetch(kind, condition, 'ORDER BY v."of_year" DESC'):
        year = one.values["of_year"]
        assert isinstance(year, int)
        promised = found.setdefault(year, {})
        for row in child_rows(one.values.get("targets")):
            code, amount = str(row["indicator"]), row["amount"]
            assert isinstance(amount, int)
            promised[code] = promised.get(code, 0) + amount
    return found


def told(
    figures: Sequence[Figure], viewer: Viewer, *, year: int | None = None, known: int | None = None
) -> dict[str, Any]:
    """Figures, the ratios among them and the targets for them, as the API and a command say it."""
    head, declared = chain.head(), indicators.declared()
    asked = {figure.indicator for figure in figures}
    return {
        "demonstration": viewer.demonstration,
        "head": {"number": head.number, "digest": head.digest, "at": head.at},
        "figures": [one.as_json() for one in figures],
        "ratios": [one.as_json() for one in indicators.quotients(figures)],
        "targets": [
            {"indicator": code, "year": of, "amount": amount, "unit": str(declared[code].unit)}
            for of, promised in targets(viewer, known=known).items()
            for code, amount in promised.items()
            if code in asked and year in (None, of)
        ],
    }
