"""A document that has been understood: spans hold, nothing is lost, and the JSON is as agreed."""

from __future__ import annotations

import json
from datetime import date

import opencc
import pytest

from jiedui.evidence import Extracted, extract, understand
from jiedui.restore import replay
from jiedui.restore.damage import corrupt
from tests.core.evidence import made
from tests.core.evidence.made import LINES, SAMPLE

DAMAGED = corrupt(opencc.OpenCC("s2t").convert(SAMPLE), "東協對記員導業會進學習動產發")


def read(content: bytes):
    extracted = extract(content)
    assert isinstance(extracted, Extracted)
    return understand(extracted)


@pytest.fixture(scope="module")
def document():
    return read(SAMPLE.encode("gb18030"))


@pytest.fixture(scope="module")
def damaged():
    return read(DAMAGED.encode())


def test_the_head_of_the_document(document):
    assert document.title == LINES[0]
    assert document.source == "样例日报"
    assert document.published == date(2023, 6, 15)
    assert document.clicks == 12
    assert document.reporters == ("钱示例", "孙示例")


def test_a_title_that_only_the_file_has_is_taken():
    found = read(
        made.html(["样例之题目", "6月13日，一段。"]).replace("<h1>", "<h1 hidden>").encode()
    )
    assert found.title == "样例之题目"
    assert "样例之题目" not in found.text


def test_the_title_of_a_page_is_the_line_that_the_page_declares_and_not_the_name_of_the_site():
    page = made.html(LINES).replace("</title>", " - 样例新闻网</title>")
    page = page.replace("<body>", "<body><div>样例新闻网 权威发布</div>")
    assert read(page.encode()).title == LINES[0]


def test_the_same_bytes_are_understood_the_same(document):
    assert read(SAMPLE.encode("gb18030")) == document


def test_the_json_has_the_agreed_parts_and_is_json(document):
    said = document.as_json()
    assert list(said) == ["document", "text", "edits", "facts", "proposals"]
    assert list(said["document"]) == ["title", "source", "published", "clicks", "reporters"]
    assert json.loads(json.dumps(said)) == said
    assert said["document"]["published"] == "2023-06-15"


def test_every_fact_is_words_of_the_text(document):
    said = document.as_json()
    assert {fact["kind"] for fact in said["facts"]} >= {"time", "place", "person", "event"}
    for fact in said["facts"]:
        assert said["text"][fact["start"] : fact["end"]] == fact["quote"] != ""
        assert document.cite(fact["start"], fact["end"]).holds(document.text)


def test_every_proposed_value_is_cited_from_the_text(document):
    said = document.as_json()
    assert said["proposals"]
    for proposal in said["proposals"]:
        assert set(proposal) == {"ledger", "values", "missing", "unsure"}
        for value in proposal["values"].values():
            assert set(value) == {"value", "how", "rule", "citations"}
            assert value["how"] in {"stated", "derived"}
            for start, end in value["citations"]:
                assert 0 <= start < end <= len(said["text"])


def test_edits_stand_in_the_text_and_lead_back_to_the_damaged_one(damaged):
    said = damaged.as_json()
    assert damaged.damaged == DAMAGED
    assert replay(DAMAGED, damaged.edits) == said["text"] != DAMAGED
    assert len(said["edits"]) >= 8
    back, done = [], 0
    for edit in said["edits"]:
        assert set(edit) == {"start", "end", "found", "became", "reason", "sure", "candidates"}
        assert said["text"][edit["start"] : edit["end"]] == edit["became"]
        back += [said["text"][done : edit["start"]], edit["found"]]
        done = edit["end"]
    assert "".join(back) + said["text"][done:] == DAMAGED


def test_remarks_of_the_reading_are_kept():
    found = read(SAMPLE.replace("会上", "\x07会上").encode())
    assert [remark.code for remark in found.remarks] == ["control-in-text"]


def test_a_text_that_says_nothing_is_understood_too():
    found = read("甲".encode())
    assert (found.title, found.facts, found.proposals) == (None, (), ())
