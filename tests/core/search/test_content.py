"""What an entry and a document are found by, and what of them is no word."""

from __future__ import annotations

from datetime import date

from jiedui import ledgers, search
from jiedui.ledgers import Sealed

EXCHANGES = ledgers.ledgers()["exchanges"]
VALUES = {
    "form": "visit",
    "place": "623027",
    "starts": date(2024, 5, 21),
    "subject": "样例考察",
    "state": "draft",
    "owner": 5,
    "at": ({"place": "623027103", "site": "样例小学"},),
    "attended": (
        {"name": Sealed("0" * 32, "张样例"), "post": "教师"},
        {"name": "甲示例", "post": "市长", "officer": True},
    ),
}


def test_an_entry_is_found_by_its_texts_and_places() -> None:
    found = search.entry(EXCHANGES, VALUES)
    for word in ("样例", "例考", "小学", "教师", "夏河", "考察", "桑科"):
        assert word in found
    assert "草稿" not in found
    for code in ("620000", "623000", "623027", "623027103"):
        assert search.place_word(code) in found
    assert search.place_word("621000") not in found
    assert search.place_word("120000") not in found


def test_a_name_that_is_kept_apart_is_no_word() -> None:
    found = search.entry(EXCHANGES, VALUES)
    assert "张样" not in found
    assert "甲示" in found


def test_no_term_runs_from_one_text_into_the_next() -> None:
    found = search.entry(EXCHANGES, VALUES)
    at = found.index("例考")
    assert search.BREAK in found[at : at + 4]


def test_a_document_is_found_without_its_persons() -> None:
    facts = [
        {"kind": "person", "name": "甲示例"},
        {"kind": "place", "code": "623027"},
        {"kind": "event", "origin": "120000", "host": None},
    ]
    text = "天津市委书记甲示例到夏河。甲 示 例说，电话13800000000。"
    made = search.document(["甲示例率团考察"], text, facts)
    assert made.persons == ("甲示例",)
    [part] = made.parts
    assert "率团" in part
    assert "书记" in part
    assert {search.place_word("623000"), search.place_word("120000")} <= set(part)
    assert not {"甲示", "示例", "甲", "例", "13800000000"} & set(part)


def test_a_long_document_is_cut_into_parts() -> None:
    made = search.document([], "长文" * 5_000, [{"kind": "place", "code": "623027"}])
    assert len(made.parts) == 3
    assert all(search.place_word("623027") in part for part in made.parts)
    assert search.document([], "", []).parts
