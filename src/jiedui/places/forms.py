"""How people write the names of places: short forms, bare stems and the letters of provinces.

A form is derived by rule from the official name; what the rules must not do is listed in `words`.
Not for deciding which place a form means: that is `finding`.
"""

from __future__ import annotations

import re
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jiedui.places.place import Level, Place, PlaceCode
from jiedui.places.words import PLAIN_NAMES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(IntEnum):
    """How much a form says, the most certain first."""

    OFFICIAL = 0
    """The name itself, 夏河县."""
    SHORT = 1
    """A short form with its kind, 甘南州, 积石山县, or the bare name of a province, 甘肃."""
    BARE = 2
    """A name without its kind, 兰州, 夏河."""
    DISTRICT = 3
    """A district without its kind, 武清."""
    WORD = 4
    """A form that is also a word, 合作, 城区; it means a place only beside another one."""


_LETTERS: Final = (
    "11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏 33浙 34皖 35闽 36赣 37鲁 41豫 42鄂 43湘 "
    "44粤 45桂 46琼 50渝 51川蜀 52贵黔 53云滇 54藏 61陕秦 62甘陇 63青 64宁 65新疆 71台 81港 82澳"
)
_SHORTS: Final = MappingProxyType(
    {letter: PlaceCode(f"{entry[:2]}0000") for entry in _LETTERS.split() for letter in entry[2:]}
)
_LETTER_OF: Final = MappingProxyType(
    {PlaceCode(f"{entry[:2]}0000"): entry[2] for entry in _LETTERS.split()}
)

_PEOPLES: Final = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯族|普米族|塔吉克族|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|"
    "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"
)
_PEOPLES_AT_END: Final = re.compile(f"(?<=..)(?:{_PEOPLES})+$")
_PROVINCE_KIND: Final = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$")
_KIND: Final = re.compile(
    r"自治州$|自治县$|自治旗$|地区$|(?<=神农架)林区$|特区$|新区$|[盟市县旗区]$"
)
_SHORT_KIND: Final = MappingProxyType({"自治州": "州", "自治县": "县", "自治旗": "旗"})

# Everyday names that no rule gives.
_FURTHER: Final = MappingProxyType(
    {
        PlaceCode("150000"): ("内蒙",),
        PlaceCode("652700"): ("博州",),
        PlaceCode("652800"): ("巴州",),
        PlaceCode("653000"): ("克州",),
        PlaceCode("152500"): ("锡盟",),
    }
)


def stem(name: str) -> str:
    """The name without kind and peoples, 甘南 of 甘南藏族自治州; "" where one letter is left."""
    kind = _KIND.search(name)
    if kind is None or name.endswith("矿区"):
        return ""
    bare = name[: kind.start()]
    if kind.group().startswith("自治") or bare.endswith("族"):
        bare = _PEOPLES_AT_END.sub("", bare).removesuffix("族")
    return bare if len(bare) > 1 else ""


def forms(place: Place, above: str = "") -> Iterator[tuple[str, Kind]]:
    """Every form of a place with its kind; `above` is the name of its prefecture.

    A county or district with the stem of its own city (长沙县 in 长沙市) has no bare form: the
    bare name means the city.
    """
    name = place.name
    yield name, Kind.WORD if name in PLAIN_NAMES else Kind.OFFICIAL
    for further in _FURTHER.get(place.code, ()):
        yield further, Kind.SHORT
    if place.level is Level.PROVINCE:
        yield _PROVINCE_KIND.sub("", name), Kind.SHORT
        return
    bare = stem(name)
    if not bare:
        return
    kind = _KIND.findall(name)[-1]
    brief = bare + _SHORT_KIND.get(kind, kind)
    if brief != name:
        yield brief, Kind.SHORT
    if above.endswith("市") and stem(above) == bare:
        return
    if bare in WORDS:
        yield bare, Kind.WORD
    else:
        yield bare, Kind.DISTRICT if kind in {"区", "新区"} else Kind.BARE


def letter_of(code: PlaceCode) -> str:
    """The letter of a province, 津; KeyError for any other place."""
    return _LETTER_OF[code]


def by_short(letter: str) -> PlaceCode | None:
    """The province of a letter, as 津 and 甘 in 津甘, 疆 in 援疆; None for any other text."""
    return _SHORTS.get(letter)


def shorts() -> Iterator[tuple[str, PlaceCode]]:
    """Every letter of a province with its code, 陇 beside 甘, and 蜀 黔 滇 秦 疆 likewise."""
    yield from _SHORTS.items()
