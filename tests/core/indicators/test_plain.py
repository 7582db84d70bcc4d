"""Every figure is told in plain words: no formula, no name of a column, no fen."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jiedui import indicators


@pytest.mark.parametrize("code", indicators.declared())
def test_every_indicator_has_plain_words(code: str) -> None:
    told = indicators.plain(indicators.declared()[code])
    text = "".join(told)
    assert len(told) >= 4
    assert not re.search(r"[a-z_]{2,}|[()=<>*']", text), text
    assert "分计" not in text
    assert indicators.declared()[code].ledger.title in text


def test_the_words_say_what_the_formula_does() -> None:
    told = indicators.plain(indicators.declared()["F01"])
    assert told[1] == "把各条记录的“金额”加起来，以万元计。"
    assert told[2] == (
        "只数这样的记录：“环节”是“到位”；“资金性质”是其中之一："
        "“东部省级财政援助”、“东部市（区）级财政援助”、“东部部门定向”。"
    )
    assert told[3] == "按“日期”归入年度和月份。"
    stock = "".join(indicators.plain(indicators.declared()["T01"]))
    assert "“到岗日期”在那天或更早，“离岗日期”没有填或在那天以后" in stock
    either = "".join(indicators.plain(indicators.declared()["R01"]))
    assert "“提供资金”是“是”，或这一栏空着而填有“援助资金”" in either
    new = "".join(indicators.plain(indicators.declared()["P04"]))
    assert "“建设性质”不是“续建”，空着的也数" in new
    assert "没有填“终止日期”" in "".join(indicators.plain(indicators.declared()["P01"]))
    assert "“东部单位”相同的记录合计一家" in "".join(indicators.plain(indicators.declared()["D03"]))


def test_what_there_are_no_words_for_is_refused_and_not_guessed() -> None:
    one = indicators.declared()["H02P"]
    for changed in ({"where": "people > 3"}, {"measure": "sum(people * 2)"}):
        strange = replace(one, indicator=replace(one.indicator, **changed))
        with pytest.raises(indicators.NoPlainWordsError):
            indicators.plain(strange)
