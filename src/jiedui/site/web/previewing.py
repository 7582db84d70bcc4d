"""A workbook's preview as the page shows it: columns, problems, and rows by what they would do.

Not for deciding what a row does: that is `store.comparing`; here are only the words for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jiedui.ledgers.words import Ref
from jiedui.problems import Cell
from jiedui.site.store import door
from jiedui.site.web import answering, display, listing, page, tongue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.utils.safestring import SafeString

    from jiedui.access import Viewer
    from jiedui.intake import Layout
    from jiedui.ledgers import Ledger
    from jiedui.problems import Problem
    from jiedui.site.store.batches import Preview
    from jiedui.site.store.planning import Planned

    Label = Callable[[str, int], str]

SIZE = 50
# What a row would do, in the order of the tabs; problems come first, they are to be mended.
DOES = {
    "problem": gettext_noop("有问题"),
    "double": gettext_noop("疑似重复"),
    "asked": gettext_noop("像是改正"),
    "added": gettext_noop("新增"),
    "changed": gettext_noop("更正"),
    "unchanged": gettext_noop("不变"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """The rows that would do one thing: how many, and the way to them."""

    code: str
    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the sheet: its number, what it would do, its cells, what it may be answered.

    `letter` is the column of its cell, where the row is an entry for each of several.
    """

    number: int
    letter: str
    code: str
    does: str
    href: str
    cells: SafeString
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of rows; a heading is its words and the kind of its column."""

    headings: tuple[tuple[str, str], ...]
    rows: tuple[RowShown, ...]
    pages: listing.Pages


def tabs(preview: Preview, here: str, show: str) -> list[Tab]:
    """The ways to the rows of each sort that there are."""
    found = [Tab("", _("全部"), preview.rows, here, not show)]
    for code, label in DOES.items():
        if count := preview.counts.get(code, 0):
            href = page.address(here, show=code)
            found.append(Tab(code, _(label), count, href, code == show))
    return found


def rows(
    viewer: Viewer, kind: type[Ledger], preview: Preview, here: str, *, show: str, number: int
) -> Rows:
    """A page of the rows that would do `show`, or of all."""
    total = preview.counts[show] if show else preview.rows
    last = max(1, -(-total // SIZE))
    number = min(number, last)
    part = preview.part(show, (number - 1) * SIZE, SIZE)
    over = [_over(preview.layout, one) for one in part]
    known = _faults(preview)
    faults = [
        known.get((one.row, ""), {}) | (known.get((one.row, at), {}) if at else {})
        for one, at in zip(part, over, strict=True)
    ]
    names = _columns(kind, part, faults)
    label = labeller(viewer, kind, part)
    words = {"show": show} if show else {}

    def to(one: int) -> str:
        return page.address(here, **words, page=one) + "#rows"

    return Rows(
        tuple((_(kind.fields[name].label), kind.fields[name].kind) for name in names),
        tuple(
            _row(kind, one, names, mine, label, letter=_letter(preview.layout, at))
            for one, mine, at in zip(part, faults, over, strict=True)
        ),
        listing.Pages(
            number, last, total,
            to(number - 1) if number > 1 else "", to(number + 1) if number < last else "",
        ),
    )  # fmt: skip


def _faults(preview: Preview) -> dict[tuple[int, str], dict[str, list[Problem]]]:
    """The problems of the entries' own cells, by field, at a row and what stands over the cell."""
    layout = preview.layout
    by_letter = {one.letter: one for one in layout.columns if one.field}
    found: dict[tuple[int, str], dict[str, list[Problem]]] = {}
    for one in preview.problems:
        at = one.at
        if isinstance(at, Cell) and at.sheet == layout.sheet and at.column in by_letter:
            column = by_letter[at.column]
            cell = found.setdefault((at.row, column.at), {})
            cell.setdefault(column.field.partition(".")[0], []).append(one)
    return found


def _over(layout: Layout, one: Planned) -> str:
    """What stands over the cell of a row that is several entries, as its column has it."""
    value = one.values.get(layout.across) if layout.across else None
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value or "")


def _letter(layout: Layout, at: str) -> str:
    """The column in which an entry stands, where its row is several."""
    return next((one.letter for one in layout.wide if one.at == at), "") if at else ""


def _columns(
    kind: type[Ledger], part: Sequence[Planned], faults: Sequence[Mapping[str, object]]
) -> list[str]:
    """The fields to show: the listed ones, and what changes or is faulty on this page."""
    wanted = {name for name in kind.listed if kind.fields[name].typed}
    for one, mine in zip(part, faults, strict=True):
        wanted |= {change.field for change in one.changes} | set(mine)
    return [name for name in kind.fields if name in wanted and name != "year"]


def _row(
    kind: type[Ledger],
    one: Planned,
    names: Iterable[str],
    faults: Mapping[str, Sequence[Problem]],
    label: Label,
    *,
    letter: str,
) -> RowShown:
    changes = {change.field: change for change in one.changes}
    cells = []
    for name in names:
        declared = kind.fields[name]
        text = display.text(declared, one.values.get(name), label)
        shown: SafeString | str = tongue.html(text)
        if name in faults:
            shown = _faulty(faults[name], text)
        elif name in changes:
            old = display.text(declared, changes[name].old, label)
            shown = _changed(old, display.text(declared, changes[name].new, label))
        cells.append((declared.kind, _(declared.label), shown))
    drawn = format_html_join("", '<td class="{}" data-label="{}">{}</td>', cells)
    href = display.entry_href(kind.name, one.base.key) if one.base else ""
    said = tuple(answering.answers(does := str(one.does)))
    return RowShown(one.row, letter, does, _(DOES[does]), href, drawn, said)


def _faulty(problems: Sequence[Problem], text: str) -> SafeString:
    said = format_html_join(" ", "<small>{}</small>", ((_(one.title),) for one in problems))
    return format_html(
        '<span class="wrong-cell">{}</span> {}',
        tongue.html(problems[0].found or text) or _("（空）"),
        said,
    )


def _changed(old: str, new: str) -> SafeString:
    arrow = mark_safe(' <span aria-hidden="true">→</span> ')
    before = format_html("<del>{}</del>", tongue.html(old) or _("（空）"))
    return format_html("{}{}<ins>{}</ins>", before, arrow, tongue.html(new) or _("（空）"))


def labeller(viewer: Viewer, kind: type[Ledger], part: Sequence[Planned]) -> Label:
    """Names for every entry that the rows, or what they were before, point to."""
    wanted = set()
    for name, one in kind.fields.items():
        if isinstance(one, Ref):
            seen = [each.values.get(name) for each in part]
            seen += [change.old for each in part for change in each.changes if change.field == name]
            wanted |= {(one.to, value) for value in seen if isinstance(value, int) and value}
    known = door.labels(viewer, wanted) if wanted else {}
    return lambda to, key: known.get((to, key), f"#{key}")
