"""The demonstration: an invented year of a pair of provinces and of counties that are paired.

Everything in it is invented but the places and who is paired with whom: the provincial pairings
since 2021 as published, and the county pairings that a public source names (`origin` of each in
`year/pairings.tsv`). Persons carry plainly invented names. A small part, in `rows/`, is enough to
try a page on; the whole year, sized like what is published of one, is in `year/` too and made by
`scripts/demonstration`. `samples/` has files to hand in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from jiedui import ledgers
from jiedui.access import No, Role, Viewer
from jiedui.problems import said
from jiedui.site.demonstration.entering import WHY, DemonstrationError, enter, enter_register
from jiedui.site.environment import DEMONSTRATION_MARK
from jiedui.site.store import chain, door, granting, indexing, people, setup

__all__ = ["DemonstrationError", "is_empty", "is_office", "may_clear", "prepare"]

# Those that others point to come first.
_REGISTERS = ("parties", "pairings", "agreements")


@dataclass(frozen=True, slots=True)
class _Account:
    """Who may sign in: user name, name, role, and the office by its full name."""

    username: str
    name: str
    role: Role
    office: str


_GANSU = "甘肃省东西部协作办公室（演示）"
_ACCOUNTS = (
    _Account("clerk", "经办员甲（演示）", Role.CLERK, _GANSU),
    _Account("neighbour", "邻省经办员乙（演示）", Role.CLERK, "陕西省东西部协作办公室（演示）"),
    _Account("reviewer", "审核员丙（演示）", Role.REVIEWER, _GANSU),
    _Account("partner", "协作方丁（演示）", Role.PARTNER, "天津市东西部协作办公室（演示）"),
    _Account("leader", "领导戊（演示）", Role.LEADER, _GANSU),
)


def is_empty() -> bool:
    """Whether the book holds nothing yet."""
    return door.head().number == 0


def is_office() -> bool:
    """Whether the book holds something and did not begin as a demonstration."""
    return chain.first_why() not in (None, WHY)


def may_clear() -> No | None:
    """Why the book may not be taken away with its folder; None when it may.

    It may when it began as a demonstration and nobody but the demonstration's accounts can sign
    in: what people tried out in it goes with it.
    """
    if is_office():
        return No(said("这里的账本不是由演示建立的"))
    if others := people.count_others():
        return No(said("这里另有 {others} 个不是演示账号的账号，可能有人在用", others=others))
    return None


def prepare(*, whole: bool = False) -> bool:
    """Fill an empty book with the demonstration; returns False when it holds something already.

    Without `whole` only with its small part.
    """
    house = people.house(WHY)
    if not is_empty():
        return False
    # Before the first row, so that no invented row is ever without the mark.
    (settings.JIEDUI_FOLDER / DEMONSTRATION_MARK).touch()
    # All or nothing: a first start that was broken off begins anew with the next.
    with setup.together():
        _enter(house, whole=whole)
    # Whoever looks round searches at once; broken off here, `jiedui work` goes on.
    indexing.catch_up()
    return True


def _enter(house: Viewer, *, whole: bool) -> None:
    for name in _REGISTERS:
        enter_register(name, house, whole=whole)
    viewers = {account.username: _grant(house, account) for account in _ACCOUNTS}
    for name, kind in ledgers.ledgers().items():
        if not kind.register:
            enter(name, viewers)
    if whole:
        from jiedui.site.demonstration import year

        year.enter(viewers)


def _grant(house: Viewer, account: _Account) -> Viewer:
    kind = ledgers.ledgers()["parties"]
    [office] = door.entries(kind, house, filters={"full_name": account.office}).entries
    made = granting.grant(
        account.username, None, name=account.name, role=account.role, office=office.id,
        place=str(office.values["place"]),
    )  # fmt: skip
    people.name_demonstration_account(account.username)
    return made
