"""What people said of findings: links that write nothing else, so nobody can take a word back.

A link's source names the finding by its ledger, rule and key, its reason is the explanation; a
later link may open the finding again. Whoever sees the finding may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiedui.site.store.tables import Link

if TYPE_CHECKING:
    from jiedui.ledgers import Ledger

EXPLAINED, OPENED = "explain", "reopen"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding stands as it is: the words, who said them for which office, when, the link."""

    rule: str
    why: str
    by: str
    office: int
    at: datetime
    link: int


def source(word: str, ledger: type[Ledger], rule: str, key: str) -> str:
    """What a link names as its source that says a word of a finding."""
    return f"{word}:{ledger.name}:{rule}:{key}"


def of(ledger: type[Ledger]) -> dict[str, Explanation]:
    """The explanations of a ledger's findings by their keys, those opened again left out."""
    told: dict[str, Explanation] = {}
    for word in (EXPLAINED, OPENED):
        links = Link.objects.filter(source__startswith=f"{word}:{ledger.name}:")
        for link in links.order_by("number"):
            _, _, rule, key = link.source.split(":")
            if word == OPENED:
                if key in told and told[key].link < link.number:
                    del told[key]
                continue
            at = datetime.fromisoformat(link.at)
            told[key] = Explanation(rule, link.why, link.by, link.office, at, link.number)
    return told
