"""The demonstration's items of regional cooperation of a year, from promise to result."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.demonstration.words import BEHIND, DEMONSTRATION, Pair, draw, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST = date(2024, 12, 31)
# The field of cooperation, what is promised, and the invented parties of both sides.
ITEMS = (
    ("新能源", "风光储基地", "示例新能源公司", "示例能源投资公司"),
    ("港口物流", "冷链物流园", "示例港口集团", "示例物流公司"),
    ("文化旅游", "文旅线路联营", "示例文旅公司", "示例景区公司"),
    ("生物医药", "中药材提取", "示例制药公司", "示例药材合作社"),
    ("数字经济", "数据标注车间", "示例数字公司", "示例职业学校"),
    ("科技创新", "节水农业试验站", "示例农科所", "示例农技中心"),
    ("生态环保", "秸秆利用", "示例环保公司", "示例农业公司"),
    ("新材料", "建材循环利用", "示例材料公司", "示例工业园"),
)


def rows(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of all pairings."""
    return [row for pair in found for row in _of(pair)]


def _of(pair: Pair) -> Iterator[dict[str, str]]:
    """Give a pairing's items: most are signed, fewer are realised, and never in full at once."""
    for one in range(2 if pair.called == BEHIND else draw(pair, "deals", 6, 8)):
        field, item, east, west = ITEMS[(one + pair.number) % len(ITEMS)]
        day = weekday(2024, 1, 15, one * 38 + draw(pair, f"promised{one}", 0, 20))
        row = {
            **pair.common,
            "合作事项": f"{pair.sides}{item}{DEMONSTRATION}",
            "区域合作领域": field,
            "承诺类型": ("合同", "框架协议", "会议议定")[one % 3],
            "承诺日期": str(day),
            "东部合作方": f"{pair.district}{east}{DEMONSTRATION}",
            "西部合作方": f"{pair.short}{west}{DEMONSTRATION}",
        }
        yield row | _came_of(pair, one, day)


def _came_of(pair: Pair, one: int, day: date) -> dict[str, str]:
    """What was signed and what has come; both may be nothing."""
    signed = day + timedelta(days=draw(pair, f"signed{one}", 10, 60))
    if one % 5 == 4 or signed > LAST:
        return dict.fromkeys(
            ("签约日期", "签约金额（万元）", "到位金额（万元）", "到位截至日期"), ""
        ) | {"落实进展": "已承诺", "结果": ""}
    amount = 200 * draw(pair, f"worth{one}", 40, 160)
    share = draw(pair, f"came{one}", 0, 4)
    done = share == 4 and one % 2 == 0
    progress = "已落实" if done else "实施中" if share else "已签约"
    return {
        "签约日期": str(signed),
        "签约金额（万元）": str(amount),
        "到位金额（万元）": str(amount if done else amount * share // 10) if share else "",
        "到位截至日期": str(LAST) if share else "",
        "落实进展": progress,
        "结果": f"已投产{DEMONSTRATION}" if done else "",
    }
