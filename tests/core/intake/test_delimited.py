"""Csv files: encodings, delimiters, and what our own export puts into its cells."""

from __future__ import annotations

import pytest

from jiedui import intake
from jiedui.intake.layout import QUOTED_ID
from jiedui.problems import Problem
from tests.core.intake.made import GIVEN, TALENT, book_of, judged, taken_of

HEAD = "资金文号,资金性质,环节,金额（万元）,日期,付款方"
LINE = "甲财〔2024〕1号,东部省级财政援助,到位,12.5,2024-05-21,甲示例局"
TEXT = f"{HEAD}\r\n{LINE}\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter(encoding, delimiter):
    found = judged(TEXT.replace(",", delimiter).encode(encoding))
    assert found.problems == ()
    assert found.checked.rows[0]["amount"] == 12_500_000
    assert found.checked.rows[0]["payer"] == "甲示例局"


def test_quotes_hold_delimiters_and_lines():
    rows = f'{HEAD}\n"甲,1号",东部省级财政援助,到位,"1,234.5",2024-05-21,"说""甲"""\n'
    found = judged(rows.encode())
    assert found.checked.rows[0]["document_number"] == "甲,1号"
    assert found.checked.rows[0]["amount"] == 1_234_500_000
    assert found.checked.rows[0]["payer"] == '说"甲"'


def test_rows_are_numbered_as_they_stand_and_may_be_short():
    rows = f"单位：万元\n\n{HEAD.replace('（万元）', '')}\n{LINE}\n,,,\n{LINE.rpartition(',')[0]}\n"
    found = judged(rows.encode())
    assert found.taken.rows == (4, 6)
    assert found.good == (0, 1)


def test_bytes_of_no_encoding_are_said():
    found = intake.open_book(TEXT.encode() + b"\x81\x20\xff\xff")
    assert isinstance(found, Problem)
    assert found.code == "encoding-unknown"


OURS = (
    f"\ufeff{QUOTED_ID},协作类型,结对关系,所属地区,资金文号,资金性质,环节,金额（万元）,日期,付款方,收款方,审核状态,年度,填报单位\r\n"
    "0000000000abc,东西部协作,7,甘肃省甘南藏族自治州夏河县,'=1+1,东部省级财政援助,到位,1250.5,2024-05-21,"
    "'+甲,''=乙,草稿,2024,某单位\r\n"
)


def test_our_own_export_reads_back():
    found = judged(OURS.encode(), given=None)
    assert found.problems == ()
    assert found.taken.ids == ("0000000000abc",)
    assert found.taken.remarks == ()
    assert found.taken.extra.width == 0
    values = found.checked.rows[0]
    assert values["document_number"] == "=1+1"
    assert values["payer"] == "+甲"
    assert values["payee"] == "'=乙"
    assert values["amount"] == 1_250_500_000
    assert values["place"] == "623027"


def test_our_own_export_of_a_demonstration_reads_back():
    marked = OURS.replace("填报单位\r\n", "填报单位,演示数据\r\n").replace(
        "某单位\r\n", "某单位,演示数据\r\n"
    )
    found = judged(marked.encode(), given=None)
    assert found.problems == ()
    assert found.taken.remarks == ()


def test_the_delimiter_of_our_own_export_stands_behind_its_mark():
    many = ";".join("一二三四五六七八九十" * 3)
    found = judged(OURS.replace("''=乙", many).encode(), given=None)
    assert found.problems == ()
    assert found.checked.rows[0]["payee"] == many
    semicolons = OURS.replace(",", ";")
    assert (
        judged(semicolons.encode(), given=None).checked.rows
        == judged(OURS.encode(), given=None).checked.rows
    )


def test_an_entry_of_ours_is_never_a_total_nor_a_remark():
    found = judged(OURS.replace("'=1+1", "合计").encode(), given=None)
    assert found.taken.totals == ()
    assert found.checked.rows[0]["document_number"] == "合计"


@pytest.mark.parametrize("heading", ["记录号", "编号"])
def test_without_the_mark_an_apostrophe_is_its_own(heading):
    text = OURS.replace(QUOTED_ID, heading)
    values = judged(text.encode(), given=None).checked.rows[0]
    assert (values["document_number"], values["payee"]) == ("'=1+1", "''=乙")


def test_an_apostrophe_in_another_file_is_its_own():
    text = TEXT.replace("甲示例局", "'=1")
    assert judged(text.encode()).checked.rows[0]["payer"] == "'=1"


def test_a_hidden_name_of_our_own_export_is_not_taken_for_a_name():
    text = (
        "姓名,选派类别,方向,派出单位及职务,接收单位及挂任职务,到岗日期,记录号\n"
        "（已保护）,教师,东部到西部,甲校,乙校,2024-05-21,0000000000abc\n"
    )
    found = judged(text.encode(), ledger=TALENT, given=GIVEN)
    assert [one.code for one in found.problems] == ["name-is-protected"]
    assert found.good == ()


def test_the_sheet_of_a_csv_has_a_name_of_its_own():
    assert book_of(TEXT.encode()).sheets[0].name == "csv"
    assert (
        taken_of(TEXT.encode()).layout.signature
        == taken_of(TEXT.encode("gb18030")).layout.signature
    )
