"""The lines of a page as paper had them: their widths, and what belongs to the paper alone.

Running heads and page numbers are found here. Not for joining lines: that is `layout`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "columns", "lines", "page_numbers", "running_heads"]

_LINE = re.compile("[^\n]*")
_BLANK = " \t\r\f"
_NUMBER = re.compile(
    r"\s*(?P<dash>[-—–－·~]+\s*)?(?P<page>第\s*)?(?P<number>[0-9]{1,4})\s*(?:页)?"
    r"(?:\s*(?:[/／]|[，,]?\s*共)\s*[0-9]{1,4}\s*页?)?\s*(?:[-—–－·~]+)?\s*"
)
_DIGITS = re.compile("[0-9]+")
# Between two page numbers there is a page; a list of numbers has none.
_LEAST_BETWEEN = 5
_NUMBERS, _NUMBERS_PLAIN = 2, 3
_HEADS, _HEAD_LONGEST, _HEAD_NEAR = 3, 40, 2


class Line(NamedTuple):
    """A line without the blanks around it; `indent` is how many columns of them before.

    `begins` is where those blanks begin.
    """

    begins: int
    start: int
    end: int
    text: str
    indent: int
    feeds: bool  # a form feed stands before it


def lines(text: str) -> list[Line]:
    """All lines of a text, the blank ones too."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        whole = text[at:end]
        inner = whole.lstrip("\f").rstrip(_BLANK)
        feeds = whole.startswith("\f")
        words = inner.lstrip(" \t\u3000")
        start = at + whole.find(words) if words else at
        blanks = inner[: len(inner) - len(words)]
        indent = columns(blanks.strip("\f"))
        begins = start - len(blanks) if words else at
        yield Line(begins, start, start + len(words), words, indent, feeds)
        at = end + 1


def columns(text: str) -> int:
    """How wide a line is: a Chinese character takes two columns."""
    return len(text) + sum(east_asian_width(one) in "WF" for one in text if not one.isascii())


def page_numbers(page: list[Line]) -> set[int]:
    """Which lines are page numbers: a chain of them, each one higher, a page of lines between."""
    ends: dict[int, tuple[int, int]] = {}  # number: (length of the chain, line)
    before: dict[int, int] = {}
    best = (0, -1)
    plain: set[int] = set()
    for at, line in enumerate(page):
        match = _NUMBER.fullmatch(line.text) if line.text else None
        if match is None:
            continue
        if not (match["dash"] or match["page"]):
            plain.add(at)
        number = int(match["number"])
        length, last = ends.get(number - 1, (0, -1))
        if length and at - last < _LEAST_BETWEEN:
            length, last = 0, -1
        before[at] = last
        ends[number] = (length + 1, at)
        best = max(best, (length + 1, at))
    found: set[int] = set()
    at = best[1]
    while at >= 0:
        found.add(at)
        at = before[at]
    return found if len(found) >= (_NUMBERS_PLAIN if plain & found else _NUMBERS) else set()


def running_heads(page: list[Line], numbers: set[int]) -> set[int]:
    """Which lines are running heads: short, the same on several pages, always at a page's edge."""
    edges = {at for at, line in enumerate(page) if line.feeds} | numbers
    if edges:
        edges |= {0, len(page)}
    written = [at for at, line in enumerate(page) if line.text and at not in numbers]
    place = {at: order for order, at in enumerate(written)}
    near: set[int] = set()
    below = 0
    for edge in sorted(edges):
        while below < len(written) and written[below] < edge:
            below += 1
        near.update(written[max(0, below - _HEAD_NEAR) : below + _HEAD_NEAR])
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at in place:
        if len(page[at].text) <= _HEAD_LONGEST and page[at].text[-1] not in "。；，、":
            alike[_DIGITS.sub("0", page[at].text)].append(at)
    return {
        at
        for same in alike.values()
        if len(same) >= _HEADS and near.issuperset(same)
        for at in same
    }
