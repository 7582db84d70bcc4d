"""The text as the rules see it: simplified script and one width of signs, same length.

Every rule works on the view; every span is a span of the original. Not for mending damage: that
is `jiedui.restore`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiedui.restore import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiedui.facts.model import Span

__all__ = ["Taken", "View", "near_by", "view"]

# One sign for one meaning. A full-width question mark ends a sentence; a half-width one may be
# the torn place that damage left, so the two stay apart.
_WIDTH = str.maketrans(
    {
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        "，": ",",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        "！": "!",
        "？": "!",
        "－": "-",
        "—": "-",
        "–": "-",
        "―": "-",
        "～": "~",
        "／": "/",
        "．": ".",
        "•": "·",
        "‧": "·",
        "・": "·",
        "∙": "·",
        "\u3000": " ",
        "\u00a0": " ",
        "\t": " ",
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_KEPT = re.compile(r"乾(?=[县縣安州隆元坤陵])")
_ENDS = re.compile(r"[。!;\n]")


@dataclass(frozen=True, slots=True)
class View:
    """A text and its view of the same length; `breaks` are the ends of its sentences."""

    original: str
    text: str
    breaks: tuple[int, ...] = field(repr=False)

    def quote(self, start: int, end: int) -> str:
        """The words of the original at a span."""
        return self.original[start:end]

    def sentence(self, at: int) -> Span:
        """The sentence that holds a position, without its closing sign."""
        index = bisect_right(self.breaks, at - 1) if at else 0
        start = self.breaks[index - 1] + 1 if index else 0
        end = self.breaks[index] if index < len(self.breaks) else len(self.text)
        return start, max(start, end)

    def paragraph(self, at: int) -> Span:
        """The line that holds a position."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end


class Taken:
    """Which characters of a text are spoken for, so that no second fact is made of them."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        """Begin with the spans that are taken already."""
        self._marks = bytearray(length + 1)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take a span."""
        self._marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character of a span is taken."""
        return self._marks.find(1, start, end) >= 0


def near_by(starts: Sequence[int], first: int, last: int) -> range:
    """The indices of sorted positions that lie from `first` up to, and without, `last`."""
    return range(bisect_left(starts, first), bisect_left(starts, last))


def view(text: str) -> View:
    """Make the view of a text."""
    seen = simplified(text).translate(_WIDTH)
    kept = [hit.start() for hit in _KEPT.finditer(text)]
    if kept:
        # 乾 of 乾县 and 乾安 is no other way to write 干.
        letters = list(seen)
        for at in kept:
            letters[at] = "乾"
        seen = "".join(letters)
    return View(text, seen, tuple(hit.start() for hit in _ENDS.finditer(seen)))
