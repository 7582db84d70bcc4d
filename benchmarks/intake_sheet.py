"""The workbooks of the intake bench: what stands in the book before, and what is brought to it.

Half of what is brought stands already, a tenth of that otherwise; one cell in two hundred is
faulty, in ten ways. The same rows come every time: nothing here is drawn by the clock.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = list[object]

ROWS = 10_000
FAULTY = 0.005
CHANGED = 0.1
PAIRING = "甲省乙市结对（样例）"
PLACES = {
    "夏河县": "623027", "舟曲县": "623023", "临潭县": "623021", "卓尼县": "623022",
    "玛曲县": "623025", "碌曲县": "623026", "迭部县": "623024", "康乐县": "622922",
    "永靖县": "622923", "广河县": "622924", "和政县": "622925", "渭源县": "621123",
    "临洮县": "621124", "漳县": "621125", "岷县": "621126", "宕昌县": "621223",
    "文县": "621222", "康县": "621224", "西和县": "621225", "礼县": "621226",
    "会宁县": "620422", "静宁县": "620826", "庄浪县": "620825", "环县": "621022",
}  # fmt: skip
HEADINGS = (
    "协作类型", "结对关系", "所属地区", "资金文号", "资金性质", "资金层级", "环节", "金额（万元）",
    "日期", "付款方", "收款方", "收款方为个人", "项目", "支付凭证号", "用途", "帮扶类别",
)  # fmt: skip
(_, PAIR, PLACE, NUMBER, NATURE, _, STAGE, AMOUNT, DAY, PAYER, PAYEE, FLAG, _, VOUCHER, PURPOSE,
 _) = range(len(HEADINGS))  # fmt: skip
NATURES = ("东部省级财政援助", "东部市（区）级财政援助", "东部部门定向", "衔接资金", "自筹")
LEVELS = ("省级", "市级", "县区级", None)
STAGES = ("下达", "到位", "分解", "支付", "收回")
KINDS = ("产业帮扶", "民生帮扶", "人才帮扶", "社会帮扶", None)
GOODS = ("牛棚", "冷库", "育苗大棚", "卫生院楼", "学校食堂", "饮水管网", "中药材基地", "分拣车间")


def _negative(row: Row) -> None:
    row[AMOUNT] = -12.5


def _same_party(row: Row) -> None:
    row[PAYEE] = row[PAYER]


def _put(column: int, cell: object) -> Callable[[Row], None]:
    def put(row: Row) -> None:
        row[column] = cell

    return put


FAULTS: tuple[Callable[[Row], None], ...] = (
    _put(AMOUNT, "1,2OO"), _put(DAY, "2024-02-30"), _put(NATURE, "东部"), _put(PLACE, "某某县"),
    _put(NUMBER, None), _put(PAIR, "没有这个结对"), _put(FLAG, "可能"), _put(VOUCHER, "长" * 90),
    _negative, _same_party,
)  # fmt: skip


def rows(count: int = ROWS) -> list[Row]:
    """So many good rows, each a movement of its own, in the words that offices use."""
    draw = random.Random(20240521)
    return [_row(draw, number) for number in range(count)]


def _row(draw: random.Random, number: int) -> Row:
    place = draw.choice(list(PLACES))
    day: object = date(2024, 1, 1) + timedelta(days=draw.randrange(366))
    if draw.random() < 0.3:
        day = f"{day:%Y-%m-%d}" if draw.random() < 0.5 else f"{day:%Y年%m月%d日}"
    amount: object = draw.randrange(1, 10_000_000) / 100
    if draw.random() < 0.1:
        amount = f"{amount:,.2f}"
    good = draw.choice(GOODS)
    return [
        "东西部协作", PAIRING, place, f"示财〔2024〕{number // 8 + 1}号", draw.choice(NATURES),
        draw.choice(LEVELS), draw.choice(STAGES), amount, day, f"第{draw.randrange(40)}示例财政局",
        f"{place}示例{draw.randrange(90)}公司", draw.choice(("否", "否", None)),
        f"{place}{good}建设（样例）" if draw.random() < 0.8 else None, f"凭{number:07}",
        f"用于{good}，第{draw.randrange(1, 13)}期" if draw.random() < 0.6 else None,
        draw.choice(KINDS),
    ]  # fmt: skip


def standing(brought: list[Row]) -> list[Row]:
    """What stands before: every other row, a tenth of these with another purpose and payee."""
    found = []
    for position, row in enumerate(brought[::2]):
        kept = list(row)
        if position % round(1 / CHANGED) == 0:
            kept[PURPOSE], kept[PAYEE] = "原来的用途", "原示例公司"
        found.append(kept)
    return found


def with_faults(good: list[Row]) -> list[Row]:
    """The same rows with every two hundredth cell faulty, at most one in a row."""
    draw = random.Random(12)
    found = [list(row) for row in good]
    faulty = draw.sample(range(len(found)), round(len(found) * len(HEADINGS) * FAULTY))
    for position, row in enumerate(faulty):
        FAULTS[position % len(FAULTS)](found[row])
    return found


def workbook(of: list[Row]) -> bytes:
    """The rows under their headings, as an office's program writes them."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("资金")
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(of, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, days)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.close()
    return written.getvalue()
