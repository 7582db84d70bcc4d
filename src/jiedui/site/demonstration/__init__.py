"""The demonstration: an invented year of two pairings of provinces, entered through the door.

Everything in it is invented but the places and who is paired with whom (the provincial pairings
since 2021 as published). Persons carry plainly invented names. Its rows are in `rows/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from jiedui import ledgers
from jiedui.access import Role, Viewer
from jiedui.site.demonstration.entering import WHY, DemonstrationError, enter, enter_register
from jiedui.site.environment import DEMONSTRATION_MARK
from jiedui.site.store import door, granting, people

__all__ = ["DemonstrationError", "is_empty", "prepare"]

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


def prepare() -> bool:
    """Fill an empty book with the demonstration; returns False when it holds something already."""
    house = people.house(WHY)
    if not is_empty():
        return False
    # Before the first row, so that no invented row is ever without the mark.
    (settings.JIEDUI_FOLDER / DEMONSTRATION_MARK).touch()
    for name in _REGISTERS:
        enter_register(name, house)
    viewers = {account.username: _grant(house, account) for account in _ACCOUNTS}
    for name, kind in ledgers.ledgers().items():
        if not kind.register:
            enter(name, viewers)
    return True


def _grant(house: Viewer, account: _Account) -> Viewer:
    kind = ledgers.ledgers()["parties"]
    [office] = door.entries(kind, house, filters={"full_name": account.office}).entries
    made = granting.grant(
        account.username, None, name=account.name, role=account.role, office=office.id,
        place=str(office.values["place"]),
    )  # fmt: skip
    people.name_demonstration_account(account.username)
    return made
