"""Two pairings of provinces with their offices and people, entered through the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiedui import ledgers
from jiedui.access import Role
from jiedui.site.store import door, granting, people

if TYPE_CHECKING:
    from jiedui.access import Viewer

EXCHANGES = ledgers.ledgers()["exchanges"]
PAIRINGS = ledgers.ledgers()["pairings"]
PARTIES = ledgers.ledgers()["parties"]
AGREEMENTS = ledgers.ledgers()["agreements"]

OFFICES = {
    "gansu": ("甲省协作办（样例）", "620000"),
    "xiahe": ("乙县协作办（样例）", "623027"),
    "tianjin": ("丙市协作办（样例）", "120000"),
    "shaanxi": ("丁省协作办（样例）", "610000"),
    "jiangsu": ("戊省协作办（样例）", "320000"),
}
PEOPLE = {
    "clerk": (Role.CLERK, "gansu"),
    "colleague": (Role.CLERK, "gansu"),
    "county": (Role.CLERK, "xiahe"),
    "reviewer": (Role.REVIEWER, "gansu"),
    "auditor": (Role.AUDITOR, "gansu"),
    "leader": (Role.LEADER, "gansu"),
    "partner": (Role.PARTNER, "tianjin"),
    "stranger": (Role.PARTNER, "jiangsu"),
    "neighbour": (Role.CLERK, "shaanxi"),
    "examiner": (Role.REVIEWER, "shaanxi"),
}


@dataclass
class Town:
    """Offices and pairings by key, and the people as viewers."""

    house: Viewer
    offices: dict[str, int]
    pairings: dict[str, int]

    def __getattr__(self, name: str) -> Viewer:
        """A person as he is today."""
        if name not in PEOPLE:
            raise AttributeError(name)
        found = people.viewer_of(name)
        assert found is not None
        return found

    def cells(self, **changes: Any) -> dict[str, Any]:
        """The cells of a visit of 2024-05-21 to Gansu, but for these changes."""
        return {
            "programme": "east-west",
            "pairing": str(self.pairings["gansu"]),
            "place": "620000",
            "form": "visit",
            "level": "province",
            "direction": "east-to-west",
            "starts": "2024-05-21",
            "ends": "2024-05-22",
            "subject": "样例考察",
            "people": "18",
            "chief": "是",
            "attended": [],
        } | changes

    def theirs(self, **changes: Any) -> dict[str, Any]:
        """The same of the other pairing."""
        return self.cells(pairing=str(self.pairings["shaanxi"]), place="610000") | changes

    def enter(self, viewer: Viewer, **changes: Any) -> door.Entry:
        """Enter a visit, or fail."""
        done = add(viewer, self.cells(**changes))
        assert isinstance(done, door.Written), done
        return done.entry


def check(viewer: Viewer, cells: dict[str, Any], ledger: Any = EXCHANGES) -> ledgers.Checked:
    """The cells as every way of entering them has them checked."""
    return ledgers.check(ledger, ledgers.frame([cells]), door.lookup(viewer))


def add(viewer: Viewer, cells: dict[str, Any], ledger: Any = EXCHANGES) -> door.Outcome:
    """Check the cells and hand them to the door."""
    return door.add(ledger, viewer, check(viewer, cells, ledger), why="样例")


def amend(viewer: Viewer, entry: door.Entry, **changes: Any) -> door.Outcome:
    """Amend an entry as it was read, but for these cells."""
    cells = ledgers.cells(EXCHANGES, entry.values) | changes
    checked = check(viewer, cells)
    return door.amend(EXCHANGES, entry.id, viewer, checked, base=entry.version, why="样例更正")


def subjects(viewer: Viewer, **asked: Any) -> list[str]:
    """The subjects of the visits that a viewer's list shows."""
    return [str(one.values["subject"]) for one in door.entries(EXCHANGES, viewer, **asked).entries]


def figure(viewer: Viewer, code: str = "H02", **asked: Any) -> int | None:
    """One figure's value."""
    [found] = door.figures([code], viewer, **asked)
    return found.value


def codes(outcome: object) -> list[str]:
    """The codes of the problems for which nothing was written."""
    assert isinstance(outcome, door.Faults), outcome
    return [one.code for one in outcome.problems]


def build() -> Town:
    """Enter the offices and pairings, and give everybody his authority."""
    house = people.house("样例")
    town = Town(house, {}, {})
    for key, (name, place) in OFFICES.items():
        cells = {"full_name": name, "sort": "government", "place": place}
        town.offices[key] = written(add(house, cells, PARTIES)).id
    for west, east, until in (("gansu", "tianjin", "2024-12-31"), ("shaanxi", "jiangsu", None)):
        cells = {
            "called": f"{west}（样例）",
            "programme": "east-west",
            "sort": "province",
            "east": str(town.offices[east]),
            "west": str(town.offices[west]),
            "since": "2021-01-01",
            "until": until,
        }
        town.pairings[west] = written(add(house, cells, PAIRINGS)).id
    for username, (role, office) in PEOPLE.items():
        place = OFFICES[office][1]
        granting.grant(
            username, None, name=f"{username}样例", role=role, office=town.offices[office],
            place=place,
        )  # fmt: skip
    return town


def written(outcome: door.Outcome) -> door.Entry:
    """The entry that was written, or fail."""
    assert isinstance(outcome, door.Written), outcome
    return outcome.entry
