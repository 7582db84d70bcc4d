"""The demonstration's money of a year: two batches a pairing, from notice to payment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scripts.demonstration.words import BEHIND, DEMONSTRATION, HASTY, Pair, draw, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECTS = 10
LAST = date(2024, 12, 20)
# What is built, and its kind of assistance: six of ten are of industry, as is asked for.
WORKS = (
    ("蔬菜大棚", "产业帮扶"), ("冷链仓储", "产业帮扶"), ("养殖棚圈", "产业帮扶"),
    ("中药材初加工", "产业帮扶"), ("小杂粮加工", "产业帮扶"), ("帮扶车间", "产业帮扶"),
    ("村级道路", "民生帮扶"), ("人畜饮水", "民生帮扶"), ("校舍改造", "民生帮扶"),
    ("劳动力培训", "民生帮扶"), ("苹果园更新", "产业帮扶"), ("牛羊良种", "产业帮扶"),
    ("食用菌基地", "产业帮扶"), ("电商服务站", "产业帮扶"), ("农机服务", "产业帮扶"),
    ("乡村旅游点", "产业帮扶"), ("卫生院设备", "民生帮扶"), ("村庄环境整治", "民生帮扶"),
    ("敬老院改造", "社会帮扶"), ("干部人才培训", "人才帮扶"),
)  # fmt: skip
VILLAGES = ("甲村", "乙村", "丙村", "丁村", "戊村", "己村", "庚村", "辛村", "壬村", "癸村")


def promised(pair: Pair) -> int:
    """Give what a pairing promised for the year, in 万元."""
    return 3_200 + 100 * draw(pair, "promised", 0, 14)


def rows(found: list[Pair]) -> list[dict[str, str]]:
    """Give the sheet of all pairings, pairing by pairing, batch by batch."""
    return [row for pair in found for batch in (1, 2) for row in _batch(pair, batch)]


def _batch(pair: Pair, batch: int) -> Iterator[dict[str, str]]:
    """A batch: issued, arrived in one or two parts, allocated to projects, paid in parts.

    Amounts are whole hundreds of 元.
    """
    number = f"示区协〔2024〕{pair.number * 2 + batch}号"
    first = promised(pair) * (55 if batch == 1 else 45) * 100 // 100
    total = first * (100 - (draw(pair, "short", 0, 5) if batch == 2 else 0)) // 100
    issued = weekday(2024, 2 if batch == 1 else 6, 1, draw(pair, f"issued{batch}", 0, 20))
    arrived = weekday(issued.year, issued.month, issued.day, draw(pair, f"came{batch}", 12, 30))
    east, treasury = f"{pair.district}财政局{DEMONSTRATION}", f"{pair.short}财政局{DEMONSTRATION}"
    use = f"2024年第{'一二'[batch - 1]}批协作资金{DEMONSTRATION}"
    line = {**pair.common, "资金文号": number, "资金性质": "东部市（区）级财政援助"}
    yield _row(line, "市级", "下达", first, issued, east, treasury, "", "", use, "")
    if batch == 2 and pair.called == BEHIND:
        return
    parts = [total] if batch == 1 else [total * 6 // 10, total - total * 6 // 10]
    for later, part in enumerate(parts):
        day = arrived + timedelta(days=35 * later)
        yield _row(line, "县区级", "到位", part, day, east, treasury, "", "", use, "")
    yield from _projects(pair, batch, line, parts[0] if batch == 2 else total, arrived)


def _projects(
    pair: Pair, batch: int, line: dict[str, str], total: int, arrived: date
) -> Iterator[dict[str, str]]:
    """Allocate what has come to ten projects, less a reserve, and pay them in parts."""
    treasury = f"{pair.short}财政局{DEMONSTRATION}"
    weights = [draw(pair, f"weight{batch}{one}", 40, 100) for one in range(PROJECTS)]
    share = total - total * draw(pair, f"reserve{batch}", 0, 3) // 100
    for one, weight in enumerate(weights):
        work, kind = WORKS[(one + (batch - 1) * PROJECTS) % len(WORKS)]
        village = VILLAGES[draw(pair, f"village{batch}{one}", 0, 9)]
        project = f"{pair.short}示例{village}{work}{DEMONSTRATION}"
        amount = share * weight // sum(weights)
        day = weekday(
            arrived.year, arrived.month, arrived.day, draw(pair, f"set{batch}{one}", 8, 25)
        )
        yield _row(line, "县区级", "分解", amount, day, treasury, "", project, "", "项目资金", kind)
        yield from _paid(pair, (batch, one), line, (project, kind, amount), day)


def _paid(
    pair: Pair,
    which: tuple[int, int],
    line: dict[str, str],
    of: tuple[str, str, int],
    since: date,
) -> Iterator[dict[str, str]]:
    project, kind, amount = of
    batch, one = which
    name = f"{batch}{one}"
    behind = pair.called == BEHIND
    rate = draw(pair, f"rate{name}", 25, 40) if behind else draw(pair, f"rate{name}", 74, 100)
    parts = draw(pair, f"parts{name}", 2, 3) if behind else draw(pair, f"parts{name}", 3, 6)
    payer = f"{pair.short}财政局{DEMONSTRATION}"
    payee = f"示例工程公司{pair.west[-2:]}{name}{DEMONSTRATION}"
    due = amount * rate // 100
    for part in range(parts):
        paid = due // parts if part < parts - 1 else due - due // parts * (parts - 1)
        day = since + timedelta(days=15 + part * draw(pair, f"step{name}", 20, 42))
        if pair.called == HASTY and which == (1, 0) and part == 0:
            day = date(2024, 1, 26)  # Before the money had come: a finding to look at.
        voucher = f"示付{pair.number + 1:02}-{batch}{one}{part}"
        if day <= LAST:
            yield _row(
                line,
                "县区级",
                "支付",
                paid,
                day,
                payer,
                payee,
                project,
                voucher,
                "工程进度款",
                kind,
            )


def _row(line: dict[str, str], *cells: str | int | date) -> dict[str, str]:
    level, stage, amount, day, payer, payee, project, voucher, use, kind = cells
    assert isinstance(amount, int)
    whole, rest = divmod(amount, 100)
    return {
        **line,
        "资金层级": str(level),
        "环节": str(stage),
        "金额（万元）": f"{whole}.{rest:02}",
        "日期": str(day),
        "付款方": str(payer),
        "收款方": str(payee),
        "项目": str(project),
        "支付凭证号": str(voucher),
        "用途": str(use),
        "帮扶类别": str(kind),
    }
