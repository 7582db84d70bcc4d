"""Private-use characters: what GBK once put there has its place in Unicode now, the rest is marked.

Code page 936 and GB 18030-2000 put characters there that Unicode had no place for yet; GB 18030 of
2005 and of 2022 moved them. The same points are icons in the fonts of web pages, and other
characters in Hong Kong: a change is carried out only in Chinese words of simplified script.
"""

from __future__ import annotations

import re

from jiedui.problems import said
from jiedui.restore.edits import Change
from jiedui.restore.pages import HAN, is_chinese, is_program, speaks_of_marks
from jiedui.restore.scripts import is_only_simplified, is_traditional

__all__ = ["FORMER", "private"]

# From U+E815 on, in the order of FE50..FEA0 without FE7F.
_FE50 = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹"
    "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
# The places that code page 936 gave to characters of GBK, and those of today.
FORMER = {
    **{chr(0xE815 + at): one for at, one in enumerate(_FE50)},
    **{chr(0xE7E7 + at): one for at, one in enumerate("〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻")},
    **{chr(0xE78D + at): one for at, one in enumerate("︐︒︑︓︔︕︖︗︘︙")},
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
}
# Signs of Word's own fonts, Symbol and Wingdings, as they stand before items and in forms.
_SIGNS = {
    "\uf0b7": ("•",),
    "\uf06c": ("●",),
    "\uf06e": ("■",),
    "\uf0a7": ("▪",),
    "\uf0d8": ("➢",),
    "\uf0fc": ("✓",),
    "\uf0fe": ("☑",),
    "\uf0a3": ("□",),
    "\uf0a8": ("□",),
    "\uf052": ("☑",),
}
_PRIVATE = re.compile("[\ue000-\uf8ff]+|[\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_BEHIND_HAN = re.compile(f"[{HAN}A-Za-z\u00c0-\u024f]\\Z")
_SURE, _UNSURE, _SIGN = 0.97, 0.4, 0.7

_MOVED = said("GBK 旧编码位置上的字，已改用现行位置")
_OTHER = said("自造字或图标，本文字体之外无从得知，保留原样待核")


def private(text: str) -> list[Change]:
    """Find the private-use characters of a page, neighbours as one change, in order."""
    found = list(_PRIVATE.finditer(text))
    if not found or not is_chinese(text) or is_program(text) or speaks_of_marks(text):
        return []
    is_ours = all(FORMER.keys() >= set(match[0]) for match in found) and _is_simplified(text)
    return [_change(text, match, is_ours=is_ours) for match in found]


def _is_simplified(text: str) -> bool:
    simplified = sum(map(is_only_simplified, text))
    return simplified > 0 and sum(map(is_traditional, text)) <= simplified // 10


def _change(text: str, match: re.Match[str], *, is_ours: bool) -> Change:
    start, end, found = match.start(), match.end(), match[0]
    meant = "".join(FORMER.get(one, one) for one in found)
    if is_ours and _BEHIND_HAN.search(text, max(0, start - 1), start):
        return Change(start, end, found, meant, "private-use", _MOVED, _SURE)
    candidates = _SIGNS.get(found, (meant,) if set(found) <= FORMER.keys() else ())
    confidence = _SIGN if candidates else _UNSURE
    return Change(
        start, end, found, found, "private-use", _OTHER, confidence,
        sure=False, candidates=candidates,
    )  # fmt: skip
