"""What is read at first sight is what `read` reads: a plain cell is never read differently."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiedui.ledgers.plain import is_quoted_as_it_is, plain
from jiedui.ledgers.read import Around, NoRegisters, read
from jiedui.ledgers.units import Unit
from jiedui.ledgers.values import Sealed
from jiedui.ledgers.words import Count, Money, Text
from jiedui.problems import Problem
from tests.core.ledgers.made import CELL

NOWHERE = Around(None, None, NoRegisters())
FIELDS = (
    Text("名称"),
    Text("简称", limit=5),
    Text("经过", limit=30, lines=True),
    Text("姓名", limit=40, person=True),
    Count("人数"),
    Count("人次", unit=Unit.PERSON_TIMES, low=3, high=5000),
    Count("增减", unit=Unit.PERSONS, low=-(10**17), high=10**17),
    Money("金额"),
)
DIGITS = st.text("0123456789", min_size=1, max_size=19)
GROUPED = st.lists(st.text("0123456789", min_size=2, max_size=4), max_size=6).map(",".join)
UNIT = st.sampled_from(["", "元", "万元", "亿元", "万", "人", "人次", "人人", " 元", "元 ", "Ｙ"])
SIGN = st.sampled_from(["", "-", "--", "+", "－", " ", "0"])
NUMBER = st.builds(
    "{}{}{}{}{}".format, SIGN, DIGITS | GROUPED, st.sampled_from(["", ".", ","]),
    st.just("") | DIGITS, UNIT,
)  # fmt: skip
# The borders of the signs that are plain, and what lies just beyond them.
WORDS = st.text(
    "甲县一㐀䶿鿿龥〇、〩〪〫（）：！％／\u3000\u00a0\u00b7\u2010\u2027\u2028\u2029\u200b\u202e"
    '\u0301\u0340\u212b\u2126\uf900\u2000\u309a①Ⅷ é!#[]~"\\\x7f\x00\t\n1５－.，🔒𠀀Ax',
    max_size=8,
)
PERSONAL = st.builds(
    "{}{}{}".format, WORDS, st.text("0123456789013578-- 　８Xx+", min_size=9, max_size=24), WORDS
)
CELLS = st.lists(CELL | NUMBER | WORDS | PERSONAL, max_size=30).map(
    lambda made: [cell if cell is None else cell.encode("utf-8", "replace").decode()
                  for cell in made]
)  # fmt: skip


def as_read(field: Any, cell: str) -> Any:
    return read(field, cell, NOWHERE)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.label)
def test_a_plain_cell_is_read_as_it_always_is(field):
    @settings(deadline=None)
    @given(CELLS)
    @example(["13800000000", "11010519491231002X", "6222 0212 3456 7890", "🔒" + "a" * 32])
    def prove(cells):
        found: Any = plain(field, pl.Series(cells, dtype=pl.String))
        assert len(found) == len(cells)
        for cell, value in zip(cells, found, strict=True):
            if value is not None:
                meant = as_read(field, cell)
                assert not isinstance(meant, Problem | Sealed)
                assert (type(value), value) == (type(meant), meant)

    prove()


def test_the_cells_of_an_ordinary_sheet_are_plain():
    texts = ["示财〔2024〕1号", "样例县（第2期）产业园", 'a "b" c:\\d', "PZ2024000001", "十、其他"]
    for field, cells in {
        Text("名称"): texts,
        Count("人数", unit=Unit.PERSONS): ["0", "12", "12人", "1,200", "1,000,000人"],
        Money("金额"): ["1元", "-0.05元", "12.5万元", "1,200.50元", "3亿元", "0.0000000001亿元"],
    }.items():
        found: Any = plain(field, pl.Series(cells))
        assert found.to_list() == [as_read(field, cell) for cell in cells]


@pytest.mark.parametrize("odd", ["13800000000", " 甲", "é", "甲" * 201, "甲\n乙"])
def test_one_odd_text_among_many_of_a_few_is_found(odd):
    cells = pl.Series(["示例县", "样例县", None] * 2000 + [odd])
    found: Any = plain(Text("名称"), cells)
    assert found.to_list() == [*["示例县", "样例县", None] * 2000, None]


@settings(deadline=None)
@given(CELLS)
def test_what_stands_in_json_as_it_is(cells):
    import json
    import unicodedata

    for cell, so in zip(cells, is_quoted_as_it_is(pl.Series(cells, dtype=pl.String)), strict=True):
        if so:
            normal = unicodedata.normalize("NFC", cell)
            assert json.dumps(normal, ensure_ascii=False) == f'"{cell}"'
