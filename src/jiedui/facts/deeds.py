"""What named people did: the words behind a row of names, and who is only cited.

The last group of a row says what all of it did. Who is only cited (学习贯彻某某重要讲话精神) did
nothing. Not for finding names: `people.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiedui.facts.groups import Group
    from jiedui.facts.model import Did
    from jiedui.facts.view import View

__all__ = ["mark_cited", "say"]

_SHARES = re.compile(
    r"[,、 ]*(?:以及|及其|及|和|与|同|会见了?|会同|陪同|偕)?[,、 ]*(?:一同|一起|共同)?"
)
_ROLES: tuple[tuple[Did, re.Pattern[str]], ...] = (
    ("chaired", re.compile(r"主持")),
    (
        "spoke",
        re.compile(
            r"讲话|致辞|致词|致欢迎|发言|表态|(?:作|做)(?:了)?(?:总结|主旨|重要)|强调|指出|表示|"
            r"(?:他|她)?说(?=[,:“ ]|$)"
        ),
    ),
    ("reported", re.compile(r"介绍|汇报|通报|报告了?")),
    (
        "attended",
        re.compile(
            r"出席|参加|参会|与会|列席|陪同|一同|随同|参与|带队|率|座谈|会谈|会见|见证|考察|调研|"
            r"看望|慰问"
        ),
    ),
)
_STRONG_SPEECH = re.compile(r"讲话|致辞|致词|致欢迎|发言|表态|(?:作|做)(?:了)?(?:总结|主旨|重要)")
_LISTENED = re.compile(r"听取|听了|听完")
_CITED_WORDS = re.compile(
    r"重要讲话(?:精神)?|讲话精神|重要指示(?:批示)?(?:精神)?|重要论述|指示精神|批示精神"
)
_AFTER_CITED = re.compile(
    r"^(?:同志)?(?:系列|关于|在|对|给|致|考察|视察|来|到|亲自|最新|重要|新时代|提出|的|一系列)"
    r"[^,。;!\n]{0,60}?(?:讲话|指示|批示|论述|思想|精神|嘱托|贺信|回信|要求|理念|关怀)"
    r"|^(?:同志)?(?:系列|重要|新时代)"
)
_BEFORE_CITED = re.compile(
    r"(?:学习|贯彻|落实|宣传|按照|遵循|牢记|围绕|根据|践行|沿着|遵照|以|对|领会|把握|传达|认真|"
    r"深刻|精神|在|是|党中央|党的)"
    r"[^,。;!\n]{0,14}$"
)
_LISTED_BEFORE = re.compile(
    r"(?:出席|参加|陪同|参会|与会|随同|随团)[^,。;!\n]{0,16}(?:的|人员|领导|嘉宾)?(?:还)?"
    r"(?:有|包括|是)?[: ]*$"
)
_UNREAD = re.compile(r"(?:及|以及|和|、|,)[\u4e00-\u9fff、]{2,24},?")
_MET = re.compile(r"会见了?|会谈|拜会|接待了?|(?:与|同)$")


def joined(text: str, end: int, start: int) -> bool:
    """Whether nothing but 、, a comma or 及 stands between two groups."""
    between = text[end:start]
    return len(between) <= 3 and bool(_SHARES.fullmatch(between))


def mark_cited(seen: View, found: list[Group]) -> None:
    """Mark the groups of persons whose words are only cited."""
    cited = {name.name for group in found if group.cited for name in group.names}
    for group in found:
        behind = seen.text[group.end : group.end + 70]
        before = seen.text[max(0, group.start - 20) : group.start]
        by_words = _AFTER_CITED.match(behind) and _BEFORE_CITED.search(before)
        if by_words or all(name.name in cited for name in group.names):
            group.cited = True


def say(seen: View, found: list[Group]) -> None:
    """Give each group what the words behind it say, the last of a row first."""
    for index in range(len(found) - 1, -1, -1):
        group = found[index]
        if group.cited:
            continue
        _, stop = seen.sentence(group.start)
        following = found[index + 1] if index + 1 < len(found) else None
        if following and following.start < stop:
            between = seen.text[group.end : following.start]
            if _SHARES.fullmatch(between) and not following.cited:
                group.did, group.said, group.weak = following.did, following.said, following.weak
                if re.search("会见|会同|陪同", between) and not group.did:
                    group.did = ("attended",)
                continue
            stop = following.start if not following.cited else stop
        _judge(seen, group, min(stop, group.end + 80))
        unread = seen.text[group.end : stop]
        if following and not group.did and _UNREAD.fullmatch(unread):
            # A name between the two was not recognised; the row goes on behind it.
            group.did, group.said, group.weak = following.did, following.said, following.weak
    _listed(seen, found)


def _listed(seen: View, found: list[Group]) -> None:
    """Who is listed behind the words (参加活动的有), or was met, took part as well."""
    row = False
    for before, group in zip([None, *found], found, strict=False):
        start, _ = seen.sentence(group.start)
        between = seen.text[before.end : group.start] if before and before.end > start else None
        lead = seen.text[max(start, group.start - 40) : group.start]
        joined = between is not None and _SHARES.fullmatch(between)
        row = bool(_LISTED_BEFORE.search(lead)) or bool(row and joined)
        met = between is not None and bool(_MET.search(between))
        if (row or met) and not group.did and not group.cited:
            group.did, group.said = ("attended",), (group.start, group.end)


def _judge(seen: View, group: Group, stop: int) -> None:
    words = seen.text[group.end : stop]
    words = _CITED_WORDS.sub(lambda hit: "　" * len(hit.group()), words)
    listened = _LISTENED.search(words)
    did = [
        role
        for role, pattern in _ROLES
        if (role != "reported" or not listened) and pattern.search(words)
    ]
    if len(did) > 1 and "attended" in did and not re.search(r"出席|参加|参会", words):
        did.remove("attended")
    group.did = tuple(did)
    group.said = (group.end, stop) if did else None
    group.weak = group.did == ("spoke",) and not _STRONG_SPEECH.search(words)
