"""Lines that a PDF, a scan or a mail broke in the middle of sentences, joined again.

The page must show a width at which its lines were broken; verse, lists, tables and headings keep
theirs. A number or a word across two lines is only marked: a hyphen may have been its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.lines import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find"]

_ENDED = re.compile(r"[。！？；：…!?;:.]['\"”’）)」』》】]*\s*$")
# What begins a line of its own: an indent, a number of a list, a bullet, a quotation of mail.
_BEGUN = re.compile(
    r"[　\t]|  |[-*+•●■◆▪>#|]|\d{1,3}(?:[、．）)]|\.(?!\d))|[（(]\d{1,3}[）)]"
    r"|[（(]?[一二三四五六七八九十]{1,3}[、.）)]|第[一二三四五六七八九十百\d]{1,4}[章节条款部篇]"
)
_INDENT = re.compile("　　|  ")
_TABLE = re.compile(r"\t|\||\S {2,}\S+ {2,}\S")
_NUMBER, _NUMBER_GOES_ON = re.compile(r"[0-9][0-9,.]*-?$"), re.compile(r"[0-9][0-9,.]*")
_HYPHENED, _WORD_GOES_ON = re.compile(r"[A-Za-z]+-$"), re.compile(r"[a-z]+")

_LEAST_INDENTS, _LEAST_LINES, _LEAST_WIDTH, _TOLERANCE = 2, 3, 30, 4
_HANGING = 8  # columns: a stop hangs behind the line, a number is not broken
_AT_THE_WIDTH, _WITHIN, _FULL = 0.6, 0.95, 0.85
_SURE = 0.95

_JOINED = said("换行把一句话断开了，已接上")
_KEPT = said("一个数字或单词断在两行，不知连字符是否原有，保留原样待核")


def find(text: str) -> list[Change]:
    """Find the line ends within sentences, when the page shows at what width it was broken."""
    page = list(lines(text))
    width = _width(page)
    if not width:
        return []
    # Where paragraphs are indented, a full line goes on even when a sentence ends with it.
    is_indented = sum(_INDENT.match(line.text) is not None for line in page) >= _LEAST_INDENTS
    return [
        change
        for line, behind in pairwise(page)
        if _goes_on(line, behind, width) and (is_indented or not _ENDED.search(line.text[-8:]))
        for change in _joined(text, line, behind)
    ]


def _width(page: list[Line]) -> float:
    """The columns at which a page was broken, or 0 when it shows none."""
    written = [line.width for line in page if not line.is_blank]
    broken = [
        line.width
        for line, behind in pairwise(page)
        if not (line.is_blank or behind.is_blank or _ENDED.search(line.text[-8:]))
        and not _TABLE.search(line.text)
    ]
    if len(broken) < _LEAST_LINES:
        return 0
    width = median(broken)
    at_width = sum(abs(one - width) <= _TOLERANCE for one in broken)
    within = sum(one <= width + _HANGING for one in written)
    convinces = at_width >= _AT_THE_WIDTH * len(broken) and within >= _WITHIN * len(written)
    return width if convinces and width >= _LEAST_WIDTH else 0


def _goes_on(line: Line, behind: Line, width: float) -> bool:
    if line.is_blank or behind.is_blank or line.breaks_page or _BEGUN.match(behind.text):
        return False
    is_full = _FULL * width <= line.width <= width + _HANGING
    return is_full and not (_TABLE.search(line.text) or _TABLE.search(behind.text))


def _joined(text: str, line: Line, behind: Line) -> Iterator[Change]:
    first, second = line.text.rstrip(), behind.text
    start = line.start + len(first)
    if (cut := _cut(first, second)) is None:
        is_latin = first[-1].isascii() and second[0].isascii() and second[0].isalnum()
        found, became = text[start : behind.start], " " if is_latin else ""
        yield Change(start, behind.start, found, became, "line", _JOINED, _SURE)
        return
    before, after = cut
    low, high = start - len(before), behind.start + len(after)
    found = text[low:high]
    candidates = tuple(dict.fromkeys((before + after, before.removesuffix("-") + after)))
    yield Change(low, high, found, found, "line", _KEPT, 0.5, sure=False, candidates=candidates)


def _cut(first: str, second: str) -> tuple[str, str] | None:
    """The two parts of a number or a word that a line end cut, if it did."""
    for ended, goes_on in ((_NUMBER, _NUMBER_GOES_ON), (_HYPHENED, _WORD_GOES_ON)):
        before, after = ended.search(first[-40:]), goes_on.match(second[:40])
        if before and after:
            return before[0], after[0]
    return None
