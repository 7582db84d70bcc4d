"""Rows between the headings and the entries that guide who fills the sheet in.

The numbers of the columns (1, 2, 7=8+9; 甲, 乙), how each is to be filled in, a sample numbered 例.
Not for what stands above the headings, nor for notes below the table: those are `rows`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jiedui.intake.book import number
from jiedui.intake.headings import normal
from jiedui.intake.layout import MARKS
from jiedui.ledgers.widths import narrow
from jiedui.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jiedui.intake.book import Sheet
    from jiedui.problems import Problem

__all__ = ["guides", "said_of"]

_LEAST = 3
_STEMS = "甲乙丙丁戊己庚辛壬癸"
# 栏次 1 2 (3) 4=5+6 （7）＝（8）－（9） 第10栏
_NUMBER = re.compile(r"第?[(]?([0-9]{1,2})[)]?栏?(?:=[0-9()+\-*/×÷%栏]+)?")
_LABELS = frozenset({"栏次", "栏号", "列次", "列号", "栏目"})
_INSTRUCTION = re.compile(
    r"[(\[【]?(?:填写|填报|填表)(?:说明|要求|须知|示例|样例)[)\]】]?(?::.*|$)"
)
_SAMPLE = frozenset({"例", "示例", "样例", "例如", "填写示例", "填报示例", "示例行"})


def guides(sheet: Sheet, last: int, texts: Mapping[str, str]) -> tuple[int, ...]:
    """The rows of such a kind right below the `last` row of the headings (by letters)."""
    marks = {letter: MARKS[key] for letter, text in texts.items() if (key := normal(text)) in MARKS}
    found: list[int] = []
    for row in range(last + 1, sheet.cells.height + 1):
        cells = sheet.row(row)
        if "id" in marks.values() or not (_counts(cells, texts) or _instructs(cells, marks)):
            break
        found.append(row)
    return tuple(found)


def said_of(sheet: Sheet, rows: tuple[int, ...]) -> Iterator[Problem]:
    """What is said of such rows."""
    if rows:
        yield problem("remark-not-loaded", sheet.at("A", rows[0]), rows=listed(map(str, rows)))


def _counts(cells: Mapping[str, str], texts: Mapping[str, str]) -> bool:
    """Whether a row counts the columns: numbers or letters, each one further, and nothing else."""
    order = [re.sub(r"\s", "", narrow(cells[letter])) for letter in sorted(cells, key=number)]
    if order and order[0] in _LABELS:
        order = order[1:]
    ranks = [rank for text in order if (rank := _rank(text)) is not None]
    # Some columns (备注) are left uncounted, and marks in brackets may leave out a number.
    if len(ranks) < len(order) or len(ranks) < max(_LEAST, len(texts) // 2):
        return False
    plain = all(text.isdigit() for text in order)
    steps = [
        upper - lower
        for kind in (False, True)
        for lower, upper in pairwise(place for counted, place in ranks if counted is kind)
    ]
    return all(step == 1 if plain else step > 0 for step in steps)


def _rank(text: str) -> tuple[bool, int] | None:
    """Whether a mark of a column is a number, and where it stands among its like."""
    if match := _NUMBER.fullmatch(text):
        return True, int(match[1])
    if len(text) == 1 and text in _STEMS:
        return False, _STEMS.index(text)
    return (False, ord(text)) if re.fullmatch("[A-Z]", text) else None


def _instructs(cells: Mapping[str, str], marks: Mapping[str, str]) -> bool:
    """Whether a row begins by saying that it instructs, or is numbered as a sample."""
    if not cells:
        return False
    first = min(cells, key=number)
    text = re.sub(r"\s", "", narrow(cells[first]))
    return bool(_INSTRUCTION.fullmatch(text)) or (marks.get(first) == "number" and text in _SAMPLE)
