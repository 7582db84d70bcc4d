"""The lines of a text with where they are and how wide: what a printed page is judged by.

Not for sentences or paragraphs of a document: those are `evidence.passages`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "lines"]

_LINE = re.compile(r"([^\r\n\f]*)(\r?\n|\f|\r|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line from `start` to `end` without what ends it, which ends at `behind` (code points)."""

    text: str
    start: int
    end: int
    behind: int
    breaks_page: bool

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text or self.text.isspace()

    @property
    def width(self) -> int:
        """Columns, of which a Chinese character takes two."""
        return sum(2 if east_asian_width(one) in "WFA" else 1 for one in self.text.rstrip())


def lines(text: str) -> Iterator[Line]:
    """The lines in order; a form feed ends one too, and its page."""
    for match in _LINE.finditer(text):
        if match.start() < len(text):
            yield Line(match[1], match.start(), match.end(1), match.end(), match[2] == "\f")
