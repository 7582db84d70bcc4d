"""Headings of one to three levels: which rows they fill, and what each column is headed.

A heading over several columns is merged, or was before a program that knows no merging wrote the
file: then only its first cell holds it. Not for what a heading means: that is `columns`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.book import letters, number
from jiedui.intake.columns import key_of
from jiedui.intake.headings import AMOUNTS, How, heading, normal
from jiedui.intake.months import month_of
from jiedui.ledgers.widths import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jiedui.intake.book import Sheet

__all__ = ["Levels", "levels"]

_LEVELS = 3
# So many months beside each other, under one heading, are headings and no days of an entry.
_MONTHS = 3
# What a lower heading says when the one above it says what is meant: 总投资 over 合计.
_GENERIC = frozenset({
    "合计", "小计", "总计", "总数", "总额", "金额", "数额", "数量",
    "人数", "户数", "日期", "时间", "名称", "单位名称", "年月日",
})  # fmt: skip
# 起 and 止 below 培训时间.
_BOUNDS = {
    "起": "开始", "自": "开始", "起始": "开始", "开始": "开始",
    "止": "结束", "至": "结束", "截止": "结束", "结束": "结束",
}  # fmt: skip
# A unit that stands below its heading, in a row of nothing but units.
_UNIT = re.compile(
    r"[(\[]?(?:单位:)?(元|千元|万元|亿元|人|人次|户|个|家|名|期|次|项|对|亩|%|座|处)[)\]]?"
)
_FIGURE = re.compile(r"[-+]?[0-9][0-9,.\-/:年月日 ]*(?:[万亿]?元)?")


@dataclass(frozen=True, slots=True)
class Levels:
    """The headings by letters, and the rows they fill; `units` are those of upper headings.

    `paths` are the headings of each column from the top; `known` is what headings mean, with those
    that mean something by their levels together.
    """

    first: int
    last: int
    texts: Mapping[str, str]
    units: Mapping[str, str]
    known: Mapping[str, tuple[str, How]]
    paths: Mapping[str, Sequence[str]]


def levels(sheet: Sheet, row: int, known: Mapping[str, tuple[str, How]]) -> Levels:
    """The headings around the `row` that names the most fields."""
    upright = [one for one in sheet.merged if one.top <= row <= one.bottom < one.top + _LEVELS]
    first = min([row, *(one.top for one in upright)])
    last = max([row, *(one.bottom for one in upright)])
    while first > 1 and last - first < _LEVELS - 1 and _heads(sheet, first, last, known):
        first -= 1
    while last - first < _LEVELS - 1 and _goes_on(sheet, first, last, known):
        last += 1
    texts: dict[str, str] = {}
    units: dict[str, str] = {}
    more = dict(known)
    paths = _paths(sheet, first, last)
    for letter in sorted(paths, key=number):
        path = _with_unit(paths[letter], known)
        text, meant = _resolved(path, known)
        if meant and normal(text) not in known:
            more[normal(text)] = meant
        notes = [heading(one).note for one in reversed(path)]
        unit = next((note for note in notes if note.endswith("元")), "")
        if unit in AMOUNTS:
            units[letter] = unit
        elif unit and not heading(text).note:
            text = f"{text}（{unit}）"
        texts[letter] = text
    return Levels(first, last, texts, units, more, paths)


def _spread(sheet: Sheet, row: int) -> dict[str, str]:
    """The cells of a row, those of merged ranges in every cell of the range."""
    texts = dict(sheet.row(row))
    for one in sheet.merged:
        if one.top <= row <= one.bottom and (text := sheet.row(one.top).get(letters(one.left))):
            texts |= dict.fromkeys(map(letters, range(one.left, one.right + 1)), text)
    return texts


def _paths(sheet: Sheet, first: int, last: int) -> dict[str, list[str]]:
    """The headings of each column from the top, each once."""
    rows = [_spread(sheet, row) for row in range(first, last + 1)]
    for upper, row in zip(rows[:-1], range(first, last), strict=True):
        _fill(upper, [_spread(sheet, one) for one in range(row + 1, last + 1)])
    paths: dict[str, list[str]] = {}
    for texts in rows:
        for letter, text in texts.items():
            path = paths.setdefault(letter, [])
            if text not in path[-1:]:
                path.append(text)
    return paths


def _unit(text: str) -> str:
    """The unit that a cell is nothing but, or nothing."""
    match = _UNIT.fullmatch(re.sub(r"\s", "", narrow(text)))
    return match[1] if match else ""


def _with_unit(path: list[str], known: Mapping[str, tuple[str, How]]) -> list[str]:
    """The headings with the unit that stands alone below them; 户 below 受益 is none."""
    if (
        len(path) < 2
        or not (unit := _unit(path[-1]))
        or any(one in known for one in _together(path))
    ):
        return path
    return [*path[:-2], f"{path[-2]}（{unit}）"]


def _fill(upper: dict[str, str], lower: Sequence[Mapping[str, str]]) -> None:
    """A heading over several columns, of which only the first cell was left, over all of them."""
    there = {letter for texts in lower for letter in texts}
    for column in sorted(map(number, there)):
        letter, before = letters(column), letters(column - 1) if column > 1 else ""
        if letter not in upper and before in upper and before in there:
            upper[letter] = upper[before]


def _together(path: Sequence[str]) -> Iterator[str]:
    """What the levels of a heading may be called together, without their units."""
    lower = heading(path[-1]).bare
    bare = [heading(one).bare for one in path[:-1]]
    for upper in dict.fromkeys(["".join(bare), bare[-1], bare[0]]):
        yield from (f"{upper}:{lower}", f"{upper}{lower}", f"{upper}({lower})", f"{lower}{upper}")
    # 参训人数 over 计划 and 实到; of days (开工时间 over 计划) it would be another field's.
    if bare[-1].endswith(("人数", "户数")):
        yield f"{lower}{bare[-1][-2:]}"
    elif bare[-1].endswith(("时间", "日期")) and lower in _BOUNDS:
        yield f"{_BOUNDS[lower]}{bare[-1][-2:]}"
    if lower.endswith("名称"):
        yield f"{bare[-1]}{lower.removesuffix('名称')}"


def _resolved(
    path: Sequence[str], known: Mapping[str, tuple[str, How]]
) -> tuple[str, tuple[str, How] | None]:
    """What a column is headed, and what it means if its levels say so only together."""
    lower = path[-1]
    if len(path) == 1:
        return lower, None
    text = " ".join(path)
    if normal(text) in known:
        return text, known[normal(text)]
    for key in _together(path):
        if key in known:
            return text, (known[key][0], How.LEVELS)
    upper = next((key for one in reversed(path[:-1]) if (key := key_of(one, known))), "")
    if heading(lower).bare in _GENERIC and upper:
        return text, (known[upper][0], How.LEVELS)
    return (lower, None) if key_of(lower, known) else (text, None)


def _heads(sheet: Sheet, row: int, last: int, known: Mapping[str, tuple[str, How]]) -> bool:
    """Whether the row above holds headings over those of this one, and no title."""
    cells, lower = sheet.row(row - 1), _spread(sheet, row)
    if not cells or any(":" in normal(text) or _FIGURE.fullmatch(text) for text in cells.values()):
        return False
    upper = _spread(sheet, row - 1)
    if all(letter in upper for letter in lower) and len(set(upper.values())) == 1:
        return False
    if any(key_of(text, known) for letter, text in cells.items() if letter not in lower):
        return True
    _fill(upper, [lower])
    doubled = len(set(lower.values())) < len(lower)
    over = {letter: text for letter, text in upper.items() if letter in lower}
    if len(set(over.values())) < 2 and not any(letter not in upper for letter in lower):
        return False
    return any(
        doubled or heading(text).note in AMOUNTS or _resolved([text, lower[letter]], known)[1]
        for letter, text in over.items()
        if last - row < _LEVELS - 1
    ) and (len(cells) > 1 or _is_merged(sheet, row - 1, cells))


def _is_merged(sheet: Sheet, row: int, cells: Mapping[str, str]) -> bool:
    lefts = {letters(one.left) for one in sheet.merged if one.top == one.bottom == row}
    return not lefts.isdisjoint(cells)


def _are_months(cells: Mapping[str, str], upper: Mapping[str, str]) -> bool:
    """Whether a row has months beside each other, one after another, under one heading."""
    run, before = 0, 0
    for letter in sorted(cells, key=number):
        month = int(month_of(cells[letter])[-2:] or 0)
        follows = month and month == before % 12 + 1 and letter not in upper
        run, before = (run + 1 if follows and run else int(bool(month))), month
        if run >= _MONTHS:
            return True
    return False


def _goes_on(sheet: Sheet, first: int, last: int, known: Mapping[str, tuple[str, How]]) -> bool:
    """Whether the row below holds the lower headings of this one, and no entry."""
    cells = sheet.row(last + 1)
    if not cells or last + 2 > sheet.cells.height:
        return False
    if _are_months(cells, sheet.row(last)) or all(map(_unit, cells.values())):
        return True
    if any(_FIGURE.fullmatch(text.strip()) for text in cells.values()):
        return False
    upper = sheet.row(last)
    merged = {
        letters(column)
        for one in sheet.merged
        if one.top <= last == one.bottom and one.left < one.right
        for column in range(one.left, one.right + 1)
    }
    for letter in cells:
        beside = letters(number(letter) + 1)
        begins = letter in upper and beside in cells and beside not in upper
        alone = letter in upper and not begins and letter not in merged
        # Only one that is known together with what stands above it: 稳定就业 over 人数.
        if alone and not _resolved([upper[letter], cells[letter]], known)[1]:
            return False
    if all(letter in upper for letter in cells) and len(cells) == len(upper):
        return False
    paths = _paths(sheet, first, last + 1)
    meant = (_resolved(paths[letter], known) for letter in cells)
    return any(together or key_of(text, known) for text, together in meant)
