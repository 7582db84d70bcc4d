"""What is kept of a sheet that may not be kept: which columns, which rows, which cells."""

from __future__ import annotations

import json

import pytest

from jiedui import intake, ledgers
from tests.core.intake.made import FUNDS, GIVEN, HEADINGS, ROW, TALENT, book_of, by_openpyxl

PHONE = "19900000017"
LABOUR = ledgers.ledgers()["labour"]
POSTED = ["姓名", "选派类别", "方向", "派出单位及职务", "到岗日期", "所属地区"]
PERSON = ["钱示例甲", "教师", "东部到西部", "样例中学教师", "2024-03-01", "夏河县"]


class AnyPairing:
    def find(self, _ledger, _text, /):
        return 7


def kept(*rows, ledger=FUNDS, given=GIVEN, remembered=None, written=None) -> bytes:
    """What is kept of a sheet with these rows, the first of them its headings."""
    book = book_of(by_openpyxl([*rows]))
    taken = intake.read_entries(book, ledger, remembered, given)
    assert isinstance(taken, intake.Taken), taken
    judged = intake.judge(taken, AnyPairing())
    return intake.strip(judged, book.sheets[0], taken.rows if written is None else written)


def table(content: bytes) -> tuple[list[str], list[list[object]]]:
    """The headings and the rows, with their numbers."""
    head, *rows = map(json.loads, content.splitlines())
    return [heading for _, heading, _ in head["columns"]], rows


def test_fields_and_extra_columns_stay_and_personal_ones_go() -> None:
    heads = [*HEADINGS, "联系电话", "资金投向", "序号"]
    said, rows = table(kept(heads, [*ROW, "0941-7000000", "公路", 1]))
    assert said == [*HEADINGS, "资金投向"]
    assert rows == [[2, *ROW[:3], "12.5", *ROW[4:], "公路"]]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("第一批", True),
        (f"致电{PHONE}", False),
        ("卡号9999 0000 0000 0012", False),
        ("钱示例甲同志", False),
        ("与钱示例乙同行", False),
        ("住样例村甲号院", False),
        ("分机0941-7000000", False),
    ],
)
def test_a_cell_that_no_field_takes_is_blank_where_it_names_a_person(
    text: str, *, stays: bool
) -> None:
    heads = [*POSTED, "家庭住址", "联系电话", "备考"]
    other = ["钱示例乙、孙示例丙", *PERSON[1:], "", "", ""]
    content = kept(heads, [*PERSON, "样例村甲号院", "0941-7000000", text], other, ledger=TALENT)
    said, rows = table(content)
    assert said == [*POSTED[1:], "备考"]
    assert rows[0][-1] == (text if stays else None)


def test_a_field_with_a_number_of_a_person_is_blank() -> None:
    heads, row = [*HEADINGS, "用途", "联系电话"], [*ROW, f"付{PHONE}", ""]
    assert table(kept(heads, row))[1][0][-1] is None


def test_an_office_that_is_paid_is_no_person() -> None:
    heads = [*HEADINGS, "收款方", "收款方为个人", "备考"]
    rows = [[*ROW, "样例公司", "否", "样例公司的路"], [*ROW, "钱示例甲", "是", "钱示例甲的路"],
            [*ROW, "孙示例乙", "什么", "孙示例乙的路"]]  # fmt: skip
    said, found = table(kept(heads, *rows))
    assert "收款方" not in said
    assert [row[-1] for row in found] == ["样例公司的路", None, "孙示例乙的路"]


def test_a_column_of_persons_that_somebody_chose_not_to_read_is_no_extra_one() -> None:
    heads = [*POSTED, "联系电话", "备考"]
    chosen = {"姓名": "", "联系电话": ""}
    row = [*PERSON, "0941-7000000", "钱示例甲"]
    said, found = table(kept(heads, row, ledger=TALENT, remembered=chosen))
    assert said == [*POSTED[1:], "备考"]
    assert found[0][-1] is None


def test_a_heading_with_a_number_of_a_person_takes_its_column_with_it() -> None:
    content = kept([*HEADINGS, f"找{PHONE}"], [*ROW, "样例"])
    assert PHONE not in content.decode()
    assert table(content)[0] == HEADINGS


def test_only_the_rows_that_are_written_stay() -> None:
    rows = [[*ROW, f"第{n}批"] for n in range(5)]
    heads = [*HEADINGS, "备考"]
    assert [row[0] for row in table(kept(heads, *rows, written=(4, 2)))[1]] == [2, 4]
    assert kept(heads, *rows, written=()) == b""


@pytest.mark.parametrize("confirmed", [False, True])
def test_of_a_list_of_persons_nothing_stays(*, confirmed: bool) -> None:
    heads = ["姓名", "务工单位", "户类型", "区域类别", "务工时间", "组织方式", "备考"]
    row = ["钱示例甲", "样例厂", "脱贫户", "东部", "2024-05-12", "有组织", "第一批"]
    given = GIVEN | ({intake.count_of(LABOUR): intake.EACH} if confirmed else {})
    assert kept(heads, row, ledger=LABOUR, given=given, written=(2,)) == b""


def test_a_row_is_found_among_its_neighbours() -> None:
    rows = [[*ROW, f"第{n}批\r\n续\u2028行"] for n in range(30)]
    content = kept([*HEADINGS, "备考"], *rows, written=tuple(range(2, 32, 2)))
    found = intake.read_stripped(content, 20, 2)
    assert found is not None
    assert [number for number, _ in found.rows] == [16, 18, 20, 22, 24]
    assert found.rows[2][1][-1] == "第18批\r\n续\u2028行"
    assert (found.sheet, found.heading_row) == ("资金", 1)
    assert found.headings["G"] == "备考"
    assert found.read["D"] == "amount"
    assert "G" not in found.read
    assert intake.read_stripped(content, 2, 2) is not None
    assert intake.read_stripped(content, 3, 2) is None
    assert intake.read_stripped(content, 1, 2) is None
