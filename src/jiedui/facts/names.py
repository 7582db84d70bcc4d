"""Where a person's name begins and ends, given that one may stand at a position.

A family name, one to three characters more, and after it something that can follow a name: a
sign, a conjunction or a verb of the genre. Not for finding posts: `posts.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiedui.facts.surnames import DOUBLE, NOT_IN_NAMES, NOT_NAMES, SINGLE, SYLLABLES

__all__ = ["NameAt", "listed", "name_at", "plain"]

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf"
# What follows a name surely, and what may also be the last character of one.
_STRONG = re.compile(
    r"[,。、;:!?()“”\"'》《/\n]|$|\s+(?![\u4e00-\u9fff](?:[,。、;)\s]|$))"
    r"|出席|参加|参会|参与|主持|讲话|致辞|致词|致欢迎|介绍|汇报|通报|发言|作(?:了|表态|总结|交流|汇报|发言|讲话|主旨)"
    r"|分别|代表|表示|强调|指出|率|带队|带领|陪同|陪|一同|一起|一行|共同|会见|会谈|接待|在|向(?:大|代|与|参|天|全|各)"
    r"|到|赴|来到?|前往|深入|先后|与会|宣布|总结|现场|签署|签约|签订|受邀|应邀|随团|随同|随行|考察|调研|看望|慰问"
    r"|感谢|欢迎|宣读|对接|座谈|围绕|要求|希望|提出|认为|告诉|当选|走进|走访|实地|同志|先生|女士|等|说|和|与|及|以及"
    r"|对|就|还|也|则|将|于|为|是|任|担任|兼任|作为|同|并|会上|简要|详细|重点|首先|最后|随后|结合|见证|共商|列席"
    r"|拜会|回顾|充分|高度|衷心|热烈|一直|近日|日前|当日|当天|今天|昨天|的|有|从|被|由|参观|察看|了解|负责|逐一|\d"
)
_HARD = re.compile(
    r"[,。、;:!?()“”\"'》《/\n]|$|出席|参加|参会|主持|讲话|致辞|致词|介绍|汇报|通报|发言|分别|代表|表示|强调|指出|率|带队|带领"
    r"|陪同|一同|一行|会见|会谈|接待|到|赴|前往|同志|先生|女士|等|说|及|以及|应邀|作了|座谈|共同"
)
_DOTTED = re.compile(rf"[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}}){{1,3}}")
_POST_WORD = re.compile(r"长|副|书记|主席|主任|委员|省|市|县|代表|领导")
_PADDED = re.compile(
    rf"([{_HAN}]) {{1,3}}([{_HAN}])(?=[,。、;:()\s]|$|出席|参加|主持|介绍|及|和|等)"
)
_NEVER = frozenset("的了着等及与在把被这们他她它哪什么吗吧呢")
_TITLES = frozenset(
    """
    书记 省长 市长 县长 区长 州长 主任 主席 部长 厅长 局长 组长 团长 队长 会长 院长 校长
    领导 代表 指挥
    """.split()  # noqa: SIM905 - a list of one word a line would hide its shape
)
_NEVER_LAST = frozenset("说赴")
_RUN = re.compile(rf"[{_HAN}]{{2,8}}")


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name at a span; `sure` when what follows can be nothing but the end of a name."""

    start: int
    end: int
    name: str
    sure: bool


_ITEM = re.compile(rf"(?<=[、及和])[{_HAN}]{{2,4}}(?=、)")


def name_at(
    text: str, at: int, *, further: bool = False, behind_post: bool = False
) -> NameAt | None:
    """The name that begins at a position, None when none does.

    Of several lengths that fit, a sure end wins, then the longer name. A `further` name of a list
    between two signs 、 needs no more than a family name. A name that looks like a title (王主任)
    stands `behind_post` or nowhere.
    """
    item = _ITEM.match(text, at) if further else None
    if item and item.end() - at in _lengths(text, at):
        return NameAt(at, item.end(), item.group(), sure=True)
    dotted = _DOTTED.match(text, at)
    if dotted and not _POST_WORD.search(dotted.group()):
        return _dotted(text, dotted)
    padded = _PADDED.match(text, at)
    if padded and padded[1] in SINGLE:
        return NameAt(at, padded.end(), padded[1] + padded[2], sure=True)
    options = [
        NameAt(at, at + length, text[at : at + length], sure=bool(_HARD.match(text, at + length)))
        for length in _lengths(text, at)
        if _fits(text, at, length, behind_post=behind_post)
    ]
    if options:
        return max(options, key=lambda one: (one.sure, len(one.name)))
    return _transcribed(text, at)


def listed(text: str, start: int, end: int) -> NameAt | None:
    """The name that a span is, whole: an item of a list, a word in brackets."""
    found = name_at(text[:end], start)
    return found if found and found.end == end else None


def plain(word: str) -> bool:
    """Whether a whole word has the shape of a name.

    >>> plain("欧阳样本"), plain("钱示例"), plain("讲话")
    (True, True, False)
    """
    found = name_at(word, 0)
    return found is not None and found.end == len(word)


def _lengths(text: str, at: int) -> tuple[int, ...]:
    if text[at : at + 2] in DOUBLE:
        return (3, 4, 2)
    # Four characters behind a single family name: two family names (陈方安生), very rare.
    return (2, 3) if text[at : at + 1] in SINGLE else ()


def _fits(text: str, at: int, length: int, *, behind_post: bool) -> bool:
    word = text[at : at + length]
    if len(word) < length or not _RUN.fullmatch(word):
        return False
    if word.startswith(NOT_NAMES) or word[-1] in _NEVER_LAST:
        return False
    if word[1:] in _TITLES:
        return behind_post and word[0] not in "任时代原兼" and bool(_HARD.match(text, at + length))
    if any(no in word for no in NOT_IN_NAMES) or any(c in _NEVER for c in word[1:]):
        return False
    return bool(_STRONG.match(text, at + length))


def _dotted(text: str, hit: re.Match[str]) -> NameAt:
    """A transcribed name with dots: its last part ends where a name can end."""
    last = hit.start() + hit.group().rindex("·") + 1
    end = _cut(text, last, hit.end())
    return NameAt(hit.start(), end, text[hit.start() : end], sure=True)


def _cut(text: str, start: int, end: int) -> int:
    for at in range(start + 1, end):
        if _HARD.match(text, at):
            return at
    return end


def _transcribed(text: str, at: int) -> NameAt | None:
    """A name written in transcription syllables without a dot (扎西次仁)."""
    for length in range(6, 1, -1):
        word = text[at : at + length]
        if (
            len(word) == length
            and all(c in SYLLABLES for c in word)
            and _HARD.match(text, at + length)
        ):
            return NameAt(at, at + length, word, sure=False)
    return None
