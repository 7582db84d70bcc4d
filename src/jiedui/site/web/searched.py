"""What search found as a page shows it: titles and pieces with marks, and suggestions as links.

Not for finding: that is the store's `searching`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui import ledgers, places, search
from jiedui.problems import named
from jiedui.site.store import searching
from jiedui.site.web import display, page, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from jiedui.access import Viewer
    from jiedui.search import Piece, Term
    from jiedui.site.store.questions import Question

PIECES = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit: its title with marks, where it stands, and pieces that say what was looked for."""

    href: str
    title: tuple[Piece, ...]
    kind: str
    place: str
    day: date | None
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Something that typed letters may mean: its name, what it is, and where it leads."""

    name: str
    sort: str
    href: str


def shown(viewer: Viewer, found: searching.Found, question: Question) -> list[Shown]:
    """Every hit of a page."""
    terms = question.terms
    return [
        _entry(viewer, hit, terms) if hit.entry else _document(hit, terms) for hit in found.hits
    ]


def _entry(viewer: Viewer, hit: searching.Hit, terms: Sequence[Term]) -> Shown:
    entry = hit.entry
    assert entry is not None
    kind = ledgers.ledgers()[hit.kind]
    title = display.title(kind, entry, display.labeller(viewer, kind, ()))
    place = entry.values.get("place")
    return Shown(
        display.entry_href(hit.kind, hit.key),
        marked(tongue.plain(title), terms),
        _(kind.title),
        _place(place) if isinstance(place, str) else "",
        hit.day,
        tuple(_pieces(kind, entry.values, title, terms)),
    )


def _pieces(
    kind: type[ledgers.Ledger], values: ledgers.Values, title: str, terms: Sequence[Term]
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """A few texts of an entry that say what was looked for, and that its title does not."""
    left = PIECES
    for field, text in search.texts(kind, values):
        if left and text not in title and (pieces := search.snippet(text, terms)):
            left -= 1
            yield _(field.label), pieces


def _place(code: str) -> str:
    return named("place", code, places.full_name(places.PlaceCode(code)))


def _document(hit: searching.Hit, terms: Sequence[Term]) -> Shown:
    pieces = search.snippet(hit.text, terms)
    return Shown(
        reverse("document", args=[hit.key]),
        marked(hit.title, terms),
        _("资料"),
        "",
        hit.day,
        ((_("正文"), pieces),) if pieces else (),
    )


def marked(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The whole text with marks."""
    pieces, here = [], 0
    for start, end in search.spans(text, terms):
        pieces += [search.Piece(text[here:start]), search.Piece(text[start:end], found=True)]
        here = end
    return tuple(piece for piece in (*pieces, search.Piece(text[here:])) if piece.text)


def near(viewer: Viewer, typed: str, *, titles: bool = True) -> list[Near]:
    """What typed letters may mean: places, parties, ledgers and documents that the viewer sees.

    `titles` of documents are left out where the documents are found anyway.
    """
    found = searching.suggest(typed, viewer, titles=titles)
    here = reverse("search")
    said = [Near(_place(code), _("地区"), page.address(here, place=code)) for code in found.places]
    said += [Near(name, _("单位"), page.address(here, party=key)) for key, name in found.parties]
    sought = search.fold(typed.strip())
    said += [
        Near(kind.title, _("台账或名录"), reverse("entries", args=[kind.name]))
        for kind in ledgers.ledgers().values()
        if sought and sought in search.fold(_(kind.title))
    ]
    said += [
        Near(title, _("资料"), reverse("document", args=[key])) for key, title in found.documents
    ]
    return said
