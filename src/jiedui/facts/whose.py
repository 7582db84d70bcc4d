"""Whose a post is: the place that it names, or leaves unsaid and the text lets conclude.

A bare 省委书记 belongs to the side whose newspaper tells it, else to the side that received; behind
及 or 、 to the post before. Not for reading posts: `posts.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui import places
from jiedui.facts.gazetteer import abbreviation, fits
from jiedui.facts.sides import province

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiedui.facts.groups import Group
    from jiedui.facts.model import How
    from jiedui.facts.view import View
    from jiedui.places import PlaceCode

__all__ = ["Context", "PostPlace", "place_of_posts"]

SITES = 60
"""How many sites of a text are asked what a bare 县 or 州 may mean."""
_SENT = re.compile(
    r"援[派建]?(?P<sign>.)|前方指挥部|前指|工作队|工作组|挂职|领队|总指挥|指挥长|代表团|考察团|援派"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The places a text is about: who receives, who comes, and whom the source speaks for."""

    home: PlaceCode | None
    host: PlaceCode | None
    origin: PlaceCode | None
    sites: tuple[PlaceCode, ...] = ()

    def unsaid(self) -> tuple[PlaceCode, ...]:
        """The places that a bare 省委 or 市长 may mean, likeliest first, with those above them."""
        chosen: list[PlaceCode] = []
        sides = {province(p) for p in (self.host, self.origin) if p}
        for place in (self.home, self.host, self.origin):
            if place is None or (place == self.home and sides and province(place) not in sides):
                continue
            chosen += [place, *reversed(places.ancestors(place))]
        return tuple(dict.fromkeys(chosen))

    def side_of_source(self) -> PlaceCode | None:
        """The province whose posts a text names without place: the source's own, or the host."""
        sides = [province(place) for place in (self.host, self.origin) if place]
        own = province(self.home) if self.home else None
        return own if own in sides else sides[0] if sides else own


@dataclass(frozen=True, slots=True)
class PostPlace:
    """The place of a group's post, and whether the text says it or the rules derive it."""

    code: PlaceCode | None
    how: How


def place_of_posts(seen: View, found: Sequence[Group], context: Context) -> list[PostPlace]:
    """The place of each group's post, in the order of the groups."""
    given: dict[int, PostPlace] = {}
    result: list[PostPlace] = []
    unsaid = context.unsaid()
    for group in found:
        place = _place(seen, group, context, given, unsaid)
        given[id(group)] = place
        result.append(place)
    return result


def _place(
    seen: View,
    group: Group,
    context: Context,
    given: Mapping[int, PostPlace],
    unsaid: Sequence[PlaceCode],
) -> PostPlace:
    post = group.post
    if post is None or group.rule == "person-honour":
        return PostPlace(None, "stated")
    if post.code:
        return PostPlace(post.code, "stated")
    before = _shared(seen, group, given)
    if before and post.level and _fits(before, post.level):
        return PostPlace(before, "derived")
    code = (
        _fitting(unsaid, post.level)
        or _beside(group, given, post.level)
        or _fitting(context.sites[:SITES], post.level)
        or _sender(seen.text[post.start : post.end], context)
        or before
        or (context.side_of_source() if post.level else None)
    )
    return PostPlace(code, "derived")


def _fitting(options: Sequence[PlaceCode], level: str | None) -> PlaceCode | None:
    """The first place, or the first above one, that is of a level."""
    return next((code for code in options if level and fits(code, level)), None)


def _beside(group: Group, given: Mapping[int, PostPlace], level: str | None) -> PlaceCode | None:
    """The place of the post before in a row (某区委常委某某，区农业农村局局长某某)."""
    before = given.get(id(group.inherits)) if group.inherits else None
    return before.code if before and before.code and level and fits(before.code, level) else None


def _shared(seen: View, group: Group, given: Mapping[int, PostPlace]) -> PlaceCode | None:
    """The place of the post before, when 及 or 、 joins the two; a comma begins another side."""
    before = group.inherits
    if before is None or "," in seen.text[before.end : group.start]:
        return None
    place = given.get(id(before))
    return place.code if place else None


def _sender(post: str, context: Context) -> PlaceCode | None:
    """The side that sent a post named after the task and not after a place (援某工作队领队)."""
    sent = _SENT.search(post)
    if sent is None:
        return None
    to = abbreviation(sent["sign"]) if sent["sign"] else None
    receives_at_origin = to is not None and to == context.origin
    return context.host if receives_at_origin else context.origin


def _fits(code: PlaceCode, level: str) -> bool:
    return any(fits(one, level) for one in (code, *places.ancestors(code)))
