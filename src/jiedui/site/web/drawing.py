"""A figure drawn by month and by its first cut of options, each bar leading to its rows.

Not for positions on the page: those are `charts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui import indicators
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Choice
from jiedui.site.web import charts, display, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.indicators import Figure

MONTHS = 12
MONTH = "month"


def choice_of(code: str) -> Choice | None:
    """The first cut of an indicator that is a field of options."""
    declared = indicators.declared()[code]
    fields = (declared.ledger.fields.get(name) for name in declared.indicator.by)
    return next((field for field in fields if isinstance(field, Choice)), None)


def by_month(
    drawn: Figure, cuts: Sequence[Figure], year: int | None, words: Mapping[str, str]
) -> charts.Chart:
    """The twelve months of a year, or up to the latest with a figure; empty months included."""
    known = {cut.by[0][1]: cut for cut in cuts if cut.by[0][1]}
    on = indicators.declared()[drawn.indicator].indicator.on
    points = [
        _point(drawn, words, str(int(month[5:])), on, month, known.get(month), full=month)
        for month in _months(year, known)
    ]
    return charts.columns(points)


def by_choice(
    drawn: Figure, choice: Choice, cuts: Sequence[Figure], words: Mapping[str, str]
) -> charts.Chart:
    """One bar an option, in the order of declaration; options without a figure are left out."""
    known = {cut.by[0][1] or "": cut for cut in cuts}
    labels = {code: _(label) for code, label in choice.choices.items()} | {"": _("未填")}
    points = [
        _point(drawn, words, label, choice.name, code, known[code])
        for code, label in labels.items()
        if code in known
    ]
    return charts.rows(points)


def _point(
    drawn: Figure,
    words: Mapping[str, str],
    label: str,
    name: str,
    value: str,
    cut: Figure | None,
    *,
    full: str = "",
) -> charts.Point:
    if cut is None:
        none = display.brief(0, drawn.unit)
        return charts.Point(label, 0, 0, "", full, none, none)
    claimed, verified = cut.claimed, cut.verified
    listing = reverse("entries", args=[indicators.declared()[drawn.indicator].ledger.name])
    return charts.Point(
        label,
        claimed,
        verified,
        page.address(listing, **{**words, "figure": drawn.indicator, name: value}),
        full,
        display.brief(claimed, drawn.unit),
        display.brief(verified, drawn.unit),
        display.abridged(claimed) if drawn.unit == Unit.FEN else "",
    )


def _months(year: int | None, known: Mapping[str, Figure]) -> list[str]:
    if not known:
        return []
    last = f"{year}-12" if year else max(known)
    end = int(last[:4]) * 12 + int(last[5:])
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(end - MONTHS, end)]
