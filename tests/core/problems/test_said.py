"""Sentences that can be told in another language: equal to the Chinese, whole after a journey."""

from __future__ import annotations

import json
import pickle
from datetime import date

import pytest

from jiedui.problems import Cell, packed, problem, unpacked
from jiedui.problems.said import Said, cut, listed, named, pack, said, tell, unpack

ENGLISH = {
    "“{label}”应在 {low} 与 {high} 之间。": "“{label}” should be between {low} and {high}.",
    "人数": "Persons",
    "“{label}”可选：{choices}。": "“{label}” can be: {choices}.",
    "、": ", ",
}


class English:
    def look(self, template: str) -> str:
        return ENGLISH.get(template, template)

    def write(self, word: str | int | date) -> str:
        return f"{word:%d/%m/%Y}" if isinstance(word, date) else str(word)

    def name(self, of: str, key: str, chinese: str) -> str:
        return f"{of} {key}"


SENTENCES = [
    said("尚未登录"),
    said("“{label}”应在 {low} 与 {high} 之间。", label=said("人数"), low=1, high=9),
    listed([said("人数"), "甲示例"]),
    listed([], "；"),
    named("place", "623027", "甘肃省甘南藏族自治州夏河县"),
    said("在 {day} ", day=date(2024, 5, 21)),
    said("花括号 {x} 照原样"),
]


@pytest.mark.parametrize("text", SENTENCES)
def test_it_is_its_sentence_and_travels_whole(text: Said) -> None:
    assert text == str(text)
    assert hash(text) == hash(str(text))
    for back in (pickle.loads(pickle.dumps(text)), unpack(json.loads(json.dumps(pack(text))))):
        assert (type(back), back, back.template) == (type(text), text, text.template)
        assert dict(back.words) == dict(text.words)


def test_it_is_told_with_the_words_that_are_said_themselves() -> None:
    assert tell(SENTENCES[1], English()) == "“Persons” should be between 1 and 9."
    assert tell(
        said("“{label}”可选：{choices}。", label="人数", choices=SENTENCES[2]), English()
    ) == ("“人数” can be: Persons, 甲示例.")


def test_a_persons_word_is_never_translated() -> None:
    assert tell("人数", English()) == "人数"


def test_days_and_names_are_the_languages_own() -> None:
    assert tell(SENTENCES[4], English()) == "place 623027"
    assert tell(SENTENCES[5], English()) == "在 21/05/2024 "


def test_a_sentence_without_a_translation_stays() -> None:
    assert tell(SENTENCES[0], English()) == "尚未登录"


def test_a_blank_without_a_word_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        said("“{label}”应在 {low} 之间。", label="人数")


def test_what_is_cut_can_still_be_told_whole() -> None:
    long = listed([said("人数")] * 50)
    short = cut(long, 80)
    assert len(short) == 80
    assert short.endswith("…")
    assert tell(short, English()) == ", ".join(["Persons"] * 50)
    assert cut("短", 80) == "短"


def test_a_problem_travels_with_its_words() -> None:
    found = problem("required", Cell("表一", "C", 4), "甲" * 99, label=said("人数"))
    back = unpacked(json.loads(json.dumps(packed(found))), found.at)
    assert back == found
    assert isinstance(back.hint, Said)
    assert back.hint.words["label"].template == "人数"
