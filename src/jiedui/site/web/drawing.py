"""A figure drawn by month and by its first cut of options, each bar leading to its rows.

Not for positions on the page: those are `charts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui import indicators
from jiedui.ledgers.words import Choice
from jiedui.site.web import charts, page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jiedui.indicators import Figure

MONTHS = 12
MONTH = "month"

Cut = tuple[str, int, int]


def of(
    drawn: Figure, words: Mapping[str, str], cut: Callable[[str], list[Figure]]
) -> dict[str, object]:
    """The charts of a figure, `by_month` and `by_choice`, as its declaration allows.

    `words` are carried into the links; `cut` fetches the figure by one cut.
    """
    declared = indicators.declared()[drawn.indicator]
    ledger, by = declared.ledger, declared.indicator.by
    listing = reverse("entries", args=[ledger.name])
    on = declared.indicator.on

    def href(name: str, value: str) -> str:
        return page.address(listing, **{**words, "figure": drawn.indicator, name: value})

    found: dict[str, object] = {}
    if MONTH in by:
        points = [
            charts.Point(str(int(month[5:])), claimed, verified, href(on, month), month)
            for month, claimed, verified in _months(_cuts(cut(MONTH)))
        ]
        found["by_month"] = charts.columns(points, drawn.unit)
    choice = next(
        (field for name in by if isinstance(field := ledger.fields.get(name), Choice)), None
    )
    if choice is not None:
        points = [
            charts.Point(
                choice.choices.get(code, _("未填")), claimed, verified, href(choice.name, code)
            )
            for code, claimed, verified in _in_order(choice, _cuts(cut(choice.name)))
        ]
        found |= {"by_choice": charts.rows(points, drawn.unit), "choice_label": choice.label}
    return found


def _cuts(figures: Sequence[Figure]) -> list[Cut]:
    return [(one.by[0][1] or "", one.claimed, one.verified) for one in figures]


def _in_order(choice: Choice, cuts: Sequence[Cut]) -> list[Cut]:
    order = [*choice.choices, ""]
    return sorted(cuts, key=lambda one: order.index(one[0]))


def _months(cuts: Sequence[Cut]) -> list[Cut]:
    """The last twelve months up to the latest with a figure, months without one included."""
    known = {month: (claimed, verified) for month, claimed, verified in cuts if month}
    if not known:
        return []
    year, month = (int(part) for part in max(known).split("-"))
    ordinals = range(year * 12 + month - MONTHS, year * 12 + month)
    names = [f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}" for ordinal in ordinals]
    return [(name, *known.get(name, (0, 0))) for name in names]
