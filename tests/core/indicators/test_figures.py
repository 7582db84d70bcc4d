"""Figures counted by hand, and what may not be asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from jiedui.indicators import (
    AsOf,
    Declared,
    Figure,
    IndicatorError,
    declared,
    figures,
    figures_in_duckdb,
    query,
)
from jiedui.indicators.catalogue import gather
from jiedui.ledgers.declare import Indicator, Kind, Ledger
from jiedui.ledgers.expressions import Engine
from jiedui.ledgers.units import Unit
from jiedui.ledgers.words import Count, Date, Flag, Many, Row, Text


class Guest(Row):
    """A guest of a made-up ledger."""

    called = Text("姓名")


class Talks(Ledger):
    """A ledger that only these tests know."""

    title = "示例台账"

    begun = Date("开始")
    closed = Date("结束")
    people = Count("人数", unit=Unit.PERSON_TIMES)
    open_to_all = Flag("公开")
    guests = Many(Guest, "来宾")

    on = "begun"
    label = ("begun",)
    indicators = (
        Indicator("X1", "场次", "count(*)", Unit.TIMES, on="begun", by=("month", "open_to_all")),
        Indicator(
            "X2", "人次", "sum(people)", Unit.PERSON_TIMES, on="begun", needs=("people",),
            where="open_to_all or people > 100", by=("month", "open_to_all"),
        ),
        Indicator("X3", "来宾", "sum(guests.count)", Unit.PERSON_TIMES, on="begun",
                  needs=("guests",)),
    )  # fmt: skip


ROWS: list[tuple[Any, ...]] = [
    (date(2024, 1, 31), 10, True, 2, "confirmed"),
    (date(2024, 2, 1), None, True, 0, "confirmed"),
    (date(2024, 2, 29), 200, False, 1, "draft"),
    (date(2024, 2, 29), 50, False, 0, "confirmed"),
    (date(2024, 3, 1), 7, True, 3, "submitted"),
    (date(2024, 3, 1), 500, None, 0, None),
    (None, 9, None, 0, "draft"),
]
FRAME = pl.DataFrame(
    ROWS,
    schema={
        "begun": pl.Date,
        "people": pl.Int64,
        "open_to_all": pl.Boolean,
        "guests_count": pl.Int64,
        "state": pl.String,
    },
    orient="row",
)
TALKS = gather([Talks])


def ask(*codes: str, by: tuple[str, ...] = (), at: AsOf | None = None) -> list[Figure]:
    name = Talks.name
    return figures_in_duckdb({name: FRAME}, [TALKS[code] for code in codes], by, at)


def numbers(found: list[Figure]) -> list[tuple[object, ...]]:
    return [(f.indicator, f.value, f.verified, f.missing, f.entries) for f in found]


def test_whole_figures() -> None:
    assert numbers(ask("X1", "X2", "X3")) == [
        ("X1", 7, 3, 0, 7),
        ("X2", 717, 10, 1, 5),
        ("X3", 6, 2, 4, 7),
    ]


def test_until_leaves_out_what_came_later_and_what_has_no_date() -> None:
    at = AsOf("示例甲县", date(2024, 2, 29), 12)
    found = ask("X1", "X2", at=at)
    assert numbers(found) == [("X1", 4, 3, 0, 4), ("X2", 210, 10, 1, 3)]
    assert {(f.scope, f.until, f.known) for f in found} == {("示例甲县", date(2024, 2, 29), 12)}


def test_each_indicator_has_its_own_date() -> None:
    other = changed("X2", code="X4", on="closed")
    later = FRAME.with_columns(closed=pl.col("begun").dt.offset_by("1mo"))
    at = AsOf(until=date(2024, 2, 29))
    found = figures_in_duckdb({Talks.name: later}, [other, TALKS["X1"]], (), at)
    assert numbers(found) == [("X4", 10, 10, 0, 1), ("X1", 4, 3, 0, 4)]


def test_a_cut_without_entries_has_no_figure() -> None:
    found = ask("X2", "X1", by=("month",))
    assert [(f.indicator, f.by, f.value, f.entries) for f in found] == [
        ("X2", (("month", "2024-01"),), 10, 1),
        ("X2", (("month", "2024-02"),), 200, 2),
        ("X2", (("month", "2024-03"),), 507, 2),
        ("X1", (("month", "2024-01"),), 1, 1),
        ("X1", (("month", "2024-02"),), 3, 3),
        ("X1", (("month", "2024-03"),), 2, 2),
        ("X1", (("month", None),), 1, 1),
    ]


def test_two_cuts_and_a_flag() -> None:
    found = ask("X2", by=("open_to_all", "month"))
    assert [(dict(f.by), f.value, f.missing) for f in found] == [
        ({"open_to_all": "false", "month": "2024-02"}, 200, 0),
        ({"open_to_all": "true", "month": "2024-01"}, 10, 0),
        ({"open_to_all": "true", "month": "2024-02"}, None, 1),
        ({"open_to_all": "true", "month": "2024-03"}, 7, 0),
        ({"open_to_all": None, "month": "2024-03"}, 500, 0),
    ]


def test_nothing_counted_is_zero_and_nothing_known_is_not() -> None:
    name = Talks.name
    two = [TALKS["X1"], TALKS["X2"]]
    assert numbers(figures_in_duckdb({name: FRAME.clear()}, two)) == [
        ("X1", 0, 0, 0, 0),
        ("X2", 0, 0, 0, 0),
    ]
    unknown = FRAME.filter(pl.col("people").is_null())
    assert numbers(figures_in_duckdb({name: unknown}, two)) == [
        ("X1", 1, 1, 0, 1),
        ("X2", None, 0, 1, 1),
    ]


def test_an_arrow_table_does_as_well() -> None:
    found = figures_in_duckdb({Talks.name: FRAME.to_arrow()}, [TALKS["X2"]])
    assert numbers(found) == [("X2", 717, 10, 1, 5)]


def test_a_figure_is_json() -> None:
    figure = ask("X2", by=("month",), at=AsOf("示例甲县", date(2024, 1, 31), 3))[0]
    told = json.loads(json.dumps(figure.as_json(), ensure_ascii=False))
    assert told["value"] == 10
    assert told["until"] == "2024-01-31"
    assert told["by"] == {"month": "2024-01"}
    assert told["digest"] == TALKS["X2"].digest


def test_the_definition_says_what_is_counted() -> None:
    said = TALKS["X2"].definition
    for part in (
        "人次（X2）",
        "示例台账",
        "sum(people)",
        "open_to_all or people > 100",
        "人数为空",
    ):
        assert part in said


def changed(of: str, /, **words: object) -> Declared:
    return Declared(Talks, replace(TALKS[of].indicator, **words))  # type: ignore[arg-type]


def test_the_digest_follows_the_meaning() -> None:
    same = changed("X2", title="另一名称", note="说明", measure="SUM( people )")
    assert same.digest == TALKS["X2"].digest
    others = [
        changed("X2", measure="sum(people * 2)"),
        changed("X2", where="open_to_all"),
        changed("X2", unit=Unit.PERSONS),
        changed("X2", code="X9"),
        changed("X2", needs=()),
    ]
    assert len({other.digest for other in (*others, same)}) == 6


@pytest.mark.parametrize(
    ("codes", "by", "message"),
    [
        ((), (), "one statement asks one ledger, and here are: none"),
        (("X1", "H01"), (), "here are: exchanges, "),
        (("X1",), ("people",), "X1 may be cut by month, open_to_all, not by people"),
        (("X3",), ("month",), "X3 may be cut by nothing, not by month"),
        (("X1",), ("month", "month"), "a cut is named twice"),
        (("X1",), ('month"; drop table x',), "not by month"),
    ],
)
def test_what_may_not_be_asked(codes: tuple[str, ...], by: tuple[str, ...], message: str) -> None:
    known = declared() | TALKS
    with pytest.raises(IndicatorError, match=message):
        query([known[code] for code in codes], by, Engine.SQLITE)


def test_months_of_different_dates_are_not_mixed() -> None:
    other = changed("X1", on="closed", by=("month",))
    with pytest.raises(IndicatorError, match="different dates"):
        query([TALKS["X1"], other], ("month",), Engine.SQLITE)


def test_a_cut_by_rows_is_refused() -> None:
    with pytest.raises(IndicatorError, match="an entry has several"):
        query([changed("X1", by=("guests",))], ("guests",), Engine.SQLITE)


def test_a_code_is_declared_once() -> None:
    with pytest.raises(IndicatorError, match="declares X1, and so does"):
        gather([Talks, Talks])


def test_a_measure_is_a_number() -> None:
    with pytest.raises(IndicatorError, match="X1 measures a date"):
        query([changed("X1", measure="min(begun)")], (), Engine.SQLITE)


@pytest.mark.parametrize("row", [(1, 1, 0, 1.0), (1, 1, 0, True), (1, 1, 0, "1")])
def test_a_number_that_is_not_whole_is_refused(row: tuple[object, ...]) -> None:
    with pytest.raises(IndicatorError, match="no whole number"):
        figures([TALKS["X1"]], (), [row], AsOf())


def test_an_answer_of_another_shape_is_refused() -> None:
    with pytest.raises(IndicatorError, match="3 columns"):
        figures([TALKS["X1"]], (), [(1, 1, 0)], AsOf())


def test_no_statement_holds_a_percent_sign_or_a_parameter() -> None:
    for engine in Engine:
        for one in declared().values():
            text = query([one], one.indicator.by, engine)
            assert not set("%?;") & set(text)


def parts(**change: Any) -> dict[str, Any]:
    """The talks with one indicator more, which is a part of another."""
    part = Indicator("X9", "公开人次", "sum(people)", Unit.PERSON_TIMES, on="begun",
                     where="open_to_all", part_of="X2")  # fmt: skip
    kind = type("Talks", (Talks,), {"__doc__": "Talks.", "__module__": Talks.__module__,
                "indicators": (*Talks.indicators, replace(part, **change))})  # fmt: skip
    return gather([kind])


def test_a_part_says_of_what() -> None:
    assert "已包含在“人次”之内，不可相加" in parts()["X9"].definition
    assert "已包含" not in parts()["X2"].definition


@pytest.mark.parametrize(
    "change",
    [{"part_of": "X8"}, {"part_of": "X9"}, {"unit": Unit.PERSONS}, {"kind": Kind.STOCK}],
)
def test_a_part_of_another_unit_or_kind_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(IndicatorError, match="X9 is no part of"):
        parts(**change)
