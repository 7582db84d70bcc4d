"""Full-width digits and letters among half-width ones, within one number or one Latin word.

A number or word that is full-width throughout is a style and stays, as does all punctuation.
"""

from __future__ import annotations

import re

from jiedui.problems import said
from jiedui.restore import gbk
from jiedui.restore.edits import Change

__all__ = ["WIDE", "find"]

WIDE = "０-９Ａ-Ｚａ-ｚ"
_MIXED = re.compile(
    "[０-９](?:[.．]?[0-9]|(?<=[0-9].)|(?<=[0-9][.．].))|[Ａ-Ｚａ-ｚ](?:[A-Za-z]|(?<=[A-Za-z].))"
)
_TOKEN = re.compile(rf"(?:[0-9A-Za-z{WIDE}]|(?<=[0-9０-９])[.．](?=[0-9０-９]))+")
# 图１2023年: a full-width number and a year stand side by side.
_SIDE_BY_SIDE = re.compile(rf"[{WIDE}.．]+(?:19|20)[0-9]{{2}}")
_WIDE = re.compile(f"[{WIDE}]")
_TOLD = ("全角", "半角", "全形", "半形")
_REACH = 64
_SURE = 0.95

_SAID = said("同一个数字或单词里半角、全角混用，已改为半角")


def find(text: str) -> list[Change]:
    """Find the numbers and words of mixed width; they become half-width throughout."""
    changes: list[Change] = []
    done = 0
    if not _WIDE.search(text) or any(word in text for word in _TOLD):
        return changes
    while mixed := _MIXED.search(text, done):
        start = mixed.start()
        least = max(done, start - _REACH)
        while start > least and _TOKEN.fullmatch(text[start - 1]):
            start -= 1
        token = _TOKEN.match(text, start) or mixed
        done = max(token.end(), mixed.end())
        found = token[0]
        is_year = text[token.end() : token.end() + 1] == "年"
        if not (is_year and _SIDE_BY_SIDE.fullmatch(found)):
            became = gbk.narrow(found)
            changes.append(Change(token.start(), token.end(), found, became, "width", _SAID, _SURE))
    return changes
