"""Places in Latin letters: the table is what the script makes, and every name has one."""

from __future__ import annotations

import re

import pytest

from jiedui import places
from jiedui.places import PlaceCode
from jiedui.places.atlas import every
from scripts import make_english

LATIN = re.compile(r"[A-Za-zÜüÊê' ,-]+")


def test_the_table_is_fresh() -> None:
    assert make_english.TARGET.read_text("utf-8") == make_english.made()


def test_no_place_is_left_in_characters() -> None:
    named = {place.name: places.english_name(place.code, place.name) for place in every()}
    assert [name for name, english in named.items() if not LATIN.fullmatch(english)] == []


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("623027", "Xiahe County, Gannan Tibetan Autonomous Prefecture, Gansu"),
        ("120000", "Tianjin"),
        ("120114", "Wuqing District, Tianjin"),
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("150100", "Hohhot City, Inner Mongolia"),
        ("540102", "Chengguan District, Lhasa City, Xizang"),
        ("650100", "Ürümqi City, Xinjiang"),
        ("341500", "Lu'an City, Anhui"),
        ("140428", "Zhangzi County, Changzhi City, Shanxi"),
        (
            "622927",
            (
                "Jishishan Bonan, Dongxiang and Salar Autonomous County, "
                "Linxia Hui Autonomous Prefecture, Gansu"
            ),
        ),
        ("150722", "Morin Dawa Daur Autonomous Banner, Hulunbuir City, Inner Mongolia"),
        ("371722", "Shanxian County, Heze City, Shandong"),
    ],
)
def test_a_place_is_called_as_it_is_on_maps(code: str, english: str) -> None:
    assert places.english(PlaceCode(code)) == english


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("桑科镇", "Sangke Town"),
        ("长春路街道", "Changchunlu Subdistrict"),
        ("满族乡", "Manchu Township"),
        ("石灰窑回族乡", "Shihuiyao Hui Township"),
        ("查干苏木", "Chagan Sumu"),
    ],
)
def test_a_town_is_called_by_its_sound(name: str, english: str) -> None:
    assert places.english_name(PlaceCode("000000000"), name) == english
