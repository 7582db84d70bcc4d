"""Values as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import ledgers
from jiedui.ledgers import show
from jiedui.ledgers.show import money

EXCHANGES = ledgers.ledgers()["exchanges"]
FIELDS = EXCHANGES.fields


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (-5, "-0.05元"),
        (100, "1元"),
        (999_999, "9,999.99元"),
        (1_000_000, "1万元"),
        (1_000_001, "1.000001万元"),
        (12_500_000, "12.5万元"),
        (123_456_789_000, "123,456.789万元"),
        (-12_500_000, "-12.5万元"),
    ],
)
def test_money_loses_no_digit(fen, text):
    assert money(fen) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("subject", "示例", "示例"),
        ("subject", None, ""),
        ("form", "visit", "党政代表团考察"),
        ("form", "gone", "gone"),
        ("starts", date(2024, 5, 21), "2024-05-21"),
        ("people", 1200, "1200"),
        ("chief", True, "是"),
        ("chief", False, "否"),
        ("place", "623027", "甘肃省甘南藏族自治州夏河县"),
        ("pairing", 101, "101"),
        ("areas", (), ""),
        ("areas", ({"value": "education"}, {"value": "tourism"}), "教育；文化旅游"),
        ("at", ({"place": "623027", "site": "示例牧场"},), "甘肃省甘南藏族自治州夏河县 示例牧场"),
    ],
)
def test_a_value_as_text(name, value, text):
    assert show(FIELDS[name], value) == text


def test_a_reference_is_shown_by_its_label():
    def label(ledger, number):
        return f"{ledger}/{number}"

    assert show(FIELDS["pairing"], 101, label) == "pairings/101"


def test_cells_are_of_what_a_person_types():
    raw = ledgers.cells(EXCHANGES, {"form": "visit", "state": "draft", "year": 2024})
    assert raw.keys() == ledgers.typed_fields(EXCHANGES).keys()
    assert raw["form"] == "visit"
    assert raw["attended"] == []
    assert raw["subject"] is None
