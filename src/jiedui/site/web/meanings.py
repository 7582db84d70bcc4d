"""What a fact of a document says, in a few words of the reader's language.

Not for where it stands in the text: that is `reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils.translation import pgettext_lazy

from jiedui.ledgers.every import Area, Assistance, Side
from jiedui.ledgers.show import money
from jiedui.problems import listed, named, said

SIGNS = {
    "time": pgettext_lazy("sign", "时"),
    "place": pgettext_lazy("sign", "地"),
    "person": pgettext_lazy("sign", "人"),
    "event": pgettext_lazy("sign", "事"),
    "commitment": pgettext_lazy("sign", "诺"),
    "aid": pgettext_lazy("sign", "援"),
    "movement": pgettext_lazy("sign", "款"),
}
GIVEN = ("funds", "goods", "teams")
DONE = {
    "chaired": said("主持"),
    "spoke": said("讲话"),
    "reported": said("介绍情况"),
    "attended": said("参加"),
}
EVENTS = {
    "visit": said("考察"),
    "meeting": said("座谈会"),
    "joint-meeting": said("联席会议"),
}
SIDES = {side.code: side.label for side in Side}
KINDS = {one.code: one.label for one in Assistance}
AREAS = {one.code: one.label for one in Area}

Json: TypeAlias = Mapping[str, Any]


def meaning(fact: Json) -> str:
    """What a fact says; its own words where its kind is not known here."""
    say = _SAYERS.get(str(fact["kind"]))
    return say(fact) if say else str(fact["quote"])


def _place(fact: Json) -> str:
    return said("{place}（{code}）", place=str(fact["name"]), code=str(fact["code"]))


def _person(fact: Json) -> str:
    side = said(SIDES.get(str(fact.get("side") or ""), ""))
    did = listed(DONE.get(one, one) for one in fact.get("did") or ())
    words = [str(fact["name"]), str(fact.get("post") or ""), side, did]
    if fact.get("took_part") is False:
        words.append(said("只被提及"))
    return _row(*words)


def _event(fact: Json) -> str:
    sort = EVENTS.get(str(fact.get("type")), "")
    return _row(sort, str(fact.get("name") or ""), _days(fact))


def _aid(fact: Json) -> str:
    given = listed(str(one["what"]) for part in GIVEN for one in fact.get(part) or ())
    return _row(str(fact["event"]), _days(fact), str(fact["giver_name"]), given)


def _movement(fact: Json) -> str:
    """Who gave whom how much on which day."""
    ends = said(
        "{giver} 给 {receiver}", giver=str(fact["giver_name"]), receiver=str(fact["receiver_name"])
    )
    amount = fact.get("amount")
    worth = said("金额不明") if amount is None else named("fen", str(amount), money(amount))
    outside = fact.get("receiver_body") == "other"
    return _row(ends, worth, _days(fact), said("不经财政，没有对应的台账") if outside else "")


def _commitment(fact: Json) -> str:
    """Who commits to what: the speaker, the side, the kind of assistance and the fields."""
    side = SIDES.get(str(fact.get("side") or ""), "")
    who = said("双方") if fact.get("both") else said(side)
    topic = [KINDS.get(str(fact.get("assistance")), "")]
    topic += [AREAS.get(str(one), str(one)) for one in fact.get("areas") or ()]
    topics = listed(said(word) for word in topic if word)
    return _row(str(fact["speaker"]), who, topics)


def _row(*words: str) -> str:
    return listed(filter(None, words), " · ")


def _days(fact: Json) -> str:
    first, last = fact.get("from"), fact.get("to")
    if fact.get("without_year"):
        return said("{day}，年份不明", day=str(fact["without_year"]))
    if not first:
        return said("日期不明")
    begins = named("day", str(first), str(first))
    if first == last or not last:
        return begins
    return said("{first} 至 {last}", first=begins, last=named("day", str(last), str(last)))


_SAYERS = {
    "time": _days,
    "place": _place,
    "person": _person,
    "event": _event,
    "commitment": _commitment,
    "aid": _aid,
    "movement": _movement,
}
