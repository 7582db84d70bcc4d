"""Tags that a conversion of web pages left in Chinese prose: <br>, <p align=center>, </font>.

`a<b`, <姓名>, <name@example.org> and List<String> are none; a page with tags that are not those of
formatting is source and is left as it is. Paragraphs and line breaks become line ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import is_chinese, is_source, speaks_of_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["tags"]

_BLOCKS = (
    "p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|blockquote|section|article|center"
    "|header|footer|figure|figcaption|br|hr|pre"
)
_CELLS = "td|th"
_INLINE = (
    "a|b|i|u|s|em|strong|font|span|small|big|strike|del|ins|mark|sup|sub|tt|nobr|wbr|img|col"
    "|colgroup|caption|label|(?:o|v|w|m|st1):[a-z]+"
)
_ALONE = "nowrap|noshade|hidden|controls|autoplay|loop|compact"
_VALUE = r"""=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++)"""
_ATTRIBUTES = rf"(?:\s++(?:[\w:-]++\s*+{_VALUE}|(?:{_ALONE})\b))*+"
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_BLOCKS}|{_CELLS}|{_INLINE})(?P<with>{_ATTRIBUTES})\s*+/?>"
    r"|<!--(?:[^<>-]|-(?!->))*+-->",
    re.IGNORECASE,
)
_LOOKS_LIKE = re.compile(r"</?[A-Za-z][^\s<>/]*+")
_KNOWN = re.compile(rf"</?(?:{_BLOCKS}|{_CELLS}|{_INLINE})", re.IGNORECASE)
_RAISED = re.compile(r"<su([pb])>([^<>\n]{1,12})</su\1>", re.IGNORECASE)
_SUPER = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_SUB = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_BRACKETED = re.compile(r"[\[［〔【(（][^\[\]]+[\]］〕】)）]")
_BREAK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_CELL = re.compile(rf"</(?:{_CELLS})\b", re.IGNORECASE)
_ROW = re.compile(r"<br\b", re.IGNORECASE)

_STRUCK = {"s", "strike", "del"}
_SURE, _UNSURE = 0.98, 0.5
_REASON = said("网页标记未清除")
_POWER = said("网页上下标未还原")
_MARKED = said("网页上下标，去掉标记会改变意思，保留原样待核")


def tags(text: str) -> list[Change]:
    """Find the tags of a page, neighbours as one change, in the order of the text."""
    found = list(_TAG.finditer(text))
    if not found or not _convinces(found) or not is_chinese(text):
        return []
    if is_source(text) or speaks_of_markup(text) or not _all_known(text):
        return []
    lonely = _lonely(found)
    raised = {match.start(): match for match in _RAISED.finditer(text)}
    kept = [match for match in found if _name(match) not in lonely]
    return list(_changes(text, kept, raised))


def _name(match: re.Match[str]) -> str:
    return (match["name"] or "").lower()


def _convinces(found: list[re.Match[str]]) -> bool:
    """A line break, a comment, an attribute, or a tag that is opened and closed."""
    opened = {_name(match) for match in found if not match["close"]}
    closed = {_name(match) for match in found if match["close"]}
    return bool(
        (opened & closed) - _STRUCK - {"a"}
        or opened & {"br", ""}
        or any(match["with"] for match in found)
    )


def _lonely(found: list[re.Match[str]]) -> set[str]:
    """Names that stay: what is struck out would be said, and letters that may be of a formula.

    a<b>c compares, and <a> without an address is no link.
    """
    opened = {_name(match) for match in found if not match["close"]}
    closed = {_name(match) for match in found if match["close"]}
    given = {_name(match) for match in found if match["with"]}
    return _STRUCK | {
        name for name in (opened ^ closed) | {"a"} if len(name) == 1 and name not in given
    }


def _all_known(text: str) -> bool:
    return all(_KNOWN.fullmatch(match[0]) for match in _LOOKS_LIKE.finditer(text))


def _changes(
    text: str, found: list[re.Match[str]], raised: dict[int, re.Match[str]]
) -> Iterator[Change]:
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    at = 0
    while at < len(found):
        start = found[at].start()
        if start in raised and (change := _power(raised[start])):
            yield change
            at += 1
            while at < len(found) and found[at].start() < change.end:
                at += 1
            continue
        end = found[at].end()
        at += 1
        while at < len(found) and found[at].start() not in raised:
            between = text[end : found[at].start()]
            if between and not between.isspace():
                break
            end = found[at].end()
            at += 1
        became = _became(text, start, end, end_of_line)
        yield Change(start, end, text[start:end], became, "tag", _REASON, _SURE)


def _power(match: re.Match[str]) -> Change | None:
    """m<sup>2</sup> as m²; None where nothing is meant by the height, [1] and ①."""
    signs = _SUPER if match[1] in "pP" else _SUB
    start, end, found, inside = match.start(), match.end(), match[0], match[2]
    if all(one in signs for one in inside):
        became = "".join(map(signs.__getitem__, inside))
        return Change(start, end, found, became, "tag", _POWER, _SURE)
    if _BRACKETED.fullmatch(inside) or not any(map(_is_word, inside)):
        return None
    return Change(start, end, found, found, "tag", _MARKED, _UNSURE, sure=False)


def _became(text: str, start: int, end: int, end_of_line: str) -> str:
    """What tags side by side leave behind: line ends, a tab between cells, or their blanks."""
    found = text[start:end]
    lines = found.count("\n")
    if _BREAK.search(found):
        edge = start == 0 or end == len(text) or text[start - 1] == "\n" or text[end] in "\r\n"
        return end_of_line * max(lines, 0 if edge else max(1, len(_ROW.findall(found))))
    if _CELL.search(found) and not lines:
        return "\t"
    return _TAG.sub("", found)


def _is_word(one: str) -> bool:
    return one.isalpha() or one.isdecimal()
