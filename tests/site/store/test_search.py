"""Search: by word, person, place, party, day and kind, inside each viewer's scope."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from jiedui import ledgers
from jiedui.site.store import documents, door, indexing, searching
from jiedui.site.store.searching import Question, search_for, suggest
from tests.site.store import articles
from tests.site.store import town as places_and_people

if TYPE_CHECKING:
    from jiedui.access import Viewer
    from tests.site.store.town import Town

pytestmark = pytest.mark.django_db(databases=["default", "work"])

PERSON = {"name": "张样例", "post": "教师"}
OFFICER = {"name": "甲示例", "post": "市长", "officer": "是"}


def found(viewer: Viewer, words: str = "", **asked: Any) -> list[str]:
    """The subjects of what a viewer finds, the newest first."""
    done = search_for(Question(words, **asked), viewer)
    assert done.total == len(done.hits)
    return [
        str(one.entry.values.get("subject") or door.label(_kind(one), one.entry))
        if one.entry
        else one.title
        for one in done.hits
    ]


def _kind(hit: searching.Hit) -> Any:
    return ledgers.ledgers()[hit.kind]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("考察", True),
        ("样例考察", True),
        ("产业", True),
        ("業", True),
        ("业 样例", True),
        ("ＤeepSeek", True),
        ("甘肃", True),
        ("例产", False),
        ("没有", False),
        ("deep", False),
    ],
)
def test_by_word(town: Town, typed: str, there: bool) -> None:
    town.enter(town.clerk, subject="样例考察，產業用DeepSeek")
    assert (found(town.clerk, typed, kind="exchanges") != []) is there


def test_what_is_amended_or_withdrawn_is_found_as_it_is_now(town: Town) -> None:
    entry = town.enter(town.clerk, subject="样例座谈")
    done = places_and_people.amend(town.clerk, entry, subject="样例调研")
    assert isinstance(done, door.Written)
    assert found(town.clerk, "座谈", kind="exchanges") == []
    assert found(town.clerk, "调研") == ["样例调研"]
    exchanges = ledgers.ledgers()["exchanges"]
    door.withdraw(exchanges, entry.id, town.clerk, base=done.entry.version, why="重复")
    assert found(town.clerk, "调研") == []


def test_hits_counts_and_suggestions_keep_to_the_scope(town: Town) -> None:
    town.enter(town.clerk, subject="甘肃这边的考察")
    done = places_and_people.add(town.neighbour, town.theirs(subject="陕西那边的考察"))
    assert isinstance(done, door.Written), done
    seen = {
        "clerk": ["甘肃这边的考察"],
        "county": [],
        "reviewer": ["甘肃这边的考察"],
        "auditor": ["甘肃这边的考察"],
        "leader": ["甘肃这边的考察"],
        "partner": ["甘肃这边的考察"],
        "stranger": ["陕西那边的考察"],
        "neighbour": ["陕西那边的考察"],
        "examiner": ["陕西那边的考察"],
    }
    for name, subjects in seen.items():
        viewer = getattr(town, name)
        assert found(viewer, "考察", kind="exchanges") == subjects, name
        assert search_for(Question("考察", kind="exchanges"), viewer).total == len(subjects), name
        # The same as the door's list, row for row.
        assert places_and_people.subjects(viewer) == subjects, name
    # The county of Gansu is in no list of Shaanxi's, nor suggested to it; its offices are in the
    # register that everybody sees.
    assert suggest("甘肃", town.clerk).places == ("620000",)
    assert suggest("陕西", town.neighbour).places == ("610000",)
    assert found(town.neighbour, place="620000", kind="exchanges") == []


def test_a_confirmed_pairing_ends_the_partners_sight(town: Town) -> None:
    town.enter(town.clerk, subject="年内", starts="2024-12-30", ends=None)
    assert found(town.partner, "年内") == ["年内"]
    assert found(town.partner, "年内", since=date(2025, 1, 1)) == []


def test_a_sealed_name_is_found_by_its_office_alone(town: Town) -> None:
    town.enter(town.clerk, subject="有人参加", attended=[PERSON, OFFICER])
    for name in ("张样例", "张 样例", "張樣例"):
        assert found(town.clerk, person=name) == ["有人参加"]
    for viewer in (town.reviewer, town.auditor, town.leader, town.partner, town.county):
        assert found(viewer, person="张样例") == []
    # Not among the words, not even for its office.
    assert found(town.clerk, "张样例") == []
    assert found(town.clerk, person="张样") == []
    # An officer acting as such is public.
    for viewer in (town.clerk, town.reviewer, town.partner):
        assert found(viewer, person="甲示例") == ["有人参加"]


def test_an_erased_name_is_in_the_index_no_more(town: Town) -> None:
    entry = town.enter(town.clerk, subject="有人参加", attended=[PERSON])
    exchanges = ledgers.ledgers()["exchanges"]
    ref = entry.values["attended"][0]["name"].ref
    assert door.erase(exchanges, entry.id, town.clerk, [ref], why="本人要求") == 1
    assert found(town.clerk, person="张样例") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jd_search_name")
        assert cursor.fetchone()[0] == 0
    indexing.start_anew()
    indexing.catch_up()
    assert found(town.clerk, person="张样例") == []


def test_by_place_at_any_depth(town: Town) -> None:
    at = [{"place": "夏河县桑科镇", "site": "样例小学"}]
    town.enter(town.clerk, subject="到镇上", at=at)
    town.enter(town.clerk, subject="在省里")
    for place in ("620000", "623000", "623027", "623027103"):
        there = found(town.clerk, place=place, kind="exchanges")
        assert "到镇上" in there, place
        assert ("在省里" in there) is (place == "620000")
    assert found(town.clerk, "考察", place="621000") == []


def test_by_party_day_and_kind(town: Town) -> None:
    town.enter(town.clerk, subject="五月")
    town.enter(town.clerk, subject="七月", starts="2024-07-01", ends=None)
    party = town.offices["tianjin"]
    assert found(town.clerk, party=party, kind="exchanges") == ["七月", "五月"]
    assert found(town.clerk, party=town.offices["jiangsu"], kind="exchanges") == []
    assert found(town.clerk, party=party, kind="pairings") == ["gansu（样例）"]
    assert found(town.clerk, party=party, kind="parties") == ["丙市协作办（样例）"]
    assert found(town.clerk, since=date(2024, 6, 1), kind="exchanges") == ["七月"]
    assert found(town.clerk, until=date(2024, 6, 1), kind="exchanges") == ["五月"]
    assert found(town.clerk, "协作办", kind="nothing") == []


def test_documents_are_their_offices_alone(town: Town) -> None:
    done = documents.receive(town.clerk, articles.VISIT.encode(), "visit.txt")
    assert isinstance(done, documents.StoredDocument)
    [hit] = search_for(Question("党政代表团", kind="documents"), town.clerk).hits
    assert (hit.key, hit.day) == (done.key, date(2024, 5, 23))
    assert found(town.colleague, "党政代表团", place="620000", kind="documents") == [hit.title]
    assert found(town.clerk, person="周样例", kind="documents") == [hit.title]
    # A name in a document is no word of the index.
    assert found(town.clerk, "周样例", kind="documents") == []
    assert suggest(hit.title[:2], town.clerk).documents == ((hit.key, hit.title),)
    for viewer in (town.county, town.reviewer, town.auditor, town.neighbour):
        assert found(viewer, "党政代表团", kind="documents") == []
        assert suggest(hit.title[:2], viewer).documents == ()


def test_nothing_asked_is_nothing_found(town: Town) -> None:
    town.enter(town.clerk)
    for question in (Question(), Question("，。"), Question(" ", person=" ")):
        assert question.empty
        assert search_for(question, town.clerk).total == 0
    assert suggest("", town.clerk) == searching.Suggestions()
    assert suggest("13800000000", town.clerk) == searching.Suggestions()


def test_pages_and_what_is_more_than_can_be_counted(town: Town, monkeypatch: Any) -> None:
    for n in range(5):
        town.enter(town.clerk, subject=f"第{n}次", starts=f"2024-05-0{n + 1}", ends=None)
    pages = [search_for(Question("次"), town.clerk, page=n, size=2) for n in (1, 2, 3, 9)]
    assert [[one.entry.values["subject"] for one in page.hits] for page in pages] == [
        ["第4次", "第3次"], ["第2次", "第1次"], ["第0次"], ["第0次"],
    ]  # fmt: skip
    assert [(page.total, page.pages, page.more) for page in pages] == [(5, 3, False)] * 4
    monkeypatch.setattr(searching, "MOST", 3)
    last = search_for(Question("次"), town.clerk, page=2, size=2)
    assert (last.total, last.more, len(last.hits)) == (3, True, 1)


def test_a_large_link_is_taken_in_later(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 0)
    entry = town.enter(town.clerk, subject="迟到的考察", attended=[PERSON])
    late = search_for(Question("迟到"), town.clerk)
    assert (late.total, late.behind) == (0, True)
    monkeypatch.setattr(indexing, "AT_ONCE", 500)
    # What is written meanwhile is found at once, and nothing comes twice.
    town.enter(town.clerk, subject="不迟的考察", starts="2024-05-22")
    assert found(town.clerk, "考察", kind="exchanges") == ["不迟的考察"]
    assert indexing.catch_up() == 1
    assert indexing.catch_up() == 0
    assert found(town.clerk, "考察", kind="exchanges") == ["不迟的考察", "迟到的考察"]
    assert found(town.clerk, person="张样例") == ["迟到的考察"]
    assert not search_for(Question("迟到"), town.clerk).behind
    monkeypatch.setattr(indexing, "AT_ONCE", 0)
    exchanges = ledgers.ledgers()["exchanges"]
    door.withdraw(exchanges, entry.id, town.clerk, base=entry.version, why="重复")
    # Ended: gone for everybody, though the index has not followed yet.
    assert found(town.clerk, "迟到") == []
    indexing.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jd_search WHERE kind = 'exchanges'")
        assert cursor.fetchone()[0] == 1


def test_the_index_made_anew_finds_the_same(town: Town) -> None:
    town.enter(town.clerk, subject="样例考察", attended=[PERSON])
    documents.receive(town.clerk, articles.VISIT.encode(), "visit.txt")
    asked = (Question("考察"), Question(person="张样例"), Question(place="620000"))
    before = [search_for(one, town.clerk) for one in asked]
    indexing.start_anew()
    assert search_for(asked[0], town.clerk).behind
    assert indexing.catch_up() > 3
    assert [search_for(one, town.clerk) for one in asked] == before


def test_the_worker_takes_in_what_is_due(town: Town, monkeypatch: Any) -> None:
    from jiedui.cli import work

    monkeypatch.setattr(indexing, "AT_ONCE", 0)
    town.enter(town.clerk, subject="迟到的考察")
    started: list[list[str]] = []

    def apart(what: list[str]) -> bool:
        started.append(what)
        indexing.catch_up()
        return True

    monkeypatch.setattr(work, "_apart", apart)
    monkeypatch.setattr("jiedui.site.store.setup.close", lambda: None)
    work._watch(once=True)
    assert started == [["--index"]]
    assert found(town.clerk, "迟到") == ["迟到的考察"]


def test_the_command_keeps_to_the_scope(town: Town, monkeypatch: Any) -> None:
    from typer.testing import CliRunner

    from jiedui.cli import search as command

    monkeypatch.setattr(command, "open_book", lambda: None)
    town.enter(town.clerk, subject="样例考察", attended=[PERSON])

    def asked(*words: str, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(command.app, list(words), input=typed)
        return done.exit_code, done.output

    code, said = asked("考察", "--as", "clerk", "--place", "甘肃")
    assert (code, "样例考察" in said, "共 1 条" in said) == (0, True, True)
    assert "共 0 条" in asked("考察", "--kind", "exchanges", "--as", "neighbour")[1]
    assert "共 1 条" in asked("--person", "--as", "clerk", typed="张样例\n")[1]
    assert "共 0 条" in asked("--person", "--as", "leader", typed="张样例\n")[1]
    assert asked("13800000000", "--as", "clerk")[0] == 2
    assert asked("--since", "去年", "--as", "clerk")[0] == 2
    assert "已重建" in asked("--rebuild")[1]


def test_no_name_stands_in_the_index_in_the_clear(town: Town) -> None:
    town.enter(town.clerk, subject="有人参加", attended=[PERSON])
    documents.receive(town.clerk, articles.VISIT.encode(), "visit.txt")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM jd_search_words_data")
            held = b"".join(bytes(row[0]) for row in cursor.fetchall()).decode("utf-8", "replace")
        else:
            cursor.execute("SELECT words FROM jd_search")
            held = " ".join(str(row[0]) for row in cursor.fetchall())
    # FTS5 keeps of a word only how it differs from the one before.
    assert "参" in held
    for part in ("张样", "周样", "吴样"):
        assert part not in held
        assert search_for(Question(part), town.clerk).total == 0
