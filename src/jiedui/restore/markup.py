"""Entities and tags of HTML that a copy left in Chinese prose: 甲&nbsp;乙, <p>, <span …>.

Not for the source of web pages, which is read as such elsewhere, nor for text about markup.
"""

from __future__ import annotations

import re
from collections import Counter
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.prose import HANZI, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["entities", "tags"]

_ENTITY = re.compile(
    r"&(?:amp;)*(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z]{2,8}[0-9]?));"
)
_NAMES = name2codepoint | {"apos": 0x27}

_BLOCKS = frozenset((
    "p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table",
    "tbody", "thead", "tr", "section", "article", "center", "blockquote",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_INLINE = frozenset((
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "img", "sup", "sub", "small", "big",
    "strike", "o:p", "st1:p",
))  # fmt: skip
# These have no end, or need none.
_OPEN = frozenset(("br", "hr", "img", "p", "li", "td", "th", "tr"))
_NAME = "|".join(sorted(_BLOCKS | _CELLS | _INLINE, key=len, reverse=True))
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAME})(?:[\s/][^<>]{{0,2000}})?>|<!--(?:(?!<!--|-->)[\s\S]){{0,4000}}-->",
    re.IGNORECASE,
)
_HANZI = re.compile(f"[{HANZI}]")
_LEAST = 2
_SURE = 0.98

_ENTITY_SAID = said("网页的字符代码没有还原，已换成所代表的字符")
_TAG_SAID = said("复制网页时带入的标记，已去除")


def entities(text: str) -> list[Change]:
    """Find the references to characters, also those escaped again and again."""
    if "&" not in text or not _ENTITY.search(text):
        return []
    # A page may have nothing but references for its Chinese characters.
    if not is_prose(_ENTITY.sub(_meant, text)):
        return []
    return [
        Change(match.start(), match.end(), match[0], became, "entity", _ENTITY_SAID, _SURE)
        for match in _ENTITY.finditer(text)
        if (became := _meant(match)) and not _is_quoted(text, *match.span())
    ]


def _meant(match: re.Match[str]) -> str:
    """The character that a reference stands for; nothing when there is none that text holds."""
    if match["name"]:
        point = _NAMES.get(match["name"], 0)
    else:
        point = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    if point < 0x20 and point not in (0x9, 0xA):
        return ""
    is_character = point <= 0x10FFFF and not (0x7F <= point < 0xA0 or 0xD800 <= point < 0xE000)
    return chr(point) if is_character else ""


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in frozenset("“‘`'\"「") and text[end : end + 1] in frozenset(
        "”’`'\"」"
    )


def tags(text: str) -> list[Change]:
    """Find the tags; a block becomes the end of a line where there is none."""
    if "<" not in text or not _TAG.search(text) or not is_prose(text):
        return []
    found = list(_TAG.finditer(text))
    known = _paired(found)
    found = [match for match in found if _name(match) in known]
    if len(found) < _LEAST or len(_HANZI.findall(_TAG.sub("", text))) < len(found):
        return []
    return [_change(text, group) for group in _groups(text, found)]


def _name(match: re.Match[str]) -> str:
    return (match["name"] or "").lower()


def _paired(found: list[re.Match[str]]) -> frozenset[str]:
    """The names that begin and end, or need no end: in a formula a<b>c there is no </b>."""
    begun = Counter(_name(match) for match in found if not match["end"])
    ended = Counter(_name(match) for match in found if match["end"])
    names = {name for name in begun if name in ended or name in _OPEN or not name}
    return frozenset(names)


def _groups(text: str, found: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Tags with nothing but blanks between them, together."""
    group: list[re.Match[str]] = []
    for match in found:
        if group and text[group[-1].end() : match.start()].strip():
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _change(text: str, group: list[re.Match[str]]) -> Change:
    start, end = group[0].start(), group[-1].end()
    names = {_name(match) for match in group}
    found = text[start:end]
    became = ""
    if not start or end == len(text) or "\n" in (text[start - 1], text[end]):
        became = ""
    elif "\n" in found or names & _BLOCKS:
        became = "\n"
    elif names & _CELLS:
        became = "\t"
    elif " " in _TAG.sub("", found):
        became = " "
    return Change(start, end, found, became, "tag", _TAG_SAID, _SURE)
