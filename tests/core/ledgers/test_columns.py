"""Many rows at once are what each of them is alone: values, problems, digests, sealed names."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiedui import ledgers, places
from jiedui.ledgers import Sealed, canon
from jiedui.ledgers.bulk import canonicals, digests
from jiedui.ledgers.columns import of_rows
from jiedui.ledgers.rules import seal_children, seal_names, to_seal
from jiedui.ledgers.words import Many
from tests.core.ledgers.made import cells, values
from tests.core.ledgers.rows import Registers, cells_of, check, corpus, declare

EVERY = sorted(ledgers.ledgers())
REF = "0123456789abcdef" * 2
slow = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


def alone(ledger: Any, rows: list[Any]) -> tuple[list[Any], list[Any]]:
    """The values and problems of rows of one frame that are checked one by one."""
    frame = ledgers.frame(rows)
    seen: dict[str, Any] = {}
    found: list[Any] = []
    problems: list[Any] = []
    for number, row in enumerate(rows):
        key = repr(row)
        if key not in seen:
            # A slice of a frame without columns has no rows.
            one = frame[number : number + 1] if frame.width else ledgers.frame([row])
            seen[key] = ledgers.check(ledger, one, Registers())
        found += seen[key].rows
        problems += [p.moved(replace(p.at, row=number)) for p in seen[key].problems]
    return found, problems


def hold(ledger: Any, rows: list[Any]) -> None:
    together = check(ledger, *rows)
    found, problems = alone(ledger, rows)
    assert list(together.rows) == found
    assert list(together.problems) == problems
    bad = {p.at.row for p in problems}
    assert together.bad.to_list() == [i in bad for i in range(len(rows))]
    assert list(together.good) == [row for i, row in enumerate(found) if i not in bad]
    good = together.columns.take((~together.bad).arg_true())
    assert [{"year": None} | row for row in good.rows()] == [
        {"year": None} | row for row in together.good
    ]


@pytest.mark.parametrize("name", EVERY)
def test_the_corpus_in_one_frame(name):
    """So often that columns count as long ones with few different cells."""
    book = corpus(name)
    cases = [cells_of(book, case) for sort in ("good", "bad") for case in book[sort]]
    rows = [Random(1).choice(cases), *cases, *Random(2).choices(cases, k=1500)]
    hold(ledgers.ledgers()[name], rows)


@pytest.mark.parametrize("name", EVERY)
def test_whatever_is_brought_together(name):
    ledger = ledgers.ledgers()[name]
    typed = values(ledger).map(lambda made: ledgers.cells(ledger, made))
    mixed = st.tuples(typed, cells(ledger)).map(lambda pair: pair[0] | pair[1])

    @slow
    @given(st.lists(cells(ledger) | typed | mixed, max_size=5))
    def prove(rows):
        hold(ledger, rows)

    prove()


@pytest.mark.parametrize("heading", ["^$", "^.*$", "*", "", "列 1"])
def test_a_strange_column_is_a_fault_by_any_name(heading):
    """Also by one that Polars would take for a pattern of names."""
    ledger = ledgers.ledgers()["parties"]
    base = corpus("parties")["base"]
    rows = [base | {heading: raw} for raw in ("示例", None)]
    hold(ledger, rows)
    faults = check(ledger, *rows).problems
    assert [(fault.code, fault.at.row) for fault in faults] == [("unknown-field", 0)]


def test_a_place_is_the_one_of_its_day():
    """Also where a place begins or ends between the days of one sheet."""
    ledger = ledgers.ledgers()["exchanges"]
    random = Random(3)
    names = ["米林县", "540422", "540481", "朝阳区", "623027", "６２３０２７ ", "合作", "不是地方"]
    names += [name for name, _ in random.sample(list(places.names()), 40)]
    days = [date(1990, 1, 1) + timedelta(random.randrange(12_800)) for _ in range(30)]
    border = places.get(places.PlaceCode("540481"))
    assert border
    assert border.since
    days += [border.since - timedelta(1), border.since, border.since + timedelta(1)]
    base = corpus("exchanges")["base"]
    rows = [
        base | {
            "place": random.choice(names),
            "starts": random.choice(["", *(day.isoformat() for day in days)]),
            "at": [{"place": random.choice(names), "site": "示例"}],
        }
        for _ in range(300)
    ]  # fmt: skip
    hold(ledger, rows)


@pytest.mark.parametrize("name", EVERY)
def test_digests_of_many_rows_are_those_of_each(name):
    ledger = ledgers.ledgers()[name]
    odd = (
        st.none() | st.text(max_size=8) | st.sampled_from(['"', "\\", "\n\t\x01", "𠀀", "e\u0301"])
    )
    texts = [n for n, f in ledger.fields.items() if f.kind == "text"]
    persons = [n for n, f in ledger.fields.items() if f.person]
    changed = st.dictionaries(st.sampled_from(texts), odd, max_size=3)
    if persons:
        refs = st.dictionaries(st.sampled_from(persons), st.just(Sealed(REF)), max_size=1)
        changed = st.tuples(changed, refs).map(lambda pair: pair[0] | pair[1])
    row = st.tuples(values(ledger), changed).map(lambda pair: pair[0] | pair[1])

    @slow
    @given(st.lists(st.tuples(st.integers(0, 2**63 - 1), row | st.just({})), max_size=6))
    def prove(made):
        entries, rows = [one for one, _ in made], [row for _, row in made]
        columns = of_rows(ledger.fields, rows)
        assert list(canonicals(name, entries, columns)) == [
            canon.canonical(name, entry, row) for entry, row in made
        ]
        same = [{n: row.get(n) for n in ledger.identity} for row in rows]
        assert digests(name, 0, columns, ledger.identity).to_list() == [
            canon.digest(name, 0, row) for row in same
        ]
        further = {"owner": 7, "state": "draft", "sources": ({"document": "甲"},)}
        further = {n: value for n, value in further.items() if n in ledger.fields}
        assert digests(name, entries, columns.holding(**further)).to_list() == [
            canon.digest(name, entry, row | further) for entry, row in made
        ]

    prove()


def test_digests_of_more_rows_than_are_held_at_once():
    columns = of_rows({}, [{}] * 2).holding(a="甲\n乙", b=True, c=None)
    many = columns.take([0] * 50_001)
    assert len({*digests("plans", 3, many)}) == 1
    assert digests("plans", 3, many)[-1] == canon.digest("plans", 3, {"a": "甲\n乙", "b": True})
    assert len(digests("plans", 3, many, ())) == 50_001


@pytest.mark.parametrize("name", ["funds", "talent", "exchanges"])
def test_the_names_that_are_put_away(name):
    ledger = ledgers.ledgers()[name]

    @slow
    @given(st.lists(values(ledger), max_size=6))
    def prove(rows):
        columns = of_rows(ledger.fields, rows)
        sealed = [seal_names(ledger, row, lambda text: Sealed(f"of {text}")) for row in rows]
        for one, field in ledger.fields.items():
            if field.person:
                put_away = to_seal(ledger, one, columns)
                assert put_away.to_list() == [isinstance(row.get(one), Sealed) for row in sealed]
                refs = columns.scalars[one].to_frame("text").select(
                    pl.when(put_away).then(pl.concat_str(pl.lit("of "), "text"))
                ).to_series()  # fmt: skip
                after = columns.sealed(one, refs).rows()
                assert [row.get(one) for row in after] == [row.get(one) for row in sealed]
            if isinstance(field, Many):
                lists: Any = [row.get(one, ()) for row in rows]
                made = seal_children(ledger, one, lists, lambda text: Sealed(f"of {text}"))
                assert made == [row.get(one, ()) for row in sealed]

    prove()


def test_a_mark_among_names_keeps_its_reference():
    # A copy: the field takes the name under which it stands.
    ledger = declare(who=copy(ledgers.ledgers()["talent"].fields["person_name"]))
    found = check(ledger, {"who": "甲示例"}, {"who": f"🔒{REF}"}, {"who": None})
    assert [row["who"] for row in found.rows] == ["甲示例", Sealed(REF), None]
    assert found.columns.scalars["who"].to_list() == ["甲示例", None, None]
    assert found.columns.vault["who"].to_list() == [None, REF, None]
