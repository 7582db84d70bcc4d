"""How a place is called in English: Xiahe County, Gannan Tibetan Autonomous Prefecture, Gansu.

Down to the counties as `english.tsv` has them (made by `scripts/make_english.py` by the rules here
and a list of exceptions); towns by the rules alone, by the sound of their characters. `finding`
reads the names of the table back; those of towns it does not.

>>> english("623027")
'Xiahe County, Gannan Tibetan Autonomous Prefecture, Gansu'
>>> english("623027103")
'Sangke Town, Xiahe County, Gannan Tibetan Autonomous Prefecture, Gansu'
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jiedui.places.atlas import every
from jiedui.places.tree import ancestors, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiedui.places.place import PlaceCode

# Kinds, the longest first, as the ministry of civil affairs names them in English.
_KINDS: Final = MappingProxyType(
    {
        "自治州": "Autonomous Prefecture",
        "自治县": "Autonomous County",
        "自治旗": "Autonomous Banner",
        "矿区": "Mining District",
        "林区": "Forestry District",
        "特区": "Special District",
        "新区": "New Area",
        "地区": "Prefecture",
        "街道": "Subdistrict",
        "苏木": "Sumu",
        "民族乡": "Ethnic Township",
        "盟": "League",
        "市": "City",
        "县": "County",
        "旗": "Banner",
        "区": "District",
        "镇": "Town",
        "乡": "Township",
        "街": "Subdistrict",
    }
)
# 万柏林区 is a district; the only 林区 is 神农架.
_KIND: Final = re.compile(f"(?:{'|'.join(_KINDS)})$".replace("林区", "(?<=神农架)林区"))
# What these characters are in names of places, wherever a dictionary hears another word.
_SOUNDS: Final = MappingProxyType({"都": "du", "长": "chang", "朝": "chao"})
# A nationality is named with 族, or without it where its name has three characters and more.
_PEOPLES: Final = MappingProxyType(
    {
        "维吾尔": "Uygur", "哈萨克": "Kazakh", "柯尔克孜": "Kirgiz", "塔吉克": "Tajik",
        "鄂伦春": "Oroqen", "鄂温克": "Ewenki", "达斡尔": "Daur", "俄罗斯": "Russian",
        "锡伯": "Xibe", "蒙古": "Mongolian", "藏": "Tibetan", "回": "Hui", "苗": "Miao", "彝": "Yi",
        "壮": "Zhuang", "布依": "Buyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong",
        "瑶": "Yao", "白": "Bai", "土家": "Tujia", "哈尼": "Hani", "傣": "Dai", "黎": "Li",
        "傈僳": "Lisu",
        "佤": "Va", "畲": "She", "拉祜": "Lahu", "水": "Sui", "东乡": "Dongxiang", "纳西": "Naxi",
        "景颇": "Jingpo", "土": "Tu", "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang",
        "撒拉": "Salar", "毛南": "Maonan", "仡佬": "Gelao", "普米": "Pumi", "怒": "Nu",
        "保安": "Bonan", "裕固": "Yugur", "独龙": "Derung", "各": "Multi-Ethnic",
    }
)  # fmt: skip
_WITHOUT_SIGN: Final = "维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古"
_PEOPLE: Final = re.compile(f"({'|'.join(f'{name}族' for name in _PEOPLES)}|{_WITHOUT_SIGN})$")
_VOWELS: Final = "aoeāáǎàōóǒòēéěè"
KEPT: Final = 8192


@cache
def _table() -> Mapping[tuple[str, str], str]:
    from importlib import resources  # not before a page is English

    text = resources.files("jiedui.places").joinpath("english.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType({(code, name): english for code, name, english in lines})


@lru_cache(maxsize=KEPT)
def english(code: PlaceCode) -> str:
    """The name of a place before all names above it; raises `UnknownCodeError`.

    The place itself comes first, the province, without its kind, last.
    """
    codes = (*ancestors(code), code)
    names = [english_name(one, known(one)[0].name) for one in reversed(codes)]
    return ", ".join(names)


@cache
def by_english() -> Mapping[str, tuple[PlaceCode, ...]]:
    """The codes that a name in small letters may mean: a whole name, or a place's own alone."""
    found: defaultdict[str, dict[PlaceCode, None]] = defaultdict(dict)
    for place in every():
        own = english_name(place.code, place.name)
        above = [english_name(one, known(one)[0].name) for one in reversed(ancestors(place.code))]
        for name in (own, ", ".join([own, *above])):
            found[name.casefold()][place.code] = None
    return MappingProxyType({name: tuple(codes) for name, codes in found.items()})


@lru_cache(maxsize=KEPT)
def english_name(code: PlaceCode, name: str) -> str:
    """The name alone that a place has, or once had, under a code."""
    return _table().get((code, name)) or romanised(name)


def romanised(name: str, stem_of: Mapping[str, str] = MappingProxyType({})) -> str:
    """A name by its sound and its kind; `stem_of` has stems that are written otherwise.

    A stem of one character keeps the character of its kind: 单县 is Shanxian County, as GB/T 28039
    and usage have it.
    """
    kind = _KIND.search(name)
    if kind is None:
        return stem_of.get(name) or sound(name)
    stem, word = name[: kind.start()], _KINDS[kind.group()]
    if not stem or name in stem_of:
        return f"{stem_of.get(name) or sound(name)} {_last(word)}"
    peoples: list[str] = []
    if kind.group().startswith("自治") or stem.endswith("族"):
        stem, peoples = _peoples(stem)
    if not stem:
        return " ".join([_together(peoples), word])
    shown = stem_of.get(stem) or ""
    if not shown:
        one = len(stem) == 1 and len(kind.group()) == 1
        shown = sound(stem + kind.group()) if one else sound(stem)
    elif len(stem) == 1 and len(kind.group()) == 1:
        shown += sound(kind.group()).lower()
    return " ".join(filter(None, [shown, _together(peoples), word]))


def _peoples(stem: str) -> tuple[str, list[str]]:
    """A stem without the peoples at its end, and those in the order in which they stand."""
    found: list[str] = []
    while len(stem) > 1 and (hit := _PEOPLE.search(stem)):
        if hit.start() == 0 and not found:
            return "", [_PEOPLES[hit[1].removesuffix("族")]]
        if hit.start() == 0:
            break
        found.insert(0, _PEOPLES[hit[1].removesuffix("族")])
        stem = stem[: hit.start()]
    return stem, found


def _together(peoples: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(peoples[:-1]), *peoples[-1:]]))


def _last(word: str) -> str:
    """Of "Mining District" the kind of place alone, where the name itself says the rest."""
    return word.rpartition(" ")[2]


def sound(text: str) -> str:
    """Characters by their sound, as one word: 西安 is Xi'an. Other signs stay."""
    from pypinyin import Style, lazy_pinyin  # a quarter of a second, and for towns alone

    heard = lazy_pinyin(text, style=Style.NORMAL, v_to_u=True)
    if len(heard) == len(text):
        heard = [_SOUNDS.get(sign, one) for sign, one in zip(text, heard, strict=True)]
    word = "".join(
        f"'{one}" if number and one[:1] in _VOWELS else one for number, one in enumerate(heard)
    )
    return word[:1].upper() + word[1:]
