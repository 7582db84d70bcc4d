"""Lists: entries as rows of texts, headings that sort, and the ways through the pages.

Not for one entry: that is `display`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jiedui.ledgers.words import Choice, Many, Ref
from jiedui.site.web.display import entry_href, labeller, text
from jiedui.site.web.tongue import html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.safestring import SafeString

    from jiedui.access import Viewer
    from jiedui.ledgers.declare import Ledger
    from jiedui.ledgers.words import Field
    from jiedui.site.store import documents, door, searching


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a list: its label, where a click sorts, and how it is sorted now."""

    label: str
    href: str
    sorted: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """An entry as a row: its page, its texts, and its cells drawn.

    The cells are drawn here and not in a template, which takes ten times as long over a page.
    """

    href: str
    texts: tuple[str, ...]
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Table:
    """A list of entries ready to be drawn."""

    headings: tuple[Heading, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands, and the ways back and on."""

    number: int
    last: int
    total: int
    back: str
    on: str


def sortable(one: Field) -> bool:
    """Whether a list can be put in the order of a field."""
    return not isinstance(one, Many | Ref) and not one.person


def table(
    viewer: Viewer,
    ledger: type[Ledger],
    entries: Iterable[door.Entry],
    times: Mapping[str, str],
    order: str = "",
    here: str = "",
    words: Mapping[str, str] | None = None,
    *,
    columns: Sequence[str] = (),
) -> Table:
    """The listed columns of entries, or these; sortable when `here` says where the list lives."""
    entries = tuple(entries)
    listed = [ledger.fields[name] for name in columns or ledger.listed]
    label = None
    if any(isinstance(one, Ref) for one in listed):
        label = labeller(viewer, ledger, entries)
    query = f"?{urlencode(times)}" if times else ""
    before = [f' data-label="{escape(_(one.label))}">' for one in listed]
    rows = []
    for entry in entries:
        href = entry_href(ledger.name, entry.key) + query
        texts = tuple(text(one, entry.values.get(one.name), label) for one in listed)
        cells: list[str] = [conditional_escape(html(said)) for said in texts]
        cells[0] = f'<a href="{escape(href)}">{cells[0] or "—"}</a>'
        drawn = "".join(
            f'<td class="{_cell_class(one, entry)}"{name}{cell}</td>'
            for one, name, cell in zip(listed, before, cells, strict=True)
        )
        # Every part is escaped above or comes from the declaration; format_html escapes each
        # part through two more layers, which is half the time of a list.
        rows.append(TableRow(href, texts, mark_safe(drawn)))  # noqa: S308 - escaped above
    headings = tuple(_heading(one, order, here, words or {}) for one in listed)
    return Table(headings, tuple(rows))


def pages(
    found: door.Page | documents.DocumentPage | searching.Found, here: str, words: Mapping[str, str]
) -> Pages:
    """The ways back and on from a page of a list."""
    last = found.pages

    def to(number: int) -> str:
        return f"{here}?{urlencode({**words, 'page': number})}"

    return Pages(
        found.page,
        last,
        found.total,
        to(found.page - 1) if found.page > 1 else "",
        to(found.page + 1) if found.page < last else "",
    )


def _heading(one: Field, order: str, here: str, words: Mapping[str, str]) -> Heading:
    direction = {one.name: "ascending", f"-{one.name}": "descending"}.get(order, "")
    if not here or not sortable(one):
        return Heading(one.label, "", direction, one.kind)
    turned = f"-{one.name}" if direction == "ascending" else one.name
    return Heading(
        one.label, f"{here}?{urlencode({**words, 'order': turned})}", direction, one.kind
    )


def _cell_class(one: Field, entry: door.Entry) -> str:
    """A field's kind, and for the state its code: declared words only, safe as they are."""
    if one.name == "state" and isinstance(one, Choice):
        code = str(entry.values.get("state"))
        return f"state state-{code}" if code in one.choices else "state"
    return one.kind
