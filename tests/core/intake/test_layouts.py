"""Valid entries come back equal from any of the layouts in which offices keep them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.core.intake.made import judged

NATURES = {"own": "自筹", "east-province": "东部省级财政援助", "finance": "金融"}
STAGES = {"issued": "下达", "arrived": "到位", "paid": "支付"}
UNITS = {"元": 2, "万元": 6, "亿元": 10}
DIGITS = "〇一二三四五六七八九"
NUMERALS = ["", *DIGITS[1:], "十", *(f"十{one}" for one in DIGITS[1:]), "二十",
            *(f"二十{one}" for one in DIGITS[1:]), "三十", "三十一"]  # fmt: skip
DAYS = {
    "iso": lambda on: on.isoformat(),
    "dots": lambda on: f"{on.year}.{on.month}.{on.day}",
    "strokes": lambda on: f"{on.year}/{on.month}/{on.day}",
    "words": lambda on: f"{on.year}年{on.month}月{on.day}日",
    "solid": lambda on: on.strftime("%Y%m%d"),
    "short": lambda on: f"{on.year % 100}/{on.month}/{on.day}",
    "morning": lambda on: f"{on.year}年{on.month}月{on.day}日 上午",
    "serial": lambda on: str((on - date(1899, 12, 30)).days),
    "numerals": lambda on: (
        "".join(DIGITS[int(one)] for one in str(on.year))
        + f"年{NUMERALS[on.month]}月{NUMERALS[on.day]}日"
    ),
}
ENTRIES = st.lists(
    st.fixed_dictionaries({
        "document_number": st.integers(1, 99).map(lambda one: f"甲财〔2024〕{one}号"),
        "nature": st.sampled_from(sorted(NATURES)),
        "stage": st.sampled_from(sorted(STAGES)),
        "amount": st.integers(1, 10**13),
        "day": st.dates(date(2014, 1, 1), date(2039, 12, 31)),
        "payer": st.sampled_from([None, "甲示例局", "乙示例局"]),
    }),
    min_size=1, max_size=6,
)  # fmt: skip


@dataclass
class Drawn:
    """How a sheet is laid out."""

    unit: str = "万元"
    stated: str = "heading"
    day: str = "iso"
    wide: bool = False
    levels: str = ""
    above: int = 0
    again: int = 0
    total: bool = False
    foot: bool = False
    blank: str = ""


LAYOUTS = st.builds(
    Drawn,
    unit=st.sampled_from(sorted(UNITS)),
    stated=st.sampled_from(["heading", "colon", "title", "line", "cell", "column", "above"]),
    day=st.sampled_from(sorted(DAYS)),
    wide=st.booleans(),
    levels=st.sampled_from(["", "merged", "lost"]),
    above=st.integers(0, 2),
    again=st.integers(0, 3),
    total=st.booleans(),
    foot=st.booleans(),
    blank=st.sampled_from(["", "-", "/", "——"]),
)


def figure(fen: int, how: Drawn) -> str:
    text = f"{Decimal(fen).scaleb(-UNITS[how.unit]):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text + how.unit if how.stated == "cell" else text
    return text.translate(
        {ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789.,"} if how.wide else {}
    )


def grid(entries: list[dict[str, Any]], how: Drawn) -> tuple[list[list[str]], int]:
    """The cells, and how many rows of them are headings or stand above."""
    amount = {"heading": f"金额（{how.unit}）", "colon": f"金额：{how.unit}"}.get(
        how.stated, "金额"
    )
    head = ["资金文号", "资金性质", "环节", amount, "日期", "付款方"]
    unit_column = how.stated == "column"
    top = [[f"某县资金台账（{how.unit}）" if how.stated == "title" else "某县资金台账"]]
    top += [["填报单位：甲示例局"]] * how.above
    if how.stated == "line":
        top += [["", "", "", f"单位：{how.unit}"]]
    if how.levels or how.stated == "above":
        group = f"资金（{how.unit}）" if how.stated == "above" else "资金"
        heads = [[*head[:3], group, "", head[5]], ["", "", "", amount, "日期", ""]]
    else:
        heads = [head]
    if unit_column:
        heads = [[*row, "计量单位" if row is heads[0] else ""] for row in heads]
    rows = []
    for i, entry in enumerate(entries):
        if how.again and i and i % how.again == 0:
            rows += heads
        rows.append([
            entry["document_number"], NATURES[entry["nature"]], STAGES[entry["stage"]],
            figure(entry["amount"], how), DAYS[how.day](entry["day"]),
            entry["payer"] or how.blank, *([how.unit] if unit_column else []),
        ])  # fmt: skip
    if how.total:
        rows.append(["合计", "", "", figure(sum(one["amount"] for one in entries), how)])
    if how.foot:
        rows += [["填表人", "甲某", "审核人", "乙某"], ["注：以上均为样例"]]
    return [*top, *heads, *rows], len(top)


def written(cells: list[list[str]], above: int, how: Drawn) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in cells:
        sheet.append([cell or None for cell in row])
    if how.levels == "merged":
        first = above + 1
        sheet.merge_cells(f"D{first}:E{first}")
        for column in "ABCF":
            sheet.merge_cells(f"{column}{first}:{column}{first + 1}")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(entries=ENTRIES, how=LAYOUTS)
def test_entries_come_back_equal_from_any_layout(entries, how):
    found = judged(written(*grid(entries, how), how))
    assert [one for one in found.problems if one.code != "rule-broken"] == []
    read = [{name: row.get(name) for name in entries[0]} for row in found.checked.rows]
    assert read == entries
