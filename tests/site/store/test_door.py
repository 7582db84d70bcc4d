"""The door's verbs: each writes all of it or nothing, and two people never lose each other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jiedui import ledgers
from jiedui.access import No, Scope
from jiedui.site.store import door, judging, verify, writing
from tests.site.store.town import (
    AGREEMENTS,
    EXCHANGES,
    PAIRINGS,
    PARTIES,
    add,
    amend,
    check,
    codes,
    figure,
    subjects,
    written,
)


def test_an_entry_is_read_back_as_it_was_entered(town):
    entry = town.enter(town.clerk, at=[{"place": "620102", "site": "样例中心"}])
    found = door.entry(EXCHANGES, entry.id, town.clerk)
    assert found == entry
    assert found.values["starts"] == date(2024, 5, 21)
    assert found.values["people"] == 18
    assert found.values["chief"] is True
    assert found.values["at"] == ({"place": "620102", "site": "样例中心"},)
    assert found.values["state"] == "draft"
    assert found.values["year"] == 2024
    assert found.owner == town.offices["gansu"]
    assert (found.by, found.why) == ("clerk样例", "样例")
    assert door.entry_id(found.key) == found.id


def test_faults_write_nothing(town):
    before = door.head()
    done = add(town.clerk, town.cells(starts="2024-02-30"))
    assert codes(done) == ["not-a-date"]
    assert door.head() == before
    assert subjects(town.clerk) == []


def test_an_amendment_is_a_new_version_and_the_old_one_stays(town):
    entry = town.enter(town.clerk)
    now = written(amend(town.clerk, entry, people="20"))
    assert now.values["people"] == 20
    assert now.version != entry.version
    history = door.versions(EXCHANGES, entry.id, town.clerk)
    assert [one.values["people"] for one in history] == [20, 18]
    assert [one.ended for one in history] == [None, now.link]
    assert figure(town.clerk, "H02P") == 20


def test_of_two_who_amend_at_once_the_second_sees_the_firsts_change(town):
    read = town.enter(town.clerk)
    first = written(amend(town.colleague, read, people="20"))
    second = amend(town.clerk, read, subject="后改的样例")
    assert isinstance(second, door.Conflict)
    assert second.now == first
    assert subjects(town.clerk) == ["样例考察"]
    assert figure(town.clerk, "H02P") == 20
    again = written(amend(town.clerk, second.now, subject="后改的样例"))
    assert (again.values["people"], again.values["subject"]) == (20, "后改的样例")


def test_amending_what_a_colleague_withdrew_is_a_conflict_without_an_entry(town):
    read = town.enter(town.clerk)
    assert door.withdraw(EXCHANGES, read.id, town.colleague, base=read.version, why="重复")
    assert amend(town.clerk, read, people="20") == door.Conflict(None)
    again = door.withdraw(EXCHANGES, read.id, town.clerk, base=read.version, why="重复")
    assert again == door.Conflict(None)
    other = amend(town.neighbour, read, people="20")
    assert isinstance(other, No)


def test_a_withdrawn_entry_is_gone_from_lists_and_figures_and_kept_in_the_book(town):
    entry = town.enter(town.clerk)
    assert door.withdraw(EXCHANGES, entry.id, town.clerk, base=entry.version, why="重复")
    assert subjects(town.clerk) == []
    assert figure(town.clerk) == 0
    assert isinstance(door.entry(EXCHANGES, entry.id, town.clerk), No)
    assert len(door.versions(EXCHANGES, entry.id, town.auditor)) == 1
    assert verify.verify().broken == ()


def test_the_review_goes_from_draft_to_confirmed_and_back(town):
    entry = town.enter(town.clerk)
    assert isinstance(step(town.reviewer, entry, "confirmed"), No)
    sent = written(step(town.clerk, entry, "submitted"))
    assert isinstance(step(town.clerk, sent, "submitted"), No)
    assert isinstance(step(town.clerk, sent, "confirmed"), No)
    assert isinstance(step(town.partner, sent, "confirmed"), No)
    assert isinstance(step(town.examiner, sent, "confirmed"), No)
    done = written(step(town.reviewer, sent, "confirmed"))
    assert done.values["state"] == "confirmed"
    [counted] = door.figures(["H02"], town.clerk)
    assert (counted.claimed, counted.verified) == (1, 1)
    assert codes(step(town.reviewer, done, "returned", why=" ")) == ["required"]
    back = written(step(town.reviewer, done, "returned", why="请补人数"))
    assert back.why == "请补人数"


def step(viewer, entry, to, why=""):
    return door.step(EXCHANGES, entry.id, viewer, to, base=entry.version, why=why)


def test_a_step_on_what_moved_meanwhile_is_a_conflict(town):
    entry = town.enter(town.clerk)
    sent = written(step(town.clerk, entry, "submitted"))
    amended = written(amend(town.colleague, sent, people="99"))
    assert isinstance(step(town.reviewer, sent, "confirmed"), door.Conflict)
    assert amended.values["state"] == "draft"


def test_a_confirmed_entry_that_is_amended_goes_back_to_draft(town):
    entry = town.enter(town.clerk)
    sent = written(step(town.clerk, entry, "submitted"))
    done = written(step(town.reviewer, sent, "confirmed"))
    now = written(amend(town.clerk, done, people="19"))
    assert now.values["state"] == "draft"
    [counted] = door.figures(["H02"], town.clerk)
    assert (counted.claimed, counted.verified) == (1, 0)


def test_nobody_sets_what_the_door_sets(town):
    for name, value in (("owner", "1"), ("state", "confirmed"), ("year", "1999")):
        assert codes(add(town.clerk, town.cells(**{name: value}))) == ["unknown-field"]
    forged = [{"document": "x", "starts_at": "0", "ends_at": "1", "field": "form", "seal": "x"}]
    assert codes(add(town.clerk, town.cells(sources=forged))) == ["unknown-field"]


def test_the_same_event_of_one_office_is_a_double_and_of_two_is_not(town):
    entry = town.enter(town.clerk)
    again = add(town.clerk, town.cells(people="30"))
    assert codes(again) == ["same-entry"]
    assert again.problems[0].found == entry.key
    theirs = add(town.neighbour, town.theirs())
    assert isinstance(theirs, door.Written)
    other = town.enter(town.clerk, subject="另一次")
    assert codes(amend(town.clerk, other, subject="样例考察")) == ["same-entry"]
    assert door.withdraw(EXCHANGES, entry.id, town.clerk, base=entry.version, why="重复")
    assert isinstance(amend(town.clerk, other, subject="样例考察"), door.Written)


@pytest.mark.parametrize("day", ["2020-12-31", "2025-01-01"])
def test_a_pairing_that_was_not_in_force_that_day_is_refused(town, day):
    assert codes(add(town.clerk, town.cells(starts=day, ends=day))) == ["pairing-not-in-force"]


@pytest.mark.parametrize("day", ["2021-01-01", "2024-12-31"])
def test_a_pairing_is_in_force_on_its_first_and_last_day(town, day):
    assert isinstance(add(town.clerk, town.cells(starts=day, ends=day)), door.Written)


def test_the_pairing_of_others_is_refused_as_if_it_were_none(town):
    others = add(town.clerk, town.cells(pairing=str(town.pairings["shaanxi"])))
    none = add(town.clerk, town.cells(pairing="4611686018427387904"))
    assert codes(others) == codes(none) == ["no-such-entry"]


def test_an_office_enters_only_within_its_place(town):
    assert isinstance(add(town.county, town.cells(place="620000")), No)
    assert isinstance(add(town.county, town.cells(place="623027")), door.Written)
    assert isinstance(add(town.clerk, town.cells(place="610000")), No)


@pytest.mark.parametrize("who", ["reviewer", "auditor", "leader", "partner", "stranger"])
def test_only_clerks_enter_and_only_their_own_is_theirs_to_change(town, who):
    entry = town.enter(town.clerk)
    viewer = getattr(town, who)
    assert isinstance(add(viewer, town.cells(subject="别的")), No)
    assert isinstance(amend(viewer, entry, people="1"), No)
    gone = door.withdraw(EXCHANGES, entry.id, viewer, base=entry.version, why="样例")
    assert isinstance(gone, No)
    assert isinstance(door.erase(EXCHANGES, entry.id, viewer, [], why="样例"), No)
    assert door.entry(EXCHANGES, entry.id, town.clerk) == entry


@pytest.mark.parametrize("place", ["杭州市下城区", "330103"])
def test_a_place_that_did_not_exist_on_that_day_is_refused(town, place):
    """Xiacheng of Hangzhou was dissolved in April 2021."""
    sites = [{"place": place, "site": ""}]
    late = town.cells(at=sites, starts="2024-05-21")
    assert codes(add(town.clerk, late)) == ["place-not-then"]
    in_time = town.cells(at=sites, starts="2021-03-01", ends="2021-03-02")
    assert isinstance(add(town.clerk, in_time), door.Written)


def test_only_reviewers_keep_registers_and_only_their_own(town):
    cells = {"full_name": "己公司（样例）", "sort": "company", "place": "620102"}
    assert isinstance(add(town.clerk, cells, PARTIES), No)
    made = written(add(town.reviewer, cells, PARTIES))
    checked = check(town.examiner, cells | {"short_name": "己"}, PARTIES)
    refused = door.amend(PARTIES, made.id, town.examiner, checked, base=made.version, why="样例")
    assert isinstance(refused, No)
    pairing = door.entry(PAIRINGS, town.pairings["gansu"], town.reviewer)
    assert isinstance(
        door.withdraw(PAIRINGS, pairing.id, town.reviewer, base=pairing.version, why="样例"), No
    )


def test_an_agreement_needs_a_pairing_of_ones_own_side(town):
    cells = {"called": "样例协议", "of_year": "2024"}
    own = cells | {"pairing": str(town.pairings["gansu"])}
    others = cells | {"pairing": str(town.pairings["shaanxi"])}
    assert codes(add(town.reviewer, others, AGREEMENTS)) == ["no-such-entry"]
    made = written(add(town.reviewer, own, AGREEMENTS))
    for who in ("clerk", "leader", "partner", "county"):
        assert door.entry(AGREEMENTS, made.id, getattr(town, who)).id == made.id
    for who in ("neighbour", "stranger", "examiner"):
        assert isinstance(door.entry(AGREEMENTS, made.id, getattr(town, who)), No)


def test_whoever_has_programmes_writes_only_what_he_can_see(town):
    scope = replace(town.clerk.scope, programmes=frozenset({"cooperation"}))
    viewer = replace(town.clerk, scope=scope)
    before = door.head()
    assert isinstance(add(viewer, town.cells()), No)
    assert door.head() == before
    assert written(add(viewer, town.cells(programme="cooperation"))).values["programme"]
    assert subjects(town.partner) == ["样例考察"]


def test_an_empty_scope_sees_nothing(town):
    town.enter(town.clerk)
    nobody = replace(town.clerk, scope=Scope())
    assert door.entries(EXCHANGES, nobody).total == 0
    assert figure(nobody) == 0
    assert isinstance(door.entry(EXCHANGES, town.enter(town.clerk, subject="b").id, nobody), No)


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("长" * (judging.WHY_LIMIT + 1), "too-long"),
        ("a\x00b", "control-character"),
        ("a\ud800b", "control-character"),
        ("身份证号11010519491231002X", "looks-personal"),
    ],
)
def test_a_reason_that_the_chain_should_not_keep_is_refused(town, why, code):
    entry = town.enter(town.clerk)
    before = door.head()
    checked = check(town.clerk, town.cells(people="1"))
    done = door.amend(EXCHANGES, entry.id, town.clerk, checked, base=entry.version, why=why)
    assert codes(done) == [code]
    assert codes(door.add(EXCHANGES, town.clerk, checked, why=why)) == [code]
    assert codes(step(town.clerk, entry, "submitted", why)) == [code]
    gone = door.withdraw(EXCHANGES, entry.id, town.clerk, base=entry.version, why=why)
    assert isinstance(gone, No)
    assert isinstance(door.erase(EXCHANGES, entry.id, town.clerk, [], why=why), No)
    assert door.head() == before


def test_each_write_is_one_link_in_order(town):
    first = door.head().number
    entry = town.enter(town.clerk)
    amend(town.clerk, entry, people="1")
    add(town.clerk, town.cells(starts=""))
    assert door.head().number == first + 2
    assert len(door.head().digest) == 64


def test_what_was_written_comes_back_though_it_was_amended_at_once(town):
    """The version that a writer is told of is his own, not the one that followed."""
    entry = town.enter(town.clerk)
    mine = written(amend(town.clerk, entry, people="2"))
    written(amend(town.colleague, mine, people="3"))
    told = writing.written(EXCHANGES, town.clerk, entry.id, mine.link)
    assert told.entry.version == mine.version
    assert ledgers.cells(EXCHANGES, told.entry.values)["people"] == "2"
