"""Documents: brought once an office, read once, decided once, seen by nobody else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from jiedui.access import No
from jiedui.problems import Problem
from jiedui.site.store import documents, door, proofs, rows, verify
from jiedui.site.store.tables import Document
from tests.postgres import postgres_url
from tests.site.store import apart, articles
from tests.site.store.town import EXCHANGES, amend, codes, figure, subjects, written


def bring(viewer, text=articles.VISIT, name="样例.txt"):
    found = documents.receive(viewer, text.encode(), name)
    assert isinstance(found, documents.StoredDocument), found
    return found


def test_a_document_is_kept_with_what_it_says(town):
    document = bring(town.clerk)
    assert document.already is False
    assert document.source == "样例日报"
    assert document.published.isoformat() == "2024-05-23"
    assert document.by == "clerk样例"
    for fact in document.facts:
        assert document.text[fact["start"] : fact["end"]] == fact["quote"]
    for edit in document.edits:
        assert {"damaged_start", "damaged_end"} <= edit.keys()
    assert [one.state for one in document.proposals] == ["open"] * len(document.proposals)
    assert len(document.proposals) >= 2
    same = documents.one(town.colleague, document.key)
    assert same == document
    json.dumps([dict(one.values) for one in document.proposals])


def test_the_same_file_twice_is_the_same_document(town):
    first = bring(town.clerk)
    before = door.head()
    again = bring(town.colleague, name="别名.txt")
    assert again == replace(first, already=True)
    assert door.head() == before
    assert documents.listed(town.clerk).total == 1


def test_two_offices_with_one_file_learn_nothing_of_each_other(town):
    ours, theirs = bring(town.clerk), bring(town.neighbour)
    assert theirs.already is False
    assert ours.key != theirs.key
    assert documents.listed(town.neighbour).total == 1
    assert isinstance(documents.one(town.neighbour, ours.key), No)
    assert documents.one(town.neighbour, ours.key) == documents.one(town.neighbour, "0" * 13)
    for document in (ours, theirs):
        for proposal in document.proposals:
            assert proposal.state == "open"
    checked = articles.proposed(town, town.neighbour, ours.proposals[0])
    none = documents.accept(town.neighbour, "0" * 13, checked)
    assert documents.accept(town.neighbour, ours.proposals[0].key, checked) == none
    assert isinstance(none, No)
    assert documents.refuse(town.neighbour, ours.proposals[0].key, "样例") == none
    assert documents.one(town.clerk, ours.key) == ours


@pytest.mark.parametrize("who", ["reviewer", "auditor", "leader", "partner", "county", "examiner"])
def test_nobody_but_its_office_sees_a_document_or_brings_one(town, who):
    document = bring(town.clerk)
    viewer = getattr(town, who)
    assert documents.listed(viewer).total == 0
    assert isinstance(documents.one(viewer, document.key), No)
    assert isinstance(documents.refuse(viewer, document.proposals[0].key, "样例"), No)
    if who != "county":
        assert isinstance(documents.receive(viewer, b"x", "x.txt"), No)


@pytest.mark.parametrize("key", ["", "x", "0" * 13, "a\x00b", "\ud800", "' OR 1=1", "é" * 13])
def test_a_key_that_cannot_be_is_no_documents(town, key):
    bring(town.clerk)
    assert isinstance(documents.one(town.clerk, key), No)
    assert isinstance(documents.refuse(town.clerk, key, "样例"), No)


def test_what_is_accepted_is_entered_with_its_sentences(town):
    document = bring(town.clerk)
    proposal = document.proposals[0]
    checked = articles.proposed(town, town.clerk, proposal, people="18")
    done = documents.accept(town.clerk, proposal.key, checked)
    entry = written(done)
    assert figure(town.clerk) == 1
    assert entry.values["people"] == 18
    [decided] = [one for one in documents.one(town.clerk, document.key).proposals if one.decided_at]
    assert (decided.state, decided.decided_by, decided.entry_key) == (
        "accepted", "clerk样例", entry.key,
    )  # fmt: skip
    assert entry.values["sources"]
    for source in entry.values["sources"]:
        assert source["document"] == document.key
        assert entry.values[source["field"]] not in (None, ())
        assert "quote" not in source
    shown = documents.proofs(town.clerk, entry)
    assert {one.field for one in shown} == {one["field"] for one in entry.values["sources"]}
    for proof in shown:
        start, end = proof.at
        assert proof.quote == document.text[start:end]
        assert proof.before + proof.quote + proof.after in document.text
        assert proof.document == document.key
    assert verify.verify().broken == ()


def test_a_value_that_was_left_empty_cites_nothing(town):
    document = bring(town.clerk)
    proposal = next(one for one in document.proposals if "subject" in one.values)
    checked = articles.proposed(town, town.clerk, proposal, subject="")
    entry = written(documents.accept(town.clerk, proposal.key, checked))
    assert "subject" not in {one["field"] for one in entry.values["sources"]}


def test_sources_stay_with_an_entry_that_is_amended(town):
    document = bring(town.clerk)
    proposal = document.proposals[0]
    checked = articles.proposed(town, town.clerk, proposal)
    entry = written(documents.accept(town.clerk, proposal.key, checked))
    now = written(amend(town.clerk, entry, people="3"))
    assert now.values["sources"] == entry.values["sources"]


def test_a_proposal_is_decided_once(town):
    document = bring(town.clerk)
    first, second = document.proposals[:2]
    checked = articles.proposed(town, town.clerk, first)
    entry = written(documents.accept(town.clerk, first.key, checked))
    again = documents.accept(town.colleague, first.key, checked)
    assert isinstance(again, documents.AlreadyDecided)
    assert again.proposal.entry_key == entry.key
    assert isinstance(documents.refuse(town.clerk, first.key, "样例"), documents.AlreadyDecided)
    refused = documents.refuse(town.clerk, second.key, "重复报道")
    assert (refused.state, refused.why, refused.entry_key) == ("refused", "重复报道", None)
    checked = articles.proposed(town, town.clerk, second)
    late = documents.accept(town.clerk, second.key, checked)
    assert isinstance(late, documents.AlreadyDecided)
    assert door.entries(EXCHANGES, town.clerk).total == 1
    assert verify.verify().broken == ()


def test_faults_leave_a_proposal_open(town):
    document = bring(town.clerk)
    proposal = document.proposals[0]
    before = door.head()
    checked = articles.proposed(town, town.clerk, proposal, starts="2024-02-30")
    assert "not-a-date" in codes(documents.accept(town.clerk, proposal.key, checked))
    checked = articles.proposed(town, town.clerk, proposal, starts="2020-02-03", ends="")
    done = documents.accept(town.clerk, proposal.key, checked)
    assert codes(done) == ["pairing-not-in-force"]
    assert door.head() == before
    assert documents.one(town.clerk, document.key).proposals[0].state == "open"


def test_an_acceptance_that_fails_half_way_leaves_nothing(town, monkeypatch):
    from jiedui.site.store import deciding

    document = bring(town.clerk)
    proposal = document.proposals[0]
    checked = articles.proposed(town, town.clerk, proposal)
    before = door.head()

    def fail(*_arguments):
        raise RuntimeError("样例")

    monkeypatch.setattr(deciding, "_decide", fail)
    with pytest.raises(RuntimeError):
        documents.accept(town.clerk, proposal.key, checked)
    assert door.head() == before
    assert door.entries(EXCHANGES, town.clerk).total == 0
    assert documents.one(town.clerk, document.key).proposals[0].state == "open"


@pytest.mark.parametrize("why", ["长" * 501, "a\x00b"])
def test_a_refusal_whose_reason_cannot_be_kept_is_refused(town, why):
    document = bring(town.clerk)
    assert isinstance(documents.refuse(town.clerk, document.proposals[0].key, why), No)
    assert documents.one(town.clerk, document.key) == document


def test_a_partner_sees_the_sentence_and_not_the_document(town):
    document = bring(town.clerk)
    proposal = document.proposals[0]
    checked = articles.proposed(town, town.clerk, proposal, attended=[])
    entry = written(documents.accept(town.clerk, proposal.key, checked))
    seen = door.entry(EXCHANGES, entry.id, town.partner)
    shown = documents.proofs(town.partner, seen)
    assert shown
    assert {proof.document for proof in shown} == {None}
    assert all(proof.quote in document.text for proof in shown)
    assert subjects(town.neighbour) == []


def named_entry(town, attended):
    """An entry whose citations run over the sentence with the villagers' names."""
    document = bring(town.clerk)
    proposal = document.proposals[0]
    checked = articles.proposed(town, town.clerk, proposal, attended=attended)
    row = Document.objects.get(key=document.key)
    start = row.text.index("村民")
    content = json.loads(row.reading)
    people = [{"name": one["name"], "officer": False} for one in attended]
    values = content["proposals"][0]["values"]
    for field, value in (("attended", people), ("subject", checked.rows[0]["subject"])):
        values[field] = {"value": value, "citations": [[start, start + 20]]}
    Document.objects.filter(key=document.key).update(
        reading=json.dumps(content, ensure_ascii=False)
    )
    return written(documents.accept(town.clerk, proposal.key, checked))


def quotes(viewer, entry):
    seen = door.entry(EXCHANGES, entry.id, viewer)
    shown = documents.proofs(viewer, seen)
    return "".join(f"{one.before}{one.quote}{one.after}" for one in shown)


@pytest.mark.parametrize(
    ("name", "spelled"), [("祁样例", "祁样例"), ("祁标记", "祁　标记"), ("祁樣例", "祁样例")]
)
def test_a_protected_name_is_hidden_in_the_sentence_that_proves(town, name, spelled):
    entry = named_entry(town, [{"name": name, "officer": "否"}])
    assert spelled in quotes(town.clerk, entry)
    for who in ("reviewer", "auditor", "leader", "partner"):
        told = quotes(getattr(town, who), entry)
        assert spelled not in told
        assert proofs.PROTECTED in told
        assert "天津市党政代表团" in told


def test_a_name_that_was_amended_away_or_erased_stays_hidden(town):
    entry = named_entry(town, [{"name": "祁样例", "officer": "否"}])
    now = written(amend(town.clerk, entry, attended=[]))
    assert "祁样例" not in quotes(town.partner, now)
    erased = door.erase(
        EXCHANGES, entry.id, town.clerk, rows.sealed_refs(entry.values), why="本人要求"
    )
    assert erased == 1
    assert "祁样例" not in quotes(town.partner, now)
    assert "祁样例" not in quotes(town.reviewer, now)


def test_a_name_spelled_otherwise_than_entered_is_hidden_in_fields_of_persons(town):
    entry = named_entry(town, [{"name": "祁样利", "officer": "否"}])
    seen = door.entry(EXCHANGES, entry.id, town.partner)
    [proof] = [one for one in documents.proofs(town.partner, seen) if one.field == "attended"]
    assert proof.quote == proofs.PROTECTED


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", b"PK\x03\x04nonsense", b" \n "])
def test_a_file_that_cannot_be_read_is_a_problem_and_leaves_nothing(town, content):
    before = door.head()
    assert isinstance(documents.receive(town.clerk, content, "x.txt"), Problem)
    assert door.head() == before
    assert documents.listed(town.clerk).total == 0


@pytest.mark.usefixtures("sandbox")
def test_a_document_is_read_in_the_sandbox(town):
    assert bring(town.clerk).source == "样例日报"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\样例\\x.txt", "a\x00b.txt", "长" * 400, ""]
)
def test_a_name_is_a_label_and_no_path(town, name):
    document = bring(town.clerk, name=name)
    assert "/" not in document.name
    assert "\\" not in document.name
    assert len(document.name) <= 200


def test_documents_are_listed_newest_first_and_counted(town):
    for number in range(3):
        bring(town.clerk, articles.VISIT.replace("样例代表团", f"第{number}代表团"))
    page = documents.listed(town.clerk, 99)
    assert (page.total, page.page, page.pages) == (3, 1, 1)
    times = [one.received for one in page.entries]
    assert times == sorted(times, reverse=True)
    documents.refuse(
        town.clerk, documents.one(town.clerk, page.entries[0].key).proposals[0].key, ""
    )
    first = documents.listed(town.clerk).entries[0]
    assert (first.decided, first.open) == (1, page.entries[0].open - 1)


def test_an_original_that_was_lost_comes_back_with_the_same_bytes(town):
    from pathlib import Path

    from django.conf import settings

    bring(town.clerk)
    sha256 = Document.objects.get().sha256
    Path(settings.JIEDUI_FOLDER, "documents", sha256[:2], sha256).unlink()
    assert verify.verify().broken
    assert bring(town.clerk).already
    assert verify.verify().broken == ()


def test_those_who_decide_at_once_on_sqlite(tmp_path):
    with apart.book(tmp_path) as book:
        assert book.run("decisions") == "done\n"


@pytest.mark.needs("postgres")
def test_those_who_decide_at_once_on_postgresql(tmp_path):
    with apart.book(tmp_path, postgres_url()) as book:
        assert book.run("decisions") == "done\n"


def test_a_document_without_a_title_is_called_by_its_first_words(town):
    text = "- 時間:2024-05-23\n- 來源:样例日报\n5月21日，样例市代表团来样例县考察。此后另有一句。\n"
    found = documents.receive(town.clerk, text.encode(), "样例.txt")
    assert isinstance(found, documents.StoredDocument)
    assert found.title == "5月21日，样例市代表团来样例县考察"


def test_a_value_put_in_place_of_a_proposed_one_cites_nothing(town):
    bring(town.clerk)
    entry = articles.accept_first(town, town.clerk, subject="另一名称（样例）")
    cited = {str(one["field"]) for one in entry.values["sources"]}
    assert "subject" not in cited
    assert "starts" in cited
