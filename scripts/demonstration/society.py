"""The demonstration's twinnings, sales and donations of a year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scripts.demonstration.words import BEHIND, DEMONSTRATION, Pair, draw, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

TWINS = (
    ("乡镇街道", "示例街道", "示例镇"), ("学校", "示例小学", "示例小学"),
    ("村和社区", "示例社区", "示例村"), ("企业与村", "示例公司", "示例村"),
    ("医院", "示例医院", "示例医院"), ("社会组织与村", "示例商会", "示例村"),
    ("学校", "示例中学", "示例中学"), ("企业与村", "样本公司", "样本村"),
)  # fmt: skip
GOODS = (
    ("小杂粮", "粮油", "东部直接采购", "机关食堂和工会", "专馆专区专柜"),
    ("苹果", "果蔬", "帮助销售", "批发市场", "批发市场"),
    ("牛羊肉", "肉禽蛋奶", "东部直接采购", "国有企业", "企业订单"),
    ("百合", "果蔬", "帮助销售", "电商平台", "直播电商"),
    ("黄芪", "中药材", "帮助销售", "民营企业", "企业订单"),
    ("高原夏菜", "果蔬", "帮助销售", "批发市场", "批发市场"),
    ("刺绣", "手工艺品", "东部直接采购", "机关食堂和工会", "832平台"),
)
GIVEN = ("图书", "课桌椅", "急救设备", "冬季校服", "电脑")
PIECES = ("册", "套", "台", "件", "台")


def twinnings(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of twinnings."""
    return [row for pair in found for row in _twins(pair)]


def _twins(pair: Pair) -> Iterator[dict[str, str]]:
    for one in range(5 if pair.called == BEHIND else draw(pair, "twins", 10, 16)):
        sort, east, west = TWINS[one % len(TWINS)]
        # A firm or an association is paired with several villages.
        number = one // len(TWINS) + 1
        yield {
            **pair.common,
            "结对类型": sort,
            "东部单位": f"{pair.district}{east}{'' if '村' in sort else number}{DEMONSTRATION}",
            "西部单位": f"{pair.short}{west}{number}{DEMONSTRATION}",
            "协议名称": f"{pair.sides}结对协议（{one + 1}）{DEMONSTRATION}",
            "签订日期": str(weekday(2021 + one % 4, 4, 6, draw(pair, f"twin{one}", 0, 60))),
            "年度活动次数": str(draw(pair, f"activities{one}", 0 if one == 4 else 1, 6)),
            "年度资金物资（万元）": str(draw(pair, f"worth{one}", 0, 12)),
            "帮扶类别": "社会帮扶",
        }


def sales(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of sales."""
    return [row for pair in found for row in _months(pair)]


def _months(pair: Pair) -> Iterator[dict[str, str]]:
    for month in range(1, 13 if pair.called != BEHIND else 6):
        for one in range(2):
            product, sort, way, buyer, channel = GOODS[(month * 2 + one + pair.number) % len(GOODS)]
            amount = draw(pair, f"sale{month}{one}", 120, 1_400)
            yield {
                **pair.common,
                "月份": f"2024-{month:02}",
                "销售方": f"{pair.short}示例{product}合作社{DEMONSTRATION}",
                "产地": pair.county,
                "产品名称": product,
                "产品类别": sort,
                "金额（万元）": f"{amount}.{draw(pair, f'part{month}{one}', 0, 9_999):04}",
                "采购方": f"{pair.district}示例{buyer[:4]}{DEMONSTRATION}",
                "采购方类型": buyer,
                "帮扶方式": way,
                "销售渠道": channel,
                "发票或结算单号": f"示结{pair.number + 1:02}{month:02}{one + 1}",
                "联结脱贫户数": str(draw(pair, f"households{month}{one}", 10, 120)),
                "帮扶类别": "社会帮扶",
            }


def donations(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of donations: money, goods or both."""
    return [row for pair in found for row in _gifts(pair)]


def _gifts(pair: Pair) -> Iterator[dict[str, str]]:
    for one in range(2 if pair.called == BEHIND else draw(pair, "gifts", 5, 9)):
        day = weekday(2024, 1, 19, one * 37 + draw(pair, f"gift{one}", 0, 20))
        sort = ("企业", "社会组织", "机关干部职工")[one % 3]
        cash = "" if one % 4 == 3 else f"{draw(pair, f'cash{one}', 2, 40)}.{pair.number:04}"
        pieces = draw(pair, f"pieces{one}", 20, 200)
        goods = one % 2 == 1
        yield {
            **pair.common,
            "捐赠方": f"{pair.district}示例{sort}{one + 1}{DEMONSTRATION}",
            "捐赠方类别": sort,
            "捐赠日期": str(day),
            "捐赠资金（万元）": cash,
            "捐赠物资明细：物资": GIVEN[one % len(GIVEN)] if goods else "",
            "捐赠物资明细：数量": str(pieces) if goods else "",
            "捐赠物资明细：计量单位": PIECES[one % len(PIECES)] if goods else "",
            "捐赠物资明细：折价（元）": str(pieces * 85) if goods else "",
            "捐赠物资明细：折价依据": "采购发票" if goods else "",
            "接收方": f"{pair.short}示例学校{one % 3 + 1}{DEMONSTRATION}",
            "捐赠渠道": ("慈善会", "直接捐赠", "红十字会")[one % 3],
            "到账或接收日期": str(day + timedelta(days=draw(pair, f"came{one}", 0, 12))),
            "捐赠票据号": f"示捐{pair.number + 1:02}{one + 1:02}",
            "帮扶类别": "社会帮扶",
        }
