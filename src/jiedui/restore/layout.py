"""Lines that paper broke: joined where a sentence goes on, without running heads and page numbers.

Only on demand, for text taken from PDF files and scans. A page convinces when no line is wider
than a width that several lines fill while their sentence goes on. Lists, tables, poems and
headings have other shapes and keep their lines, and so does a line that ends with its sentence.
"""

from __future__ import annotations

import re
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import HAN, is_chinese, is_program
from jiedui.restore.paper import Line, columns, lines, page_numbers, running_heads

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find"]

_NARROWEST, _FULL, _SLACK = 24, 0.88, 4
_LEAST, _LEAST_PART = 3, 0.7
_INDENT, _LEAST_INDENTED = 2, 2
_GOES_ON = re.compile(f"[{HAN}A-Za-z0-9，、,（(《“‘—%％)）》]\\Z|[A-Za-z0-9]-\\Z")
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,3}(?:[、．)）]|\.(?![0-9]))"
    r"|[\u2460-\u249b]|第[一二三四五六七八九十百零0-9]{1,4}[章节条款编篇]|[•·●■◆▪▶➢*#>\-—]|附件|附：|注[:：]"
    r"|[（(]?(?:此件|联系人|抄送|主题词)"
)
_TABULAR = re.compile(r"^#{1,6} |\t|\S(?: {2,}|\u3000+)\S|[|│]|\.{4}|…{3}|·{4}")
_STOPS = re.compile("[，。；！？：,;!?]")
_WORD = re.compile("[A-Za-z]+(?:-[A-Za-z]+)*")
_LAST_WORD, _FIRST_WORD = re.compile("[A-Za-z]+-\\Z"), re.compile("[a-z]+")
_SURE, _PAPER, _UNSURE = 0.95, 0.97, 0.6

_BROKEN = said("排版换行，句子未完，接为一行")
_TURNED = said("换页打断的句子，接为一行")
_HEAD = said("页眉，换页时混入正文")
_NUMBERED = said("页码，换页时混入正文")
_KNOWN_WORD = said("行末断开的词，按全文写法接上")
_SOME_WORD = said("行末断开的词，连字符是否保留不明，保留原样待核")
_RANGE = said("行末断开的数字，接上")
_DIGITS = said("行末断开的数字，可能是两个数，保留原样待核")


def find(text: str) -> list[Change]:
    """Find what paper did to the lines of a page, in order; what is not sure is only marked."""
    if "\n" not in text or not is_chinese(text) or is_program(text):
        return []
    return list(_Page(text).changes())


class _Joint(NamedTuple):
    """Two lines that stand together once blank lines and what is of the paper are left out."""

    upper: Line
    lower: Line
    paper: str  # the reason why lines between them go, empty when none do
    is_apart: bool  # only blank lines are between


class _Page:
    """A page of lines, with what is of its paper."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines(text)
        self.numbers = page_numbers(self.lines)
        self.heads = running_heads(self.lines, self.numbers)
        self.end_of_line = "\r\n" if "\r\n" in text else "\n"
        self.joints = list(self._joints())
        self.width = self._width()
        self.is_indented = self._is_indented()
        self.words: frozenset[str] | None = None

    def _is_paper(self, at: int) -> bool:
        return at in self.numbers or at in self.heads

    def _joints(self) -> Iterator[_Joint]:
        upper: Line | None = None
        paper, is_apart = "", False
        for at, line in enumerate(self.lines):
            if self._is_paper(at):
                paper = _HEAD if paper == _HEAD or at in self.heads else _NUMBERED
            elif not line.text:
                is_apart = True
            else:
                first = Line(0, 0, 0, "", 0, feeds=False)
                if upper or paper:
                    yield _Joint(upper or first, line, paper, is_apart and not paper)
                upper, paper, is_apart = line, "", False
        if paper and upper:
            end = len(self.text)
            yield _Joint(upper, Line(end, end, end, "", 0, feeds=False), paper, is_apart=False)

    def _width(self) -> int:
        """How wide the lines are: as the third widest, past a word or two that would not break."""
        wide = (
            columns(line.text) + line.indent
            for at, line in enumerate(self.lines)
            if not self._is_paper(at) and not _TABULAR.search(line.text)
        )
        return min(nlargest(_LEAST, wide), default=0)

    def _is_full(self, line: Line) -> bool:
        wide = columns(line.text) + line.indent
        return wide >= min(self.width - _SLACK, self.width * _FULL) and not _TABULAR.search(
            line.text
        )

    def _is_indented(self) -> bool:
        """Whether every paragraph begins further in: then a line that does not goes on."""
        begin = [one.lower.indent >= _INDENT for one in self.joints if not self._is_full(one.upper)]
        return sum(begin) >= _LEAST_INDENTED and all(begin)

    def _may_go_on(self, joint: _Joint) -> bool:
        return (
            not joint.is_apart
            and joint.lower.indent < _INDENT
            and (self.is_indented or _GOES_ON.search(joint.upper.text) is not None)
            and _OPENS.match(joint.lower.text) is None
            and _TABULAR.search(joint.lower.text) is None
            and joint.lower.text != ""
        )

    def _joined(self) -> list[bool]:
        """Of each joint, whether the line above is full and its sentence goes on below."""
        open_ones = [self._may_go_on(joint) for joint in self.joints]
        full = [
            goes_on and self._is_full(joint.upper)
            for goes_on, joint in zip(open_ones, self.joints, strict=True)
        ]
        convinces = (
            self.width >= _NARROWEST
            and sum(full) >= _LEAST
            and sum(full) >= _LEAST_PART * sum(open_ones)
        )
        return self._of_sentences(full) if convinces else [False] * len(full)

    def _of_sentences(self, full: list[bool]) -> list[bool]:
        """Without the runs that hold no sign of a sentence: a list of names fills lines too."""
        kept = [False] * len(full)
        at = 0
        while at < len(full):
            end = at
            while end < len(full) and full[end]:
                end += 1
            run = self.joints[at:end]
            if run and any(_STOPS.search(one.upper.text + one.lower.text) for one in run):
                kept[at:end] = [True] * len(run)
            at = end + 1
        return kept

    def changes(self) -> Iterator[Change]:
        for joint, joined in zip(self.joints, self._joined(), strict=True):
            start, end = joint.upper.end, joint.lower.start
            if joined:
                yield self._join(joint, start, end)
            elif joint.paper:
                end = joint.lower.begins
                found = self.text[start:end]
                # A form feed ends a line as well as a line end does.
                is_between = start > 0 and (joint.lower.text != "" or found.endswith("\n"))
                kept = self.end_of_line if is_between else ""
                kind = "running-head" if joint.paper == _HEAD else "page-number"
                yield Change(start, end, found, kept, kind, joint.paper, _PAPER)

    def _join(self, joint: _Joint, start: int, end: int) -> Change:
        found, upper, lower = self.text[start:end], joint.upper.text, joint.lower.text
        last, first = upper[-1], lower[0]
        reason = _TURNED if joint.paper or "\f" in found else _BROKEN
        kind = "broken-line"
        if (left := _LAST_WORD.search(upper)) and (right := _FIRST_WORD.match(lower)):
            return self._word(start - 1, end, left[0][:-1], right[0])
        if last == "-" and first.isdigit():
            return Change(start, end, found, "", kind, _RANGE, _SURE)
        if last.isdecimal() and first.isdecimal():
            return self._unsure(start, end, _DIGITS, ("", " "))
        both = last.isascii() and first.isascii() and first.isalnum() and last != "-"
        became = " " if both and (last.isalnum() or last in ",)%") else ""
        return Change(start, end, found, became, kind, reason, _SURE)

    def _word(self, start: int, end: int, left: str, right: str) -> Change:
        """A word broken at its hyphen, written as it is written elsewhere on the page."""
        if self.words is None:
            self.words = frozenset(map(str.lower, _WORD.findall(self.text)))
        whole, hyphened = (f"{left}{sign}{right}".lower() in self.words for sign in ("", "-"))
        if whole != hyphened:
            became, found = "" if whole else "-", self.text[start:end]
            return Change(start, end, found, became, "broken-line", _KNOWN_WORD, _SURE)
        return self._unsure(start, end, _SOME_WORD, ("", "-"))

    def _unsure(self, start: int, end: int, reason: str, candidates: tuple[str, ...]) -> Change:
        found = self.text[start:end]
        return Change(
            start, end, found, found, "broken-line", reason, _UNSURE,
            sure=False, candidates=candidates,
        )  # fmt: skip
