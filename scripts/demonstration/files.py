"""The files of the demonstration to hand in: six articles, one damaged, and three workbooks.

The articles are written by hand in `articles/`; here they get the encoding or format
in which such things come, one of them the damage of a faulty program (`jiedui.restore.damage`).
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from jiedui.restore.damage import corrupt
from scripts.demonstration.words import DEMONSTRATION

ARTICLES = Path(__file__).with_name("articles")
# In the order in which a faulty program replaced them: see tests/core/restore.
ANNOTATED = (
    "訓數驅點團協學習發實經濟關進強責堅鄉質當礎續產業農"
    "態環優醫項聯機準獻節補創領現戰設運災區隊務轉鎮術護導"
)
_BORN = (2025, 1, 1, 0, 0, 0)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PAIRING = "津南区—灵台县（演示）"


def made() -> dict[str, bytes]:
    """Give every file by its name."""
    texts = {path.name: path.read_text("utf-8") for path in ARTICLES.iterdir()}
    return {
        "visit.txt": texts["visit.txt"].encode(),
        "meeting.docx": _docx(texts["meeting.txt"].splitlines()),
        "damaged.txt": corrupt(texts["damaged.txt"], ANNOTATED).encode(),
        "schools.html": texts["schools.html"].encode("gb18030"),
        "investment.txt": texts["investment.txt"].encode("gb18030"),
        "labour.txt": texts["labour.txt"].encode(),
        "funds.xlsx": _funds(),
        "exchanges.csv": _exchanges().encode("gb18030"),
        "talent.xlsx": _talent(),
    }


def _docx(paragraphs: list[str]) -> bytes:
    """Give the least Word file that has these paragraphs."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(one)}</w:t></w:r></w:p>' for one in paragraphs
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type='
        f'"{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in parts.items():
            part = zipfile.ZipInfo(name, _BORN)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, head + text)
    return written.getvalue()


def _book(title: str, heads: tuple[str, ...], rows: list[tuple[object, ...]], note: str) -> bytes:
    """Give a workbook as an office makes it: a title over all columns, a note, headings, rows."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"created": datetime(*_BORN)})  # noqa: DTZ001 - a workbook's dates bear no zone
    sheet = book.add_worksheet("Sheet1")
    bold = book.add_format({"bold": True, "align": "center", "font_size": 14})
    lined = book.add_format({"border": 1})
    headed = book.add_format({"border": 1, "bold": True, "bg_color": "#E8E8E8", "text_wrap": True})
    sheet.merge_range(0, 0, 0, len(heads) - 1, title, bold)
    sheet.write_string(1, 0, note)
    sheet.write_row(2, 0, heads, headed)
    for number, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(number, column, cell, lined)
    sheet.set_column(0, len(heads) - 1, 18)
    book.close()
    return written.getvalue()


def _funds() -> bytes:
    """Give money of December: units in the heading, two faulty cells, a row of totals."""
    heads = (
        "序号", "资金文号", "资金性质", "环节", "金额（万元）", "日期", "付款方", "收款方",
        "项目名称", "支付凭证号", "县区",
    )  # fmt: skip
    east, treasury = f"津南区财政局{DEMONSTRATION}", f"灵台县财政局{DEMONSTRATION}"
    firm, project = f"示例工程公司丑{DEMONSTRATION}", f"灵台县示例冬季供暖{DEMONSTRATION}"
    paper, whose, there = "示区协〔2024〕91号", "东部市（区）级财政援助", "灵台县"
    rows: list[tuple[object, ...]] = [
        (1, paper, whose, "下达", 680, "2024-12-02", east, treasury, "", "", there),
        (2, paper, whose, "到位", 680, "2024-12-09", east, treasury, "", "", there),
        (3, paper, whose, "分解", 420, "2024-12-11", treasury, "", project, "", there),
        (4, paper, whose, "支付", "1O5.5", "2024-12-16", treasury, firm, project, "示冬-1", there),
        (5, paper, whose, "支付", 84.25, "2024-12-20", treasury, firm, project, "示冬-2", there),
        (6, paper, whose, "支付", 63, "2024-12-32", treasury, firm, project, "示冬-3", there),
        ("合计", "", "", "", 2032.75, "", "", "", "", "", ""),
    ]
    return _book(
        "灵台县2024年12月东西部协作资金明细表（演示数据）", heads, rows, "填报单位：示例单位"
    )


def _exchanges() -> str:
    """Give trips of December as an office's csv, without a fault."""
    heads = "协作类型,结对关系,县区,活动类型,层级,互访方向,活动名称,开始日期,结束日期,人数,备注"
    rows = (
        "调研对接,县区级,东部到西部,冬季供暖项目调研（演示）,2024-12-03,2024-12-04,8,演示数据",
        "部门对接,县区级,西部到东部,消费帮扶对接（演示）,2024-12-10,2024-12-12,6,演示数据",
        "座谈会,县区级,东部到西部,年度协作总结座谈会（演示）,2024-12-18,,24,演示数据",
    )
    front = f"东西部协作,{PAIRING},灵台县,"
    return "".join(f"{line}\r\n" for line in (heads, *(front + row for row in rows)))


def _talent() -> bytes:
    """Give postings with faulty cells and a column about persons that no ledger takes."""
    heads = (
        "姓名", "人员类别", "方向", "派出单位", "接收单位", "到岗时间", "离岗时间", "是否组团式",
        "县区", "联系电话",
    )  # fmt: skip
    school, clinic = f"灵台县示例中学{DEMONSTRATION}", f"灵台县示例医院{DEMONSTRATION}"
    whence, ward = f"示例津南区中学教师{DEMONSTRATION}", f"示例津南区医院医生{DEMONSTRATION}"
    east, west, there, phone = "东部到西部", "西部到东部", "灵台县", "1990000000"
    summer, day = "2025-07-10", "2024-12-02"
    rows: list[tuple[object, ...]] = [
        ("甲演练", "教师", east, whence, school, day, summer, "是", there, f"{phone}1"),
        ("乙演练", "教师", east, whence, school, day, summer, "是", there, f"{phone}2"),
        ("丙演练", "律师", east, whence, school, day, "", "否", there, f"{phone}3"),
        ("丁演练", "医生", east, ward, clinic, "2024年12月9日", day, "是", there, f"{phone}4"),
        ("戊演练", "医生", east, ward, clinic, "十二月上旬", "", "是", there, f"{phone}5"),
        ("己演练", "党政挂职干部", west, school, whence, day, "", "可能", there, f"{phone}6"),
    ]
    return _book("2024年冬季选派人员名单（演示数据）", heads, rows, "填报单位：示例单位")
