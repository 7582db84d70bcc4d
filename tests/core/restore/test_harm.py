"""Thousands of clean passages, made of our own sentences in ways that clean text has, stay clean."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import opencc
import pytest

from jiedui.restore import restore
from tests.core.restore.cases import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = [
    line.strip()
    for path in sorted(CORPUS.glob("articles/*.txt"))
    if "damaged" not in path.name
    for line in path.read_text("utf-8").replace("。", "。\n").split("\n")
    if len(line.strip()) > 8
]
PASSAGES = 3_000
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

# What clean text does with a sentence or two.
WAYS: tuple[Callable[[str, str, random.Random], str], ...] = (
    lambda one, other, _: f"{one}{other}",
    lambda one, other, _: f"{one}\r\n{other}\r\n",
    lambda one, _, draw: f"{one}（联系电话：0931-{draw.randrange(10**6, 10**7)}）",
    lambda one, _, draw: f"{one}(转{draw.randrange(1000)})",
    lambda one, other, _: f"{one}真的?!{other}",
    lambda one, other, _: f"“{one}”‘{other}’",
    lambda one, other, _: f"「{one}」『{other}』",
    lambda one, _, __: one.translate(WIDE),
    lambda one, other, _: f"一、{one}\n二、{other}",
    lambda one, other, draw: f"{one}\t{draw.randrange(10**5)}\t{other}",
    lambda one, other, draw: f"| {one} | {draw.randrange(100)}% | {other} |",
    lambda one, _, __: f"{one}（xié zuò，协作）",
    lambda one, other, _: f"漢語（hàn yǔ）：{one}\n{other}",
    lambda one, _, draw: f"{one} https://example.org/?id={draw.randrange(999)}&copy=1&lang=zh",
    lambda one, other, _: f"{one}AT&T、R&D 与 a<b、x>y；{other}",
    lambda one, other, _: f"{one}👨‍👩‍👧👍🏽✔️{other}",
    lambda one, other, _: f"{one} East-West Cooperation (EWC) {other}",
    lambda one, _, __: f"参加的有<样例>、<示例>：{one}",
    lambda one, other, _: f"　　{one}\n　　{other}\n\n",
    lambda one, other, _: f"{one}…………{other}——",
    lambda one, _, draw: f"图{draw.randrange(1, 9)} {one} 单位：万元，％，㎡，№{draw.randrange(9)}",
    lambda one, other, _: f"{one} བོད་ལྗོངས་ ᠮᠣᠩᠭᠣᠯ ئۇيغۇر {other}",
    lambda one, other, _: f"{one}カタカナと漢字、한국어。{other}",
    lambda one, other, draw: f"{one}12.{draw.randrange(9)}亿元、1，280万元、3.5%、№7；{other}",
)


def passages(convert: Callable[[str], str]) -> list[str]:
    draw = random.Random(20241121)
    return [
        convert(WAYS[at % len(WAYS)](draw.choice(SENTENCES), draw.choice(SENTENCES), draw))
        for at in range(PASSAGES)
    ]


@pytest.mark.parametrize("script", ["t2s", "s2t"])
def test_thousands_of_clean_passages_are_left_alone(script: str) -> None:
    made = passages(opencc.OpenCC(script).convert)
    assert len(set(made)) >= 2_000
    for undo in (restore, partial(restore, layout=True)):
        for text in made:
            restored = undo(text)
            assert restored.text is text, text
            assert restored.edits == (), text


def test_together_on_a_page_they_are_left_alone() -> None:
    page = "\n".join(passages(opencc.OpenCC("s2t").convert))
    assert restore(page).text is page
    assert restore(page).edits == ()
