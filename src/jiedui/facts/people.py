"""Persons with post and side, and what they did: groups of names under one post, one predicate.

A post is read backwards from its head, names forwards from it; the words behind a group say what
its people did, and groups joined by a comma or 及 share the words behind the last. Who is only
cited (学习贯彻某某总书记重要讲话精神) took no part. Not for events: `events.py` gathers the people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.facts.deeds import joined, mark_cited, say
from jiedui.facts.groups import Group, Mention
from jiedui.facts.names import NameAt, listed, name_at
from jiedui.facts.posts import HEAD, Post, is_loose, post_before
from jiedui.facts.view import Taken, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiedui.facts.gazetteer import Gazetteer
    from jiedui.places import PlaceCode

__all__ = ["groups"]

_GLUE = re.compile(r"(?:以及|及|和|与|、|,| )?")
_TO_NEXT = re.compile(r"、|以及|及|和|与")
_HONOUR = re.compile(r"(?:总书记|国家主席|主席|总理|委员长|同志)(?!团|台|台上|室|会)")
_OPENING = re.compile(
    r"(?:[^\u4e00-\u9fff]|贯彻|落实|学习|宣传|按照|遵循|牢记|遵照|践行|围绕|根据|领会|把握|传达|"
    r"接受|转达|表达|感谢|会见|受|在|对|以|和|与|同|是|了|着|把|将|由|向|给|时任|的|随|为|请|从|到|要|用|让|跟|沿)$"
)
_SOLO = re.compile(
    r"(?=(?:出席|参加|主持|陪同|致辞|分别介绍|分别致辞|分别讲话|分别主持|一同|应邀出席))"
)
_SENTENCE = re.compile(r"(?:^|(?<=[。;,\n]))(?=[\u4e00-\u9fff])")
_CLAUSE = re.compile(r"^|[。;,、\n :!由和与及]|期间|会上|随后", re.MULTILINE)
_NAME_LIMIT = 60


def groups(seen: View, gazetteer: Gazetteer, near: Sequence[PlaceCode], start: int) -> list[Group]:
    """Every group of named persons from `start` on, in order, with what they did."""
    found = list(_under_posts(seen, gazetteer, near, start))
    taken = Taken(len(seen.text), ((group.start, group.end) for group in found))
    for step in (_honoured, _alone, _again):
        for group in list(step(seen, found, taken, start)):
            taken.add(group.start, group.end)
            found.append(group)
    found.sort(key=lambda group: group.start)
    mark_cited(seen, found)
    say(seen, found)
    return found


def _under_posts(
    seen: View, gazetteer: Gazetteer, near: Sequence[PlaceCode], start: int
) -> Iterator[Group]:
    text = seen.text
    done = start
    last: Group | None = None
    for head in HEAD.finditer(text, start):
        if head.end() < done:
            continue
        names = () if _within_place(text, head, gazetteer) else _names_from(text, head)
        if not names:
            continue
        post = post_before(text, head, gazetteer, near)
        if post is None or post.start < start:
            continue
        group = Group(post.start, names[-1].end, post, names, "person-post")
        if len(names) > 1:
            group.rule = "person-list"
        if last is not None and joined(text, last.end, post.start):
            group.inherits = last
        yield group
        last, done = group, names[-1].end


def _within_place(text: str, head: re.Match[str], gazetteer: Gazetteer) -> bool:
    """Whether the last character of a head begins a place (西安市|长安区)."""
    last = head.end() - 1
    return text[last] == "长" and any(end - last > 2 for end, _ in gazetteer.name_at(text, last))


def _names_from(text: str, head: re.Match[str]) -> tuple[Mention, ...]:
    """The names behind a post: one, or a list with 、 and 和."""
    at = head.end()
    while text[at : at + 1] in {" ", ":"} and at < len(text):
        at += 1
    names: list[Mention] = []
    loose = is_loose(head.group())
    while len(names) < _NAME_LIMIT:
        found = name_at(text, at, further=bool(names), behind_post=True)
        if found is None or (names and not _belongs(text, found)):
            break
        if not names and loose and not (found.sure and found.name[0] not in "和党"):
            break
        names.append(Mention(found.name, found.start, found.end, found.sure))
        glue = _TO_NEXT.match(text, found.end)
        if not glue:
            break
        at = glue.end()
    return tuple(names)


def _belongs(text: str, found: NameAt) -> bool:
    """Whether a further item of a list is a name and not the beginning of a post or a place."""
    following = text[found.end : found.end + 1]
    if text[found.start : found.start + 3] in {"省委常", "市委常"}:
        return False
    return found.sure or following in "、,。;及和与以同"


def _honoured(seen: View, _: Sequence[Group], taken: Taken, start: int) -> Iterator[Group]:
    """Persons named before their honour: 某某总书记, 某某同志."""
    text = seen.text
    for hit in _HONOUR.finditer(text, start):
        if taken.touches(*hit.span()):
            continue
        for length in (4, 3, 2):
            at = hit.start() - length
            if at >= start and _is_name(text, at, hit.start()) and _opens(text, at):
                name = Mention(text[at : hit.start()], at, hit.start(), sure=True)
                post = Post(hit.start(), hit.end(), None, None)
                yield Group(at, hit.end(), post, (name,), "person-honour", cited=True)
                break


def _opens(text: str, at: int) -> bool:
    """Whether a name without a post before it can begin at a position."""
    return at == 0 or bool(_OPENING.search(text[max(0, at - 3) : at]))


def _is_name(text: str, start: int, end: int) -> bool:
    found = listed(text[start:end], 0, end - start)
    return found is not None and found.sure and text[end - 1] not in "向对给同和与"


def _alone(seen: View, _: Sequence[Group], taken: Taken, start: int) -> Iterator[Group]:
    """Names without a post at the head of a clause, before a verb of taking part."""
    text = seen.text
    for hit in _SENTENCE.finditer(text, start):
        at = hit.start()
        names: list[Mention] = []
        while len(names) < _NAME_LIMIT:
            found = name_at(text, at)
            if found is None or not found.sure:
                break
            names.append(Mention(found.name, found.start, found.end, found.sure))
            glue = _TO_NEXT.match(text, found.end)
            if not glue:
                break
            at = glue.end()
        if (
            names
            and _SOLO.match(text, names[-1].end)
            and not taken.touches(names[0].start, names[0].end)
        ):
            yield Group(names[0].start, names[-1].end, None, tuple(names), "person-bare")


def _again(seen: View, known: Sequence[Group], taken: Taken, start: int) -> Iterator[Group]:
    """Later mentions of names that the text has given before, without their post."""
    text = seen.text
    names = {name.name for group in known if group.rule != "person-bare" for name in group.names}
    if not names:
        return
    lengths = sorted({len(name) for name in names}, reverse=True)
    for clause in _CLAUSE.finditer(text, start):
        at = clause.end()
        word = next((text[at : at + n] for n in lengths if text[at : at + n] in names), None)
        if word and not taken.touches(at, at + len(word)):
            name = Mention(word, at, at + len(word), sure=True)
            yield Group(at, name.end, None, (name,), "person-again")
