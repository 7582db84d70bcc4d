"""The cards of the board as HTML: one a figure, one a ratio.

Made here, escaped, and not in a template, which takes several times as long for as many.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.site.web.shares import Part, Share
    from jiedui.site.web.views.board import Line

LONG = 7


def cards(lines: Sequence[Line]) -> SafeString:
    """Every figure's card, each followed by those of the ratios that it is the upper part of."""
    return _safe("".join(_card(line) + "".join(map(_ratio, line.ratios)) for line in lines))


def ratios(shares: Iterable[Share]) -> SafeString:
    """The cards of ratios alone."""
    return _safe("".join(map(_ratio, shares)))


def _safe(made: str) -> SafeString:
    return mark_safe(made)  # noqa: S308 - every word in it is escaped below


def _card(line: Line) -> str:
    title, href = escape(_(line.figure.title)), escape(line.href)
    number, unit = (escape(part) for part in line.amount)
    long = " long" if len(line.amount[0]) > LONG else ""
    return (
        f'<article class="figure"><h2><a href="{href}">{title}</a></h2>'
        f'<p class="number{long}"><a href="{href}" aria-label="{title} {number} {unit}">'
        f"<span>{number}</span> <small>{unit}</small></a></p>"
        f"{_words('day', line.day)}{_words('verified', line.verified)}"
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


def _ratio(share: Share) -> str:
    verified = _("已核实部分 %(verified)s") % {"verified": share.verified}
    return (
        f'<article class="figure ratio" id="{escape(share.code)}"><h2>{escape(_(share.title))}</h2>'
        f'<p class="number"><span>{escape(share.value)}</span></p>{_words("verified", verified)}'
        f'<p class="parts">{_part(share.over)} ÷ {_part(share.under)}</p></article>'
    )


def _part(part: Part) -> str:
    return f'<a href="{escape(part.href)}">{escape(_(part.title))} {escape(part.amount)}</a>'
