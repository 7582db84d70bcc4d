"""Words of texts and questions: the same text is found however it is written."""

from __future__ import annotations

import pytest

from jiedui import search


def holds(text: str, typed: str) -> bool:
    """What a database answers: each term's words follow each other among those of the text."""
    said = search.words(text)
    return all(_follow(said, term) for term in search.terms(typed))


def _follow(said: list[str], term: search.Term) -> bool:
    size = len(term.words)
    for at in range(len(said) - size + 1):
        *before, last = said[at : at + size]
        same = last.startswith(term.words[-1]) if term.begins else last == term.words[-1]
        if same and tuple(before) == term.words[:-1]:
            return True
    return False


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("天津市党政代表团考察", "天津"),
        ("天津市党政代表团考察", "代表团"),
        ("天津市党政代表团考察", "团 天津"),
        ("天津市党政代表团考察", "察"),
        ("天津市党政代表团考察", "天津市党政代表团考察"),
        ("天津市黨政代表團", "党政代表团"),
        ("天津市党政代表团", "黨政代表團"),
        ("示财〔2024〕1号", "示财〔2024〕1号"),
        ("示财〔2024〕1号", "示财[2024]1号"),
        ("示财〔2024〕1号", "2024"),
        ("走Ｇ３０高速", "g30高速"),
        ("12.5万元", "12.5万元"),
        ("用 DeepSeek 写", "deepseek"),
    ],
)
def test_a_text_is_found_by(text: str, typed: str) -> None:
    assert holds(text, typed)
    assert search.spans(text, search.terms(typed))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("天津市党政代表团", "津党"),
        ("天津，北京", "津北"),
        ("天津在北，津市在南", "天津市"),
        ("示财〔2024〕100号", "1号"),
        ("示财〔2024〕100号", "10"),
        ("用 DeepSeek 写", "deep"),
    ],
)
def test_a_text_is_not_found_by(text: str, typed: str) -> None:
    assert not holds(text, typed)
    assert search.spans(text, search.terms(typed)) == []


@pytest.mark.parametrize("typed", ["", "  ", "，。", "〔〕", "\ue001", "\ue00162"])
def test_signs_ask_for_nothing_of_ours(typed: str) -> None:
    assert all(word.isalnum() for term in search.terms(typed) for word in term.words)


def test_a_question_of_any_length_has_few_words() -> None:
    assert len(search.terms("甲乙 " * 500)) == 1
    many = search.terms(" ".join(f"w{n}" for n in range(500)))
    assert len(many) == 10
    assert max(len(word) for term in search.terms("x" * 5000) for word in term.words) <= 60


def test_numbers_of_persons_are_not_looked_for() -> None:
    told = search.unsought("11010519491231002X", "q", "词语")
    assert told is not None
    assert (told.code, told.found) == ("not-looked-for", "1***")
    assert search.unsought("示财〔2024〕1号", "q", "词语") is None


def test_a_snippet_is_around_what_was_found() -> None:
    text = "甲" * 200 + "产业帮扶" + "乙" * 200
    pieces = search.snippet(text, search.terms("产业帮扶"))
    assert [piece.text for piece in pieces if piece.found] == ["产业帮扶"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert sum(len(piece.text) for piece in pieces) < 120
    assert "".join(piece.text for piece in search.snippet("产业", search.terms("产业"))) == "产业"
    assert search.snippet(text, search.terms("没有")) == ()
