"""The demonstration's places of work of a year: firms, parks, workshops, classes and the counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.demonstration.words import BEHIND, DEMONSTRATION, Pair, credit_code, draw, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST = date(2024, 12, 31)
TRADES = ("食品加工", "服装加工", "中药材", "电子装配", "冷链物流", "数据标注", "饲料", "文旅")
COURSES = (
    ("乡村振兴带头人培训班", "乡村振兴带头人", "东部", 45),
    ("电商技能培训班", "劳动力技能", "西部", 50),
    ("中小学教师研修班", "专业技术人才", "东部", 40),
    ("乡镇干部能力提升班", "党政干部", "东部", 50),
    ("家政服务培训班", "劳动力技能", "西部", 60),
    ("村医业务培训班", "专业技术人才", "线上", 80),
    ("种养技术培训班", "新型职业农民", "西部", 70),
)
REGIONS = (
    ("东部结对省（市）", "天津示例制造公司", "天津市", "东西部定向", 16),
    ("省内就近", "示例产业园企业", "", "有组织输转", 22),
    ("其他地区", "示例劳务集团", "江苏省", "有组织输转", 30),
)
CLASSES = ("脱贫人口", "其他农村劳动力", "脱贫人口", "防返贫监测对象")


def enterprises(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of firms."""
    return [
        _firm(pair, one)
        for pair in found
        for one in range(1 if pair.called == BEHIND else draw(pair, "firms", 4, 7))
    ]


def _firm(pair: Pair, one: int) -> dict[str, str]:
    registered = weekday(2024, 1, 22, one * 45 + draw(pair, f"firm{one}", 0, 25))
    started = registered + timedelta(days=draw(pair, f"runs{one}", 40, 220))
    runs = started <= LAST
    agreed = 500 * draw(pair, f"agreed{one}", 1, 12)
    come = agreed * draw(pair, f"share{one}", 20, 100 if runs else 40) // 100
    workers = draw(pair, f"workers{one}", 12, 90) if runs else draw(pair, f"workers{one}", 0, 8)
    rural = workers * draw(pair, f"rural{one}", 6, 9) // 10
    trade = TRADES[(one + pair.number) % len(TRADES)]
    return {
        **pair.common,
        "企业名称": f"{pair.short}示例{trade}公司{one + 1}{DEMONSTRATION}",
        "统一社会信用代码": credit_code(f"91{pair.west}", f"{pair.number:04}{one:05}"),
        "来源地": f"天津市{pair.division}",
        "引进方式": ("协作招商", "援派干部引荐", "以商招商", "结对引进")[one % 4],
        "行业": trade,
        "签约日期": str(registered - timedelta(days=30)),
        "协议投资额（万元）": str(agreed),
        "注册日期": str(registered),
        "投产日期": str(started) if runs else "",
        "本年实际到位资金（万元）": str(come),
        "累计到位资金（万元）": str(come),
        "到位截至日期": str(LAST),
        "入驻园区": park_of(pair) if one % 3 == 0 and has_park(pair) else "",
        "用工总数": str(workers),
        "其中农村劳动力": str(rural),
        "其中脱贫人口": str(rural * draw(pair, f"poor{one}", 4, 8) // 10),
        "企业状态": "投产" if runs else "在建",
        "帮扶类别": "产业帮扶",
    }


def has_park(pair: Pair) -> bool:
    """Say whether a pairing has a park."""
    return pair.called != BEHIND and draw(pair, "park", 0, 2) > 0


def park_of(pair: Pair) -> str:
    """Give the name of a pairing's park."""
    return f"{pair.district}{pair.short}示例产业园{DEMONSTRATION}"


def parks(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of parks."""
    return [_park(pair) for pair in found if has_park(pair)]


def _park(pair: Pair) -> dict[str, str]:
    firms, jobs = draw(pair, "parkfirms", 3, 14), draw(pair, "parkjobs", 40, 160)
    return {
        **pair.common,
        "园区名称": park_of(pair),
        "东部共建方": pair.east_office,
        "西部共建方": pair.west_office,
        "共建协议日期": str(weekday(2021 + draw(pair, "parkyear", 0, 3), 6, 7)),
        "园区级别": ("县区级", "市州级", "省级")[draw(pair, "parklevel", 0, 2)],
        "主导产业": TRADES[pair.number % len(TRADES)],
        "入园企业数": str(firms),
        "其中东部引进": str(firms * draw(pair, "eastfirms", 2, 6) // 10),
        "就业人数": str(jobs),
        "其中脱贫人口": str(jobs * draw(pair, "parkpoor", 3, 6) // 10),
        "统计截至日期": str(LAST),
        "帮扶类别": "产业帮扶",
    }


def workshops(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of workshops."""
    return [
        _workshop(pair, one) for pair in found for one in range(3 + draw(pair, "workshops", 0, 3))
    ]


def _workshop(pair: Pair, one: int) -> dict[str, str]:
    workers = draw(pair, f"hands{one}", 12, 45)
    idle = draw(pair, f"idle{one}", 0, 11) == 0
    return {
        **pair.common,
        "车间名称": f"{pair.sides}示例{'甲乙丙丁戊己'[one]}车间{DEMONSTRATION}",
        "经营主体": f"{pair.short}示例{TRADES[(one + 1) % len(TRADES)]}合作社{DEMONSTRATION}",
        "认定文号": f"示就业〔{2022 + one % 3}〕{pair.number + 1:02}{one + 1}号",
        "认定日期": str(weekday(2022 + one % 3, 3 + one, 5, draw(pair, f"shop{one}", 0, 40))),
        "吸纳就业人数": str(workers),
        "其中脱贫人口": str(workers * draw(pair, f"shoppoor{one}", 3, 7) // 10),
        "月均工资（元）": str(100 * draw(pair, f"wage{one}", 20, 34)),
        "车间状态": "季节性停产" if idle else "正常生产",
        "帮扶类别": "民生帮扶",
    }


def trainings(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of classes."""
    return [
        _course(pair, one)
        for pair in found
        for one in range(3 if pair.called == BEHIND else draw(pair, "courses", 7, 11))
    ]


def _course(pair: Pair, one: int) -> dict[str, str]:
    course, sort, held, size = COURSES[one % len(COURSES)]
    starts = weekday(2024, 2, 26, one * 26 + draw(pair, f"course{one}", 0, 14))
    people = size - draw(pair, f"came{one}", 0, 8)
    skills = sort == "劳动力技能"
    certified = people * draw(pair, f"certified{one}", 7, 10) // 10 if skills else ""
    return {
        **pair.common,
        "班次名称": f"{pair.short}{course}（第{one + 1}期）{DEMONSTRATION}",
        "培训类型": sort,
        "主办单位": f"{pair.short}示例主办单位{DEMONSTRATION}",
        "办班地区": held,
        "开班日期": str(starts),
        "结业日期": str(starts + timedelta(days=draw(pair, f"length{one}", 2, 14))),
        "培训经费（万元）": str(draw(pair, f"cost{one}", 3, 22)),
        "计划人数": str(size),
        "实到人数": str(people),
        "取证人数": str(certified),
        "就业人数": str(people * 4 // 10) if skills else "",
        "帮扶类别": "人才帮扶",
    }


def labour(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of people in work: a row an employer, a month, a region and a class."""
    return [row for pair in found for row in _months(pair)]


def _months(pair: Pair) -> Iterator[dict[str, str]]:
    for month in range(2, 12 if pair.called != BEHIND else 5):
        for number, (region, employer, where, way, size) in enumerate(REGIONS):
            people = size * draw(pair, f"labour{month}{number}", 2, 14) // (1 + month // 5)
            yield {
                **pair.common,
                "月份": f"2024年{month}月",
                "务工单位": f"{employer}{month % 4 + 1}{DEMONSTRATION}",
                "务工地": where or pair.county,
                "户籍乡镇": pair.county,
                "区域类别": region,
                "人员类别": CLASSES[(month + number) % len(CLASSES)],
                "组织方式": way,
                "新增就业人数": str(people),
                "其中满三个月": str(people * 9 // 10) if month < 10 else "",
                "证明材料": "劳动合同、工资凭证" if number else "劳动合同",
                "帮扶类别": "民生帮扶",
            }
