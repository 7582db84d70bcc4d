"""What holds for every text: replay, positions, idempotence, bounded time, no exception."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.restore import gbk, replay, restore
from jiedui.restore.damage import corrupt
from tests.core.restore.cases import CORPUS, SEEN, holds

CALM = settings(max_examples=60, deadline=None)

ARTICLE = (CORPUS / "articles/visit-intact.txt").read_text(encoding="utf-8")
DAMAGED = (CORPUS / "articles/visit-damaged.txt").read_text(encoding="utf-8")

# Pieces that a damaged page is made of, so that random texts get past the gate.
PIECES = st.sampled_from(
    [
        "學(xué)", "習(xí)", "實(shí)", "發(fā)", "鄉(xiāng)", "協(xié)", "?xùn)|", "?shù)", "?qū)",
        "(xué)", "P(guān)", "宏", "甘", "接", "當", "地", "所需", "東西部", "3", "120",
        ",", "!", "。", "?", "?,", "?!", "\n", " ", "厮", "谥г拭C", "学习", "(", ")", "ī)", "|",
        "\u00a0", "\U00020000",
    ]
)  # fmt: skip
DAMAGED_TEXTS = st.lists(PIECES, max_size=60).map("".join)
SENTENCES = [line for line in ARTICLE.replace("。", "。\n").split("\n") if line]


@CALM
@given(st.text())
def test_any_text(text: str) -> None:
    holds(text)


@CALM
@given(DAMAGED_TEXTS)
def test_any_mixture_of_damage(text: str) -> None:
    holds(text)


@CALM
@given(DAMAGED_TEXTS, st.integers(0, len(DAMAGED)))
def test_any_mixture_within_a_damaged_page(text: str, at: int) -> None:
    holds(DAMAGED[:at] + text + DAMAGED[at:])


# Always the same examples: that no reading is ever wrong is measured here and not proved.
@settings(CALM, derandomize=True)
@given(
    st.permutations(SENTENCES),
    st.permutations(SEEN),
    st.integers(3, len(SEEN)),
    st.sampled_from(["", "，", "！", "，！"]),
)
def test_no_wrong_character_whatever_the_list(
    sentences: list[str], order: list[str], size: int, cuts: str
) -> None:
    intact = "".join(sentences).translate(str.maketrans(",:()", "，：（）"))
    damaged = corrupt(intact, order[:size], cuts)
    restored = holds(damaged)
    if restored.edits and all(edit.sure or edit.kind == "number" for edit in restored.edits):
        assert restored.text == gbk.narrow(intact)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.sampled_from(SEEN))
@CALM
def test_the_model_of_the_damage_takes_any_text(text: str, one: str) -> None:
    assert corrupt(text, one, "，！。") == corrupt(text, one, "，！。")


def _varied(mark: str, times: int) -> str:
    """Ever other neighbours for a mark, of characters that the gate does not mind."""
    neighbours = itertools.product("甘肅天津口支援到", repeat=6)
    return "".join("".join(six) + mark for six in itertools.islice(neighbours, times))


@pytest.mark.parametrize(
    "text",
    [
        "?(" * 10_000,
        "ī)" * 1_000_000,
        "(xué" * 300_000,
        "學(xué)" * 300_000,
        "".join(chr(0x4E00 + at % 20_000) + "(xué)" for at in range(200_000)),
    ],
    ids=["brackets", "vowels", "open", "one character", "many characters"],
)
def test_adversarial_texts_are_turned_away_in_time(text: str) -> None:
    began = time.process_time()
    assert restore(text).text is text
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        DAMAGED + "?xué)" * 50_000,
        DAMAGED + "?!" * 50_000,
        DAMAGED + "?," * 50_000,
        DAMAGED + _varied("?shù)", 30_000),
        DAMAGED + _varied("?!", 30_000),
        DAMAGED + _varied("?shù)1", 30_000),
        DAMAGED.replace("\n", "") * 400,
    ],
    ids=["marks", "cuts", "commas", "varied marks", "varied cuts", "with numbers", "one line"],
)
def test_adversarial_pages_take_seconds(text: str) -> None:
    began = time.process_time()
    restored = restore(text)
    assert time.process_time() - began < 30
    assert restored.edits
    assert replay(text, restored.edits) == restored.text


def test_clean_text_never_asks_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise AssertionError("the model was asked for")

    monkeypatch.setattr("jiedui.restore.search.Moves", refused)
    monkeypatch.setattr("jiedui.restore.readings._dictionary", refused)
    assert restore(ARTICLE).text is ARTICLE
