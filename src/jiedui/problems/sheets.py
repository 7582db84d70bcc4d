"""The codes of what is said of a sheet's layout, its rows and signs, and stops nothing.

Part of `codes`, which has them all.
"""

from __future__ import annotations

from jiedui.problems.code import Code

SHEETS: dict[str, Code] = {
    "column-beside": Code(
        "同名的另一栏", "“{heading}”与另一栏同是一项，按内容读的是那一栏；要读这一栏，请改正对应。"
    ),
    "column-unlike": Code(
        "内容不像这一项", "“{heading}”里没有一格像它的名称所指的那一项，未读入；要读，请改正对应。"
    ),
    "merged-filled": Code(
        "合并的单元格按各行读入", "“{label}”有 {count} 处跨行合并，其中每一行都读作首行的内容。"
    ),
    "sign-for-nothing": Code(
        "符号按空白读入", "“{label}”有 {count} 格写作“{sign}”之类，没有内容，按空白读入。"
    ),
    "ditto-filled": Code(
        "“同上”按上一行读入", "“{label}”有 {count} 格写作“{sign}”，读作上一条的这一项。"
    ),
    "ditto-of-nothing": Code(
        "“同上”之上没有内容", "“{label}”写着同上，上一条的这一项却是空的。请写明。"
    ),
    "serial-day": Code(
        "序号读作日期",
        "“{label}”有 {count} 格没有设成日期，是日期的序号"
        "（如 {serial}，从 {year} 年数起是 {day}）。不对的请在表里改写成日期。",
    ),
    "days-in-one-cell": Code(
        "起止日期分别读入",
        "“{label}”有 {count} 格写着起止两天，前一天读作这一项，后一天读作“{until}”。",
    ),
    "heading-repeated": Code("重复的表头未读入", "第 {rows} 行与上面的标题或表头相同，未读入。"),
    "section-not-loaded": Code(
        "分类行未入账",
        "第 {rows} 行是分类或小标题（序号写作“一”“（二）”，或独占一行），只作核对，不入账。",
    ),
    "sheet-of-same-ledger": Code(
        "同一台账的另一张表",
        "工作表“{sheet}”也是这本台账，没有读入。"
        "各张表可以分别导入，各成一批（命令行用 --sheet all）。",
    ),
    "sheet-not-there": Code("没有这张工作表", "工作簿里没有工作表“{sheet}”，有：{sheets}。"),
    "stands-across": Code(
        "分列读作多条",
        "{columns} 各列各是一个“{label}”，每格读作一条“{fields}”{note}；空格和 0 不读入。",
    ),
    "months-without-year": Code(
        "各月没有年份",
        "“{heading}”等列是各月的数，表上没有写是哪一年。"
        "请在标题或栏目名称里写明年份，如 2024年1月。",
    ),
    "row-without-numbers": Code(
        "各列都空的行", "有 {count} 行（第 {rows} 行）各列都没有数，没有读作记录。"
    ),
    "sheet-renamed": Code(
        "整份的一处更正",
        "与同样的表格上次导入的相比，每一行只有“{label}”不同：原为 {old}，现为 {new}。"
        "按更正处理；如果是另一批，请重新回答。",
    ),
    "rows-joined": Code(
        "明细行并入上一条",
        "有 {count} 行（如第 {row} 行）只填了明细，没有其他内容，读作上一条的明细。",
    ),
    "second-table": Code(
        "下面另有一张表未读入",
        "从这一行起的 {count} 行像是另一张表（{headings}），未读入。"
        "要读入，请把它放在单独的工作表里。",
    ),
    "persons-listed": Code(
        "每行是一个人",
        "这张表一行写一个人，没有“{label}”一栏。姓名和号码不入账：可以按行数成人数，"
        "其余各栏相同的人汇总为一条，原表不保留。请确认“按人数汇总”（命令用 --count-persons），"
        "或改用已汇总的表。",
    ),
    "persons-counted": Code(
        "已按人数汇总",
        "{rows} 行汇总为 {entries} 条，每条写在其中第一人的行号上；姓名和号码没有保留。",
    ),
    "person-again": Code(
        "同一人只计一次",
        "有 {count} 行与前面的某一行同一证件号码、同一年，没有再计：第 {rows} 行。",
    ),
    "person-maybe-again": Code(
        "同名的人各计一次",
        "表里没有证件号码，有 {count} 行姓名相同，各算一人：第 {rows} 行。"
        "确是同一人的，请删去重复的行。",
    ),
}
