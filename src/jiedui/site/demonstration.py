"""The demonstration: an invented year of two pairings of provinces, entered through the door.

Everything in it is invented but the places and who is paired with whom (the provincial pairings
since 2021 as published). Persons carry plainly invented names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from jiedui import ledgers
from jiedui.access import Role, Viewer
from jiedui.problems import JieduiError
from jiedui.site.environment import DEMONSTRATION_MARK
from jiedui.site.store import door, granting, people

if TYPE_CHECKING:
    from jiedui.ledgers.values import Raw

_WHY = "建立演示数据"
_ORIGIN = "2021年起东西部协作省际结对（公开报道）"


class DemonstrationError(JieduiError):
    """The demonstration's own rows were refused: they and the declarations contradict."""


@dataclass(frozen=True, slots=True)
class _Office:
    key: str
    name: str
    short: str
    place: str


_OFFICES = (
    _Office("gansu", "甘肃省东西部协作办公室（演示）", "甘肃协作办", "620000"),
    _Office("tianjin", "天津市东西部协作办公室（演示）", "天津协作办", "120000"),
    _Office("shaanxi", "陕西省东西部协作办公室（演示）", "陕西协作办", "610000"),
    _Office("jiangsu", "江苏省东西部协作办公室（演示）", "江苏协作办", "320000"),
)
_PAIRINGS = (("tianjin", "gansu", "天津市—甘肃省"), ("jiangsu", "shaanxi", "江苏省—陕西省"))
_ACCOUNTS = (
    ("clerk", "经办员甲（演示）", Role.CLERK, "gansu"),
    ("neighbour", "邻省经办员乙（演示）", Role.CLERK, "shaanxi"),
    ("reviewer", "审核员丙（演示）", Role.REVIEWER, "gansu"),
    ("partner", "协作方丁（演示）", Role.PARTNER, "tianjin"),
    ("leader", "领导戊（演示）", Role.LEADER, "gansu"),
)
_TARGETS = (("H01", "2"), ("H02", "24"), ("H02P", "400"), ("H03", "12"))

# form, level, direction, starts, ends, subject, at, people, chief
_GANSU = (
    ("visit", "province", "east-to-west", "2024-03-12", "2024-03-14", "春季对接考察（演示）",
     (("623001", "示范牧场"), ("620102", "")), "18", "是"),
    ("meeting", "province", "east-to-west", "2024-03-13", None, "年度协作座谈会（演示）",
     (("620102", "示例会议中心"),), "46", "是"),
    ("survey", "county", "east-to-west", "2024-01-16", "2024-01-18", "产业园区调研（演示）",
     (("620821", "示例园区"),), "9", "否"),
    ("department", "prefecture", "west-to-east", "2024-02-20", "2024-02-22", "教育部门对接（演示）",
     (("120101", ""),), "7", "否"),
    ("survey", "county", "east-to-west", "2024-04-09", "2024-04-11", "乡村治理调研（演示）",
     (("620422", ""),), "11", "否"),
    ("investment", "prefecture", "west-to-east", "2024-04-17", "2024-04-19", "招商推介（演示）",
     (("120116", "示例展馆"),), "23", "否"),
    ("joint-meeting", "prefecture", "east-to-west", "2024-04-25", None, "市州联席会议（演示）",
     (("620802", ""),), "38", "否"),
    ("department", "county", "east-to-west", "2024-05-08", "2024-05-10", "医疗组团对接（演示）",
     (("620622", "示例医院"),), None, "否"),
    ("meeting", "county", "west-to-east", "2024-05-14", None, "劳务对接座谈会（演示）",
     (("120114", ""),), "15", "否"),
)  # fmt: skip
_SHAANXI = (
    ("survey", "county", "east-to-west", "2024-03-05", "2024-03-07", "苹果产业调研（演示）",
     (("610600", ""),), "8", "否"),
    ("joint-meeting", "province", "east-to-west", "2024-04-11", None, "省际联席会议（演示）",
     (("610100", ""),), "52", "是"),
)  # fmt: skip


def prepare() -> bool:
    """Fill an empty book with the demonstration; returns False when it holds something already."""
    house = people.house(_WHY)
    if door.entries(ledgers.ledgers()["parties"], house).total:
        return False
    # Before the first row, so that no invented row is ever without the mark.
    (settings.JIEDUI_FOLDER / DEMONSTRATION_MARK).touch()
    offices = {office.key: _office(house, office) for office in _OFFICES}
    pairings = {
        west: _pairing(house, offices[east], offices[west], called)
        for east, west, called in _PAIRINGS
    }
    viewers = {
        username: _account(username, name, role, office, offices[office])
        for username, name, role, office in _ACCOUNTS
    }
    for pairing in pairings.values():
        _agreement(house, pairing)
    _exchanges(viewers["clerk"], viewers["reviewer"], pairings["gansu"], _GANSU)
    _exchanges(viewers["neighbour"], None, pairings["shaanxi"], _SHAANXI)
    return True


def _enter(ledger: str, viewer: Viewer, cells: dict[str, Raw]) -> door.Entry:
    kind = ledgers.ledgers()[ledger]
    checked = ledgers.check(kind, ledgers.frame([cells]), door.lookup(viewer))
    done = door.add(kind, viewer, checked, why=_WHY)
    if not isinstance(done, door.Written):
        msg = f"{ledger}: {done}"
        raise DemonstrationError(msg)
    return done.entry


def _office(house: Viewer, office: _Office) -> int:
    cells: dict[str, Raw] = {
        "full_name": office.name,
        "short_name": office.short,
        "sort": "government",
        "place": office.place,
    }
    return _enter("parties", house, cells).id


def _pairing(house: Viewer, east: int, west: int, called: str) -> int:
    cells: dict[str, Raw] = {
        "called": f"{called}（演示）",
        "programme": "east-west",
        "sort": "province",
        "east": str(east),
        "west": str(west),
        "since": "2021-01-01",
        "origin": _ORIGIN,
    }
    return _enter("pairings", house, cells).id


def _agreement(house: Viewer, pairing: int) -> None:
    targets: list[dict[str, str | None]] = [
        {"indicator": code, "amount": amount, "basis": "演示"} for code, amount in _TARGETS
    ]
    cells: dict[str, Raw] = {
        "called": "2024年度协作协议（演示）",
        "pairing": str(pairing),
        "of_year": "2024",
        "signed": "2024-01-10",
        "targets": targets,
    }
    _enter("agreements", house, cells)


def _account(username: str, name: str, role: Role, office: str, number: int) -> Viewer:
    place = next(item.place for item in _OFFICES if item.key == office)
    made = granting.grant(username, None, name=name, role=role, office=number, place=place)
    people.name_demonstration_account(username)
    return made


_Planned = tuple[str, str, str, str, str | None, str, tuple[tuple[str, str], ...], str | None, str]


def _exchanges(
    clerk: Viewer, reviewer: Viewer | None, pairing: int, planned: tuple[_Planned, ...]
) -> None:
    """Enter the exchanges; the earlier ones are submitted, and confirmed where one reviews."""
    for form, level, direction, starts, ends, subject, at, number, chief in planned:
        sites: list[dict[str, str | None]] = [
            {"place": place, "site": site or None} for place, site in at
        ]
        cells: dict[str, Raw] = {
            "programme": "east-west",
            "pairing": str(pairing),
            "place": clerk.place,
            "form": form,
            "level": level,
            "direction": direction,
            "starts": starts,
            "ends": ends,
            "subject": subject,
            "at": sites,
            "people": number,
            "chief": chief,
        }
        entry = _enter("exchanges", clerk, cells)
        if date.fromisoformat(starts) < date(2024, 5, 1):
            _review(clerk, reviewer, entry)


def _review(clerk: Viewer, reviewer: Viewer | None, entry: door.Entry) -> None:
    kind = ledgers.ledgers()["exchanges"]
    sent = door.step(kind, entry.id, clerk, "submitted", base=entry.version)
    if reviewer is not None and isinstance(sent, door.Written):
        door.step(kind, entry.id, reviewer, "confirmed", base=sent.entry.version)
