r"""Marks in text that are not of the text: what web pages, editors and copying left in it.

References and tags of HTML, invisible and control characters, private-use characters, line ends,
numbers and words of mixed width. Clean text is turned away at memory speed by one expression.

>>> [(change.found, change.became) for change in find("全县脱贫&nbsp;２0２4年\u200b巩固成果。")]
[('&nbsp;', '\xa0'), ('２0２4', '2024'), ('\u200b', '')]
>>> find("AT&T 与甲公司签约，a<b，２０２４年。")
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.restore.edits import in_order
from jiedui.restore.entities import entities
from jiedui.restore.invisible import invisible
from jiedui.restore.line_ends import are_mixed, line_ends
from jiedui.restore.private import private
from jiedui.restore.tags import tags
from jiedui.restore.widths import widths

if TYPE_CHECKING:
    from jiedui.restore.edits import Change

__all__ = ["find"]

_WIDE = "０-９Ａ-Ｚａ-ｚ"
# One class first, which the engine runs through fastest, and then what is asked beside it.
_SUSPICIOUS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069"
    f"\ue000-\uf8ff\ufe0f\ufeff\ufffc\U000e0000-\U000e007f\U000f0000-\U0010fffd&＆<{_WIDE}]"
    rf"(?:(?<=[&＆])(?=#|[A-Za-z]{{2,8}}[0-9]{{0,2}}[;；]|nbsp)|(?<=<)(?=/?[A-Za-z][\w:]{{0,11}}[\s/>]|!--)|(?<![&＆<{_WIDE}])"
    rf"|(?<=[{_WIDE}])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z][{_WIDE}]))"
)
# In this order where two find the same: the one that comes first has understood more.
_DETECTORS = (tags, entities, invisible, private, line_ends, widths)


def find(text: str) -> list[Change]:
    """Find what is damage of this sort on a page, in order; what is not sure is only marked.

    What one change uncovers, `&amp;lt;br&amp;gt;`, is found when asked again.
    """
    if _SUSPICIOUS.search(text) is None and not are_mixed(text):
        return []
    kept: list[Change] = []
    for detect in _DETECTORS:
        if more := detect(text):
            kept = in_order(more, kept)
    return kept
