"""Writes the workbooks of this folder: one invented sheet, saved by LibreOffice in each format.

Run with `python tests/corpus/workbooks/formats/remake.py` where `soffice` is installed; the files
are kept, so that tests need no office program.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
FORMATS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
}


def fill(sheet: Worksheet) -> None:
    """A title over merged cells, headings, and rows with every sort of cell."""
    sheet.title = "资金"
    sheet.append(["资金台账（样例）", None, None, "单位：万元"])
    sheet.merge_cells("A1:C1")
    sheet.append(["资金文号", "资金性质", "环节", "金额", "日期", "付款方", "备注"])
    names = "东部省级财政援助", "到位"
    moment = datetime(2024, 5, 22, 8, 30)  # noqa: DTZ001 - a workbook's dates bear no zone
    sheet.append(
        ["示财〔2024〕1号", *names, 12.5, date(2024, 5, 21), "甲示例局", "张 三（样例）\n二"]
    )
    sheet.append(["007", *names, 0.1 + 0.2, moment, "甲示例局", "  前后  有空格 "])
    sheet.append(["示财〔2024〕3号", *names, 123456789.12, date(1999, 12, 31), "甲示例局", "=1/0"])
    sheet.append(["示财〔2024〕4号", *names, 1e-4, "2024.5.21", "甲示例局", time(8, 30)])
    sheet.append(["合计", None, None, "=SUM(D3:D6)"])
    sheet.row_dimensions[4].hidden = True


def main() -> None:
    """Write the workbook and have it saved in each format."""
    book = openpyxl.Workbook()
    fill(book.worksheets[0])
    hidden = book.create_sheet("旧表")
    hidden["B2"] = "里面"
    hidden.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "funds.xlsx"
        book.save(source)
        for name, how in FORMATS.items():
            command = ["soffice", "--headless", "--convert-to", how, "--outdir", HERE, source]
            subprocess.run(command, check=True)
            assert (HERE / f"funds.{name}").exists()


if __name__ == "__main__":
    main()
