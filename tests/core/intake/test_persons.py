"""Sheets that list persons by name, where the ledger keeps counts: what becomes of the rows."""

from __future__ import annotations

import pytest

from jiedui import intake, ledgers
from jiedui.ledgers import canon
from tests.core.intake.made import book_of, by_openpyxl

LABOUR, TRAININGS = ledgers.ledgers()["labour"], ledgers.ledgers()["trainings"]
GIVEN = {"programme": "east-west", "pairing": "101", "place": "623027"}
NUMBERS = [f"62000019000101{row:04}" for row in range(10)]
HEAD = [
    "姓名", "身份证号", "户籍乡镇", "务工单位", "户类型", "区域类别", "务工时间", "组织方式",
    "是否满三个月", "联系电话",
]  # fmt: skip
ROW = ["张示例", NUMBERS[0], "夏河县", "示例厂", "脱贫户", "东部", "2024-05-12", "有组织", "是", ""]


class AnyPairing:
    def find(self, _ledger, _text, /):
        return 101


def row(**changes):
    """A row with other cells under some headings."""
    cells = dict(zip(HEAD, ROW, strict=True))
    return [changes.get(head, cell) for head, cell in cells.items()]


def read(*rows, head=HEAD, ledger=LABOUR, confirmed=True, **given):
    said = GIVEN | given | ({"people": intake.EACH} if confirmed else {})
    taken = intake.read_entries(book_of(by_openpyxl([head, *rows])), ledger, given=said)
    return intake.judge(taken, AnyPairing())


def values(judged, *names):
    return [tuple(canon.plain(one[name]) for name in names) for one in judged.checked.rows]


def codes(problems):
    return {one.code for one in problems}


def test_persons_alike_in_all_that_is_kept_are_one_entry():
    judged = read(
        row(),
        row(姓名="李示例", 身份证号=NUMBERS[1], 务工时间="2024年5月", 是否满三个月="否"),
        row(姓名="王示例", 身份证号=NUMBERS[2], 户类型="一般户"),
        row(姓名="赵示例", 身份证号=NUMBERS[3], 务工时间="24/5/30", 户籍乡镇="甘南州夏河县"),
    )
    assert judged.problems == ()
    assert values(judged, "of_month", "category", "people", "three_months") == [
        ("2024-05-01", "poor", 3, 2),
        ("2024-05-01", "ordinary", 1, 1),
    ]
    assert judged.taken.rows == (2, 4)
    assert judged.taken.personal


def test_without_the_word_it_is_shown_and_nothing_is_good():
    judged = read(row(), row(姓名="李示例", 身份证号=NUMBERS[1]), confirmed=False)
    assert codes(judged.problems) == {"persons-listed"}
    assert judged.good == ()
    assert values(judged, "people") == [(2,)]


def test_who_comes_twice_in_a_year_is_counted_in_the_earlier_month():
    judged = read(
        row(务工时间="2024-08-01", 务工单位="样本厂"),
        row(),
        row(姓名="李示例", 身份证号=NUMBERS[1]),
        row(务工时间="2025-01-09"),
    )
    assert values(judged, "of_month", "employer", "people") == [
        ("2024-05-01", "示例厂", 2),
        ("2025-01-01", "示例厂", 1),
    ]
    [told] = [one for one in judged.taken.remarks if one.code == "person-again"]
    assert "第 2 行" in told.hint


def test_a_number_is_the_same_with_spaces_and_in_full_width():
    wide = "".join(chr(ord(one) + 0xFEE0) for one in NUMBERS[0])
    judged = read(row(), row(身份证号=f" {wide} "))
    assert values(judged, "people") == [(1,)]


def test_without_numbers_the_same_name_is_counted_and_said():
    head = [one for one in HEAD if one != "身份证号"]
    cells = [cell for one, cell in zip(HEAD, ROW, strict=True) if one != "身份证号"]
    judged = read(cells, cells, head=head)
    assert values(judged, "people") == [(2,)]
    assert "person-maybe-again" in codes(judged.taken.remarks)


def test_what_is_wrong_with_a_row_is_told_at_its_cell():
    judged = read(
        row(),
        row(身份证号=NUMBERS[1], 户类型="什么户"),
        row(身份证号=NUMBERS[2], 是否满三个月="五个月"),
    )
    assert {(one.code, one.at.column, one.at.row) for one in judged.problems} == {
        ("not-a-choice", "E", 3),
        ("not-a-number", "I", 4),
    }
    assert judged.good == (0,)


def test_a_class_and_those_who_came():
    head = ["序号", "姓名", "单位", "培训班名称", "培训类型", "开班日期", "是否取证"]
    rows = [
        [str(n), f"{n}示例", "样本局", "示例班", "党政干部", "2024-05-06", "是"]
        for n in range(1, 4)
    ]
    judged = read(*rows, head=head, ledger=TRAININGS)
    assert judged.problems == ()
    assert values(judged, "course", "people") == [("示例班", 3)]


def test_no_name_and_no_number_comes_out():
    judged = read(
        row(), row(姓名="李示例", 身份证号=NUMBERS[1], 户类型="什么户", 联系电话="13800000000")
    )
    told = [repr(one) for one in (*judged.problems, *judged.taken.remarks)]
    everything = "".join([repr(judged.taken), repr(judged.checked.rows), *told])
    for mark in ("张示例", "李示例", NUMBERS[0], NUMBERS[1], "13800000000"):
        assert mark not in everything


@pytest.mark.parametrize("name", ["labour", "trainings"])
def test_one_field_counts_persons_and_it_is_asked_for(name):
    ledger = ledgers.ledgers()[name]
    count = intake.count_of(ledger)
    assert ledger.fields[count].required


def test_a_sheet_of_counts_is_none_of_persons():
    head = ["月份", "务工单位", "户籍乡镇", "户类型", "区域类别", "组织方式", "人数", "联系人姓名"]
    cells = ["2024-05", "示例厂", "夏河县", "脱贫户", "东部", "有组织", "12", "张示例"]
    judged = read(cells, head=head, confirmed=False)
    assert judged.problems == ()
    assert values(judged, "people") == [(12,)]


def test_the_ledger_of_such_a_sheet_is_recognised():
    parts, _ = intake.recognise_book(book_of(by_openpyxl([HEAD, row()])))
    assert [one.ledger for one in parts] == [LABOUR]
