"""Text read in the wrong encoding: what comes back, what is only marked, what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.restore.in_latin import as_windows_1252
from tests.core.restore.cases import CORPUS, holds

CALM = settings(max_examples=60, deadline=None)
ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text("utf-8")
SENTENCES = [line for line in ARTICLE.replace("。", "。\n").split("\n") if len(line) >= 6]
CONVINCING = max(SENTENCES, key=len)


def in_gbk(text: str) -> str | None:
    """The text read as code page 936 reads it, or None where a byte would be lost."""
    try:
        return text.encode().decode("gb18030")
    except UnicodeDecodeError:
        return None


def in_latin_1(text: str) -> str:
    return text.encode().decode("latin-1")


def in_windows_1252(text: str) -> str:
    return as_windows_1252(text.encode())


def twice(text: str) -> str:
    return in_windows_1252(in_windows_1252(text))


def gbk_in_latin(text: str) -> str | None:
    try:
        return as_windows_1252(text.encode("gbk"))
    except UnicodeEncodeError:
        return None


MECHANISMS = [in_gbk, in_latin_1, in_windows_1252, twice, gbk_in_latin]
ARTICLES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8)


@pytest.mark.parametrize("damage", MECHANISMS)
@CALM
@given(sentences=ARTICLES)
def test_what_lost_no_byte_comes_back(damage: Any, sentences: list[str]) -> None:
    # The page must convince: a short line alone does not.
    kept = [one for one in (CONVINCING, *sentences) if damage(one)]
    restored = holds("\n".join(map(damage, kept)))
    assert restored.text == "\n".join(kept)


@CALM
@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([str, *MECHANISMS]))))
def test_every_line_may_be_in_another_state(page: list[tuple[str, Any]]) -> None:
    page = [(CONVINCING, damage) for damage in MECHANISMS] + page
    damaged = [(damage(line) or line, line) for line, damage in page]
    restored = holds("\n".join(shown for shown, _ in damaged))
    assert restored.text == "\n".join(line for _, line in damaged)


@pytest.mark.parametrize("codec", ["gbk", "gb18030"])
@pytest.mark.parametrize("sign", ["\ufffd", "?"])
@CALM
@given(sentences=ARTICLES)
def test_a_lost_byte_never_becomes_a_wrong_character(
    codec: str, sign: str, sentences: list[str]
) -> None:
    intact = "\n".join(sentences).encode()
    shown, offsets = _read_with_losses(intact, codec, sign)
    for edit in holds(shown).edits:
        if edit.sure:
            found = intact[offsets[edit.start] : offsets[edit.end]]
            assert edit.became == found.decode()


def _read_with_losses(content: bytes, codec: str, sign: str) -> tuple[str, list[int]]:
    """What a reader shows that puts a sign for each byte it cannot read, and where each began."""
    shown: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(content):
        one, size = sign, 1
        for length in (1, 2, 4):
            try:
                read = content[at : at + length].decode(codec)
            except UnicodeDecodeError:
                continue
            if len(read) == 1:
                one, size = read, length
                break
        shown.append(one)
        offsets.append(at)
        at += size
    return "".join(shown), [*offsets, len(content)]


@CALM
@given(st.lists(st.sampled_from(["鏂", "囦", "欢", "鍘", "?", "\ufffd", "€", "锟斤拷", "Ã", "¤", "å", "¹",
                                 "´", "ÎÄ¼þ", "文", "a", "\n", " ", "鐢茬ず渚嬪幙"]), max_size=40))  # fmt: skip
def test_any_mixture(pieces: list[str]) -> None:
    holds("".join(pieces))


def test_a_question_mark_that_two_mechanisms_claim_goes_to_one() -> None:
    holds("鏂囦欢?xùn)|ÎÄ¼þÎÄ¼þ")
