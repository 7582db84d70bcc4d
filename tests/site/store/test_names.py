"""A person's name: in the vault alone, seen by its own office, gone when it is erased."""

from __future__ import annotations

import pytest
from django.db import connection

from jiedui.access import No
from jiedui.ledgers.show import sealed_mark
from jiedui.site.store import door, rows, vault, verify
from jiedui.site.store.tables import Secret
from tests.site.store import apart
from tests.site.store.town import EXCHANGES, add, amend, codes, written

MARKER = "祁样例标记"
OFFICER = "公样例职务"


@pytest.fixture
def entry(town):
    return town.enter(
        town.clerk,
        attended=[
            {"name": MARKER, "post": "村民", "officer": "否"},
            {"name": OFFICER, "post": "县长", "officer": "是"},
            {"name": "佚样例未注明", "post": ""},
        ],
    )


def names(entry):
    return [str(row["name"]) for row in entry.values["attended"]]


def refs(entry):
    return rows.sealed_refs(entry.values)


def test_its_own_clerks_see_the_name_and_nobody_else(town, entry):
    hidden = "（已保护）"
    for who in ("clerk", "colleague"):
        seen = door.entry(EXCHANGES, entry.id, getattr(town, who))
        assert names(seen) == [MARKER, OFFICER, "佚样例未注明"]
    for who in ("reviewer", "auditor", "leader", "partner"):
        viewer = getattr(town, who)
        assert names(door.entry(EXCHANGES, entry.id, viewer)) == [hidden, OFFICER, hidden]
        [listed] = door.entries(EXCHANGES, viewer).entries
        assert names(listed) == [hidden, OFFICER, hidden]
        assert MARKER not in "".join(door.export(EXCHANGES, viewer))
        for version in door.versions(EXCHANGES, entry.id, viewer):
            assert names(version) == [hidden, OFFICER, hidden]
    assert MARKER in "".join(door.export(EXCHANGES, town.clerk))


def test_a_name_is_nowhere_in_the_tables(town, entry):
    amend(town.clerk, entry, people="30")
    found = "\n".join(everything())
    assert OFFICER in found
    assert MARKER not in found
    assert "佚样例未注明" not in found


def everything():
    """Each value of each table as text, binary columns too."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    binary = isinstance(value, bytes | memoryview)
                    yield bytes(value).decode("utf-8", "replace") if binary else str(value)


def test_a_list_cannot_be_sorted_or_filtered_by_a_protected_name(town, entry):
    for filters in ({"attended": MARKER}, {"name": MARKER}, {"attended.name": MARKER}):
        assert door.entries(EXCHANGES, town.partner, filters=filters).total == 1
    for text in (MARKER, "vault", refs(entry)[0]):
        found = door.entries(EXCHANGES, town.partner, filters={"subject": text})
        assert found.total == 0


def test_a_name_that_stays_keeps_its_reference(town, entry):
    now = written(amend(town.clerk, entry, people="30"))
    assert refs(now) == refs(entry)
    assert Secret.objects.count() == 2
    attended = [{"name": MARKER}, {"name": MARKER}, {"name": "新样例"}]
    again = written(amend(town.clerk, now, attended=attended))
    assert refs(again)[:2] == [refs(entry)[0]] * 2
    assert refs(again)[2] not in refs(entry)


def test_a_mark_that_was_shown_comes_back_as_the_same_name(town, entry):
    attended = [{"name": sealed_mark(ref)} for ref in refs(entry)]
    now = written(amend(town.clerk, entry, attended=attended))
    assert names(now) == [MARKER, "佚样例未注明"]


def test_a_mark_of_a_name_the_entry_never_held_is_refused(town, entry):
    other = town.enter(town.clerk, subject="另一次")
    theirs = written(add(town.neighbour, town.theirs(attended=[{"name": "外样例"}])))
    before = door.head()
    for ref in (refs(entry)[0], refs(theirs)[0], "0" * 32):
        attended = [{"name": sealed_mark(ref)}]
        assert codes(amend(town.clerk, other, attended=attended)) == ["no-such-entry"]
        again = add(town.clerk, town.cells(subject="新的", attended=attended))
        assert codes(again) == ["no-such-entry"]
        assert again.problems[0].at.path == "attended[0].name"
    assert door.head() == before


def test_an_erased_name_is_gone_for_good_and_the_count_stands(town, entry):
    done = door.erase(EXCHANGES, entry.id, town.clerk, refs(entry)[:1], why="本人要求")
    assert done == 1
    assert Secret.objects.count() == 1
    found = door.entry(EXCHANGES, entry.id, town.clerk)
    assert names(found) == ["（已删除）", OFFICER, "佚样例未注明"]
    assert len(found.values["attended"]) == 3
    assert names(door.entry(EXCHANGES, entry.id, town.partner))[0] == "（已保护）"
    assert door.erase(EXCHANGES, entry.id, town.clerk, refs(entry)[:1], why="再次") == 0
    now = written(amend(town.clerk, found, people="30"))
    assert len(now.values["attended"]) == 3
    assert verify.verify().broken == ()


def test_a_name_of_an_ended_version_and_of_a_withdrawn_entry_can_be_erased(town, entry):
    now = written(amend(town.clerk, entry, attended=[{"name": "佚样例未注明"}]))
    assert door.erase(EXCHANGES, entry.id, town.clerk, refs(entry)[:1], why="本人要求") == 1
    door.withdraw(EXCHANGES, now.id, town.clerk, base=now.version, why="样例")
    assert door.erase(EXCHANGES, entry.id, town.clerk, refs(entry), why="本人要求") == 1
    assert Secret.objects.count() == 0
    assert verify.verify().broken == ()


def test_only_its_own_office_erases_and_only_names_of_that_entry(town, entry):
    other = town.enter(town.clerk, subject="另一次", attended=[{"name": "留样例"}])
    for who in ("neighbour", "county", "reviewer", "partner"):
        done = door.erase(EXCHANGES, entry.id, getattr(town, who), refs(entry), why="样例")
        assert isinstance(done, No)
    before = door.head()
    assert door.erase(EXCHANGES, entry.id, town.clerk, refs(other), why="样例") == 0
    assert door.head() == before
    assert Secret.objects.count() == 3


def test_a_box_of_another_office_does_not_open(town, entry):
    [ref] = refs(entry)[:1]
    assert vault.opened([ref], town.offices["gansu"]) == {ref: MARKER}
    assert vault.opened([ref], town.offices["shaanxi"]) == {}
    Secret.objects.filter(ref=ref).update(owner=town.offices["shaanxi"])
    assert vault.opened([ref], town.offices["shaanxi"]) == {}


def test_very_many_names_are_opened(town):
    """More than an engine takes parameters."""
    found = vault.opened([f"{i:032}" for i in range(40_000)], 1)
    assert found == {}


def test_a_fault_in_a_name_does_not_show_it(town):
    done = add(town.clerk, town.cells(attended=[{"name": f"{MARKER}\x07", "officer": "否"}]))
    assert codes(done) == ["control-character"]
    assert MARKER not in str(done)


def test_a_name_is_in_no_file(tmp_path):
    """Neither in the database's file nor its log; and no box of it after it was erased."""
    with apart.book(tmp_path) as book:
        assert book.run("names", MARKER, OFFICER) == "done\n"
