"""Whether an event of a text belongs to cooperation, and how sure that is.

What a text leaves open is not decided here: the proposal says why it is unsure, and a person
looks. Not for the values of a proposal: `exchanges.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiedui.facts.sides import province, side

if TYPE_CHECKING:
    from jiedui.facts import EventFact

__all__ = ["RULES", "concerns", "programme_in", "unsure"]

RULES: dict[str, str] = {
    "cooperation-unsaid": "全文没有写协作、支援、帮扶或结对，只写了两地往来，请核对是不是协作活动",
    "sides-unclear": "往来两地不是一东一西，请核对是不是协作活动",
    "cooperation-elsewhere": "写这次会议的句子没有写协作，协作在文中别处写到，请核对",
}
"""Reason of being unsure -> what it says, in one line."""

_PROGRAMMES = (
    ("东西部协作", "east-west"),
    ("东西部扶贫协作", "east-west"),
    ("东西协作", "east-west"),
    ("对口支援", "counterpart"),
    ("对口合作", "cooperation"),
    ("定点帮扶", "designated"),
)
_COOPERATION = re.compile(
    r"协作|支援|帮扶|结对|对口|合作|交流|对接|援[\u4e00-\u9fff]|[津沪浙苏闽粤鲁京][甘川滇黔桂渝陕青宁蒙藏疆云贵]"
)
_SAID = re.compile(r"协作|支援|帮扶|结对|对口|援[甘川滇黔桂渝陕青宁蒙藏疆]")
_FAIR = re.compile(
    r"[\u4e00-\u9fff]{0,20}?(?:博览会|展销会|交易会|展览会|推介会|洽谈会|农博会|进博会|广交会|服贸会|展会|论坛|"
    r"运动会|马拉松|锦标赛|比赛|年会)"
)
_OTHER_AIM = re.compile(r"考察|调研|对接|看望|慰问|交流|座谈|走访|参观|学习")
# Hong Kong, Macao and Taiwan have codes and take no part in the programmes.
_OUTSIDE = ("71", "81", "82")
# A joint meeting that is called no more than that: of whom, the rest of the text has to say.
_BARE_JOINT = re.compile(
    r"(?:\d{4}年)?(?:度)?(?:高层|党政|县级|区县|两地|双方)*(?:第[一二三四五六七八九十\d]+次)?联席会议?"
)


def concerns(text: str, event: EventFact) -> bool:
    """Whether an event belongs to cooperation: two places, or a word of it in its sentence."""
    if event.type == "visit" and _to_a_fair(event):
        return False
    if event.origin and event.host:
        ends = (event.origin, event.host)
        return province(ends[0]) != province(ends[1]) and not any(
            one.startswith(_OUTSIDE) for one in ends
        )
    if event.type == "visit":
        return False
    if event.between:
        return True
    if _COOPERATION.search(event.name) or programme_in(_sentence(text, event)):
        return True
    return bool(_BARE_JOINT.fullmatch(event.name) and programme_in(text))


def unsure(text: str, event: EventFact) -> tuple[str, ...]:
    """Why it is not sure that an event belongs to cooperation, as keys of `RULES`."""
    from jiedui.restore import simplified

    if event.between and "联席" in event.name:
        return ()
    if event.origin and event.host:
        if "党政" in (event.party or "") or _SAID.search(simplified(text)):
            return ()
        pair = {side(event.origin, event.host), side(event.host, event.origin)}
        return ("cooperation-unsaid",) if pair == {"east", "west"} else ("sides-unclear",)
    if event.between or _COOPERATION.search(event.name) or programme_in(_sentence(text, event)):
        return ()
    return ("cooperation-elsewhere",)


def _to_a_fair(event: EventFact) -> bool:
    """Whether a visit is one to a fair, a forum or a contest, and to nothing else."""
    if _SAID.search(event.name):
        return False
    words = event.name.removeprefix(event.party or "")
    rest = _FAIR.sub("", words)
    return rest != words and not _OTHER_AIM.search(rest)


def _sentence(text: str, event: EventFact) -> str:
    from jiedui.evidence.passages import sentence_at

    return sentence_at(text, event.start, event.end).of(text)


def programme_in(sentence: str) -> tuple[str, int, int] | None:
    """The programme that words name, with where its name begins and ends in them."""
    from jiedui.restore import simplified

    plain = simplified(sentence)
    for words, code in _PROGRAMMES:
        at = plain.find(words)
        if at >= 0:
            return code, at, at + len(words)
    return None
