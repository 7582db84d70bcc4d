"""The names for running text: what is among them and, more important, what is not."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pytest

from jiedui import places
from jiedui.places import Place, PlaceCode
from jiedui.places.forms import stem
from jiedui.places.words import CLIPPED, PLAIN_NAMES, WORDS

NAMES: defaultdict[str, set[str]] = defaultdict(set)
for _name, _code in places.names():
    NAMES[_name].add(_code)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("夏河县", {"623027"}),
        ("夏河", {"623027"}),
        ("甘南州", {"623000"}),
        ("积石山县", {"622927"}),
        ("兰州", {"620100"}),
        ("甘肃", {"620000"}),
        ("合作市", {"623001"}),
        ("朝阳区", {"110105", "220104"}),
        ("米林县", {"542623", "540422"}),
        ("环县", {"621022"}),
        ("晋城市城区", {"140502"}),
        ("安徽省和县", {"340523"}),
        ("马鞍山和县", {"340523"}),
    ],
)
def test_names_for_text(name: str, codes: set[str]) -> None:
    assert NAMES[name] == codes


@pytest.mark.parametrize(
    "word",
    ["合作", "和平", "互助", "资源", "公安", "白银", "朝阳", "城区", "郊区", "矿区", "和县", "河西",
     "市中", "武清", "新城区", "东方", "比如", "日照", "解放", "津", "甘", "县", "", "和安", "从江",
     "新干", "于都", "全州", "商城"],
)  # fmt: skip
def test_words_are_no_names(word: str) -> None:
    assert word not in NAMES


def test_every_word_is_the_name_of_a_place() -> None:
    stems = {stem(place.name) for place in places.atlas.every()}
    official = {place.name for place in places.atlas.every()}
    assert stems >= WORDS
    assert official >= PLAIN_NAMES
    assert stems | official >= CLIPPED
    assert not WORDS & CLIPPED


def test_what_lies_across_words_is_still_found_in_a_cell() -> None:
    for name in CLIPPED:
        assert places.candidates(name) or places.find(name).code == "place-not-then", name


def test_every_name_leads_back_to_its_place() -> None:
    for name, codes in NAMES.items():
        assert len(name) > 1
        for code in codes:
            place = places.get(PlaceCode(code))
            assert place
            day = place.since
            if len(codes) == 1 and place.until is None and len(places.candidates(name)) == 1:
                found = places.find(name, on=day)
                assert isinstance(found, Place), (name, found)
                assert found.code == code


def test_every_place_has_a_name_in_the_gazetteer() -> None:
    named = {code for codes in NAMES.values() for code in codes}
    assert named == {place.code for place in places.atlas.every()}


@pytest.mark.parametrize(
    ("code", "short"),
    [("120000", "津"), ("620000", "甘"), ("110000", "京"), ("623000", "甘南州"),
     ("620100", "兰州市"),
     ("622927", "积石山县"), ("623027", "夏河县"), ("140502", "城区"), ("150723", "鄂伦春旗")],
)  # fmt: skip
def test_short(code: str, short: str) -> None:
    assert places.short(PlaceCode(code)) == short


def test_letters_of_provinces() -> None:
    assert places.by_short("津") == "120000"
    assert places.by_short("甘") == places.by_short("陇") == "620000"
    assert places.by_short("疆") == places.by_short("新") == "650000"
    assert places.by_short("天津") is None
    assert places.by_short("") is None
    letters = dict(places.shorts())
    assert all(len(letter) == 1 for letter in letters)
    assert len(set(letters.values())) == 34
    assert all(letters[places.short(code)] == code for code in letters.values())


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = (
        "from jiedui import places; from jiedui.places import atlas, finding;"
        "assert atlas.every.cache_info().currsize == finding.index.cache_info().currsize == 0;"
        "places.get('623027'); assert atlas.every.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
