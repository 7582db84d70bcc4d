"""Where the sentences and paragraphs of a text are, and the citation that points into one.

Not for what a sentence says (that is `jiedui.facts`): only for where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.problems import JieduiError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Citation", "CitationError", "Passage", "cite", "paragraphs", "sentence_at", "sentences"]

_PARAGRAPH = re.compile("[^\n]+")
# A sentence takes its closing quotes and brackets with it; a full stop in 3.5 or a list is none.
_SENTENCE = re.compile("[^。！？!?；;]*(?:[。！？!?；;]+[”’』」）)】》]*|$)")
_EDGES = " \t\r\u00a0\u3000"


class CitationError(JieduiError):
    """A citation was made of a span that the text does not have."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points `start` to `end` (exclusive) of a text, without white space at the edges."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the passage."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document: the digest of its bytes, the span in its restored text, the quote."""

    document: str
    start: int
    end: int
    quote: str

    def holds(self, text: str) -> bool:
        """Tell whether the text still has these words at this place."""
        return self.end > self.start >= 0 and text[self.start : self.end] == self.quote


def cite(document: str, text: str, start: int, end: int) -> Citation:
    """Cite a span of a document's restored text; raises `CitationError` when it has none there.

    >>> cite("5d41", "甲县。乙县。", 3, 6).quote
    '乙县。'
    """
    if not 0 <= start < end <= len(text):
        raise CitationError(f"no words from {start} to {end} in a text of {len(text)}")
    return Citation(document, start, end, text[start:end])


def paragraphs(text: str) -> tuple[Passage, ...]:
    """The lines of a text that are not blank, in order."""
    found = (_trimmed(text, *line.span()) for line in _PARAGRAPH.finditer(text))
    return tuple(passage for passage in found if passage)


def sentences(text: str) -> tuple[Passage, ...]:
    """The sentences and clauses closed by 。！？；, none of them over more than one line.

    >>> [one.of("他说：“好。”会后，双方签约") for one in sentences("他说：“好。”会后，双方签约")]
    ['他说：“好。”', '会后，双方签约']
    """
    return tuple(one for line in _PARAGRAPH.finditer(text) for one in _within(text, *line.span()))


def sentence_at(text: str, start: int, end: int) -> Passage:
    """The sentence that holds a span, or all those that the span reaches into."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    lines = _PARAGRAPH.finditer(text, first, len(text) if last < 0 else last)
    held = [
        one
        for line in lines
        for one in _within(text, *line.span())
        if one.start < end and one.end > start
    ]
    return Passage(held[0].start, held[-1].end) if held else Passage(start, end)


def _within(text: str, start: int, end: int) -> Iterator[Passage]:
    for found in _SENTENCE.finditer(text, start, end):
        passage = _trimmed(text, *found.span())
        if passage:
            yield passage


def _trimmed(text: str, start: int, end: int) -> Passage | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Passage(start, end) if start < end else None
