"""Where a text says what was looked for, and the piece of it that is worth showing.

Positions are code points of the text as it is, not as it is folded. Not for HTML: a page draws the
pieces itself.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.restore import simplified
from jiedui.search.folding import is_han, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.search.asking import Term

__all__ = ["Piece", "snippet", "spans"]

_AROUND = 24
_LENGTH = 90
MORE = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, `found` when it is what was looked for."""

    text: str
    found: bool = False


def spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in a text, sorted and without overlaps.

    >>> from jiedui.search.asking import terms
    >>> spans("天津市黨政代表團", terms("党政 团"))
    [(3, 5), (7, 8)]
    """
    letters, at, edges = _letters(text)
    hits: list[tuple[int, int]] = []
    for term in terms:
        sought = "".join(term.runs)
        start = letters.find(sought)
        while start >= 0:
            if _whole(term.runs, start, edges):
                hits.append((at[start], at[start + len(sought) - 1] + 1))
            start = letters.find(sought, start + 1)
    return _joined(hits)


def _letters(text: str) -> tuple[str, list[int], set[int]]:
    """The letters of a text folded, where each came from, and between which a run ends."""
    letters: list[str] = []
    at: list[int] = []
    edges = {0}
    before = ""
    for position, character in enumerate(text):
        for one in simplified(unicodedata.normalize("NFKC", character).lower()):
            # A letter that folds into several is still one of the text.
            if not runs(one):
                edges.add(len(letters))
                before = ""
                continue
            if before and is_han(one) is not is_han(before):
                edges.add(len(letters))
            letters.append(one)
            at.append(position)
            before = one
    edges.add(len(letters))
    return "".join(letters), at, edges


def _whole(parts: tuple[str, ...], start: int, edges: set[int]) -> bool:
    """Whether the runs of a term are parted as the text is; a Chinese run may go on at the ends."""
    for number, run in enumerate(parts):
        end = start + len(run)
        if not edges.isdisjoint(range(start + 1, end)):
            return False
        first, last = number == 0, number == len(parts) - 1
        if (start not in edges and not (first and is_han(run))) or (
            end not in edges and not (last and is_han(run))
        ):
            return False
        start = end
    return True


def _joined(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def snippet(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The piece of a text around the first thing found, with all found in it marked; () for none.

    >>> from jiedui.search.asking import terms
    >>> [piece.text for piece in snippet("甲县的产业帮扶项目", terms("产业")) if piece.found]
    ['产业']
    """
    found = spans(text, terms)
    if not found:
        return ()
    start = max(0, found[0][0] - _AROUND)
    end = min(len(text), max(start + _LENGTH, found[0][1]))
    made = [Piece(MORE)] if start else []
    here = start
    for low, high in found:
        if low >= end:
            break
        if low > here:
            made.append(Piece(text[here:low]))
        made.append(Piece(text[low : min(high, end)], found=True))
        here = min(high, end)
    if here < end:
        made.append(Piece(text[here:end]))
    if end < len(text):
        made.append(Piece(MORE))
    return tuple(made)
