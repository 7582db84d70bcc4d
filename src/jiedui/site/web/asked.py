"""What the address asks for: until when, known when, which page. Wrong words are said, not guessed.

Not for filters of a ledger: those are handed to the door as they are declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 10**9
LONGEST = 500
PLACES = 50


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a figure and its pairing, as asked for; `faults` say what was not read."""

    until: date | None
    known: int | None
    faults: tuple[str, ...] = ()
    pairing: int | None = None
    year: int | None = None

    def filters(self) -> dict[str, str]:
        """The pairing and the year as filters of the door."""
        return {name: text for name, text in self.words().items() if name in {"pairing", "year"}}

    def words(self) -> dict[str, str]:
        """The same question as words of an address."""
        found = {}
        if self.until:
            found["until"] = self.until.isoformat()
        if self.known is not None:
            found["known"] = str(self.known)
        if self.pairing is not None:
            found["pairing"] = str(self.pairing)
        if self.year is not None:
            found["year"] = str(self.year)
        return found


def times(words: Mapping[str, str], pairings: Iterable[tuple[int, str]] = ()) -> Times:
    """Read `until` (an ISO day), `known` (a link number), `year`, and a `pairing` on offer."""
    faults = []
    until, known = None, None
    if text := words.get("until", "").strip():
        try:
            until = date.fromisoformat(text)
        except ValueError:
            faults.append(
                _("截止日“%(found)s”不是日期，已按不限处理；请填如 2024-06-30。")
                % {"found": text[:40]}
            )
    if text := words.get("known", "").strip():
        if text.isascii() and text.isdigit() and 0 < int(text[:12]) <= MOST:
            known = int(text)
        else:
            faults.append(
                _("“%(found)s”不是入账序号，已按最新处理；请填如 12。") % {"found": text[:40]}
            )
    asked_for = words.get("pairing", "")
    pairing = next((key for key, _label in pairings if str(key) == asked_for), None)
    year = whole(words, "year", 0) or None
    return Times(until, known, tuple(faults), pairing, year)


def said(words: Mapping[str, str], name: str) -> str:
    """What was typed into a line of text, without control characters, which no database takes."""
    text = words.get(name, "")
    return "".join(one for one in text if one.isprintable()).strip()[:LONGEST]


def whole(words: Mapping[str, str], name: str, otherwise: int = 1) -> int:
    """A positive whole number of the address, or what stands for it otherwise."""
    text = words.get(name, "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def count(words: Mapping[str, str], name: str) -> int:
    """A whole number from 0; what is none is 0."""
    return 0 if words.get(name) == "0" else whole(words, name, 0)


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """The places of a text as an address names them: `10-24,31-40`; what is none is left out."""
    found = []
    for one in text.split(",")[:PLACES]:
        start, _dash, end = one.partition("-")
        whole = start.isascii() and start.isdigit() and end.isascii() and end.isdigit()
        if whole and len(one) < 20 and int(start) <= int(end):
            found.append((int(start), int(end)))
    return tuple(sorted(found))
