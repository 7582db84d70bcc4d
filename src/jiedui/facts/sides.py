"""Which province helps and which is helped, and the one-character names of provinces.

Source: the pairings of eastern and western provinces since 2021 (东西部协作) and the lists of
counterpart support (对口支援) for Tibet and Xinjiang. Not for the pairings of counties: those are
entries of a register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.places import PlaceCode

if TYPE_CHECKING:
    from jiedui.facts.model import Side

__all__ = ["ABBREVIATIONS", "SHORT", "province", "side"]

_EAST = frozenset(("11", "12", "31", "32", "33", "35", "37", "44"))
_WEST = frozenset(("15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"))
# They send help to Tibet, Xinjiang and the Tibetan areas of Qinghai only: a side in those texts.
_SENDS_FAR = frozenset(("13", "14", "21", "22", "23", "34", "36", "41", "42", "43"))
_FAR = frozenset(("54", "65", "63"))

# Not 新 (new), 宁 alone is Ningxia in 闽宁 and 来宁, 青 in 苏青: accepted only where a host stands.
ABBREVIATIONS: dict[str, PlaceCode] = {
    sign: PlaceCode(code + "0000")
    for code, signs in {
        "11": "京",
        "12": "津",
        "13": "冀",
        "14": "晋",
        "15": "蒙",
        "21": "辽",
        "22": "吉",
        "23": "黑",
        "31": "沪申",
        "32": "苏",
        "33": "浙",
        "34": "皖",
        "35": "闽",
        "36": "赣",
        "37": "鲁",
        "41": "豫",
        "42": "鄂",
        "43": "湘",
        "44": "粤",
        "45": "桂",
        "46": "琼",
        "50": "渝",
        "51": "川蜀",
        "52": "黔贵",
        "53": "滇云",
        "54": "藏",
        "61": "陕秦",
        "62": "甘陇",
        "63": "青",
        "64": "宁",
        "65": "疆新",
    }.items()
    for sign in signs
}

SHORT: dict[str, str] = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
}


def province(code: PlaceCode) -> PlaceCode:
    """The code of the province that a place lies in."""
    return PlaceCode(code[:2] + "0000")


def side(code: PlaceCode | None, other: PlaceCode | None = None) -> Side | None:
    """The side of a place, given the other place of the text; None when it has none.

    >>> side(PlaceCode("120101")), side(PlaceCode("623027")), side(PlaceCode("420000"))
    ('east', 'west', None)
    >>> side(PlaceCode("420000"), PlaceCode("650000"))
    'east'
    """
    if code is None:
        return None
    if code[:2] in _EAST:
        return "east"
    if code[:2] in _WEST:
        return "west"
    if code[:2] in _SENDS_FAR and other is not None and other[:2] in _FAR:
        return "east"
    return None
