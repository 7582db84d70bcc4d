"""Provinces, prefectures, counties and towns: names to codes and back, never by guessing.

Down to the counties by date; towns and streets as of one day. Not for villages, development zones
or sites, and not for finding names in running text: `jiedui.facts` does that with `names()`.

>>> from datetime import date
>>> from jiedui import places
>>> places.find("甘南州夏河县").code
'623027'
>>> places.full_name(places.PlaceCode("623027"))
'甘肃省甘南藏族自治州夏河县'
>>> places.full_name(places.find("夏河县桑科镇").code)
'甘肃省甘南藏族自治州夏河县桑科镇'
>>> places.find("朝阳区").hint
'请连上级名称一起写。可能是：北京市朝阳区（110105）、吉林省长春市朝阳区（220104）。'
>>> places.find("朝阳区", near=places.PlaceCode("220100")).code
'220104'
>>> places.find("米林县", on=date(2022, 6, 1)).code
'540422'
>>> places.find("米林县", on=date(2024, 6, 1)).hint
'“米林县”在 2024-06-01 不是有效的行政区划：米林县（540422）止于 2023-04-03，此后为米林市（540481）。请核对名称或日期。'
"""  # noqa: E501 - a hint is shown as it is printed, in one line

from __future__ import annotations

from jiedui.places.atlas import borders
from jiedui.places.english import english, english_name
from jiedui.places.finding import candidates, find
from jiedui.places.forms import by_short, shorts
from jiedui.places.gazetteer import names, short
from jiedui.places.place import Level, Place, PlaceCode, UnknownCodeError
from jiedui.places.towns import towns_below, towns_named
from jiedui.places.tree import ancestors, bounds, full_name, get, within

__all__ = [
    "Level",
    "Place",
    "PlaceCode",
    "UnknownCodeError",
    "ancestors",
    "borders",
    "bounds",
    "by_short",
    "candidates",
    "english",
    "english_name",
    "find",
    "full_name",
    "get",
    "names",
    "short",
    "shorts",
    "towns_below",
    "towns_named",
    "within",
]
