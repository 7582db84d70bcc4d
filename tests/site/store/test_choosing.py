"""What stood at a damaged place is chosen by a person: the reading follows, citations still hold."""

from __future__ import annotations

import pytest

from jiedui.access import No
from jiedui.site.store import documents, door, proofs, questions, searching, verify
from jiedui.site.store.stored import shown_as
from jiedui.site.store.tables import Document, Former, Link, Proposal
from tests.core.restore.cases import CORPUS
from tests.site.store import articles

# Of the province whose clerk brings it, and of a year in which its pairing is in force.
DAMAGED = (CORPUS / "articles/visit-damaged.txt").read_text("utf-8")
for there, here in (("陝西", "甘肅"), ("江蘇", "天津"), ("2025", "2024")):
    DAMAGED = DAMAGED.replace(there, here)


@pytest.fixture
def brought(town):
    found = documents.receive(town.clerk, DAMAGED.encode(), "样例.txt")
    assert isinstance(found, documents.StoredDocument)
    return found


def unsure(document):
    return [one for one in document.edits if not one["sure"] and one["candidates"]]


def pick(viewer, document, edit, number):
    stands = shown_as(edit)
    return documents.choose(viewer, document.key, edit["damaged_start"], stands, number)


def holds(document):
    """Everything that must be true of a document whatever was chosen."""
    text = document.damaged
    for edit in reversed(document.edits):
        assert document.damaged[edit["damaged_start"] : edit["damaged_end"]] == edit["found"]
        assert document.text[edit["start"] : edit["end"]] == edit["became"]
        text = text[: edit["damaged_start"]] + edit["became"] + text[edit["damaged_end"] :]
    assert text == document.text
    for fact in document.facts:
        assert document.text[fact["start"] : fact["end"]] == fact["quote"]
    assert verify.verify().broken == ()


def test_a_choice_is_kept_and_the_document_is_read_again(town, brought):
    edit = unsure(brought)[0]
    done = pick(town.clerk, brought, edit, 1)
    assert isinstance(done, documents.StoredDocument)
    holds(done)
    chosen = next(one for one in done.edits if one["damaged_start"] == edit["damaged_start"])
    assert chosen["became"] == edit["candidates"][1]
    assert chosen["sure"] is True
    assert len(done.edits) == len(brought.edits)
    grown = len(edit["candidates"][1]) - len(edit["became"])
    assert len(done.text) == len(brought.text) + grown
    assert (done.title, done.published) == (brought.title, brought.published)
    assert documents.one(town.colleague, brought.key) == done
    link = Link.objects.latest("number")
    assert (link.by, link.source) == ("clerk样例", f"chosen:{brought.key}")


def test_a_choice_is_changed_and_taken_back(town, brought):
    edit = unsure(brought)[0]
    for number in (0, 2):
        done = pick(town.clerk, brought, edit, number)
        assert isinstance(done, documents.StoredDocument)
        edit = next(e for e in done.edits if e["damaged_start"] == edit["damaged_start"])
        assert edit["became"] == edit["candidates"][number]
        holds(done)
    back = pick(town.clerk, brought, edit, None)
    assert isinstance(back, documents.StoredDocument)
    holds(back)
    assert (back.text, back.edits, back.facts) == (brought.text, brought.edits, brought.facts)
    assert [one.values for one in back.proposals] == [one.values for one in brought.proposals]
    assert Former.objects.count() == 3


def test_what_was_proposed_and_proved_before_still_holds(town, brought):
    proposal = brought.proposals[0]
    done = documents.accept(town.clerk, proposal.key, articles.proposed(town, town.clerk, proposal))
    assert isinstance(done, door.Written), done
    before = proofs.proofs(town.clerk, done.entry)
    edit = unsure(brought)[0]
    chosen = pick(town.clerk, brought, edit, 0)
    holds(chosen)
    after = proofs.proofs(town.clerk, done.entry)
    assert [one.quote for one in after] == [one.quote for one in before]
    for one in after:
        start, end = one.at
        shown = chosen.text[start:end]
        assert shown == one.quote or edit["candidates"][0] in shown
    # What was decided is not proposed once more.
    assert [one.key for one in chosen.proposals] == [one.key for one in brought.proposals]
    accepted = next(one for one in chosen.proposals if one.key == proposal.key)
    assert (accepted.state, accepted.entry_key) == ("accepted", done.entry.key)
    for value in accepted.values.values():
        for start, end in value["citations"]:
            assert 0 <= start < end <= len(chosen.text)


def test_open_proposals_follow_the_text(town, brought):
    keys = [one.key for one in brought.proposals]
    edit = unsure(brought)[0]
    done = pick(town.clerk, brought, edit, 0)
    assert [one.key for one in done.proposals] == keys
    for proposal in done.proposals:
        for value in proposal.values.values():
            for start, end in value["citations"]:
                assert done.text[start:end].strip()
    assert Proposal.objects.count() == len(keys)


def test_what_the_original_says_is_typed(town, brought):
    edit = unsure(brought)[0]
    for typed in ("", "甲" * 81, "甲\n乙", "甲\x00", "\ud800", edit["became"], "□"):
        assert isinstance(pick(town.clerk, brought, edit, typed), No)
    assert documents.one(town.clerk, brought.key) == brought
    done = pick(town.clerk, brought, edit, "地所需")
    holds(done)
    typed = next(one for one in done.edits if one["damaged_start"] == edit["damaged_start"])
    assert (typed["became"], typed["sure"]) == ("地所需", True)
    sure = next(one for one in brought.edits if one["sure"])
    assert isinstance(pick(town.clerk, done, sure, "样例"), No)


@pytest.mark.parametrize("who", ["neighbour", "reviewer", "auditor", "leader", "partner"])
def test_nobody_else_chooses(town, brought, who):
    edit, before = unsure(brought)[0], door.head()
    assert isinstance(pick(getattr(town, who), brought, edit, 0), No)
    assert door.head() == before
    assert documents.one(town.clerk, brought.key) == brought


def test_what_changed_meanwhile_is_asked_again(town, brought):
    edit = unsure(brought)[0]
    assert isinstance(pick(town.clerk, brought, edit, 0), documents.StoredDocument)
    before = door.head()
    for number in (1, 0, None, 9, -1):
        assert isinstance(pick(town.colleague, brought, edit, number), No)
    assert isinstance(documents.choose(town.clerk, brought.key, 999_999, "x", 0), No)
    assert isinstance(documents.choose(town.clerk, "0" * 13, 0, "x", 0), No)
    assert door.head() == before


def test_the_search_finds_what_was_chosen(town, brought):
    edit = unsure(brought)[0]
    done = pick(town.clerk, brought, edit, 1)
    assert isinstance(done, documents.StoredDocument)
    at = next(e for e in done.edits if e["damaged_start"] == edit["damaged_start"])
    words = done.text[at["start"] : at["end"]][:4]
    found = searching.search_for(questions.Question(words), town.clerk)
    assert [hit.key for hit in found.hits if hit.kind == searching.DOCUMENTS] == [brought.key]


def test_a_former_reading_that_was_changed_or_lost_is_told(town, brought):
    pick(town.clerk, brought, unsure(brought)[0], 0)
    Former.objects.update(text="改了")
    assert [one.table for one in verify.verify().broken] == ["jd_former"]
    Former.objects.all().delete()
    assert len(verify.verify().broken) == 1
    assert Document.objects.count() == 1
