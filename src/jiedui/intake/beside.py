"""What stands beside the entries of a sheet: totals, and what is said of rows and sheets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.intake.layout import OWN_SHEETS, ROW, SUM
from jiedui.intake.recognising import plainly
from jiedui.intake.sections import level_of
from jiedui.intake.signs import is_filled
from jiedui.problems import listed, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import polars as pl

    from jiedui.intake.book import Book, Sheet
    from jiedui.intake.layout import Layout
    from jiedui.intake.rows import Parted
    from jiedui.problems import Problem

__all__ = ["SAME_LEDGER", "TOTAL", "Total", "remarks_of", "totals_of", "unread"]

_NAMED = 10
# The code of what is said of a sheet that is of the same ledger as the one that was read.
SAME_LEDGER = "sheet-of-same-ledger"
_SUM = r"(?:合\s*计|总\s*计|共\s*计|小\s*计|累\s*计|总\s*数)"
TOTAL = rf"^\s*(?:.{{0,10}}{_SUM}\s*(?:[(（:：].*)?|其\s*中\s*(?:[:：].*)?)$"


@dataclass(frozen=True, slots=True)
class Total:
    """A row that states sums: where it stands, its cells by letter, and the entries it may add up.

    `ranges` are of entry numbers; it agrees when the entries of any of them add up to it, and the
    first is what it most plainly means. Of one `quiet` nothing is said when it agrees.
    """

    row: int
    cells: Mapping[str, str]
    ranges: tuple[range, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of totals or one that heads a section (`level` from 1, 0 for a total).

    `upto` entries stand above it.
    """

    row: int
    upto: int
    level: int
    label: str
    cells: Mapping[str, str]


def totals_of(parted: Parted, layout: Layout, rows: Sequence[int]) -> tuple[Total, ...]:
    """The rows that state sums, with the entries (in `rows`) that each may add up.

    A section's row adds up what stands below it until the next of its level; a subtotal what
    stands since the one before or in its section, or below it where the first has nothing above.
    """
    lines = [
        *_lines(parted.totals, layout, rows, level=lambda _label: 0),
        *_lines(parted.sections, layout, rows, level=level_of),
    ]
    lines.sort(key=lambda one: one.row)
    partial = [one for one in lines if not one.level and not _is_whole(one.label)]
    above = bool(partial) and not partial[0].upto
    since, opened = 0, dict[int, int]()
    found = []
    for n, one in enumerate(lines):
        following = range(one.upto, _end(lines, n, len(rows)))
        if one.level:
            opened = {level: at for level, at in opened.items() if level < one.level}
            opened[one.level] = one.upto
            ranges: tuple[range, ...] = (following,)
        else:
            starts = sorted({since, *opened.values()}, reverse=True)
            parts = [range(start, one.upto) for start in starts if start < one.upto]
            parts = [following, *parts] if above else parts
            ranges = _ranges(one.label, parts, len(rows), above=above)
            since = since if _is_whole(one.label) else one.upto
        found.append(Total(one.row, one.cells, ranges))
    return (*found, *_across(parted.entries, layout, rows))


def _across(entries: pl.DataFrame, layout: Layout, rows: Sequence[int]) -> Iterator[Total]:
    """What a row states for all months or options of it together."""
    sums = [one.letter for one in layout.columns if one.at == SUM]
    for row, *texts in entries.select(ROW, *sums).iter_rows() if sums else ():
        cells = {letter: text for letter, text in zip(sums, texts, strict=True) if text}
        if cells:
            mine = range(bisect_left(rows, row), bisect_right(rows, row))
            yield Total(row, cells, (mine,), quiet=True)


def _end(lines: Sequence[_Line], n: int, entries: int) -> int:
    """Before which entry what follows a line ends: at the next of its level, or that adds up."""
    level = lines[n].level
    later = (lines[i] for i in range(n + 1, len(lines)))
    ends = (
        one.upto for one in later
        if (0 < one.level <= level if level else one.level or not _is_whole(one.label))
    )  # fmt: skip
    return next(ends, entries)


def _ranges(label: str, parts: Sequence[range], entries: int, *, above: bool) -> tuple[range, ...]:
    """What a total may add up: the whole, or the parts that end or begin with it."""
    whole = range(entries)
    if _is_whole(label):
        return (whole,)
    if not _is_sub(label):
        return (whole, *parts)
    return (parts[0],) if above else tuple(parts) or (range(0),)


def _lines(
    found: pl.DataFrame, layout: Layout, rows: Sequence[int], level: Callable[[str], int]
) -> Iterator[_Line]:
    stating = [one for one in layout.columns if one.field]
    for cells in found.iter_rows(named=True):
        row = cells.pop(ROW)
        texts = {one.letter: text for one in stating if (text := cells[one.letter])}
        held = [text for text in cells.values() if text and text.strip()]
        label = next((text for text in held if re.match(TOTAL, text)), held[0])
        words = re.sub(r"\s|[(（:：].*", "", label)
        deep = level(label)
        # 累计 adds up what other sheets hold, too; 其中 is a part of what stands above it.
        stated = {} if not deep and ("累" in words or words.startswith("其中")) else texts
        yield _Line(row, bisect_left(rows, row), deep, words, stated)


def _is_sub(words: str) -> bool:
    return words.endswith("小计") or words.startswith("本页")


def _is_whole(words: str) -> bool:
    """Whether a total is of the whole table; 夏河县合计 may be, or of a part."""
    return not _is_sub(words) and len(words) <= 2


def remarks_of(sheet: Sheet, layout: Layout, rows: Parted) -> list[Problem]:
    """What is said of a sheet's hidden and merged rows and of those that are no entries."""
    found = []
    if sheet.hidden:
        found.append(problem("hidden-sheet", sheet=sheet.name))
    if hidden := [row for row in sheet.hidden_rows if row >= layout.first_row]:
        place = sheet.at("A", hidden[0])
        found.append(problem("hidden-rows", place, count=len(hidden), row=hidden[0]))
    spans = [
        one
        for one in sheet.merged
        if one.bottom > max(one.top, layout.first_row) and not is_filled(one, layout)
    ]
    if spans:
        place = sheet.at("A", min(one.top for one in spans))
        found.append(problem("merged-rows", place, count=len(spans)))
    for code, numbers in (
        ("total-not-loaded", rows.totals[ROW]),
        ("remark-not-loaded", rows.remarks[ROW]),
        ("section-not-loaded", rows.sections[ROW]),
        ("heading-repeated", rows.repeated),
    ):
        if len(numbers):
            shown = listed(str(row) for row in numbers[:_NAMED])
            found.append(problem(code, sheet.at("A", numbers[0]), rows=shown))
    if rows.beyond:
        place = sheet.at("A", rows.beyond[0])
        heads = listed(rows.headed[:_NAMED])
        found.append(problem("second-table", place, count=len(rows.beyond), headings=heads))
    return [*found, *_unheaded(sheet, layout)]


def _unheaded(sheet: Sheet, layout: Layout) -> list[Problem]:
    """What is said of columns that hold something below the headings and have none themselves."""
    headed = {one.letter for one in layout.columns}
    below = sheet.cells.slice(layout.first_row - 1)
    found = {
        column.name: row
        for column in below
        if column.name not in headed
        and (row := column.str.contains(r"\S").fill_null(value=False).arg_max()) is not None
        and (column[row] or "").strip()
    }
    if not found:
        return []
    letter, first = min(found.items(), key=lambda one: one[1])
    names = "、".join(list(found)[:_NAMED])
    row = layout.first_row + first
    return [problem("cells-without-heading", sheet.at(letter, row), columns=names, row=row)]


def unread(
    book: Book, layout: Layout, children: Sequence[Layout], others: Collection[str]
) -> list[Problem]:
    """What is said of those of the `others` among the sheets that were not read."""
    read = {layout.sheet, *OWN_SHEETS, *(one.sheet for one in children)}
    return [
        problem(_unread(sheet, layout), sheet=sheet.name)
        for sheet in book.sheets
        if sheet.name in others and sheet.name not in read and sheet.cells.height
    ]


def _unread(sheet: Sheet, layout: Layout) -> str:
    """What is said of a sheet: it may be of the same ledger, a county's or a month's beside it."""
    found = plainly(sheet)
    return SAME_LEDGER if found and found.ledger is layout.ledger else "sheet-not-read"
