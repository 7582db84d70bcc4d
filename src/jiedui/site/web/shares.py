"""Ratios as pages show them: a number in percent, with the way to both figures it divides.

Not for dividing: that is `indicators.quotients`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from jiedui import indicators
from jiedui.site.web import display, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from jiedui.indicators import Figure


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two figures of a ratio."""

    code: str
    title: str
    amount: str
    href: str


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio in percent, both parts, and what it means; a dash where nothing can be divided."""

    code: str
    title: str
    value: str
    verified: str
    over: Part
    under: Part
    note: str


def shares(figures: Iterable[Figure], words: Mapping[str, str]) -> list[Share]:
    """The declared ratios whose two figures are here; `words` go on to the pages of the parts."""
    return [
        Share(
            one.code,
            one.title,
            _percent(one.value),
            _percent(one.verified),
            _part(one.over, words),
            _part(one.under, words),
            one.note,
        )
        for one in indicators.quotients(figures)
    ]


def partners(code: str) -> list[str]:
    """An indicator and those that it makes a ratio with: what its page asks for at once."""
    found = [code]
    for one in indicators.ratios().values():
        parts = [one.over.code, one.under.code]
        if code in parts:
            found += [each for each in parts if each not in found]
    return found


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,}%"


def _part(one: Figure, words: Mapping[str, str]) -> Part:
    href = page.address(reverse("figure", args=[one.indicator]), **words)
    return Part(one.indicator, one.title, display.brief(one.claimed, one.unit), href)
