"""Character references that a conversion of web pages left in text: &nbsp; &amp;ldquo; &#8212;.

Only where a page is Chinese prose: a page about markup, or one that is source itself, is left as
it is. Names are those of HTML 4, since `&c;` and the like occur in ordinary text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import is_chinese, is_source, speaks_of_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["entities"]

_REFERENCE = re.compile(
    r"[&＆](?:amp[;；])*(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]{0,2})[;；]"
    r"|&(nbsp)(?![\w=;；])"
)
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_NAMES = frozenset(name2codepoint) | {"apos"}
_SURE, _UNSURE = 0.99, 0.5

_REASON = said("网页字符引用未还原")
_UNREADABLE = said("网页字符引用，所指不是可写的字符，保留原样待核")


def entities(text: str) -> list[Change]:
    """Find the references of a page, neighbours as one change, in the order of the text."""
    found = [match for match in _REFERENCE.finditer(text) if _value(_name(match)) is not None]
    if not found or not is_chinese(text) or is_source(text) or speaks_of_markup(text):
        return []
    runs = list(_runs(found))
    # A reference alone between quotation marks is spoken of and not left over.
    if any(_QUOTES.get(text[s - 1 : s]) == text[e : e + 1] != "" for s, e, _ in runs):
        return []
    return [_change(text, start, end, value) for start, end, value in runs]


def _name(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _runs(found: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """Where references stand side by side, and what they say together."""
    start, end, values = found[0].start(), found[0].start(), list[str]()
    for match in found:
        if match.start() != end:
            yield start, end, "".join(values)
            start, values = match.start(), []
        values.append(_value(_name(match)) or "")
        end = match.end()
    yield start, end, "".join(values)


@lru_cache(1024)
def _value(name: str) -> str | None:
    """What a reference stands for, halves of a pair of UTF-16 as they are; None when nothing."""
    if not name.startswith("#"):
        return unescape(f"&{name};") if name in _NAMES else None
    number = name[1:]
    point = int(number[1:], 16) if number[0] in "xX" else int(number)
    if 0xD800 <= point < 0xE000:
        return chr(point)
    return unescape(f"&{name};")


def _change(text: str, start: int, end: int, value: str) -> Change:
    found = text[start:end]
    # An emoji written as two halves, as JavaScript escapes it.
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    became = "".join(one for one in whole.replace("\r\n", "\n").replace("\r", "\n")
                     if one not in _INVISIBLE)  # fmt: skip
    if any(not (one.isprintable() or one.isspace()) or one == "\ufffd" for one in became):
        return Change(start, end, found, found, "entity", _UNREADABLE, _UNSURE, sure=False)
    if text[end : end + 1] == "\n" and became.endswith("\n"):
        became = became[:-1]
    return Change(start, end, found, became, "entity", _REASON, _SURE)
