"""What Jiedui writes reads back to the same values, for every ledger and the same ids."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jiedui import intake, ledgers, places
from jiedui.ledgers import check, frame, typed_fields
from jiedui.ledgers.values import Sealed, Values
from jiedui.ledgers.words import Choice, Count, Date, Flag, Many, Moment, Money, Place, Ref, Text
from jiedui.problems import Field
from tests.core.intake.made import book_of

LEDGERS = ledgers.ledgers()
SOME_PLACES = ["620000", "623000", "623027", "120000", "120101", "652301", "469001"]
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=12
) | st.sampled_from(
    ["=1+1", "'=x", "+5", "-甲", "@x", "007", "1e5", "2024-05-21", "_x0041_甲", "真"]
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PLAIN = {
    Date: DAYS.map(str),
    Moment: st.builds("{} {:%H:%M}".format, DAYS, st.times()),
    Flag: st.sampled_from(["是", "否"]),
    Place: st.sampled_from(SOME_PLACES),
    Ref: st.integers(0, 2**63 - 1).map(str),
}


def value_of(field):
    """Raw cells that the check reads to a value, for most draws."""
    if isinstance(field, Count):
        return st.integers(field.low, field.high).map(str)
    if isinstance(field, Money):
        return st.integers(-(10**16), 10**16).map(_yuan)
    if isinstance(field, Choice):
        return st.sampled_from(list(field.choices))
    if not isinstance(field, Text):
        return PLAIN[type(field)]
    lines = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
    return lines if field.lines else WORDS


def _yuan(fen: int) -> str:
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02}元"


def entry_of(ledger):
    parts = {}
    for name, field in typed_fields(ledger).items():
        if isinstance(field, Many):
            row = st.fixed_dictionaries(
                {n: st.none() | value_of(f) for n, f in field.fields.items()}
            )
            parts[name] = st.lists(row, max_size=3)
        else:
            parts[name] = value_of(field) if field.required else st.none() | value_of(field)
    return st.fixed_dictionaries(parts)


def plain(values):
    """Values without what the check derives or leaves empty in child rows."""
    return {name: value for name, value in values.items() if value not in (None, ())}


@pytest.mark.parametrize("name", LEDGERS)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(drawn=st.data())
def test_every_ledger_reads_back_what_was_written(name, drawn):
    ledger = LEDGERS[name]
    raw = drawn.draw(st.lists(entry_of(ledger), min_size=1, max_size=3))
    checked = check(ledger, frame(raw))
    unread = {
        p.at.row for p in checked.problems if isinstance(p.at, Field) and p.code != "rule-broken"
    }
    rows = [row for i, row in enumerate(checked.rows) if i not in unread]
    if not rows:
        return
    content = intake.write(ledger, [(f"id{i}", row) for i, row in enumerate(rows)])
    taken = intake.read_entries(book_of(content), ledger)
    assert isinstance(taken, intake.Taken), taken
    again = intake.judge(taken)
    assert [p for p in again.problems if p.code != "rule-broken"] == []
    assert [plain(row) for row in again.checked.rows] == [plain(row) for row in rows]
    assert taken.ids == tuple(f"id{i}" for i in range(len(rows)))
    assert taken.remarks == ()


@pytest.mark.parametrize("name", LEDGERS)
def test_a_blank_workbook_is_laid_out_whole(name):
    ledger = LEDGERS[name]
    content = intake.blank(ledger, {"pairings": [f"结对{i}" for i in range(100)]})
    book = book_of(content)
    sheet = book.sheets[0]
    found = intake.lay_out(sheet, ledger)
    assert not isinstance(found, intake.Layout)
    assert found.code == "heading-only"
    top = list(sheet.row(1).values())
    assert top[:2] == ["记录号", "序号"]
    filled = openpyxl.load_workbook(io.BytesIO(content))
    assert filled.worksheets[0].column_dimensions["A"].hidden
    assert filled.worksheets[0].freeze_panes == "A2"
    assert all(cell.comment for cell in filled.worksheets[0][1][2:])


def test_a_blank_workbook_offers_choices():
    content = intake.blank(LEDGERS["funds"], {"pairings": [f"结对{i}" for i in range(100)]})
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    offered = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert any("下达,到位,分解" in one for one in offered)
    assert any("选项" in one for one in offered)
    assert "金额（万元）" in [cell.value for cell in sheet[1]]


def test_no_cell_is_a_formula():
    ledger = LEDGERS["parties"]
    values = {"full_name": '=HYPERLINK("x")', "sort": "company", "place": "623027"}
    content = intake.write(ledger, [("=k", values)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<formula", b"")
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.data_type for cell in sheet[2] if cell.value is not None].count("f") == 0
    assert sheet["A2"].quotePrefix


def test_numbers_and_dates_are_typed_cells():
    ledger = LEDGERS["funds"]
    values: Values = {"document_number": "甲财1号", "amount": 1250000, "day": date(2024, 5, 21)}
    sheet = openpyxl.load_workbook(io.BytesIO(intake.write(ledger, [("k", values)]))).worksheets[0]
    row = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["金额（万元）"] == 1.25
    assert row["日期"].date() == date(2024, 5, 21)


def test_a_protected_name_comes_back_as_its_reference():
    ledger = LEDGERS["talent"]
    values: Values = {"person_name": Sealed("0" * 32), "sort": "teacher", "place": "623027"}
    taken = intake.read_entries(book_of(intake.write(ledger, [("k", values)])), ledger)
    assert isinstance(taken, intake.Taken)
    found = intake.judge(taken).checked.rows[0]["person_name"]
    assert found == Sealed("0" * 32)


def test_child_rows_have_a_sheet_of_their_own_and_keep_their_order():
    ledger = LEDGERS["exchanges"]
    values: Values = {
        "starts": date(2024, 5, 21),
        "attended": ({"name": "甲示例", "officer": True}, {"name": "乙样本"}),
        "areas": ({"value": "energy"}, {"value": "education"}),
    }
    other: Values = {"starts": date(2024, 6, 1), "attended": ({"name": "丙例子"},)}
    content = intake.write(ledger, [("a", values), ("b", other)])
    book = book_of(content)
    assert [sheet.name for sheet in book.sheets][:3] == ["互访与会议台账", "地点与行程", "参加人员"]
    people = book.sheet("参加人员")
    assert people is not None
    assert people.cells["A"].to_list() == ["记录序号", "1", "1", "2"]
    taken = intake.read_entries(book, ledger)
    assert isinstance(taken, intake.Taken)
    rows = intake.judge(taken).checked.rows
    assert [row["attended"] for row in rows] == [values["attended"], other["attended"]]
    assert rows[0]["areas"] == values["areas"]


def test_a_demonstration_says_so_and_reads_back():
    ledger = LEDGERS["parties"]
    values = {"full_name": "甲示例局", "sort": "government", "place": "623027"}
    content = intake.write(ledger, [("k", values)], demonstration=True)
    sheet = book_of(content).sheets[0]
    assert "演示数据" in sheet.row(1).values()
    assert "演示数据" in sheet.row(2).values()
    taken = intake.read_entries(book_of(content), ledger)
    assert isinstance(taken, intake.Taken)
    assert taken.extra.width == 0
    assert taken.remarks == ()


def test_the_same_entries_are_the_same_bytes():
    ledger = LEDGERS["parties"]
    rows = [("k", {"full_name": "甲", "sort": "company", "place": "623027"})]
    assert intake.write(ledger, rows) == intake.write(ledger, rows)


def test_every_place_that_is_tried_exists():
    assert all(places.get(places.PlaceCode(code)) for code in SOME_PLACES)
