"""Places of a text: the sites of an itinerary, each with its whole name, and divisions named fully.

The code is of the deepest known division: the town when one of the list is named, else the county,
else the prefecture. What an earlier item of a list says holds for the later ones, down to the
county. Not for the gazetteer itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.deeper import county_of, named_inside, town_at, town_in
from jiedui.facts.model import PlaceFact, Span
from jiedui.facts.sides import province
from jiedui.facts.site_words import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.gazetteer import Chain, Gazetteer
    from jiedui.facts.view import View
    from jiedui.places import PlaceCode

__all__ = ["Itinerary", "itineraries"]

_SUBJECT = (
    r"(?:在[\u4e00-\u9fff]{1,8}期间|期间|其间|此间|代表团|考察团|调研组|慰问团|访问团|考察组|工作组|工作团|交流团|一行|领导|他们|嘉宾|"
    r"当日|当天|[日号]|上午|下午|随后|先后|之后|还|分别|来宾|客人|同志们)"
)
_GO = re.compile(
    r"(?:先后|还|分别|一同|共同|实地|随后|又|再)*"
    r"(?:来到了?|到了|到|赴|前往|深入|走进了?|抵达|实地考察了?|实地察看了?|实地调研了?|实地参观了?|实地走访了?|考察了|参观了|察看了|走访了|调研了|看望了|"
    r"考察|参观|察看|走访|实地查看)(?![到赴团组])"
)
_LEAD = re.compile(_SUBJECT)
_DO = (
    r"(?:等[^,。;!\n、]{0,8})?(?:,)?(?:一同|共同|实地|先后|分别|深入|详细|现场|就|围绕|对)*"
    r"(?:开展|进行)?(?:学习|实地)?(?:考察|调研|参观|察看|查看|走访|看望|慰问|了解|对接|检查|指导|座谈|交流|洽谈|听取|观摩)"
)
_STOP = re.compile(rf"[,。;!\n:]|{_DO}|等(?:地|处|企业|单位|项目|点位|场所)|$")
_PURPOSE = re.compile(rf"\s*{_DO}")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|社区|村)")
_ABOUT = re.compile(r"等?[^,。;!\n、]{0,8}(?:情况|工作|进展|成效|成果|问题|建设)")
_ZONE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:新区|高新区|经开区|开发区)")
_BAD = re.compile(r"[了的]{1}(?:情况|问题|工作)|工作$|情况$|进展$|建设$|发展$")
_LISTING = re.compile(r"、|以及|和|及|与")
_ITEM_LIMIT = 40
_REACH = 400
"""How far a list of sites goes, and how far before it stands who goes."""


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The sites of one sentence; `lead` is where the sentence's words of going begin."""

    start: int
    end: int
    sites: tuple[PlaceFact, ...]
    travels: bool
    """Whether the sentence says who goes: a delegation, 一行, or 在…期间."""


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int


def itineraries(
    seen: View, gazetteer: Gazetteer, host: PlaceCode | None, near: Sequence[PlaceCode], start: int
) -> Iterator[Itinerary]:
    """Every list of sites that people go to, with the place each site lies in."""
    text = seen.text
    done = start
    for go in _GO.finditer(text, start):
        if go.start() < done:
            continue
        far = min(len(text), go.end() + _REACH)
        stop = _STOP.search(text, go.end(), far)
        end = stop.start() if stop else far
        first, _ = seen.sentence(go.start())
        if not _purposeful(text, go, end):
            continue
        items = list(_items(text, go.end(), end, gazetteer, near))
        sites = tuple(_sites(seen, items, gazetteer, host, near))
        if sites:
            done = _behind_purpose(text, end)
            lead = max(first, go.start() - _REACH)
            travels = bool(_LEAD.search(text, lead, go.start())) or go.start() == first
            yield Itinerary(go.start(), end, sites, travels)


def _behind_purpose(text: str, end: int) -> int:
    """The words that say what an itinerary was for (,考察产业园区等情况) are no second one."""
    hit = re.compile(rf"(?:等[^,。;!\n、]{{0,6}})?,?{_DO}").match(text, end)
    return hit.end() if hit else end


def _purposeful(text: str, go: re.Match[str], end: int) -> bool:
    """Whether the going is a visit to sites: it says what for, or the verb itself does."""
    if end - go.end() < 2 or end - go.end() > 400:
        return False
    if _ABOUT.match(text, end):
        return False
    if re.search(r"考察|参观|察看|走访|查看|调研|看望", go.group()):
        return True
    return bool(_PURPOSE.match(text, end)) or text[end : end + 1] == "等"


def _items(
    text: str, start: int, end: int, gazetteer: Gazetteer, near: Sequence[PlaceCode]
) -> Iterator[_Item]:
    """The items of a list; 和 divides only where a place or a site stands on both sides."""
    at = start
    for glue in _LISTING.finditer(text, start, end):
        if glue.start() < at:
            continue
        if glue.group() != "、" and not _divides(
            text, (at, glue.start()), glue, end, gazetteer, near
        ):
            continue
        if glue.start() > at:
            yield _Item(at, glue.start())
        at = glue.end()
    if at < end:
        yield _Item(at, end)


def _divides(
    text: str,
    left: Span,
    glue: re.Match[str],
    end: int,
    gazetteer: Gazetteer,
    near: Sequence[PlaceCode],
) -> bool:
    inside = gazetteer.chain(text, glue.start(), near, counties=True)
    if inside is not None and inside.full:
        # 和政县, 和田地区: the sign belongs to the name.
        return False
    own = gazetteer.chain(text, left[0], near, counties=True)
    whole = own is not None and own.end == left[1]
    if not whole and not SITE.search(text[left[0] : left[1]]):
        return False
    if own is not None and whole and town_at(text, glue.start(), end, own.code):
        # 榆中县和平镇: the sign belongs to the name of the county's town.
        return False
    if gazetteer.chain(text, glue.end(), near, counties=True) is not None:
        return True
    rest = re.compile(r"[、,]|和|$").search(text, glue.end(), end)
    stop = rest.start() if rest else end
    return bool(SITE.search(text[glue.end() : stop]))


def _sites(
    seen: View,
    items: Sequence[_Item],
    gazetteer: Gazetteer,
    host: PlaceCode | None,
    near: Sequence[PlaceCode],
) -> Iterator[PlaceFact]:
    current = host
    for item in items:
        start = _after_noise(seen.text, item)
        word = seen.text[start : item.end]
        if not 2 <= len(word) <= _ITEM_LIMIT or _BAD.search(word) or "?" in word[:2]:
            continue
        around = [place for place in (current, *near) if place]
        chain = _own_chain(seen.text, start, item.end, gazetteer, host, around)
        if not _is_site(word, chain, item.end, current):
            continue
        inside = chain.end if chain else start
        within = chain.code if chain else current
        deeper = named_inside(seen.text, inside, item.end, gazetteer, within, full=bool(chain))
        if chain is None and deeper is None and current and _ZONE.match(word):
            # A development zone stands beside the counties, not in the one named before it.
            current = _above(current)
        current = deeper or (chain.code if chain else current)
        if current:
            town = _town(seen.text, inside, item.end, current)
            yield _site(seen, start, item.end, town or current, stated=bool(chain or deeper))
            current = county_of(town) if town else current


def _town(text: str, start: int, end: int, within: PlaceCode) -> PlaceCode | None:
    """The town of an item: right behind the place it begins with, or in its middle."""
    at = start + (text[start : start + 1] == "的")
    behind = town_at(text, at, end, within)
    return behind[1] if behind else town_in(text, at, end, within)


def _own_chain(
    text: str,
    start: int,
    end: int,
    gazetteer: Gazetteer,
    host: PlaceCode | None,
    near: Sequence[PlaceCode],
) -> Chain | None:
    """The place an item begins with; a school named after the other side is not where it lies."""
    chain = gazetteer.chain(text, start, near, counties=True)
    if chain is None or chain.end > end or (host and province(chain.code) != province(host)):
        return None
    return chain


def _is_site(word: str, chain: Chain | None, end: int, current: PlaceCode | None) -> bool:
    """Whether an item is a place below a province, or a site in one that is known."""
    if chain is not None and chain.end == end:
        return not chain.code.endswith("0000")
    known = chain is not None or current is not None
    return known and bool(SITE.search(word) or _TOWN.search(word))


def _above(code: PlaceCode) -> PlaceCode:
    above = places.ancestors(code)
    return max(above) if above else code


def _after_noise(text: str, item: _Item) -> int:
    hit = re.compile(r"(?:位于|坐落于|在|了|的|以及| |还|先后|分别)+").match(
        text, item.start, item.end
    )
    return hit.end() if hit else item.start


def _site(seen: View, start: int, end: int, code: PlaceCode, *, stated: bool) -> PlaceFact:
    return PlaceFact(
        start=start,
        end=end,
        quote=seen.quote(start, end),
        rule="place-site" if stated else "place-site-in-list",
        confidence=0.95 if stated else 0.75,
        code=code,
        name=seen.text[start:end].replace(" ", ""),
        how="stated" if stated else "derived",
    )
