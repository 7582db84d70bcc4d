"""Page numbers and running heads that stand between the lines of a text taken from pages.

A number is one of a page only in a row of such numbers, a head only beside one or at the top of
a page. Not for numbered lists, whose numbers stand on lines with text or follow each other.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.lines import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find"]

_DASH = "[-—–－─·]{1,2}"
_FORMS = tuple(
    re.compile(rf"\s*(?:{form})\s*")
    for form in (
        rf"{_DASH}\s*(\d{{1,4}})\s*{_DASH}",
        r"第\s*(\d{1,4})\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?",
        r"(?:[Pp]age\s*)?(\d{1,4})\s*(?:/|of)\s*\d{1,4}",
        r"(\d{1,4})",
    )
)
# So many in a row, with so many lines of text between two: a bare number needs more.
_LEAST, _LEAST_BARE = 2, 3
_BETWEEN, _BETWEEN_BARE = 3, 5
_LONGEST_HEAD, _HEADS, _ON_PAGES = 40, 2, 0.6
_ENDED = re.compile("[，。；：！？、,;:!?.]$")
_SURE = 0.97

_SAID = said("分页留下的页码或页眉，已去除")


def find(text: str) -> list[Change]:
    """Find the blocks of page numbers, heads and blank lines between two pages."""
    page = [line for line in lines(text) if not line.is_blank or line.breaks_page]
    numbers = max((_row(page, form) for form in range(len(_FORMS))), key=len)
    if not numbers:
        return []
    furniture = numbers | _heads(page, numbers)
    furniture |= {
        at
        for at, line in enumerate(page)
        if line.is_blank and (at - 1 in furniture or at + 1 in furniture)
    }
    return list(_blocks(text, page, furniture))


def _row(page: list[Line], form: int) -> set[int]:
    """The lines with numbers of one form that go up by one, far enough apart."""
    is_bare = form == len(_FORMS) - 1
    apart = _BETWEEN_BARE if is_bare else _BETWEEN
    found: list[tuple[int, int]] = []
    for at, line in enumerate(page):
        match = _FORMS[form].fullmatch(line.text)
        if match is None:
            continue
        number = int(match[1])
        if not found or (number == found[-1][1] + 1 and at - found[-1][0] > apart):
            found.append((at, number))
        elif len(found) == 1:
            found = [(at, number)]
    least = _LEAST_BARE if is_bare else _LEAST
    return {at for at, _ in found} if len(found) >= least else set()


def _heads(page: list[Line], numbers: set[int]) -> set[int]:
    """The lines that come again and again beside the numbers or at the top of pages."""
    beside = {at + step for at in numbers for step in (-1, 1, 2) if 0 <= at + step < len(page)}
    tops = {at + 1 for at, line in enumerate(page[:-1]) if line.breaks_page}
    near = sorted((beside | tops | ({0} if page else set())) - numbers)
    counts = Counter(page[at].text.strip() for at in near)
    everywhere = Counter(line.text.strip() for line in page)
    heads = {
        text
        for text, count in counts.items()
        if text
        and count >= max(_HEADS, _ON_PAGES * len(numbers))
        and everywhere[text] == count
        and len(text) <= _LONGEST_HEAD
        and not _ENDED.search(text)
    }
    return {at for at in near if page[at].text.strip() in heads}


def _blocks(text: str, page: list[Line], furniture: set[int]) -> Iterator[Change]:
    at = 0
    while at < len(page):
        if at not in furniture:
            at += 1
            continue
        first = at
        while at < len(page) and at in furniture:
            at += 1
        # From the end of the line before to the beginning of the line behind, blank ones too.
        start = page[first - 1].end if first else 0
        end = page[at].start if at < len(page) else len(text)
        became = "\n" if first and at < len(page) else ""
        yield Change(start, end, text[start:end], became, "page", _SAID, _SURE)
