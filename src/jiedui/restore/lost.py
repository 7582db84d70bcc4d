"""Characters that an earlier reader could not read: 锟斤拷, and the replacement character itself.

Nothing brings them back, so they are only marked. Not for a text that talks about them.
"""

from __future__ import annotations

import re

from jiedui.problems import said
from jiedui.restore.edits import Change

__all__ = ["SIGNS", "find"]

SIGNS = "锟\ufffd"

# U+FFFD in UTF-8 is EF BF BD; two of them read as GBK are these three characters. Bytes that
# happened to be UTF-8 stand between them (锟叫癸拷 for 中国).
_SIGNS = re.compile("\ufffd|锟[斤\ufffd]|斤拷")
_RUN = re.compile(r"(?:锟斤拷|锟斤|斤拷|锟[^\x00-\x7f]{1,3}?拷|锟?\ufffd)+")
_TOLD = re.compile(r"乱码|字符集|字符编码|[Uu]nicode|UTF-?8|GBK")
_QUOTES = frozenset("“”‘’「」『』\"'`《》")
_LEAST = 2

_LOST = said("原有文字在转码时已经丢失，无法还原，请核对原文")


def find(text: str) -> list[Change]:
    """Mark the runs that stand for lost characters; a page that explains them has none."""
    if "\ufffd" not in text and "锟" not in text:
        return []
    if not _SIGNS.search(text) or _TOLD.search(text):
        return []
    found = [run for run in _RUN.finditer(text) if not _is_quoted(text, *run.span())]
    if "\ufffd" not in text and sum(len(_SIGNS.findall(run[0])) for run in found) < _LEAST:
        return []
    return [
        Change(run.start(), run.end(), run[0], run[0], "lost", _LOST, 0.0, sure=False)
        for run in found
    ]


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
