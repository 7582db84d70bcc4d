"""Lines that paper broke: what is joined, what is left out, what keeps its lines."""

from __future__ import annotations

import time
from functools import partial
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.restore import restore
from tests.core.restore.cases import SHARED, holds
from tests.core.restore.test_properties import CALM

laid_out = partial(restore, layout=True)

PIECES = st.sampled_from(
    [
        "　　甲县与乙区自结对以来，坚持优势互补、长期合作", "聚焦帮扶、共同发展，围绕产业协作和消费帮扶等任务",
        "推动各项工作取得新的成效。截至今年六月底，共援助", "财政资金１２", "80万元。", "cooper-", "ation",
        "2023-", "2024年", "— 1 —", "— 2 —", "— 3 —", "4", "5", "6", "第 7 页", "甲县年鉴", "\f", "\n", "\n", "\n",
        "\r\n", " ", "　　", "\t", "一、总体要求", "。",
    ]
)  # fmt: skip
BROKEN_TEXTS = st.lists(PIECES, max_size=60).map("".join)


def broken(text: str, width: int) -> str:
    """The text as paper of so many columns has it; punctuation hangs, Latin words stay whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, wide = "", 0
        for one in paragraph:
            taken = 2 if east_asian_width(one) in "WF" else 1
            if (
                wide + taken > width
                and one not in "，。、；：！？”》）,.;:!?)%"
                and not (one.isascii() and one.isalnum() and line[-1:].isascii())
            ):
                lines.append(line)
                line, wide = "", 0
            line, wide = line + one, wide + taken
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.needs("shared")
@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "indented"])
def test_articles_that_are_broken_come_back(indent: str) -> None:
    """Never a character lost or added; nearly all breaks mended, nearly no line joined wrongly."""
    breaks = left = wrong = 0
    for path in sorted(SHARED.glob("corpus/articles/*.txt")):
        text = path.read_text(encoding="utf-8")
        text = "\n".join(f"{indent}{line}" if line else line for line in text.split("\n"))
        whole = ["".join(line.split()) for line in text.split("\n")]
        for width in (40, 56, 76):
            damaged = broken(text, width)
            restored = holds(damaged, laid_out).text
            assert "".join(restored.split()) == "".join(text.split())
            breaks += damaged.count("\n") - text.count("\n")
            left += restored.count("\n") - text.count("\n")
            lines = ["".join(line.split()) for line in restored.split("\n")]
            wrong += sum(not any(line in one for one in whole) for line in lines)
    assert breaks > 2000
    assert left <= 0.1 * breaks
    assert wrong <= 0.005 * breaks


@CALM
@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\n\f\r 甲1-，")))
def test_any_text(text: str) -> None:
    holds(text, laid_out)


@CALM
@given(BROKEN_TEXTS)
def test_any_mixture(text: str) -> None:
    holds(text, laid_out)


@pytest.mark.parametrize(
    "odd",
    ["\n", "\f", "\n1", "\n— 1 —", "甲\n", "\n　", "-\n", "a-\nb", "甲县，\n", " ", "甲"],
    ids=ascii,
)
def test_half_a_million_takes_seconds(odd: str) -> None:
    began = time.process_time()
    laid_out(f"甲县召开会议，部署工作。\n{odd * (500_000 // len(odd))}完。")
    assert time.process_time() - began < 10
