"""Numbers and Latin words of which some letters are full-width and some are not: 2０２4年, ＧDP.

Full-width throughout is a style and stays, as do a full-width letter beside a digit (Ａ4) and all
punctuation.
"""

from __future__ import annotations

import re

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.gbk import narrow
from jiedui.restore.pages import is_chinese, is_program, speaks_of_marks

__all__ = ["widths"]

_DIGITS = "0-9０-９"
_MIXED = re.compile(
    rf"(?<![{_DIGITS}])(?:[0-9]++(?=[０-９])|[０-９]++(?=[0-9]))[{_DIGITS}]++"
    r"|(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[A-Za-z]++(?=[Ａ-Ｚａ-ｚ])|[Ａ-Ｚａ-ｚ]++(?=[A-Za-z]))"
    r"[A-Za-zＡ-Ｚａ-ｚ]++"
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
# 表1 2024年, 图2 3个县: two numbers, of which nothing but the widths tells where one begins. No
# number begins with a zero, unless it is 0.5.
_TWO = re.compile("[０-９]+[1-9][0-9]*|[0-9]+[１-９][０-９]*")
_TWO_WITH_A_POINT = re.compile("[０-９]+0|[0-9]+０")
_ONE = frozenset("第共约近超")
# Names that people give themselves on the net are written as they please.
_DECORATED = re.compile(r"[丶灬ミ彡ゞヽ★☆♥❤๑°ღ〆メ_~～]")
_SURE, _UNSURE = 0.97, 0.6

_REASON = said("全角与半角混在一起，统一为半角")
_MARKED = said("全角与半角混在一起，可能是两个数，保留原样待核")


def widths(text: str) -> list[Change]:
    """Find the numbers and words of mixed width on a page, in the order of the text."""
    found = list(_MIXED.finditer(text)) if _WIDE.search(text) else []
    if not found or not is_chinese(text) or is_program(text) or speaks_of_marks(text):
        return []
    return [change for match in found if (change := _change(text, match))]


def _change(text: str, match: re.Match[str]) -> Change | None:
    start, end = match.span()
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if _DECORATED.match(before) or _DECORATED.match(behind):
        return None
    became = narrow(match[0])
    two = _TWO_WITH_A_POINT if behind in {".", "．"} and match[0][-1] in "0０" else _TWO
    if before not in _ONE and two.fullmatch(match[0]):
        return Change(
            start, end, match[0], match[0], "width", _MARKED, _UNSURE,
            sure=False, candidates=(became,),
        )  # fmt: skip
    return Change(start, end, match[0], became, "width", _REASON, _SURE)
