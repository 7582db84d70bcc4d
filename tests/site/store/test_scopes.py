"""Who sees what: the same rows in lists, figures, exports, labels and versions, and no trace else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jiedui.access import No, Role
from jiedui.intake.lines import neutral
from jiedui.problems import Problem
from jiedui.site.store import door, granting, people
from tests.site.store.town import (
    AGREEMENTS,
    EXCHANGES,
    PAIRINGS,
    PARTIES,
    PEOPLE,
    add,
    amend,
    figure,
    subjects,
    written,
)

SEES = {
    "clerk": {"甘肃的"},
    "colleague": {"甘肃的"},
    "county": {"县里的"},
    "reviewer": {"甘肃的", "县里的"},
    "auditor": {"甘肃的", "县里的"},
    "leader": {"甘肃的", "县里的"},
    "partner": {"甘肃的", "县里的"},
    "stranger": {"陕西的"},
    "neighbour": {"陕西的"},
    "examiner": {"陕西的"},
}


@pytest.fixture
def filled(town):
    """One visit of each office that enters; the county's is a meeting with other numbers."""
    town.enter(town.clerk, subject="甘肃的", people="18")
    town.enter(town.county, subject="县里的", place="623027", people="7", starts="2024-04-01")
    done = add(town.neighbour, town.theirs(subject="陕西的", people="1000", starts="2024-03-01"))
    assert isinstance(done, door.Written)
    return town


@pytest.mark.parametrize("who", PEOPLE)
def test_each_sees_his_own_part_in_every_way_of_looking(filled, who):
    viewer = getattr(filled, who)
    expected = SEES[who]
    assert set(subjects(viewer)) == expected
    assert door.entries(EXCHANGES, viewer, size=1).total == len(expected)
    assert figure(viewer) == len(expected)
    cut = door.figures(["H02"], viewer, by=("month",))
    assert sum(one.value or 0 for one in cut) == len(expected)
    lines = "".join(door.export(EXCHANGES, viewer))
    assert all((name in lines) == (name in expected) for name in ("甘肃的", "县里的", "陕西的"))
    batches = [entry for batch in door.frames(EXCHANGES, viewer, batch=1) for entry in batch]
    assert {entry.values["subject"] for entry in batches} == expected
    everything = door.entries(EXCHANGES, filled.house).entries
    for entry in everything:
        mine = entry.values["subject"] in expected
        assert bool(door.entry(EXCHANGES, entry.id, viewer)) == mine
        assert bool(door.labels(viewer, [("exchanges", entry.id)])) == mine
        remembers = mine and viewer.role not in {Role.PARTNER, Role.LEADER}
        assert bool(door.versions(EXCHANGES, entry.id, viewer)) == remembers


@pytest.mark.parametrize("who", PEOPLE)
def test_filters_sorting_and_pages_tell_nothing_of_others(filled, who):
    viewer, expected = getattr(filled, who), SEES[who]
    for filters in (
        {"subject": "的"},
        {"starts": "2024"},
        {"form": "visit"},
        {"pairing": str(filled.pairings["shaanxi"])},
        {"pairing": str(filled.pairings["gansu"])},
        {"owner": str(filled.offices["shaanxi"])},
        {"place": "610000"},
        {"people": "1000"},
        {"figure": "H02"},
    ):
        found = door.entries(EXCHANGES, viewer, filters=filters)
        assert {one.values["subject"] for one in found.entries} <= expected
        assert found.total == len(found.entries)
        [counted] = door.figures(["H02"], viewer, filters=filters)
        assert counted.entries == len(found.entries)
    for order in (
        "people",
        "-people",
        "subject",
        "owner",
        "-owner",
        "attended",
        "nonsense",
        "",
        "-",
    ):
        assert set(subjects(viewer, order=order)) == expected
    assert {
        name for page in (1, 2, 99, -3) for name in subjects(viewer, page=page, size=1)
    } <= expected


def test_an_entry_of_others_looks_like_one_that_never_was(filled):
    [theirs] = door.entries(EXCHANGES, filled.neighbour).entries
    for number in (theirs.id, 1, 0, -1, (1 << 63) - 1, 1 << 63, 1 << 80):
        assert door.entry(EXCHANGES, number, filled.clerk) == door.entry(EXCHANGES, 5, filled.clerk)
        assert door.versions(EXCHANGES, min(number, (1 << 63) - 1), filled.clerk) == ()
    refused = {
        amend(filled.clerk, replace(theirs, id=number), people="1") for number in (theirs.id, 77)
    }
    refused.add(door.withdraw(EXCHANGES, theirs.id, filled.clerk, base=theirs.version, why="x"))
    refused.add(door.step(EXCHANGES, theirs.id, filled.clerk, "submitted", base=theirs.version))
    refused.add(door.erase(EXCHANGES, theirs.id, filled.clerk, [], why="x"))
    assert len(refused) == 1
    assert isinstance(refused.pop(), No)


@pytest.mark.parametrize(
    ("until", "seen"), [("2024-12-31", True), ("2024-05-21", True), ("2024-05-20", False)]
)
def test_a_partner_sees_an_entry_while_the_pairing_was_in_force(town, until, seen):
    town.enter(town.clerk)
    _amend_pairing(town, until=until)
    assert bool(subjects(town.partner)) is seen
    assert figure(town.partner) == int(seen)
    assert subjects(town.clerk) == ["样例考察"]


@pytest.mark.parametrize(("since", "seen"), [("2024-05-21", True), ("2024-05-22", False)])
def test_a_partner_sees_nothing_from_before_the_pairing(town, since, seen):
    town.enter(town.clerk)
    _amend_pairing(town, since=since)
    assert bool(subjects(town.partner)) is seen


def _amend_pairing(town, **changes):
    from jiedui import ledgers
    from tests.site.store.town import check

    now = door.entry(PAIRINGS, town.pairings["gansu"], town.house)
    cells = ledgers.cells(PAIRINGS, now.values) | changes
    checked = check(town.house, cells, PAIRINGS)
    written(door.amend(PAIRINGS, now.id, town.house, checked, base=now.version, why="样例"))


def test_a_partner_sees_nothing_of_a_pairing_that_was_withdrawn(town):
    town.enter(town.clerk)
    now = door.entry(PAIRINGS, town.pairings["gansu"], town.house)
    door.withdraw(PAIRINGS, now.id, town.house, base=now.version, why="样例")
    assert subjects(town.partner) == []


def test_a_grant_ends_after_its_last_day(town):
    today = timezone.localdate()
    for days, there in ((0, True), (-1, False), (1, True)):
        granting.grant(
            "clerk", None, name="clerk样例", role=Role.CLERK, office=town.offices["gansu"],
            place="620000", expires=today + timedelta(days=days),
        )  # fmt: skip
        assert (people.viewer_of("clerk") is not None) is there


def test_an_account_that_was_closed_or_has_no_grant_is_nobody(town, django_user_model):
    django_user_model.objects.create(username="ungranted")
    assert people.viewer_of("ungranted") is None
    assert people.viewer_of("nobody") is None
    django_user_model.objects.filter(username="clerk").update(is_active=False)
    assert people.viewer_of("clerk") is None


def test_programmes_narrow_what_is_seen(town):
    town.enter(town.clerk)
    for programmes, seen in ((frozenset({"cooperation"}), 0), (frozenset({"east-west"}), 1)):
        viewer = replace(town.clerk, scope=replace(town.clerk.scope, programmes=programmes))
        assert door.entries(EXCHANGES, viewer).total == seen
        assert figure(viewer) == seen


def test_options_offer_the_pairings_of_ones_own_side_and_every_party(town):
    assert [one for one, _ in door.options(PAIRINGS, town.clerk)] == [town.pairings["gansu"]]
    assert [one for one, _ in door.options(PAIRINGS, town.county)] == [town.pairings["gansu"]]
    assert [one for one, _ in door.options(PAIRINGS, town.stranger)] == [town.pairings["shaanxi"]]
    assert len(door.options(PARTIES, town.clerk)) == len(town.offices)
    assert door.options(EXCHANGES, town.neighbour) == []


def test_a_reference_is_found_by_label_and_id_and_never_beyond_the_scope(town):
    cells = {"called": "样例协议", "of_year": "2024", "pairing": str(town.pairings["gansu"])}
    made = written(add(town.reviewer, cells, AGREEMENTS))
    mine, theirs = door.lookup(town.clerk), door.lookup(town.neighbour)
    assert mine.find("agreements", "样例协议") == made.id
    assert mine.find("agreements", str(made.id)) == made.id
    assert theirs.find("agreements", "样例协议") is None
    assert theirs.find("agreements", str(made.id)) is None


def test_an_exchange_is_found_by_its_whole_label_within_the_scope(town):
    """As a drop-down offers it; two that bear the same are told apart by their numbers."""
    entry = town.enter(town.clerk, subject="结对示例", starts="2024-05-21")
    label = dict(door.options(EXCHANGES, town.clerk))[entry.id]
    assert label.startswith("2024-05-21 ")
    assert door.lookup(town.clerk).find("exchanges", label) == entry.id
    assert door.lookup(town.neighbour).find("exchanges", label) is None
    assert door.lookup(town.clerk).find("exchanges", "结对示例") == entry.id
    again = town.enter(town.clerk, subject="结对示例", starts="2024-05-21", leader="乙样本")
    found = door.lookup(town.clerk).find("exchanges", label)
    assert isinstance(found, Problem)
    assert str(again.id) in found.hint


@pytest.mark.parametrize(
    "text", ["9" * 19, "9" * 40, "-5", "--5", "²", "a\x00b", "a\ud800b", "%", "'; DROP TABLE x", ""]
)
def test_a_reference_that_cannot_be_is_none(town, text):
    assert door.lookup(town.clerk).find("parties", text) is None


HOSTILE = [
    "", " ", "%", "%%", "%s", "_", "!", "'", '"', "';--", "\\", "a\x00b", "\ud800", "9" * 19, "9" * 40,
    "-9223372036854775809", "--5", "²", "１２", "1e5", "true", "是", "0", "2024-13", "9999-12", "9999",
    "0000", "2024-02-30", "..", "2024..", "..2024", "2024..x", "623027", "999999", "样" * 60_000,
    "east-west", "H02", "1=1) OR (1=1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_filter_breaks_the_select_or_widens_it(filled, text):
    for name in [*EXCHANGES.fields, "figure", "id", "entry", "nonsense", '" OR 1=1 --']:
        found = door.entries(EXCHANGES, filled.clerk, filters={name: text})
        assert {one.values["subject"] for one in found.entries} <= SEES["clerk"]
        door.figures(["H02"], filled.clerk, filters={name: text})


@pytest.mark.parametrize("order", ['"; DROP', "starts DESC", "-starts", "starts--", "v.id", "%s"])
def test_no_order_breaks_the_select(filled, order):
    assert set(subjects(filled.clerk, order=order)) == SEES["clerk"]


@pytest.mark.parametrize(("known", "seen"), [(-1, 0), (0, 0), (1 << 62, 1), (1 << 80, 1)])
def test_a_link_that_cannot_be_is_the_first_or_the_last(filled, known, seen):
    assert figure(filled.clerk, known=known) == seen


@pytest.mark.parametrize(
    ("text", "found"),
    [("100%", "100%"), ("_", "a_b"), ("wto", "WTO样例"), ("WTO", "WTO样例"), ("é", "Cafe\u0301样例"), ("É", "")],
)  # fmt: skip
def test_a_text_is_sought_as_it_stands_on_every_database(town, text, found):
    for subject in ("100%", "a_b", "WTO样例", "Cafe\u0301样例", "别的"):
        town.enter(town.clerk, subject=subject)
    import unicodedata

    expected = [unicodedata.normalize("NFC", found)] if found else []
    assert subjects(town.clerk, filters={"subject": text}) == expected


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("starts", "2024", 2), ("starts", "2024-05", 1), ("starts", "2024-12", 1),
        ("starts", "2024-05-21", 1), ("starts", "2024-06..", 1), ("starts", "..2024-05", 1),
        ("starts", "2024-05..2024-12", 2), ("starts", "2023", 0), ("chief", "是", 1),
        ("chief", "否", 1), ("people", "18", 1), ("people", "19", 0), ("year", "2024", 2),
        ("place", "620000", 2), ("place", "623000", 1), ("place", "623027", 1),
        ("place", "623021", 0), ("form", "visit", 1), ("form", "meeting", 1), ("figure", "H03", 1),
        ("figure", "X", 0), ("attended", "x", 2), ("nonsense", "x", 2),
    ],
)  # fmt: skip
def test_each_sort_of_field_filters(town, name, text, seen):
    town.enter(town.clerk)
    town.enter(
        town.clerk, starts="2024-12-31", ends="2024-12-31", place="623027", form="meeting",
        chief="否", people="5",
    )  # fmt: skip
    assert door.entries(EXCHANGES, town.clerk, filters={name: text}).total == seen


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1+1", "'-1+1"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("\rx", "'\rx"), ("\nx", "'\nx"), ("＝1", "'＝1"), ("－1", "'－1"), ("＠x", "'＠x"),
        ("--5", "'--5"), ("'x", "''x"), ("-²", "'-²"), ("-5", "-5"), ("-5.25", "-5.25"), ("5", "5"), ("样例", "样例"),
    ],
)  # fmt: skip
def test_no_cell_of_an_export_is_a_formula(cell, safe):
    assert neutral(cell) == safe


def test_an_export_is_one_row_an_entry_whatever_stands_in_it(town):
    import csv

    town.enter(
        town.clerk, subject='=HYPERLINK("http://x"),"a', at=[{"place": "620102", "site": '甲"乙'}]
    )
    lines = list(door.export(EXCHANGES, town.clerk))
    assert lines[0].startswith("\ufeff")
    heading, row = csv.reader("".join(lines).removeprefix("\ufeff").splitlines(keepends=True))
    assert len(heading) == len(row)
    assert row[heading.index("名称或议题")] == '\'=HYPERLINK("http://x"),"a'
    assert row[heading.index("结对关系")] == "gansu（样例）"


def test_an_export_that_lasts_is_of_one_moment(town):
    """Rows that are written while it runs shift none from one batch into the other."""
    made = [town.enter(town.clerk, subject=f"第{i}次") for i in range(4)]
    batches = door.frames(EXCHANGES, town.clerk, batch=2, order="subject")
    seen = [entry.values["subject"] for entry in next(batches)]
    amend(town.clerk, made[0], subject="改后")
    town.enter(town.clerk, subject="第0.5次")
    seen += [entry.values["subject"] for batch in batches for entry in batch]
    assert seen == [f"第{i}次" for i in range(4)]


def test_a_list_takes_no_longer_for_names(town):
    """Two hundred entries with names are opened in a handful of statements."""
    for i in range(12):
        attended = [{"name": f"张样例{i}{j}", "officer": "否"} for j in range(60)]
        town.enter(town.clerk, subject=str(i), attended=attended, people="60")
    viewer = town.clerk
    with CaptureQueriesContext(connection) as asked:
        assert len(door.entries(EXCHANGES, viewer, size=200).entries) == 12
    assert len(asked) <= 4  # count, rows, names in two parts


def test_an_account_answers_for_a_county_at_least() -> None:
    granting.check_account("jia", "甲示例", "623027")
    with pytest.raises(granting.GrantError, match="账号只到区县：623027103"):
        granting.check_account("jia", "甲示例", "623027103")
