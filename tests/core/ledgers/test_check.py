"""What holds of `check` whatever is brought: it never raises, and what it read reads back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiedui import ledgers
from jiedui.ledgers import canon
from jiedui.ledgers.declare import Unknown
from jiedui.ledgers.read import Around, NoRegisters, read
from jiedui.ledgers.show import money
from jiedui.ledgers.words import Count, Date, Flag, Many, Moment, Money, Row, Text
from jiedui.problems import CODES, Problem
from tests.core.ledgers.made import CELL, cells, values
from tests.core.ledgers.rows import Registers, check, declare

EVERY = sorted(ledgers.ledgers())
EXCHANGES = ledgers.ledgers()["exchanges"]
NOWHERE = Around(None, None, NoRegisters())
SPENT = Money("金额")
BASE = {
    "programme": "east-west",
    "pairing": "101",
    "place": "623027",
    "form": "visit",
    "level": "province",
    "starts": "2024-05-21",
}
slow = settings(deadline=None, suppress_health_check=list(HealthCheck))
# For each of many ledgers.
each = settings(slow, max_examples=15)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_that_is_brought_raises(name):
    ledger = ledgers.ledgers()[name]

    @each
    @given(st.lists(cells(ledger), max_size=4))
    def prove(rows):
        found: Any = ledgers.check(ledger, ledgers.frame(rows))
        assert len(found.rows) == len(rows)
        for problem in found.problems:
            assert problem.code in CODES
            assert 0 <= problem.at.row < len(rows)
            problem.hint.encode()
        for good in found.good:
            canon.digest(name, 1, good)

    prove()


@pytest.mark.parametrize("name", EVERY)
def test_what_was_read_reads_back(name):
    ledger = ledgers.ledgers()[name]

    @each
    @given(values(ledger))
    def prove(made):
        raw = ledgers.cells(ledger, made)
        found = ledgers.check(ledger, ledgers.frame([raw]))
        totals = {key for key, field in ledger.fields.items() if field.total_of}
        faults = [p for p in found.problems if p.code != "rule-broken" and p.at.path not in totals]
        assert faults == []  # three rows may come to more than any number may be
        # The year follows from the day, a total from the child rows.
        read_back = {key: value for key, value in found.rows[0].items() if key in raw}
        assert canon.canonical(name, 1, read_back) == canon.canonical(name, 1, made)

    prove()


@slow
@given(CELL.filter(lambda cell: cell is not None and cell.strip()))
def test_no_cell_is_read_as_something_else(raw):
    """A number, a day or an amount is made of nothing but signs of numbers, days and amounts."""
    for field in (Count("人数", high=10**16), Date("日期"), SPENT, Flag("是否")):
        value = read(field, raw, NOWHERE)
        if not isinstance(value, Problem):
            assert set(raw) <= set(
                "0123456789０１２３４５６７８９ 　\t\n,，.．-－/／年月日元万亿是有否无√×"
                "零〇○一二两三四五六七八九十百千壹贰弍叁肆伍陆柒捌玖拾佰仟萬億负圆整正人民币¥￥'号"
                "星期周礼拜天上下午中凌晨早晚全()（）:："
                "CNYRMBcnyrmbtrueTRUEfalseFALSEyesYESnoNO\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"
            )


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2023-12-18T23:59", "2023-12-18T23:59"),
        ("2023-12-18 23:59", "2023-12-18T23:59"),
        ("2023-12-18 23:59:00", "2023-12-18T23:59"),
        ("2023/12/18 9:05", "2023-12-18T09:05"),
        ("2023年12月18日23时59分", "2023-12-18T23:59"),
        ("2023年12月18日 9时5分", "2023-12-18T09:05"),
        ("2023年12月18日8:30", "2023-12-18T08:30"),
        ("２０２３-１２-１９　００：００", "2023-12-19T00:00"),
    ],
)
def test_a_moment_is_a_day_and_a_minute(raw, moment):
    assert read(Moment("时刻"), raw, NOWHERE) == moment


@pytest.mark.parametrize(
    "raw",
    ["2023-12-18", "23:59", "2023-12-18 24:00", "2023-12-18 23:60", "2023-02-29 08:30",
     "2023-12-18 23:59:30", "2023-12-18 8时", "2023-12-18T8", "12月18日23时59分", "20231218 2359",
     "2023-12-18 下午3:00", "2023-12-18T23:59Z", "2023-12-18T23:59+08:00", "1899-12-31 00:00"],
)  # fmt: skip
def test_a_moment_that_is_none(raw):
    """A day alone, a second, a zone: nothing is added to a moment or dropped from it."""
    fault = read(Moment("时刻"), raw, NOWHERE)
    assert isinstance(fault, Problem)
    assert fault.code == "not-a-moment"


@given(st.integers(-Money.high, Money.high))
def test_money_reads_as_it_is_shown(fen):
    assert read(SPENT, money(fen), NOWHERE) == fen


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("12.5万元", 12_500_000),
        ("12.5 万元", 12_500_000),
        ("１２．５万元", 12_500_000),
        ("125,000元", 12_500_000),
        ("1.2亿元", 12_000_000_000),
        ("0.01元", 1),
        ("0.000001万元", 1),
        ("1.50元", 150),
        ("1.500元", 150),
        ("-3元", -300),
        ("CNY 125,000.50", 12_500_050),
        ("cny -0.05", -5),
        ("-0元", 0),
        ("100000000000000元", 10**16),
    ],
)
def test_an_amount_brings_its_unit(raw, fen):
    assert read(SPENT, raw, NOWHERE) == fen


@pytest.mark.parametrize(
    "raw",
    ["12.5", "12.5万万元", "12.5万吨",
     "1,25,000元", "0.001元", "0.0000001万元", "1.元", ".5元", "约3元",
     "100000000000000.01元", "1.00000000000000000000000000000001元", "5²元", "十余元", "一万五元", "1e3元",
     "9" * 5000 + "元", "3元4角", "--3元", "3-5万元"],
)  # fmt: skip
def test_an_amount_that_is_none(raw):
    fault = read(SPENT, raw, NOWHERE)
    assert isinstance(fault, Problem)
    assert fault.code == "not-an-amount"


@pytest.mark.parametrize(
    ("raw", "strange"),
    [("8o0万元", "o"), ("1,2OO元", "O"), ("l2O元", "lO"), ("５²元", "²")],
)
def test_what_is_no_digit_in_an_amount_is_named(raw, strange):
    fault = read(SPENT, raw, NOWHERE)
    assert isinstance(fault, Problem)
    assert fault.hint == f"“{SPENT.label}”中的“{strange}”不是数字，请改用 0 到 9。"


@pytest.mark.parametrize(
    "raw",
    [
        "8o0",
        "12.5万吨",
        "0.001元",
        "1.元",
        "县里后来又追加的一笔元",
        "张样例 13800138000 元",
    ],
)
def test_an_amount_wrong_otherwise_is_told_how_amounts_are_written(raw):
    fault = read(SPENT, raw, NOWHERE)
    assert isinstance(fault, Problem)
    assert "应带单位填写" in fault.hint


@pytest.mark.parametrize(
    ("raw", "hint"),
    [("约3元", "约数"), ("300余万元", "约数"), ("3-5万元", "范围"), ("12.5万万元", "两次万")],
)
def test_an_amount_that_is_not_meant_exactly_is_asked_for(raw, hint):
    fault = read(SPENT, raw, NOWHERE)
    assert isinstance(fault, Problem)
    assert hint in fault.hint


@pytest.mark.parametrize("raw", ["²", "٣", "1" * 30, str(2**63), "-1", "1.0", "甲"])
def test_no_register_finds_no_entry(raw):
    assert NoRegisters().find("parties", raw) is None


def test_an_id_of_63_bits_is_one():
    assert NoRegisters().find("parties", str(2**63 - 1)) == 2**63 - 1


def test_each_problem_has_its_own_row_however_many_there_are():
    faults = {3: {"starts": "2024-02-30"}, 5: {"people": "1,2OO"}}
    found = check(EXCHANGES, *(BASE | faults.get(i % 7, {}) for i in range(1000)))
    assert [(p.at.row, p.at.path) for p in found.problems] == [
        (i, "starts" if i % 7 == 3 else "people") for i in range(1000) if i % 7 in faults
    ]
    assert len(found.good) == 1000 - len(found.problems)


def test_equal_cells_are_looked_up_once():
    asked = []

    class Counting(Registers):
        def find(self, ledger, text, /):
            asked.append(text)
            return super().find(ledger, text)

    ledgers.check(EXCHANGES, ledgers.frame([BASE] * 50), Counting())
    assert asked == ["101"]


def test_equal_places_of_other_days_are_not():
    rows = [BASE | {"place": "米林县", "starts": day} for day in ("2022-06-01", "2024-06-01")]
    found = check(EXCHANGES, *rows, *rows)
    assert [(p.at.row, p.code) for p in found.problems] == [
        (1, "place-not-then"),
        (3, "place-not-then"),
    ]


def test_a_row_without_cells_is_a_row():
    cases: list[list[dict[str, str]]] = [[{}], [{}, {}], [{}, BASE]]
    for rows in cases:
        found = check(EXCHANGES, *rows)
        assert len(found.rows) == len(rows)
        assert {p.code for p in found.problems if p.at.row == 0} == {"required"}
    assert check(EXCHANGES).rows == ()


def test_text_and_child_rows_in_one_column():
    found = check(EXCHANGES, BASE | {"areas": "教育"}, BASE | {"areas": [{"value": "教育"}]})
    assert [row["areas"] for row in found.rows] == [({"value": "education"},)] * 2
    assert found.problems == ()


def test_the_order_of_columns_changes_nothing():
    row = BASE | {
        "subject": "示例",
        "people": "3",
        "attended": [{"name": "甲示例", "post": "示例"}],
    }
    turned = dict(reversed(row.items())) | {"attended": [{"post": "示例", "name": "甲示例"}]}
    (one,), (other,) = check(EXCHANGES, row).rows, check(EXCHANGES, turned).rows
    assert canon.canonical("exchanges", 1, one) == canon.canonical("exchanges", 1, other)


def test_problems_stand_in_the_order_of_the_form():
    found = check(EXCHANGES, {"people": "x", "starts": "x", "place": "x", "form": "x", "zzz": "x"})
    paths = [p.at.path for p in found.problems]
    assert paths == ["zzz", "programme", "pairing", "place", "form", "level", "starts", "people"]


def test_the_year_is_that_of_the_day():
    assert check(EXCHANGES, BASE).rows[0]["year"] == 2024
    assert "year" not in check(EXCHANGES, BASE | {"starts": "2024-02-30"}).rows[0]


@pytest.mark.parametrize(
    ("unknown", "people", "broken"),
    [("fail", None, True), ("pass", None, False), ("fail", "3", False), ("pass", "2", True)],
)
def test_a_rule_that_is_unknown(unknown, people, broken):
    rule = ledgers.Rule("three", "people = 3", "示例", Unknown(unknown))
    plans = declare(people=Count("人数"), rules=(rule,))
    row = {key: BASE[key] for key in ("programme", "pairing", "place")}
    found = check(plans, row | {"day": "2024-05-21", "people": people})
    assert [p.code for p in found.problems] == ["rule-broken"] * broken


class Load(Row):
    """Child rows with numbers to add up and a rule of their own."""

    who = Text("姓名", person=True)
    worth = Money("折价")
    least = Money("保底")

    rules = (ledgers.Rule("least", "worth >= least or who is null", "示例", Unknown.PASS),)


LOADS = declare(loads=Many(Load, "装载"), total=Money("合计", total_of="loads.worth"))
LOADED = {key: BASE[key] for key in ("programme", "pairing", "place")} | {"day": "2024-05-21"}


@pytest.mark.parametrize(
    ("worths", "total"),
    [([], None), ([None], None), (["1元", None, "2元"], 300), (["0元"], 0), (["-1元", "1元"], 0)],
)
def test_a_total_is_of_what_is_known(worths, total):
    rows = [{"least": "0元", "worth": worth} for worth in worths]
    found = check(LOADS, LOADED | {"loads": rows}, LOADED)
    assert [row["total"] for row in found.rows] == [total, None]
    assert found.problems == ()


def test_a_total_that_no_number_may_be():
    rows = [{"worth": "100000000000000元"}] * 2
    (fault,) = check(LOADS, LOADED | {"loads": rows}).problems
    assert (fault.code, fault.at.path) == ("number-out-of-range", "total")


def test_a_rule_of_child_rows_names_the_row_as_it_was_brought():
    rows = [{"who": None}, {"worth": "3元", "least": "2元"}, {"worth": "1元", "least": "2元"},
            {"who": "甲示例", "worth": "1元", "least": "2元"}, {"who": "乙样本", "worth": "x"}]  # fmt: skip
    found = check(LOADS, LOADED | {"loads": rows}, LOADED | {"loads": rows[:2]})
    assert [(p.at.path, p.at.row, p.code, p.found) for p in found.problems] == [
        ("loads[4].worth", 0, "not-an-amount", "x"),
        ("loads[3]", 0, "rule-broken", "保底：2元；折价：1元"),
    ]


def test_what_a_broken_rule_shows_is_no_name():
    plans = declare(
        who=Text("姓名", person=True),
        what=Text("事项"),
        rules=(ledgers.Rule("named", "who = what", "示例"),),
    )
    row = {key: BASE[key] for key in ("programme", "pairing", "place")}
    found = check(plans, row | {"day": "2024-05-21", "who": "甲示例", "what": "事"})
    (broken,) = found.problems
    assert broken.found == "事项：事"


def test_found_is_cut_and_never_a_name():
    plans = declare(who=Text("姓名", person=True, limit=4), guests=Many(Text("来宾", person=True)))
    row = {"who": "甲示例五个字", "guests": [{"value": "乙\x00样本"}], "what": "长" * 1000}
    found = {p.at.path: p.found for p in check(plans, row).problems}
    assert found["who"] == "甲***"
    assert found["guests[0].value"] == "乙***"
    assert len(found["what"]) == 80


def test_child_rows_where_none_belong_are_told_in_words():
    rows = [{"value": "甲示例", "more": "乙"}, {"value": "11010519491231002X"}, {"value": None}]
    found = check(EXCHANGES, {"remarks": rows[:1], "subject": rows, "people": rows[2:]}).problems
    said = [(p.at.path, p.found) for p in found if p.code == "unknown-field"]
    assert said == [("remarks", "甲示例 乙"), ("subject", "甲***"), ("subject", "甲***")]


def test_text_is_composed_as_it_is_read():
    assert check(EXCHANGES, BASE | {"subject": "cafe\u0301"}).rows[0]["subject"] == "caf\u00e9"


def test_days_are_days():
    assert check(EXCHANGES, BASE | {"ends": "2024-05-22"}).rows[0]["ends"] == date(2024, 5, 22)
