"""What a write moved on the board: the figures before it and behind it, each with its page.

Not for figures in general: a write touches those of its own ledger and of its entry's years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from jiedui import indicators
from jiedui.site.store import door
from jiedui.site.web import asked, display, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.access import Viewer
    from jiedui.indicators import Figure
    from jiedui.ledgers.declare import Ledger


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of the board that a write moved; `verified` is empty where it did not move."""

    code: str
    title: str
    year: str
    href: str
    claimed: tuple[str, str]
    verified: tuple[str, str] | tuple[()]


def moved(
    words: Mapping[str, str],
    viewer: Viewer,
    kind: type[Ledger],
    entry: door.Entry,
    history: Sequence[door.Entry],
) -> list[Moved] | None:
    """The figures that the write named by `written` in the address moved, in the viewer's scope.

    None where the address names no write of this entry, or its ledger counts nothing.
    """
    codes = [code for code, one in indicators.declared().items() if one.ledger is kind]
    if not codes or asked.whole(words, "written", 0) != entry.link or entry.ended:
        return None
    versions = [entry, *(one for one in history if one.link < entry.link)][:2]
    years = dict.fromkeys(str(one.values.get("year") or "") for one in versions)
    return [each for year in sorted(years) for each in _within(viewer, codes, year, entry.link)]


def _within(viewer: Viewer, codes: Sequence[str], year: str, link: int) -> list[Moved]:
    filters = {"year": year} if year else None
    before, after = (
        door.figures(codes, viewer, filters=filters, known=known) for known in (link - 1, link)
    )
    pairs = zip(before, after, strict=True)
    return [made for old, new in pairs if (made := _moved(old, new, year))]


def _moved(old: Figure, new: Figure, year: str) -> Moved | None:
    claimed, verified = (old.value, new.value), (old.verified, new.verified)
    if claimed[0] == claimed[1] and verified[0] == verified[1]:
        return None
    return Moved(
        new.indicator,
        new.title,
        year,
        page.address(reverse("figure", args=[new.indicator]), year=year),
        (display.whole(claimed[0], new.unit), display.whole(claimed[1], new.unit)),
        (display.whole(verified[0], new.unit), display.whole(verified[1], new.unit))
        if verified[0] != verified[1]
        else (),
    )
