"""The cards of the board as HTML: one a ledger, with its figures and ratios.

Made here, escaped, and not in a template, which takes several times as long for as many.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jiedui.indicators import declared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.ledgers import Ledger
    from jiedui.site.web.shares import Part, Share
    from jiedui.site.web.views.board import Line

LONG = 7


def cards(lines: Sequence[Line]) -> SafeString:
    """A card a ledger: its first figure large, the others below it with their ratios."""
    return _safe("".join(_card(kind, list(of)) for kind, of in groupby(lines, _ledger)))


def _ledger(line: Line) -> type[Ledger]:
    return declared()[line.figure.indicator].ledger


def _card(kind: type[Ledger], lines: Sequence[Line]) -> str:
    title = escape(_(kind.title))
    href = escape(reverse("entries", args=[kind.name]))
    figures = "".join(
        _figure(line, "figure" if at else "figure lead")
        + "".join(_ratio(one, "h3") for one in line.ratios)
        for at, line in enumerate(lines)
    )
    return f'<section class="ledger"><h2><a href="{href}">{title}</a></h2>{figures}</section>'


def ratios(shares: Iterable[Share]) -> SafeString:
    """The cards of ratios alone."""
    return _safe("".join(_ratio(one, "h2") for one in shares))


def _safe(made: str) -> SafeString:
    return mark_safe(made)  # noqa: S308 - every word in it is escaped below


def _figure(line: Line, classes: str) -> str:
    title, href = escape(_(line.figure.title)), escape(line.href)
    number, unit = (escape(part) for part in line.amount)
    long = " long" if len(line.amount[0]) > LONG else ""
    whole = declared()[line.figure.indicator].indicator.part_of
    within = _("其中")
    of = f'<span class="of">{escape(within)}</span> ' if whole else ""
    return (
        f'<article class="{classes}{" part" if whole else ""}">'
        f'<h3>{of}<a href="{href}">{title}</a></h3>'
        f'<p class="number{long}"><a href="{href}" aria-label="{title} {number} {unit}">'
        f"<span>{number}</span> <small>{unit}</small></a></p>"
        f"{_words('verified', ' · '.join(filter(None, (line.day, line.verified))))}"
        f"{_promise(line)}{_words('missing', line.missing)}</article>"
    )


def _words(kind: str, words: str) -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if words else ""


def _promise(line: Line) -> str:
    if line.share is None:
        return ""
    return (
        f'<p class="target"><span>{escape(line.promised)}</span>'
        '<svg width="100%" height="6" aria-hidden="true" focusable="false">'
        '<rect class="rail" width="100%" height="6" rx="3"/>'
        f'<rect class="done" width="{min(line.share, 100)}%" height="6" rx="3"/></svg></p>'
    )


def _ratio(share: Share, level: str) -> str:
    verified = _("已核实部分 %(verified)s") % {"verified": share.verified}
    return (
        f'<article class="figure ratio" id="{escape(share.code)}">'
        f"<{level}>{escape(_(share.title))}</{level}>"
        f'<p class="number"><span>{escape(share.value)}</span></p>{_words("verified", verified)}'
        f'<p class="parts">{_part(share.over)} ÷ {_part(share.under)}</p></article>'
    )


def _part(part: Part) -> str:
    return f'<a href="{escape(part.href)}">{escape(_(part.title))} {escape(part.amount)}</a>'
