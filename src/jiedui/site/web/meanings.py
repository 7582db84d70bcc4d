"""What a fact of a document says, in a few words of the reader's language.

Not for where it stands in the text: that is `reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiedui.ledgers.every import Area, Assistance, Side

SIGNS = {
    "time": gettext_lazy("时"),
    "place": gettext_lazy("地"),
    "person": gettext_lazy("人"),
    "event": gettext_lazy("事"),
    "commitment": gettext_lazy("诺"),
    "aid": gettext_lazy("援"),
}
GIVEN = ("funds", "goods", "teams")
DONE = {
    "chaired": gettext_lazy("主持"),
    "spoke": gettext_lazy("讲话"),
    "reported": gettext_lazy("介绍情况"),
    "attended": gettext_lazy("参加"),
}
EVENTS = {
    "visit": gettext_lazy("考察"),
    "meeting": gettext_lazy("座谈会"),
    "joint-meeting": gettext_lazy("联席会议"),
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
    return f"{fact['name']}（{fact['code']}）"


def _person(fact: Json) -> str:
    side = SIDES.get(str(fact.get("side") or ""), "")
    did = "、".join(str(DONE.get(one, one)) for one in fact.get("did") or ())
    words = [str(fact["name"]), str(fact.get("post") or ""), side, did]
    if fact.get("took_part") is False:
        words.append(_("只被提及"))
    return " · ".join(word for word in words if word)


def _event(fact: Json) -> str:
    sort = str(EVENTS.get(str(fact.get("type")), ""))
    return " · ".join(word for word in (sort, str(fact.get("name") or ""), _days(fact)) if word)


def _aid(fact: Json) -> str:
    given = "、".join(str(one["what"]) for part in GIVEN for one in fact.get(part) or ())
    return " · ".join((str(fact["event"]), _days(fact), str(fact["giver_name"]), given))


def _commitment(fact: Json) -> str:
    """Who commits to what: the speaker, the side, the kind of assistance and the fields."""
    who = _("双方") if fact.get("both") else SIDES.get(str(fact.get("side") or ""), "")
    named = [KINDS.get(str(fact.get("assistance")), "")]
    named += [AREAS.get(str(one), str(one)) for one in fact.get("areas") or ()]
    topics = "、".join(_(word) for word in named if word)
    return " · ".join(word for word in (str(fact["speaker"]), str(who), topics) if word)


def _days(fact: Json) -> str:
    first, last = fact.get("from"), fact.get("to")
    if not first:
        return _("日期不明")
    return (
        str(first)
        if first == last or not last
        else _("%(first)s 至 %(last)s") % {"first": first, "last": last}
    )


_SAYERS = {
    "time": _days,
    "place": _place,
    "person": _person,
    "event": _event,
    "commitment": _commitment,
    "aid": _aid,
}
