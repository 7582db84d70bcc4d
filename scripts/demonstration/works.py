"""The demonstration's projects of a year, made of the money that was set aside for them.

What a project was given and what was paid for it are the sums of its rows in the sheet of funds,
so that the two ledgers agree; with its assets and the model villages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from scripts.demonstration.words import DEMONSTRATION, HASTY, Pair, draw, weekday

LAST = date(2024, 12, 31)
SORTS = {"劳动力培训": "就业项目", "干部人才培训": "人才交流与培训"}
LINKS = ("就业务工", "就业务工、收益分红", "土地流转、就业务工", "带动生产、技术服务", "收益分红")
NO_ASSET = ("就业项目", "人才交流与培训")


@dataclass
class Work:
    """One project: its pairing, what it is, and the money that the sheet of funds has for it."""

    pair: Pair
    called: str
    kind: str
    set_aside: date
    aid: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    last: date = LAST
    number: int = 0
    forgotten: bool = False
    days: dict[str, date] = field(default_factory=dict)

    @property
    def bare(self) -> str:
        """The name without the words of a demonstration."""
        return self.called.removesuffix(DEMONSTRATION)

    @property
    def sort(self) -> str:
        """The type of the project pool."""
        for words, sort in SORTS.items():
            if self.bare.endswith(words):
                return sort
        return "产业发展" if self.kind == "产业帮扶" else "乡村建设行动"

    @property
    def own(self) -> int:
        """What the implementing firm adds, in 万元."""
        share = draw(self.pair, f"own{self.called}", 0, 30) if self.sort == "产业发展" else 0
        return int(self.aid) * share // 100

    @property
    def total(self) -> Decimal:
        """The whole investment, in 万元."""
        return self.aid + self.own

    @property
    def asset(self) -> str:
        """The number of its asset; none before acceptance, or where there is nothing to keep."""
        there = "accepted" in self.days and self.sort not in NO_ASSET and not self.forgotten
        return f"示资{self.pair.number + 1:02}-{self.number + 1:02}" if there else ""


def works(found: list[Pair], funds: list[dict[str, str]]) -> list[Work]:
    """Give the projects of all pairings from the rows of the sheet of funds."""
    pairs = {pair.called: pair for pair in found}
    made: dict[tuple[str, str], Work] = {}
    for row in funds:
        if not row["项目"]:
            continue
        key, amount = (row["结对关系"], row["项目"]), Decimal(row["金额（万元）"])
        day = date.fromisoformat(row["日期"])
        one = made.setdefault(key, Work(pairs[key[0]], key[1], row["帮扶类别"], day))
        if row["环节"] == "分解":
            one.aid += amount
        else:
            one.paid += amount
            one.last = max(day, one.last) if one.last != LAST else day
    numbers: dict[str, int] = {}
    for one in made.values():
        one.number = numbers.get(one.pair.called, 0)
        numbers[one.pair.called] = one.number + 1
        _live(one)
    _slip(list(made.values()))
    return list(made.values())


def _slip(made: list[Work]) -> None:
    """Leave two findings to look at: paid in full and not accepted, accepted and no asset."""
    late = next(one for one in made if one.paid == one.aid and one.asset)
    del late.days["accepted"], late.days["registered"]
    next(one for one in made if one.asset).forgotten = True


def _live(one: Work) -> None:
    """Set the days of a project's life, as far as its money and the year have come."""
    one.days = {
        "pooled": one.set_aside - timedelta(days=draw(one.pair, f"pool{one.called}", 40, 90)),
        "agreed": one.set_aside - timedelta(days=draw(one.pair, f"agree{one.called}", 10, 35)),
        "approved": one.set_aside + timedelta(days=3),
        "started": one.set_aside + timedelta(days=draw(one.pair, f"start{one.called}", 8, 14)),
    }
    hasty = one.pair.called == HASTY and one.number == 0  # Paid before it was allocated.
    if one.paid * 100 < one.aid * 86 and not hasty:
        return
    completed = one.last + timedelta(days=draw(one.pair, f"end{one.called}", 3, 20))
    accepted = completed + timedelta(days=draw(one.pair, f"accept{one.called}", 10, 40))
    if one.paid == one.aid:
        completed, accepted = min(completed, LAST), min(accepted, LAST)
    if completed <= LAST:
        one.days["completed"] = completed
    if accepted <= LAST:
        one.days["accepted"] = accepted
        one.days["registered"] = min(accepted + timedelta(days=7), LAST)


def projects(made: list[Work]) -> list[dict[str, str]]:
    """Give the sheet of projects."""
    return [_project(one) for one in made]


def _project(one: Work) -> dict[str, str]:
    persons = int(one.aid) * draw(one.pair, f"persons{one.called}", 2, 6)
    progress = min(100, int(one.paid * 100 / one.aid) + 5) if one.paid else 0
    county = one.pair.short
    return {
        **one.pair.common,
        "项目名称": one.called,
        "项目类型": one.sort,
        "建设性质": "新建" if draw(one.pair, f"new{one.called}", 0, 3) else "续建",
        "建设内容及规模": f"{one.bare.removeprefix(county)}一处",
        "总投资（万元）": str(one.total),
        "协作资金（万元）": str(one.aid),
        "自筹资金（万元）": str(one.own or ""),
        "累计支付协作资金（万元）": str(one.paid),
        "项目主管部门": f"{county}农业农村局{DEMONSTRATION}",
        "实施单位": f"{county}示例实施单位{DEMONSTRATION}",
        "受益户数": str(persons // 4),
        "受益人数": str(persons),
        "其中脱贫人口": str(persons * draw(one.pair, f"poor{one.called}", 3, 8) // 10),
        "联农带农方式": LINKS[one.number % len(LINKS)] if one.sort == "产业发展" else "",
        "列入年度计划日期": str(one.set_aside),
        "入库日期": str(one.days["pooled"]),
        "东部同意日期": str(one.days["agreed"]),
        "立项批复日期": str(one.days["approved"]),
        "批复文号": f"示发改〔2024〕{one.pair.number + 1:02}{one.number + 1:02}号",
        "开工日期": str(one.days["started"]),
        "形象进度": str(100 if "completed" in one.days else min(progress, 95)),
        "完工日期": str(one.days.get("completed", "")),
        "验收日期": str(one.days.get("accepted", "")),
        "验收结论": "合格" if "accepted" in one.days else "",
        "资产登记日期": str(one.days.get("registered", "")) if one.asset else "",
        "资产编号": one.asset,
        "帮扶类别": one.kind,
    }


def assets(made: list[Work]) -> list[dict[str, str]]:
    """Give the sheet of assets: one of each project that was accepted and leaves something."""
    return [_asset(one) for one in made if one.asset]


def _asset(one: Work) -> dict[str, str]:
    earning = one.sort == "产业发展"
    idle = draw(one.pair, f"idle{one.called}", 0, 19) == 0
    return {
        **one.pair.common,
        "资产编号": one.asset,
        "资产名称": f"{one.bare}资产{DEMONSTRATION}",
        "来源项目": one.called,
        "资产类别": "经营性资产" if earning else "公益性资产",
        "原值（万元）": str(one.total),
        "其中协作资金（万元）": str(one.aid),
        "形成日期": str(one.days["accepted"]),
        "权属层级": "村级",
        "所有权单位": f"{one.pair.short}示例村{DEMONSTRATION}",
        "管护责任单位": f"{one.pair.short}示例村{DEMONSTRATION}",
        "经营主体": f"{one.pair.short}示例合作社{DEMONSTRATION}" if earning else "",
        "年收益（万元）": str(int(one.total) * 6 // 100) if earning and not idle else "",
        "资产状态": "闲置" if idle else "在用",
        "帮扶类别": one.kind,
    }


def villages(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of model villages: three or four a county, some built, some being built."""
    return [
        _village(pair, one) for pair in found for one in range(3 + draw(pair, "villages", 0, 1))
    ]


def _village(pair: Pair, one: int) -> dict[str, str]:
    named = weekday(2021 + one, 4, 12, draw(pair, f"named{one}", 0, 60))
    built = named + timedelta(days=draw(pair, f"built{one}", 330, 600))
    base, head = draw(pair, f"base{one}", 8, 25), draw(pair, f"head{one}", 90, 125)
    return {
        **pair.common,
        "村名": f"{pair.district[:2]}示例{'甲乙丙丁'[one]}村{DEMONSTRATION}",
        "批次或文号": f"示振〔{named.year}〕{one + 1}号",
        "示范类型": "示范村" if one < 2 else "提升村",
        "确定日期": str(named),
        "投入协作资金（万元）": str(80 + 10 * draw(pair, f"aid{one}", 0, 20)),
        "建设内容": f"道路、供水和产业配套{DEMONSTRATION}",
        "建成日期": str(built) if built <= LAST else "",
        "基期年份": str(named.year - 1),
        "村集体收入（基期）（万元）": str(base),
        "村集体收入（现值）（万元）": str(base * draw(pair, f"now{one}", 14, 24) // 10),
        "村民人均收入（基期）（元）": str(head * 100),
        "村民人均收入（现值）（元）": str(head * draw(pair, f"rise{one}", 112, 150)),
        "现值年份": "2024",
        "帮扶类别": "产业帮扶",
    }
