"""Search for other systems: the same question and the same scope as the page's.

A person's name is asked for in a body and never in an address, where logs would keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from jiedui import ledgers
from jiedui.site.api.answers import BRINGING, READING, FaultsError, Strict
from jiedui.site.api.asking import MOST, Paged
from jiedui.site.api.authority import reader
from jiedui.site.store import door, questions, searching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from jiedui.access import Viewer

router = Router()
LONGEST = 200
_Text = Annotated[str, Field(max_length=LONGEST)]


class Words(BaseModel):
    """What is looked for; a word that is not given narrows nothing."""

    q: str = Field("", description="词语，空格分开，都要有")
    kind: str = Field("", description="台账、名录的名称，或 documents")
    place: str = Field("", description="地区的代码或名称，含下级")
    party: str = Field("", description="单位的记录号或全称")
    since: str = Field("", description="自某日、某月或某年，如 2024-05")
    until: str = Field("", description="至某日、某月或某年，如 2024")


class Sought(Strict):
    """The same with a person, whose name stands in a body alone."""

    q: _Text = Field("", description="词语，空格分开，都要有")
    person: _Text = Field("", description="姓名；受保护的姓名只有本单位查得到")
    kind: _Text = Field("", description="台账、名录的名称，或 documents")
    place: _Text = Field("", description="地区的代码或名称，含下级")
    party: _Text = Field("", description="单位的记录号或全称")
    since: _Text = Field("", description="自某日、某月或某年，如 2024-05")
    until: _Text = Field("", description="至某日、某月或某年，如 2024")
    page: Annotated[int, Field(ge=1, le=searching.MOST)] = Field(1, description="第几页")
    size: Annotated[int, Field(ge=1, le=MOST)] = Field(50, description="一页几项")


class OneHit(Strict):
    """One entry or document that was found."""

    kind: str
    key: str
    title: str
    place: str | None
    day: str | None


class Hits(Strict):
    """A page of what was found, the newest first."""

    total: int
    more: bool = Field(description="多于 total，只数到这里")
    page: int
    pages: int
    behind: bool = Field(description="索引还没有收完最近的入账")
    demonstration: bool
    hits: list[OneHit]


@router.get("search", url_name="search", operation_id="search", response=READING | {200: Hits})
def find(request: HttpRequest, words: Query[Words], paged: Query[Paged]) -> dict[str, Any]:
    """A page of what the viewer may see and the question asks for."""
    return _found(reader(request), words.model_dump(), paged.page, paged.size)


@router.post(
    "search", url_name="search", operation_id="search-person", response=BRINGING | {200: Hits}
)
def find_person(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    """The same, with a person's name too; nothing is written."""
    said = sought.model_dump(exclude={"page", "size"})
    return _found(reader(request), said, sought.page, sought.size)


def _found(viewer: Viewer, words: Mapping[str, str], number: int, size: int) -> dict[str, Any]:
    asked = questions.read(words, viewer)
    if asked.faults:
        raise FaultsError(asked.faults)
    found = searching.search_for(asked.question, viewer, page=number, size=size)
    return {
        "total": found.total,
        "more": found.more,
        "page": found.page,
        "pages": found.pages,
        "behind": found.behind,
        "demonstration": viewer.demonstration,
        "hits": [_shown(hit) for hit in found.hits],
    }


def _shown(hit: searching.Hit) -> dict[str, Any]:
    place = hit.entry.values.get("place") if hit.entry else None
    kind = ledgers.get(hit.kind)
    title = door.label(kind, hit.entry) if kind and hit.entry else hit.title or _("资料")
    return {
        "kind": hit.kind,
        "key": hit.key,
        "title": title,
        "place": place if isinstance(place, str) else None,
        "day": hit.day.isoformat() if hit.day else None,
    }


__all__ = ["router"]
