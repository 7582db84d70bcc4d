"""Canonical bytes: the same for the same values however they came, another for any other."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui import ledgers
from jiedui.ledgers import Sealed, canon
from tests.core.ledgers.made import values

EXCHANGES = ledgers.ledgers()["exchanges"]
VALUES: Any = {
    "subject": "示例",
    "starts": date(2024, 5, 21),
    "people": 12,
    "chief": False,
    "attended": ({"name": "甲示例", "side": "east"}, {"name": "乙样本"}),
}


def same(one, other):
    return canon.canonical("exchanges", 7, one) == canon.canonical("exchanges", 7, other)


def test_the_bytes_are_plain_json_in_utf_8():
    found = canon.canonical("exchanges", 7, VALUES)
    assert found.decode() == (
        '["exchanges",7,{"attended":[{"name":"甲示例","side":"east"},{"name":"乙样本"}],'
        '"chief":false,"people":12,"starts":"2024-05-21","subject":"示例"}]'
    )
    assert len(canon.digest("exchanges", 7, VALUES)) == canon.DIGEST_BYTES


def test_the_order_of_names_is_nothing():
    turned = dict(reversed(VALUES.items()))
    turned["attended"] = tuple(dict(reversed(row.items())) for row in VALUES["attended"])
    assert same(VALUES, turned)


@pytest.mark.parametrize("empty", [{"ends": None}, {"at": ()}, {"at": (), "ends": None}, {}])
def test_absent_empty_and_null_are_one(empty):
    assert same(VALUES, VALUES | empty)
    assert same({"at": ({"site": "示例"},)}, {"at": ({"site": "示例", "place": None},)})


@pytest.mark.parametrize("other", [{"people": 0}, {"chief": False}, {"subject": "0"}])
def test_nought_and_no_are_not_empty(other):
    assert not same({}, other)
    assert not same({"people": 0}, {"people": False})


def test_text_is_composed():
    assert same({"subject": "cafe\u0301"}, {"subject": "café"})
    assert same({"at": ({"site": "cafe\u0301"},)}, {"at": ({"site": "café"},)})


def test_the_order_of_child_rows_is_something():
    assert not same(VALUES, VALUES | {"attended": VALUES["attended"][::-1]})


def test_ledger_and_entry_are_in_the_bytes():
    found = {canon.digest(name, entry, VALUES) for name in ("a", "b") for entry in (1, 2)}
    assert len(found) == 4


def test_a_protected_name_is_its_reference_alone():
    hidden, known = Sealed("ab" * 16), Sealed("ab" * 16, "甲示例")
    assert same({"attended": ({"name": hidden},)}, {"attended": ({"name": known},)})
    found = canon.canonical("exchanges", 7, {"leader": known}).decode()
    assert "甲示例" not in found
    assert not same({"leader": known}, {"leader": "ab" * 16})


def test_an_empty_value_has_no_form_of_its_own():
    with pytest.raises(TypeError, match="leave it out"):
        canon.plain(None)


@given(values(EXCHANGES), st.randoms(use_true_random=False))
def test_any_order_of_any_values(made, random):
    names = list(made)
    random.shuffle(names)
    assert same(made, {name: made[name] for name in names})
    found = json.loads(canon.canonical("exchanges", 7, made))
    assert canon.text(found).encode() == canon.canonical("exchanges", 7, made)


@given(values(EXCHANGES), values(EXCHANGES))
def test_other_values_have_other_bytes(one, other):
    kept = [{k: v for k, v in made.items() if v not in (None, ())} for made in (one, other)]
    assert same(one, other) is (kept[0] == kept[1])
