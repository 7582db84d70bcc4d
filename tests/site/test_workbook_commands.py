"""`jiedui check`, `load`, `undo`, `template`: what they print and how they end, as processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.core.intake.made import by_openpyxl

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "文号,资金性质,环节,金额（万元）,日期,付款方,收款方,所属地区\n"
ROWS = (
    "示财〔2024〕1号,东部省级财政援助,下达,1200,2024-02-01,丙市财政局,甲省财政厅,甘肃省\n"
    "示财〔2024〕1号,东部省级财政援助,到位,1200,2024-02-20,丙市财政局,甲省财政厅,甘肃省\n"
    "示财〔2024〕1号,东部省级财政援助,支付,300.5,2024-04-01,甲省财政厅,样例建设公司,夏河县\n"
)
FAULTY = (
    '示财〔2024〕2号,东部省级财政援助,下达,"1,2OO",2024-05-01,丙市财政局,甲省财政厅,甘肃省\n'
    "示财〔2024〕3号,东部省级财政援助,下达,800,2024-02-30,丙市财政局,甲省财政厅,甘肃省\n"
)
GIVEN = ("--given", "协作类型=东西部协作", "--given", "结对关系=天津市—甘肃省（演示）")
BUILD = (
    "from jiedui.cli.site import open_site; open_site()\n"
    "from jiedui.site import demonstration\n"
    "from jiedui.site.demonstration import entering\n"
    "from jiedui.site.store import setup\n"
    # The book has no money yet but what a test loads.
    "kept = entering.read; entering.read = lambda name, *more: [] if name == 'funds' else kept(name, *more)\n"
    "setup.migrate(); demonstration.prepare()\n"
)


@dataclass
class Desk:
    """A folder with a demonstration's book, and the commands run over it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "jiedui.cli", *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def lay(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8-sig")
        return name

    def figure(self, code: str) -> int:
        said = json.loads(self.run("figures", "--json").stdout)
        return next(one["value"] for one in said["figures"] if one["indicator"] == code)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("JIEDUI_", "DJANGO_"))}
    environment |= {"JIEDUI_DATA": str(folder / "book"), "JIEDUI_DEMONSTRATION": "1"}
    (folder / "book").mkdir()
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True)
    return Desk(folder, environment)


def test_check_names_each_cell_in_the_shape_of_its_json(desk: Desk) -> None:
    file = desk.lay("faulty.csv", HEAD + ROWS + FAULTY)
    done = desk.run("check", "funds", file, *GIVEN, "--json", code=1)
    said = json.loads(done.stdout)
    assert list(said) == ["rows", "good", "problems"]
    assert (said["rows"], said["good"]) == (5, 3)
    names = ["code", "sheet", "cell", "row", "column", "found", "hint"]
    assert [list(one) for one in said["problems"]] == [names, names]
    amount, day = said["problems"]
    assert (amount["code"], amount["cell"], amount["row"], amount["column"], amount["found"]) == (
        "not-an-amount", "D5", 5, "D", "1,2OO",
    )  # fmt: skip
    assert (day["code"], day["cell"], day["found"]) == ("not-a-date", "E6", "2024-02-30")
    assert all(one["hint"] for one in said["problems"])


def test_check_of_a_good_workbook_ends_with_nothing_to_say(desk: Desk) -> None:
    file = desk.lay("good.csv", HEAD + ROWS)
    assert "3 行，3 行可用，0 处问题" in desk.run("check", "funds", file, *GIVEN).stdout


def test_check_asks_the_registers_that_an_account_sees(desk: Desk) -> None:
    file = desk.lay("registers.csv", HEAD + ROWS)
    words = ("check", "funds", file, "--as", "clerk", "--given", "协作类型=东西部协作", "--json")
    done = desk.run(*words, "--given", "结对关系=没有这个结对", code=1)
    assert {one["code"] for one in json.loads(done.stdout)["problems"]} == {"no-such-entry"}


def test_check_of_another_ledger_says_which_it_is(desk: Desk) -> None:
    file = desk.lay("other.csv", HEAD + ROWS)
    done = desk.run("check", "talent", file, "--json", code=1)
    [told] = json.loads(done.stdout)["problems"]
    assert told["code"] == "wrong-ledger"
    assert "财政援助资金台账" in told["hint"]


def test_check_marks_the_cells_in_a_file_of_its_own(desk: Desk) -> None:
    from openpyxl import load_workbook

    file = desk.lay("marked.csv", HEAD + ROWS + FAULTY)
    desk.run("check", "funds", file, *GIVEN, "--annotated", "marked.xlsx", code=1)
    book = load_workbook(desk.folder / "marked.xlsx")
    assert book.worksheets[0]["D5"].comment is not None
    assert book.worksheets[0]["E6"].comment is not None
    assert book.worksheets[0]["D4"].comment is None
    done = desk.run("check", "funds", file, *GIVEN, "--annotated", "marked.xlsx", code=2)
    assert "没有覆盖" in done.stderr


def test_a_workbook_is_loaded_once_and_taken_back(desk: Desk) -> None:
    file = desk.lay("load.csv", HEAD + ROWS)
    words = ("load", "funds", file, "--as", "clerk", *GIVEN)
    assert "新增 3" in desk.run(*words, "--preview").stdout
    assert desk.figure("F01") == 0
    done = desk.run(*words)
    batch = re.search(r"批次 ([0-9a-z]{13})", done.stdout)
    assert batch
    assert desk.figure("F01") == 1_200_000_000
    board = desk.run("figures").stdout
    assert "F01   财政援助资金（到位）：1,200万元（已核实 0元，共 1 条）" in board
    assert "F04   资金支出进度：25.0%" in board
    assert "没有需要入账的变化" in desk.run(*words).stdout
    assert "已撤销 3 条" in desk.run("undo", batch[1], "--as", "clerk", "--why", "样例").stdout
    assert desk.figure("F01") == 0
    assert "已经处理过" in desk.run("undo", batch[1], "--as", "clerk", code=1).stderr


def test_the_neighbour_cannot_take_it_back(desk: Desk) -> None:
    file = desk.lay("ours.csv", HEAD + ROWS)
    done = desk.run("load", "funds", file, "--as", "clerk", *GIVEN)
    batch = re.search(r"批次 ([0-9a-z]{13})", done.stdout)
    assert batch
    told = desk.run("undo", batch[1], "--as", "neighbour", code=1).stderr
    assert "没有这一批" in told
    desk.run("undo", batch[1], "--as", "clerk")


def test_with_a_problem_nothing_is_loaded_but_the_good_rows_on_request(desk: Desk) -> None:
    file = desk.lay("part.csv", HEAD + ROWS + FAULTY)
    words = ("load", "funds", file, "--as", "clerk", *GIVEN)
    done = desk.run(*words, code=1)
    assert "D5" in done.stdout
    assert "没有导入" in done.stderr
    assert desk.figure("F01") == 0
    done = desk.run(*words, "--good-only")
    batch = re.search(r"批次 ([0-9a-z]{13})", done.stdout)
    assert batch
    assert desk.figure("F01") == 1_200_000_000
    desk.run("undo", batch[1], "--as", "clerk")


def test_who_is_not_there_or_may_not_is_told(desk: Desk) -> None:
    file = desk.lay("who.csv", HEAD + ROWS)
    assert "没有账号 nobody" in desk.run("load", "funds", file, "--as", "nobody", code=2).stderr
    assert "领导" in desk.run("load", "funds", file, "--as", "leader", code=1).stderr
    assert "没有台账" in desk.run("check", "nothing", file, code=2).stderr
    assert "打不开" in desk.run("check", "funds", "absent.csv", code=2).stderr
    assert "栏名=值" in desk.run("check", "funds", file, "--given", "x", code=2).stderr


def test_the_template_is_a_workbook_of_the_ledgers_columns(desk: Desk) -> None:
    from openpyxl import load_workbook

    desk.run("template", "funds", "blank.xlsx")
    sheet = load_workbook(desk.folder / "blank.xlsx").worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[0] == "记录号"
    assert sheet.column_dimensions["A"].hidden
    assert "金额（万元）" in headings
    assert "没有覆盖" in desk.run("template", "funds", "blank.xlsx", code=2).stderr
    done = desk.run("check", "funds", "blank.xlsx", "--json", code=1)
    assert [one["code"] for one in json.loads(done.stdout)["problems"]] == ["heading-only"]


def test_auto_takes_each_sheet_for_what_it_is(desk: Desk) -> None:
    rows = [line.split(",") for line in (HEAD + ROWS).splitlines()]
    rows = [[cell.replace("〔2024〕1号", "〔2024〕7号") for cell in row] for row in rows]
    posts = [
        ["姓名", "选派类别", "方向", "派出单位", "接收单位", "到岗日期", "所属地区"],
        ["某某（样例）", "党政挂职干部", "东部到西部", "丙市示例局", "夏河县示例局", "2024-03-01", "夏河县"],
    ]  # fmt: skip
    (desk.folder / "两本.xlsx").write_bytes(by_openpyxl(rows, posts, titles=("资金", "人才")))
    checked = desk.run("check", "auto", "两本.xlsx", *GIVEN).stdout
    assert "工作表“资金”：财政援助资金台账" in checked
    assert "4 行，4 行可用，0 处问题" in checked
    before = desk.figure("F04P")
    done = desk.run("load", "auto", "两本.xlsx", "--as", "clerk", *GIVEN).stdout
    assert "工作表“人才”：干部人才选派台账" in done
    assert desk.figure("F04P") == before + 300_500_000
    keys = re.findall(r"批次 ([0-9a-z]{13})", done)
    assert len(keys) == 2
    for key in keys:
        desk.run("undo", key, "--as", "clerk", "--why", "样例")


def test_auto_loads_nothing_when_one_sheet_is_faulty(desk: Desk) -> None:
    good = [line.split(",") for line in (HEAD + ROWS.replace("1号", "8号")).splitlines()]
    bad = [*good[:1], [*good[1][:4], "2024-02-30", *good[1][5:]]]
    (desk.folder / "一错.xlsx").write_bytes(by_openpyxl(good, bad, titles=("甲", "乙")))
    before = desk.figure("F01I")
    done = desk.run("load", "auto", "一错.xlsx", "--as", "clerk", *GIVEN, code=1)
    assert "没有导入" in done.stderr
    assert desk.figure("F01I") == before
    strange = desk.run("check", "auto", "一错.xlsx", "--given", "没有这栏=1", code=2)
    assert "是某一本台账的一栏" in strange.stderr


def counties(desk: Desk, file: str, *numbers: str, faulty: str = "") -> str:
    """A workbook with a sheet a county, each with the rows of a document number, and a cover."""
    sheets = [
        [line.split(",") for line in (HEAD + ROWS.replace("1号", f"{number}号")).splitlines()]
        for number in numbers
    ]
    if faulty:
        sheets[-1][1][4] = faulty
    titles = (
        "说明",
        *(f"县区{number}" + "下" * numbers[:n].count(number) for n, number in enumerate(numbers)),
    )
    book = by_openpyxl([["各县区汇总"]], *sheets, titles=titles)
    (desk.folder / file).write_bytes(book)
    return file


def test_several_sheets_of_a_ledger_are_loaded_by_one_command(desk: Desk) -> None:
    file = counties(desk, "县区.xlsx", "31", "32", "33")
    load = ("load", "funds", file, "--as", "clerk", *GIVEN)
    first = desk.run(*load, "--preview").stdout
    assert "工作表“县区32”也是这本台账，没有读入" in first
    assert "9 行，9 行可用" in desk.run("check", "funds", file, *GIVEN, "--sheet", "all").stdout
    before = desk.figure("F04P")
    done = desk.run(*load, "--sheet", "all").stdout
    assert "工作表“说明”不像财政援助资金台账，未读入" in done
    keys = re.findall(r"批次 ([0-9a-z]{13})", done)
    assert len(keys) == 3
    assert desk.figure("F04P") == before + 3 * 300_500_000
    again = desk.run(*load, "--sheet", "县区31", "--sheet", "县区33").stdout
    assert again.count("不变 3") == 2
    assert "县区32" not in again
    for key in keys:
        desk.run("undo", key, "--as", "clerk", "--why", "样例")
    told = desk.run(*load, "--sheet", "县区九", code=1).stderr
    assert "没有工作表“县区九”，有：说明、县区31" in told


@pytest.mark.parametrize("how", ["faulty", "same"])
def test_all_sheets_of_a_ledger_are_loaded_or_none(desk: Desk, how: str) -> None:
    numbers = ("41", "42") if how == "faulty" else ("41", "42", "41")
    file = counties(desk, "县区.xlsx", *numbers, faulty="2024-02-30" if how == "faulty" else "")
    before = desk.figure("F04P")
    load = ("load", "funds", file, "--as", "clerk", *GIVEN, "--sheet", "all")
    told = desk.run(*load, code=1)
    assert "没有导入" in told.stderr
    # That two sheets have the same rows is seen when the first of them is in the book.
    assert told.stderr.count("已撤销（批次") == (2 if how == "same" else 0)
    assert desk.figure("F04P") == before


def test_rows_that_seem_corrected_are_answered_on_the_command_line(desk: Desk) -> None:
    rows = ROWS.replace("1号", "5号")
    load = ("load", "funds", "再来.csv", "--as", "clerk", *GIVEN)
    desk.lay("再来.csv", HEAD + rows)
    first = desk.run(*load).stdout
    before = desk.figure("F04P")
    desk.lay("再来.csv", HEAD + rows.replace("300.5", "310.5"))
    assert "像是改正 1" in desk.run(*load, code=1).stdout
    assert desk.figure("F04P") == before
    second = desk.run(*load, "--answer", "same").stdout
    assert "更正 1" in second
    # 10 万元 in fen.
    assert desk.figure("F04P") == before + 10_000_000
    for told in (second, first):
        [key] = re.findall(r"批次 ([0-9a-z]{13})", told)
        desk.run("undo", key, "--as", "clerk", "--why", "样例")
    assert desk.figure("F04P") == before - 300_500_000
    assert "--answer 写 same 或 new" in desk.run(*load, "--answer", "yes", code=2).stderr


def test_a_renumbered_sheet_is_a_correction_unless_it_is_said_to_be_another(desk: Desk) -> None:
    rows = ROWS.replace("1号", "51号")
    load = ("load", "funds", "改号.csv", "--as", "clerk", *GIVEN)
    desk.lay("改号.csv", HEAD + rows)
    first = desk.run(*load).stdout
    before = desk.figure("F04P")
    desk.lay("改号.csv", HEAD + rows.replace("51号", "52号"))
    shown = desk.run(*load, "--preview").stdout
    assert "更正 3" in shown
    assert "原为 示财〔2024〕51号，现为 示财〔2024〕52号" in shown
    other = desk.run(*load, "--answer", "new").stdout
    assert "新增 3" in other
    assert desk.figure("F04P") == before + 300_500_000
    for told in (other, first):
        [key] = re.findall(r"批次 ([0-9a-z]{13})", told)
        desk.run("undo", key, "--as", "clerk", "--why", "样例")


def test_persons_are_counted_where_the_command_says_so(desk: Desk) -> None:
    head = "姓名,身份证号,户籍乡镇,务工单位,户类型,区域类别,务工时间,组织方式,所属地区\n"
    rows = (
        "张示例,620000190001010001,夏河县,示例厂,脱贫户,东部,2024-05-12,有组织,夏河县\n"
        "李示例,620000190001010002,夏河县,示例厂,脱贫户,东部,2024年5月,有组织,夏河县\n"
    )
    file = desk.lay("名册.csv", head + rows)
    told = desk.run("check", "auto", file, *GIVEN, code=1).stdout
    assert "--count-persons" in told
    desk.run("check", "labour", file, *GIVEN, "--count-persons")
    desk.run("load", "labour", file, "--as", "clerk", *GIVEN, code=1)
    done = desk.run("load", "auto", file, "--as", "clerk", *GIVEN, "--count-persons").stdout
    assert "新增 1" in done
    assert "示例" not in done.replace("示例厂", "")
    [key] = re.findall(r"[0-9a-z]{13}", done)
    desk.run("undo", key, "--as", "clerk", "--why", "样例")
