"""Lines broken by a PDF or a scan, page numbers and heads: only on demand."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Any
from unicodedata import east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.restore import restore
from tests.core.restore.cases import CORPUS, holds

CALM = settings(max_examples=60, deadline=None)
laid_out = partial(restore, layout=True)
ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text("utf-8")
PARAGRAPHS = [line for line in ARTICLE.split("\n") if len(line) > 80]


def lines(name: str) -> list[Any]:
    """The cases of this kind, named by what they are."""
    written = (CORPUS / f"restore/layout/{name}.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    return [pytest.param(row, id=row["what"]) for row in map(json.loads, written)]


@pytest.mark.parametrize("case", lines("restored"))
def test_restored(case: dict[str, str]) -> None:
    assert restore(case["damaged"]).text is case["damaged"]
    assert holds(case["damaged"], laid_out).text == case["intact"]


@pytest.mark.parametrize("case", lines("marked"))
def test_marked(case: dict[str, Any]) -> None:
    marks = [edit for edit in holds(case["damaged"], laid_out).edits if not edit.sure]
    assert [[edit.found, list(edit.candidates)] for edit in marks] == case["marked"]


@pytest.mark.parametrize("case", lines("leave-alone"))
def test_leave_alone(case: dict[str, str]) -> None:
    restored = laid_out(case["text"])
    assert restored.text is case["text"]
    assert restored.edits == ()


def broken(paragraph: str, columns: int) -> str:
    """The paragraph as it is printed in so many columns; no line begins with punctuation."""
    pieces, width = [""], 0
    for one in paragraph:
        wide = 2 if east_asian_width(one) in "WFA" else 1
        cuts_number = one.isascii() and pieces[-1][-1:].isascii()
        if width + wide > columns and not (one in "，。、,!:；：）)" or cuts_number):
            pieces, width = [*pieces, ""], 0
        pieces[-1] += one
        width += wide
    return "\n".join(pieces)


@CALM
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=3, max_size=9), st.integers(40, 64))
def test_what_was_broken_at_one_width_is_joined(page: list[str], columns: int) -> None:
    damaged = "\n".join(broken("　　" + paragraph, columns) for paragraph in page)
    assert holds(damaged, laid_out).text == "\n".join("　　" + one for one in page)


@CALM
@given(st.permutations(PARAGRAPHS))
def test_page_numbers_and_heads_go(page: list[str]) -> None:
    damaged = "".join(
        f"東西部協作簡報\n\n{broken('　　' + paragraph, 40)}\n\n- {number} -\n"
        for number, paragraph in enumerate(page, 7)
    )
    assert holds(damaged, laid_out).text == "\n".join("　　" + one for one in page)


@CALM
@given(st.lists(st.sampled_from(["甲示例县" * 6, "甲示例县" * 5, "\n", "\r\n", "\f", "- 1 -", "- 2 -", "第 3 页", "12-", "34",
                                 "。", "word-", "s", " ", "鏂囦欢", "<p>", "1", "2", "3"]), max_size=60))  # fmt: skip
def test_any_mixture(pieces: list[str]) -> None:
    holds("".join(pieces), laid_out)


@pytest.mark.parametrize(
    "text",
    ["\n" * 500_000, "1\n" * 300_000, "- 1 -\n" * 100_000, "\f" * 500_000,
     ("甲示例县" * 8 + "\n") * 30_000, " " * 1_000_000 + "1", "12-\n" * 200_000],
    ids=["line ends", "numbers", "page numbers", "form feeds", "broken", "blanks", "hyphens"],
)  # fmt: skip
def test_adversarial_texts_take_seconds(text: str) -> None:
    began = time.process_time()
    laid_out(text)
    assert time.process_time() - began < 20
