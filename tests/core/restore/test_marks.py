"""Marks of web pages, editors and copying: what is removed, what is marked, what is never touched."""

from __future__ import annotations

import html
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.restore import restore
from jiedui.restore.private import FORMER
from tests.core.restore.cases import CORPUS, holds
from tests.core.restore.test_properties import CALM

if TYPE_CHECKING:
    from jiedui.restore.edits import Change

ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text(encoding="utf-8")

# What damage is made of, so that random texts get past the gates.
PIECES = st.sampled_from(
    [
        "甲县召开会议。", "２0２4", "１", "2", "ＧDP", "Ａ", "a", "AT&T", "&", "&amp;", "amp;", "lt;",
        "&lt;", "&gt;", "br", "p", "&nbsp;", "&nbsp", "&#8203;", "&#x41;", "&#55357;", "&#56832;",
        "&#0;", "&#13;", "&#10;", "<br>", "<p>", "</p>", "<b>", "</b>", "<sup>2</sup>", "<td>",
        "</td>", "<sup>", "</sup>", "<", ">", "<!--", "-->", "<a href=x>", "\r", "\n", "\r\n", " ",
        "\t", "　", "\u200b", "\u200d", "\ufeff", "\xad", "\u202e", "\u200f", "\u2028", "\x0b",
        "\x00", "\x01", "\x1e", "\x1a", "\x85", "\x93", "\ufffc", "\ufe0f", "\ue000", "\ue863",
        "\uf0b7", "\U000e0041", "\U000f0000", "👨", "”", "“", "；", "＆", "ئى", "ᠮ", "東",
    ]
)  # fmt: skip
DAMAGED_TEXTS = st.lists(PIECES, max_size=40).map("".join)

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
    assert restored.text.strip() == "\n".join(page)
    assert all(edit.sure for edit in restored.edits)


@CALM
@given(page=PAGES, ends=st.lists(st.sampled_from(["\r", "\r\n", "\u2028", "\x0b"]), max_size=3))
def test_line_ends_become_one(page: list[str], ends: list[str]) -> None:
    page = page * 4
    joined = "".join(line + (ends[at] if at < len(ends) else "\n") for at, line in enumerate(page))
    assert holds(joined).text == "\n".join([*page, ""])


@CALM
@given(st.integers(1000, 999_999), st.integers(1, 3))
def test_a_number_of_mixed_width_becomes_half_width_or_is_marked(number: int, cut: int) -> None:
    written = str(number)
    mixed = written[:cut] + written[cut : cut + 1].translate(WIDE) + written[cut + 1 :]
    restored = holds(f"投入资金{mixed}元。")
    became = [edit.became if edit.sure else edit.candidates[0] for edit in restored.edits]
    assert became == [written]
    whole = f"投入资金{written.translate(WIDE)}元。"
    assert holds(whole).text is whole


def test_former_places_are_those_of_the_standard() -> None:
    """What GB 18030-2000 has in Unicode already is the same in our table."""
    former = [one for one in FORMER.items() if "\ue815" <= one[0] <= "\ue864"]
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    assert len(former) == len(trails) == 80
    moved = 0
    for (place, one), trail in zip(former, trails, strict=True):
        coded = bytes((0xFE, trail)).decode("gb18030")
        assert coded in {one, place}
        moved += coded == place
    assert moved <= 14
    assert not any("\ue000" <= one <= "\uf8ff" for one in FORMER.values())


@CALM
@given(DAMAGED_TEXTS)
def test_any_mixture(text: str) -> None:
    holds(text)


@CALM
@given(DAMAGED_TEXTS, st.integers(0, 400))
def test_any_mixture_within_an_article(text: str, at: int) -> None:
    page = ARTICLE[:at] + text + ARTICLE[at:]
    holds(page)


ODD = str.split(
    "\x00 \x01 \x08 \x0b \x1a \x1e \x7f \x85 \x93 \xad \u061c \u200b \u200c \u200d \u200e \u202a "
    "\u202e \u2028 \u2060 \u2066 \ufeff \ufffc \ufe0f \ue000 \ue863 \uf0b7 \U000e0041 \U000f0000 "
    "& &amp; &lt; &nbsp; &nbsp &#65; &#55357; &#x < <b <b> </b> <br> <p><a <!-- <sup> <sup>2</sup> "
    "<a\thref=x \r １2 ２a ＧD １ &#8203; ＆",
    " ",
)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_a_million_takes_seconds(odd: str) -> None:
    began = time.process_time()
    restore(f"甲县召开会议，部署工作。{odd * (1_000_000 // len(odd))}完。")
    restore(f"甲县召开会议，部署工作。{f'{odd}甲' * (100_000 // len(odd))}完。")
    assert time.process_time() - began < 6


def test_clean_text_is_turned_away_by_one_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: str) -> list[Change]:
        raise AssertionError("a detector was asked")

    monkeypatch.setattr("jiedui.restore.marks._DETECTORS", (refused,))
    for text in (
        ARTICLE, ARTICLE.replace("\n", "\r\n"), "AT&T 与甲县，a < b，２０２４年，Ａ股。",
    ):  # fmt: skip
        assert restore(text).text is text
