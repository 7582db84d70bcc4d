"""`known` gives what was believed then, `until` what had happened by then; neither the other."""

from __future__ import annotations

import random
from datetime import date

import pytest

from jiedui import ledgers
from jiedui.access import No
from jiedui.site.store import door, verify
from tests.site.store.town import EXCHANGES, add, amend, figure, subjects

FORMS = ("visit", "meeting", "joint-meeting", "survey")


def remembered(viewer, known=None):
    """Everything that a viewer is told, in a form that compares."""
    figures = door.figures(None, viewer, known=known)
    cut = door.figures(["H02", "H02P"], viewer, by=("month", "form"), known=known)
    listed = door.entries(EXCHANGES, viewer, order="subject", size=200, known=known)
    exported = list(door.export(EXCHANGES, viewer, order="subject", known=known))
    return (
        [(one.indicator, one.value, one.claimed, one.verified, one.missing) for one in figures],
        [(one.indicator, one.by, one.value) for one in cut],
        [(one.id, one.version, dict(one.values)) for one in listed.entries],
        listed.total,
        exported,
    )


@pytest.mark.parametrize("seed", range(2))
def test_what_was_known_at_every_link_is_told_again_later(town, seed):
    chance = random.Random(seed)
    viewers = [town.clerk, town.partner, town.leader]
    then = {door.head().number: [remembered(one) for one in viewers]}
    for turn in range(25):
        operate(town, chance, turn)
        then[door.head().number] = [remembered(one) for one in viewers]
    assert len(then) > 15
    for known, told in then.items():
        assert [remembered(one, known) for one in viewers] == told
    assert verify.verify().broken == ()


def operate(town, chance, turn):
    """One random write, of which some are refused."""
    page = door.entries(EXCHANGES, town.clerk, size=200)
    entry = chance.choice(page.entries) if page.entries else None
    what = chance.choice(["add", "add", "amend", "withdraw", "step"])
    if what == "add" or entry is None:
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        changes = {"starts": day, "ends": day, "form": chance.choice(FORMS)}
        people = chance.choice([None, "3", "40"])
        add(town.clerk, town.cells(subject=f"第{turn}次", people=people, **changes))
    elif what == "amend":
        amend(town.clerk, entry, people=chance.choice([None, "5", "60"]))
    elif what == "withdraw":
        door.withdraw(EXCHANGES, entry.id, town.clerk, base=entry.version, why="样例")
    else:
        to = chance.choice(["submitted", "confirmed", "returned"])
        who = town.clerk if to == "submitted" else town.reviewer
        door.step(EXCHANGES, entry.id, who, to, base=entry.version, why="样例")


def test_an_entry_is_read_as_it_was(town):
    before = door.head().number
    entry = town.enter(town.clerk)
    amend(town.clerk, entry, people="20")
    now = door.entry(EXCHANGES, entry.id, town.clerk)
    door.withdraw(EXCHANGES, entry.id, town.clerk, base=now.version, why="样例")
    assert isinstance(door.entry(EXCHANGES, entry.id, town.clerk, known=before), No)
    for known, people in ((entry.link, 18), (now.link, 20)):
        found = door.entry(EXCHANGES, entry.id, town.clerk, known=known)
        assert found.values["people"] == people
    assert isinstance(door.entry(EXCHANGES, entry.id, town.clerk, known=now.link + 1), No)


@pytest.mark.parametrize(
    ("until", "seen"), [("2024-02-28", 0), ("2024-02-29", 1), ("2024-05-21", 2), ("2030-01-01", 2)]
)
def test_until_takes_what_began_on_or_before_that_day(town, until, seen):
    town.enter(town.clerk, starts="2024-02-29", ends="2024-03-05", subject="闰日")
    town.enter(town.clerk)
    day = date.fromisoformat(until)
    assert figure(town.clerk, until=day) == seen
    assert len(subjects(town.clerk, until=day)) == seen
    assert "".join(door.export(EXCHANGES, town.clerk, until=day)).count("\r\n") == seen + 1


def test_the_two_times_are_independent(town):
    entry = town.enter(town.clerk, starts="2024-02-01", ends="2024-02-01")
    then = door.head().number
    amend(town.clerk, entry, starts="2024-08-01", ends="2024-08-01")
    july = date(2024, 7, 1)
    assert figure(town.clerk, until=july) == 0
    assert figure(town.clerk, until=july, known=then) == 1
    assert figure(town.clerk, until=date(2024, 1, 1), known=then) == 0


def test_a_figure_opens_on_the_rows_that_it_counts(town):
    for turn, form in enumerate([*FORMS, "culture", "evaluation"]):
        town.enter(town.clerk, form=form, subject=str(turn), people=None)
    for indicator in EXCHANGES.indicators:
        [counted] = door.figures([indicator.code], town.clerk)
        rows = door.entries(EXCHANGES, town.clerk, filters={"figure": indicator.code})
        assert rows.total == counted.entries


def test_figures_are_narrowed_to_a_pairing(town):
    town.enter(town.clerk)
    add(town.neighbour, town.theirs())
    gansu, shaanxi = town.pairings["gansu"], town.pairings["shaanxi"]
    assert figure(town.clerk, pairing=gansu) == 1
    assert figure(town.clerk, pairing=shaanxi) == 0
    assert figure(town.house) == 2
    assert figure(town.house, pairing=shaanxi) == 1


def test_the_cells_of_an_entry_read_back_to_it(town):
    entry = town.enter(
        town.clerk,
        at=[{"place": "620102", "site": "样例"}],
        attended=[{"name": "张样例", "officer": "是", "side": "east"}, {"name": "李样例"}],
        agreed=[{"what": "样例事项\n第二行", "due": "2024-06-01", "progress": "open"}],
        areas=[{"value": "tourism"}],
    )
    cells = ledgers.cells(EXCHANGES, entry.values)
    checked = ledgers.check(EXCHANGES, ledgers.frame([cells]), door.lookup(town.clerk))
    done = door.amend(EXCHANGES, entry.id, town.clerk, checked, base=entry.version, why="样例")
    assert done.entry.values == entry.values
    assert done.entry.digest == entry.digest


def test_the_years_are_those_of_what_a_viewer_sees(town):
    town.enter(town.clerk, starts="2022-05-21", ends=None)
    town.enter(town.clerk, starts="2024-05-21")
    assert door.years(town.clerk) == [2022, 2024]
    assert door.years(town.clerk, pairing=town.pairings["gansu"]) == [2022, 2024]
    assert door.years(town.clerk, known=0) == []
    assert door.years(town.neighbour) == []
