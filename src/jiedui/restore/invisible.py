"""What a reader does not see in Chinese prose: zero-width and control characters, line ends.

Other scripts, emoji and names written with variation selectors need some of these, so only what
stands between Chinese or ASCII characters is taken out. Not for blanks of any width.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.prose import is_plain_side, is_prose, is_wide_side

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INVISIBLE", "controls", "line_ends", "zero_width"]

_BREAKING, _JOINING, _DIRECTED = (
    "\u200b\u2060\ufeff",
    "\u200c\u200d\xad",
    "\u200e\u200f\u202a-\u202e\u2066-\u2069",
)
_ZERO_WIDTH = re.compile(f"[{_BREAKING}{_JOINING}{_DIRECTED}]+")
_BOM = "\ufeff"
_CONTROL = re.compile(
    "\x1b\\[[0-9;]{0,16}[A-Za-z]|[\x00-\x06\x08\x0e-\x1b\x7f]+|[\x07\x1c-\x1f\x80-\x9f]"
)
_CONTROL_SIGN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
INVISIBLE = f"\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029{_BREAKING}{_JOINING}{_DIRECTED}"

# More than this share of control characters, and it is no text.
_MOST_CONTROLS = 0.02
_SURE = 0.99

_ZERO_WIDTH_SAID = said("看不见的零宽字符，已去除")
_CONTROL_SAID = said("文字中不该有的控制字符，已去除")
_KEPT_SAID = said("控制字符，可能是分隔，也可能是读错编码的标点，保留原样待核")
_LINE_SAID = said("换行符前后不一，已与全文一致")


def zero_width(text: str) -> list[Change]:
    """Find the zero-width characters that mean nothing where they are."""
    found = list(_ZERO_WIDTH.finditer(text))
    if not found:
        return []
    is_chinese = is_prose(text)
    turns = any(bidirectional(one) in {"R", "AL"} for one in set(text))
    return [
        Change(match.start(), match.end(), match[0], "", "invisible", _ZERO_WIDTH_SAID, _SURE)
        for match in found
        if _means_nothing(text, match, is_chinese=is_chinese, turns=turns)
    ]


def _means_nothing(text: str, match: re.Match[str], *, is_chinese: bool, turns: bool) -> bool:
    before, behind = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    signs = set(match[0])
    if signs == {_BOM} and not match.start():
        return True  # a mark of the encoding that is no part of the text
    if not is_chinese or not (is_plain_side(before) and is_plain_side(behind)):
        return False
    if turns and not signs <= set(_BREAKING):
        return False
    # Latin words are broken and joined by them too, web addresses are not.
    return is_wide_side(before) or is_wide_side(behind) or signs <= set(_BREAKING)


def controls(text: str) -> list[Change]:
    """Find the control characters; those that may separate or be punctuation are only marked."""
    if not _CONTROL_SIGN.search(text):
        return []
    found = list(_CONTROL.finditer(text))
    if len(found) > max(8, _MOST_CONTROLS * len(text)) or not is_prose(text):
        return []
    return [_controlled(match) for match in found]


def _controlled(match: re.Match[str]) -> Change:
    start, end, found = match.start(), match.end(), match[0]
    if found[0] in "\x07\x1c\x1d\x1e\x1f" or found[0] >= "\x80":
        shown = found.encode("latin-1").decode("cp1252", "ignore") if found >= "\x80" else ""
        candidates = (shown,) if shown else ()
        return Change(
            start, end, found, found, "control", _KEPT_SAID, 0.5, sure=False, candidates=candidates
        )
    return Change(start, end, found, "", "control", _CONTROL_SAID, _SURE)


_ENDS = re.compile("\r{1,3}\n|[\r\n\x0b\u2028\u2029]")


def line_ends(text: str) -> list[Change]:
    """Find the line ends that differ from the page's own.

    LF among CR LF stays: sheets have it within their cells.
    """
    returns = text.count("\r")
    whole = text.count("\r\n") if returns else 0
    feeds = text.count("\n") - whole
    main = "\r\n" if whole > feeds else "\n"
    others = "\x0b" in text or "\u2028" in text or "\u2029" in text
    is_even = returns == whole and (not whole or main == "\r\n" or not feeds)
    if (is_even and not others) or not is_prose(text):
        return []
    return list(_ends(text, main))


def _ends(text: str, main: str) -> Iterator[Change]:
    for match in _ENDS.finditer(text):
        if match[0] not in {main, "\n"}:
            yield Change(match.start(), match.end(), match[0], main, "line-end", _LINE_SAID, _SURE)
