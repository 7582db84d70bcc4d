"""The words of an address and of a body: their types, and nothing about what they must say.

A raw cell is text, or child rows of texts: everything else about it is `ledgers.check`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema, create_model

from jiedui import indicators, ledgers
from jiedui.ledgers.words import Ref
from jiedui.problems import Field as At
from jiedui.problems import problem
from jiedui.site.api.answers import FaultsError, Strict, not_here
from jiedui.site.store import door
from jiedui.site.web.narrowing import filters_of, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jiedui.access import Viewer
    from jiedui.ledgers import Ledger

LARGEST = 10**9
MOST = 200
SIZE = 50
ROWS = 2_000
# More than all fields of a ledger and its child rows: a frame has a column for each.
NAMES = 300
CHILDREN = 20_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,10}")


def _day(text: object) -> date:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError(_("应为日期，如 2024-06-30"))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("应为真实存在的日期，如 2024-06-30")) from None


def _whole(low: int, high: int) -> BeforeValidator:
    def read(text: object) -> int:
        if not isinstance(text, str) or not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
            said = _("应为 %(low)s 到 %(high)s 的整数") % {"low": low, "high": high}
            raise ValueError(said)
        return int(text)

    return BeforeValidator(read)


def _number(low: int, high: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


def _words(sort: Iterable[str]) -> WithJsonSchema:
    # Said, not demanded: a name that there is not is answered with 404.
    return WithJsonSchema({"type": "string", "enum": sorted(sort)})


LedgerName = Annotated[str, _words(ledgers.ledgers())]
Code = Annotated[str, _words(indicators.declared())]
Key = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{12}$"})]
Day = Annotated[
    date | None, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
Link = Annotated[int | None, _whole(1, LARGEST), _number(1, LARGEST)]
Year = Annotated[int | None, _whole(1900, 2999), _number(1900, 2999)]
Page = Annotated[int, _whole(1, LARGEST), _number(1, LARGEST)]
Size = Annotated[int, _whole(1, MOST), _number(1, MOST)]

Child = dict[str, str | None]
Cell = str | None | list[Child]
Cells = dict[str, Cell]


class Paged(BaseModel):
    """Which page, and how long one is."""

    page: Page = Field(1, description="第几页")
    size: Size = Field(SIZE, description="一页几项")


class Times(BaseModel):
    """Until when things happened, and as known at which link."""

    until: Day = Field(None, description="截止日")
    known: Link = Field(None, description="只看到第几号入账")


class Known(BaseModel):
    """As known at which link."""

    known: Link = Field(None, description="只看到第几号入账")


class Cuts(Times):
    """How figures are narrowed and cut."""

    by: str = Field("", description="分组，逗号隔开，如 month")
    pairing: str = Field("", description="结对关系的记录号")
    year: Year = Field(None, description="年度")


def _filters() -> type[BaseModel]:
    names = dict.fromkeys(name for kind in ledgers.ledgers().values() for name in filters_of(kind))
    said = _filter_words(names)
    made: dict[str, Any] = {name: (str, Field("", description=said[name])) for name in names}
    return create_model("Filters", __doc__="What a list is narrowed by.", **made)


def _filter_words(names: Iterable[str]) -> dict[str, str]:
    return {
        name: "、".join(
            kind.name for kind in ledgers.ledgers().values() if name in filters_of(kind)
        )
        for name in names
    }


if TYPE_CHECKING:
    Filters: TypeAlias = BaseModel
else:
    Filters = _filters()


class Rows(Strict):
    """Rows to be checked, each its raw cells by field."""

    rows: Annotated[list[Cells], Field(max_length=ROWS, description="各行的栏")]


class New(Strict):
    """A new entry."""

    cells: Cells = Field(description="各栏的内容，同表格中所填")
    why: str = Field("", description="说明")


class Amendment(Strict):
    """Cells to be changed; those that are not given stay as they are."""

    cells: Cells = Field(description="要改的栏")
    base: int = Field(description="据以更正的版本")
    why: str = Field(description="更正的原因")


class Withdrawal(Strict):
    """Why an entry goes."""

    base: int = Field(description="据以撤销的版本")
    why: str = Field(description="撤销的原因")


class Step(Strict):
    """A step of the review."""

    to: Literal["submitted", "confirmed", "returned"] = Field(description="审核环节")
    base: int = Field(description="据以处理的版本")
    why: str = Field("", description="退回的理由")


def ledger(name: str) -> type[Ledger]:
    """The ledger of an address."""
    found = ledgers.get(name)
    if found is None:
        raise not_here()
    return found


def few_names(rows: Iterable[Cells]) -> None:
    """Refuse rows with more names, or more child rows, than any ledger has.

    Each name is a column of the frame, for every row and child row: a small body must not become
    a large one.
    """
    names: set[tuple[str, str]] = set()
    children = 0
    for row in rows:
        for name, cell in row.items():
            names.add((name, ""))
            if isinstance(cell, list):
                children += len(cell)
                names.update((name, inner) for child in cell for inner in child)
    if len(names) > NAMES:
        raise FaultsError([problem("too-many-names", limit=NAMES, length=len(names))])
    if children > CHILDREN:
        raise FaultsError([problem("too-many-children", limit=CHILDREN, length=children)])


def filters(kind: type[Ledger], viewer: Viewer, asked: BaseModel) -> dict[str, str]:
    """The filters of a list as the door takes them; what cannot be met is a problem."""
    words = {name: text for name, text in asked.model_dump().items() if text.strip()}
    strange = [name for name in words if name not in filters_of(kind)]
    found, faults = narrowed(kind, viewer, _with_ids(kind, words))
    faults += [problem("unknown-field", At(name), label=name) for name in strange]
    if faults:
        raise FaultsError(faults)
    return found


def order(kind: type[Ledger], text: str) -> str:
    """The order of a list; one that it cannot have is a problem."""
    if text and text.removeprefix("-") not in kind.listed:
        raise FaultsError([problem("unknown-field", At("order"), text, label=text)])
    return text


def _with_ids(kind: type[Ledger], words: Mapping[str, str]) -> dict[str, str]:
    """Keys of entries, as this interface gives them, as the ids that the door filters by."""
    made = dict(words)
    for name, text in words.items():
        if isinstance(kind.fields.get(name), Ref):
            number = door.entry_id(text)
            made[name] = text if number is None else str(number)
    return made
