"""Which place a newspaper or a site speaks for, so that its bare 省委 finds its province.

A name of a place in the source's own name, or one of the party papers that carry none. Not for
judging sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiedui.places import PlaceCode

if TYPE_CHECKING:
    from jiedui.facts.gazetteer import Gazetteer

__all__ = ["place_of_source"]

_PAPERS: dict[str, PlaceCode] = {
    name: PlaceCode(code)
    for code, names in {
        "310000": "解放日报 文汇报 新民晚报 上观 澎湃 东方网",
        "320000": "新华日报 交汇点 扬子晚报 中国江苏网",
        "330000": "钱江晚报 潮新闻",
        "350000": "海峡都市报 东南网",
        "370000": "大众日报 齐鲁 大众网",
        "440000": "南方日报 羊城晚报 南方网 南方+ 南方都市报",
        "120000": "津云 北方网 今晚报",
        "110000": "京报",
        "500000": "华龙网 上游新闻",
        "510000": "川观",
        "520000": "当代贵州 天眼新闻 多彩贵州",
        "530000": "云岭先锋 春城晚报",
        "610000": "华商 秦",
        "150000": "草原云 奔腾",
        "420000": "楚天",
        "410000": "大河",
        "430000": "红网 三湘",
        "450000": "南国早报 八桂",
        "340000": "皖",
        "360000": "大江网",
        "210000": "北国网",
        "130000": "长城网",
    }.items()
    for name in names.split()
}


def place_of_source(source: str | None, gazetteer: Gazetteer) -> PlaceCode | None:
    """The place a source speaks for; None for the press of the whole country."""
    if not source:
        return None
    for name, code in _PAPERS.items():
        if name in source:
            return code
    for at in range(len(source) - 1):
        chain = gazetteer.chain(source, at)
        if chain is not None:
            return chain.code
    return None
