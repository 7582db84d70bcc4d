"""Who may do what, and why: roles, scopes, and one question with a reasoned answer.

Scopes arrive resolved (which offices, places and pairings); this room knows no register and no
ledger. Not for hiding rows: the store's door turns a `Scope` into a condition on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from jiedui.problems.said import said

if TYPE_CHECKING:
    from datetime import date


class Role(StrEnum):
    """What a person does in the programme."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    PARTNER = "partner"
    AUDITOR = "auditor"
    LEADER = "leader"


ROLE_TITLES: dict[Role, str] = {
    Role.CLERK: "经办",
    Role.REVIEWER: "审核",
    Role.PARTNER: "协作方",
    Role.AUDITOR: "审计",
    Role.LEADER: "领导",
}


class Verb(StrEnum):
    """What can be asked for."""

    READ = "read"
    HISTORY = "history"
    ENTER = "enter"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    RETURN = "return"
    UPLOAD = "upload"
    DECIDE = "decide"
    REVEAL = "reveal"
    REGISTER = "register"


VERB_TITLES: dict[Verb, str] = {
    Verb.READ: "查看",
    Verb.HISTORY: "查看历次版本",
    Verb.ENTER: "填写",
    Verb.AMEND: "更正",
    Verb.WITHDRAW: "撤销",
    Verb.SUBMIT: "提交",
    Verb.CONFIRM: "审核通过",
    Verb.RETURN: "退回",
    Verb.UPLOAD: "上传资料",
    Verb.DECIDE: "决定拟录",
    Verb.REVEAL: "查看受保护的姓名",
    Verb.REGISTER: "登记名录",
}

_OFFICE_VERBS = frozenset(
    {
        Verb.ENTER,
        Verb.AMEND,
        Verb.WITHDRAW,
        Verb.SUBMIT,
        Verb.UPLOAD,
        Verb.DECIDE,
        Verb.REVEAL,
    }
)
# Verbs that only the office of an entry may do, once it is known whose it is.
_OWNED = _OFFICE_VERBS | {Verb.REGISTER}

POWERS: dict[Role, frozenset[Verb]] = {
    Role.CLERK: _OFFICE_VERBS | {Verb.READ, Verb.HISTORY},
    Role.REVIEWER: frozenset({Verb.READ, Verb.HISTORY, Verb.CONFIRM, Verb.RETURN, Verb.REGISTER}),
    Role.PARTNER: frozenset({Verb.READ}),
    Role.AUDITOR: frozenset({Verb.READ, Verb.HISTORY}),
    Role.LEADER: frozenset({Verb.READ}),
}


@dataclass(frozen=True, slots=True)
class Yes:
    """Allowed, and why."""

    reason: str

    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True, slots=True)
class No:
    """Refused, and why, in words that may be shown."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False


@dataclass(frozen=True, slots=True)
class PairingTerm:
    """A pairing whose entries may be seen for the days on which it was in force.

    Both days are inclusive; None means without end on that side.
    """

    pairing: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a viewer may see: a row is in it when any of its parts admits the row.

    `places` are half-open ranges of codes. `sides` are the pairings on whose side the
    viewer stands: their agreements are his to read, their entries only by the other parts.
    `programmes` narrows everything when it is not empty. `everywhere` is the spoken reason for
    seeing all; None, the default, means that only the other parts count. An empty scope
    admits nothing.
    """

    owners: frozenset[int] = frozenset()
    places: tuple[tuple[str, str], ...] = ()
    pairings: tuple[PairingTerm, ...] = ()
    sides: frozenset[int] = frozenset()
    programmes: frozenset[str] = frozenset()
    everywhere: str | None = None

    def __post_init__(self) -> None:
        if self.everywhere is not None and not self.everywhere.strip():
            msg = "everywhere needs a spoken reason"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person for the length of one request: who, for which office, seeing what."""

    account: int
    name: str
    office: int
    office_name: str
    role: Role
    place: str
    scope: Scope
    demonstration: bool = False


def may(
    viewer: Viewer | None,
    verb: Verb,
    *,
    owner: int | None = None,
    place: str | None = None,
    bounds: tuple[str, str] | None = None,
) -> Yes | No:
    """Answer whether `viewer` may do `verb`, with the reason that a page prints.

    `owner` is the office whose entry it is, for verbs of an office. `place` is the entry's
    place and `bounds` the half-open range of codes that the viewer answers for.
    """
    if viewer is None:
        return No(said("尚未登录"))
    role = said(ROLE_TITLES[viewer.role])
    if verb not in POWERS[viewer.role]:
        return No(said("“{role}”不能{verb}", role=role, verb=said(VERB_TITLES[verb])))
    if owner is not None and verb in _OWNED and owner != viewer.office:
        return No(said("这条记录不属于{office}", office=viewer.office_name))
    if place is not None and bounds is not None and not bounds[0] <= place < bounds[1]:
        return No(said("{place} 不在 {own} 的范围内", place=place, own=viewer.place))
    return Yes(said("{office}的{role}", office=viewer.office_name, role=role))
