"""Marks and characters that a copy left in prose: whatever is put in comes out, and nothing else."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.restore.cases import CORPUS, holds

CALM = settings(max_examples=60, deadline=None)
ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text("utf-8")
SENTENCES = [line for line in ARTICLE.replace("。", "。\n").split("\n") if len(line) >= 6]
PAGES = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6)
WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789"}


def with_zero_width(page: list[str], sign: str) -> str:
    return "\n".join(sign.join(line) for line in page)


def with_references(page: list[str], _: str) -> str:
    return "\n".join(
        "".join(f"&#{ord(one)};" if one > "\x7f" else one for one in line) for line in page
    )


def escaped_twice(page: list[str], _: str) -> str:
    return html.escape(with_references(page, ""))


def with_paragraphs(page: list[str], _: str) -> str:
    return "".join(f"<p>{line}</p>" for line in page)


def with_inline_tags(page: list[str], _: str) -> str:
    return "\n".join(f'<span style="color:red">{line[:3]}</span>{line[3:]}' for line in page)


DAMAGES = [with_zero_width, with_references, escaped_twice, with_paragraphs, with_inline_tags]


@pytest.mark.parametrize("damage", DAMAGES)
@CALM
@given(page=PAGES, sign=st.sampled_from(["\u200b", "\u2060", "\ufeff"]))
def test_what_was_put_in_comes_out(damage: Any, page: list[str], sign: str) -> None:
    restored = holds(damage(page, sign))
    assert restored.text == "\n".join(page)
    assert all(edit.sure for edit in restored.edits)


@CALM
@given(page=PAGES, ends=st.lists(st.sampled_from(["\r", "\r\n", "\u2028", "\x0b"]), max_size=3))
def test_line_ends_become_one(page: list[str], ends: list[str]) -> None:
    page = page * 4
    joined = "".join(line + (ends[at] if at < len(ends) else "\n") for at, line in enumerate(page))
    assert holds(joined).text == "\n".join([*page, ""])


@CALM
@given(st.integers(1000, 999_999), st.integers(1, 3))
def test_a_number_of_mixed_width_becomes_half_width(number: int, cut: int) -> None:
    written = str(number)
    mixed = written[:cut] + written[cut : cut + 1].translate(WIDE) + written[cut + 1 :]
    assert holds(f"投入资金{mixed}元。").text == f"投入资金{number}元。"
    whole = f"投入资金{written.translate(WIDE)}元。"
    assert holds(whole).text is whole


@CALM
@given(st.lists(st.sampled_from(["&", "amp;", "&amp;", "&#", "20013;", "&lt;", "<p>", "</p>", "<", ">", "<b", "b>",
                                 "<!--", "-->", "\u200b", "\ufeff", "\x01", "\x1b[0m", "\x93", "\r", "\n", "\u2028",
                                 "\ue863", "\uf0b7", "１", "2", "．", ".", "Ａ", "B", "甲", "示例", "鏂囦欢", "學(xué)",
                                 "&nbsp;", "Ã¤Â¸", "\ufffd"]), max_size=40))  # fmt: skip
def test_any_mixture(pieces: list[str]) -> None:
    holds("".join(pieces))
