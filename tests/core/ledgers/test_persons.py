"""Whose names are put away, how they are shown, and which numbers are kept out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui import ledgers
from jiedui.ledgers import Sealed, show
from jiedui.ledgers.personal import is_credit_code, is_id_number, looks_personal, masked
from jiedui.ledgers.rules import seal_names as seal_typed
from jiedui.ledgers.show import cell, sealed_mark, sealed_ref
from jiedui.ledgers.words import Flag, Many, Row, Text
from tests.core.ledgers.rows import check, declare

EXCHANGES: Any = ledgers.ledgers()["exchanges"]
ATTENDED = EXCHANGES.fields["attended"]
REF = "0123456789abcdef" * 2


def seal(text):
    return Sealed(f"of {text}")


def seal_names(ledger: Any, values: Any) -> Any:
    return seal_typed(ledger, values, seal)


class TestSealing:
    @pytest.mark.parametrize(
        ("officer", "protected"), [("是", False), ("否", True), ("", True), (None, True)]
    )
    def test_an_officers_name_is_open_and_any_other_is_not(self, officer, protected):
        raw = {"attended": [{"name": "甲示例", "officer": officer}]}
        (values,) = check(EXCHANGES, raw).rows
        (row,) = seal_names(EXCHANGES, values)["attended"]
        assert row["name"] == (Sealed("of 甲示例") if protected else "甲示例")

    def test_each_row_is_decided_for_itself(self):
        rows = ({"name": "甲示例", "officer": True}, {"name": "乙样本"}, {"officer": False})
        found = seal_names(EXCHANGES, {"attended": rows, "subject": "示例"})
        assert [row.get("name") for row in found["attended"]] == [
            "甲示例",
            Sealed("of 乙样本"),
            None,
        ]
        assert found["subject"] == "示例"
        assert rows[1] == {"name": "乙样本"}

    def test_what_was_put_away_stays_so(self):
        rows = ({"name": Sealed(REF), "officer": True}, {"name": Sealed(REF, "甲示例")})
        found = seal_names(EXCHANGES, {"attended": rows})
        assert found["attended"] == rows

    def test_a_field_of_the_entry_itself(self):
        plans = declare(
            who=Text("姓名", person="not coalesce(officer, false)"),
            always=Text("联系人", person=True),
            officer=Flag("公职"),
        )
        values = {"who": "甲示例", "always": "乙样本", "officer": True}
        assert seal_names(plans, values) == values | {"always": Sealed("of 乙样本")}
        unknown = seal_names(plans, values | {"officer": None})
        assert unknown["who"] == Sealed("of 甲示例")

    def test_rows_of_one_name(self):
        plans = declare(guests=Many(Text("来宾", person=True)))
        found = seal_names(plans, {"guests": ({"value": "甲示例"},)})
        assert found["guests"] == ({"value": Sealed("of 甲示例")},)

    def test_a_condition_that_is_unknown_protects(self):
        class Side(Row):
            who = Text("姓名", person="post <> '县长'")
            post = Text("职务")

        plans = declare(sides=Many(Side, "双方"))
        rows = tuple({"who": "甲示例", "post": post} for post in ("县长", "村民", None))
        found = seal_names(plans, {"sides": rows})["sides"]
        assert [isinstance(row["who"], Sealed) for row in found] == [False, True, True]


class TestMarks:
    def test_a_name_that_may_not_be_seen_goes_through_a_form_as_a_mark(self):
        values: Any = {"attended": ({"name": Sealed(REF), "side": "west"},)}
        raw: Any = ledgers.cells(EXCHANGES, values)
        assert raw["attended"][0]["name"] == sealed_mark(REF)
        (back,) = check(EXCHANGES, raw).rows
        assert back["attended"] == values["attended"]

    def test_a_name_that_may_be_seen_goes_as_itself(self):
        assert cell(ATTENDED.fields["name"], Sealed(REF, "甲示例")) == "甲示例"

    def test_a_mark_elsewhere_is_a_text(self):
        raw = {"subject": sealed_mark(REF)}
        (values,) = check(EXCHANGES, raw).rows
        assert values["subject"] == sealed_mark(REF)

    @pytest.mark.parametrize(
        "text", ["", "甲", REF, "🔒", "🔒abc", f"🔒{REF} ", f"🔒{REF.upper()}"]
    )
    def test_what_is_no_mark(self, text):
        assert sealed_ref(text) is None

    def test_how_it_is_shown(self):
        field = ATTENDED.fields["name"]
        assert show(field, Sealed(REF)) == "（已保护）"
        assert show(field, Sealed(REF, "甲示例")) == "甲示例"
        assert show(field, Sealed(REF, erased=True)) == "（已删除）"
        assert show(ATTENDED, ({"name": Sealed(REF), "side": "west"},)) == "（已保护） 西部"


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("11010519491231002X", "身份证号"),
            ("身份证11010519491231002x号", "身份证号"),
            ("１１０１０５１９４９１２３１００２Ｘ", "身份证号"),
            ("110105 19491231 002X", "身份证号"),
            ("110105-19491231-002X", "身份证号"),
            ("1101 0519 4912 3100 2X", "身份证号"),
            ("13800000000", "手机号"),
            ("电话：138 0000 0000。", "手机号"),
            ("电话138-0000-0000", "手机号"),
            ("+86 13800000000", "手机号"),
            ("8613800000000", "手机号"),
            ("１３８００００００００", "手机号"),
            ("4111111111111111", "银行卡号"),
            ("4111 1111 1111 1111", "银行卡号"),
            ("卡号4111-1111-1111-1111。", "银行卡号"),
        ],
    )
    def test_what_is_kept_out(self, text, what):
        assert looks_personal(text) == what

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "投入13500000000元",
            "投入13800000000万元",
            "13800000000.50",
            "110105194912310021",
            "11010519491331002X",
            "4111111111111112",
            "91350100M000100Y43",
            "116200000000000085",
            "116202010101010229",
            "2024-05-21至2024-05-22",
            "甘政发〔2024〕13号",
            "12800000000",
            "138000000000",
            "0931-8800000",
            "一三八零零零零零零零零",
        ],
    )
    def test_what_is_not(self, text):
        assert looks_personal(text) == ""

    @given(st.integers(1, 9), st.integers(0, 10**14))
    def test_every_id_number_is_seen_in_any_grouping(self, sex, number):
        born = date(1950, 1, 1) + timedelta(days=number % 20_000)
        head = f"620102{born:%Y%m%d}{number % 100:02}{sex}"
        found = next(head + last for last in "0123456789X" if is_id_number(head + last))
        for text in (found, f"{found[:6]} {found[6:14]} {found[14:]}", f"（{found}）"):
            assert looks_personal(text) == "身份证号"

    @given(st.text("0123456789", min_size=17, max_size=17))
    def test_an_organisations_code_is_no_bank_card(self, digits):
        codes = [digits + last for last in "0123456789" if is_credit_code(digits + last)]
        assert not [code for code in codes if looks_personal(code) == "银行卡号"]

    @given(st.text(max_size=40))
    def test_a_mask_shows_one_character(self, text):
        found = masked(text)
        assert found in {"***", f"{text[:1]}***"}
        assert len(text) > 1 or found == "***"
