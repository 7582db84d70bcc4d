"""Sentences, paragraphs and citations point exactly at their words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.evidence import CitationError, cite, paragraphs, sentence_at, sentences
from tests.core.evidence.made import LINES, SAMPLE

TEXTS = st.text(alphabet="甲乙丙，。！？；“”’）(\n 　a.3", max_size=60)


def test_paragraphs_are_the_lines_of_the_sample():
    assert [one.of(SAMPLE) for one in paragraphs(SAMPLE)] == LINES
    assert [one.of("　　甲 \n\n \n乙") for one in paragraphs("　　甲 \n\n \n乙")] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲。乙！丙", ["甲。", "乙！", "丙"]),
        ("他说：“好。”完了。", ["他说：“好。”", "完了。"]),
        ("（见附件。）增长3.5倍……真的？！是。", ["（见附件。）", "增长3.5倍……真的？！", "是。"]),
        ("题目\n　　正文；再说", ["题目", "正文；", "再说"]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_sentences(text, found):
    assert [one.of(text) for one in sentences(text)] == found


@given(TEXTS)
def test_sentences_are_in_order_do_not_overlap_and_lose_only_blanks(text):
    spans = sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    rest = list(text)
    for one in spans:
        assert one.of(text).strip(" 　\n") == one.of(text) != ""
        rest[one.start : one.end] = [""] * (one.end - one.start)
    assert "".join(rest).strip(" 　\n") == ""


@given(TEXTS.filter(str.strip), st.data())
def test_the_sentence_of_a_span_holds_the_span(text, draw):
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    found = sentence_at(text, start, end)
    words = text[start:end].strip(" 　\n")
    assert words in found.of(text)
    assert found.start <= start or not text[start : found.start].strip()


def test_a_citation_holds_its_words_and_notices_another_text():
    start = SAMPLE.index("宁波市委书记")
    citation = cite("d1", SAMPLE, start, start + 6)
    assert (citation.document, citation.quote) == ("d1", "宁波市委书记")
    assert citation.holds(SAMPLE)
    assert not citation.holds("前" + SAMPLE)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-2, 1), (0, 999)])
def test_no_citation_without_words(start, end):
    with pytest.raises(CitationError):
        cite("d1", "甲乙丙丁", start, end)
