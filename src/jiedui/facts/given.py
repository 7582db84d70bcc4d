"""What a clause says was given: money, goods, teams, each with its number where it has one.

About how many (余, 多) is no number. Not for who gave it and after what: `aid.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiedui.facts.model import Span

__all__ = ["AMOUNT", "Given", "fen", "funds_in", "goods_in", "is_given", "next_given", "teams_in"]

_GAVE = re.compile(
    r"捐助|捐赠|捐款|捐资|捐出|援助|支援|拨付|拨出|筹集|筹措|筹资|调拨|调运|送来|送去|送上|运往|运来|"
    r"运送|发运|派出|派遣|派来|组织|驰援|紧急采购"
)
_NOT_GIVEN = re.compile(r"将(?=捐|派|援|拨)|拟|计划|号召|倡议|呼吁|希望|未")
_FUNDS = re.compile(r"资金|善款|捐款|款项|救灾款|现金|[0-9](?:亿元|万元|元)")
AMOUNT = re.compile(r"(?P<value>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<more>余|多)?(?P<unit>亿元|万元|元)")
_WORTH = re.compile(r"(?:价值|折价|折合|总值)[^,。;!\n]{0,6}$")
_GOODS = re.compile(
    r"(?:(?P<count>[0-9][0-9,]*)(?P<more>余|多)?(?P<unit>顶|床|箱|件|套|吨|台|张|条|袋|盒|批))?"
    r"(?P<item>(?:救灾|应急|生活|防寒|医疗|急需|抗震)?物资|棉?帐篷|棉被|棉衣|棉大衣|衣物|药品|食品|"
    r"饮用水|方便面|折叠床|发电机|取暖设备|活动板房|粮油|牛奶)"
)
_TEAM = re.compile(
    r"(?:(?P<before>[0-9][0-9,]*)(?P<more>余|多)?(?:名|人)(?:组成)?的?)?"
    r"(?P<team>[\u4e00-\u9fff]{0,8}?(?:救援|医疗|救护|抢险|抢修|消防|搜救|志愿|通信|供电)"
    r"[\u4e00-\u9fff]{0,4}?(?:队伍|队|力量))"
    r"(?:(?:共)?(?P<after>[0-9][0-9,]*)(?P<more2>余|多)?(?:名|人))?"
)
_LEAD = re.compile(r".*(?:派出|派遣|派来|组织|选派|紧急|立即|时间|了|支|等|和|的|、)")


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was given: what it is called, how many or how much, and the words for it.

    `count` is None where the text gives no number, or only about how many.
    """

    what: str
    count: int | None
    unit: str
    span: Span


def next_given(text: str, at: int) -> int:
    """Where the next word of giving stands; the end of the text where there is none."""
    hit = _GAVE.search(text, at)
    return hit.start() if hit else len(text)


def is_given(text: str, start: int, end: int) -> bool:
    """Whether a clause says that something was given, and not only planned or asked for."""
    return bool(_GAVE.search(text, start, end)) and not _NOT_GIVEN.search(text, start, end)


def _number(value: str | None, *more: str | None) -> int | None:
    return None if value is None or any(more) else int(value.replace(",", ""))


def funds_in(text: str, start: int, end: int) -> Iterator[Given]:
    """Money in a clause: its amount in fen where one is written, none where it is not."""
    amounts = [
        hit for hit in AMOUNT.finditer(text, start, end)
        if not _WORTH.search(text, start, hit.start())
    ]  # fmt: skip
    worth = len(list(AMOUNT.finditer(text, start, end))) > len(amounts)
    for hit in amounts:
        yield Given("资金", fen(hit), "分", hit.span())
    words = _FUNDS.search(text, start, end)
    if words and not amounts and not worth:
        yield Given(words[0], None, "分", words.span())


def fen(hit: re.Match[str]) -> int | None:
    """The fen of a match of `AMOUNT`; None for about how much."""
    if hit["more"]:
        return None
    whole, _, part = hit["value"].replace(",", "").partition(".")
    digits = {"元": 2, "万元": 6, "亿元": 10}[hit["unit"]]
    return int(whole + part.ljust(digits, "0")) if len(part) <= digits else None


def goods_in(text: str, start: int, end: int) -> Iterator[Given]:
    """Goods in a clause, each with how many of what."""
    for hit in _GOODS.finditer(text, start, end):
        span = (hit.start("count") if hit["count"] else hit.start("item"), hit.end())
        yield Given(hit["item"], _number(hit["count"], hit["more"]), hit["unit"] or "", span)


def teams_in(text: str, start: int, end: int) -> Iterator[Given]:
    """Rescue teams in a clause, each with how many persons."""
    for hit in _TEAM.finditer(text, start, end):
        lead = _LEAD.match(hit["team"][:-2])
        first = hit.start("team") + (lead.end() if lead else 0)
        count = _number(hit["before"], hit["more"])
        count = _number(hit["after"], hit["more2"]) if count is None else count
        yield Given(text[first : hit.end("team")], count, "人", (first, hit.end("team")))
