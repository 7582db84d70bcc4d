"""What an expression may not say, each refused by name with its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiedui.ledgers.expressions import LARGEST, Engine, ExpressionError, Kind, parse
from tests.core.ledgers.test_expressions import NAMES, WHERE

NOT_PART = [
    ("paid / people > 1", "/"),
    ("people % 2 = 1", "%"),
    ("people div 2 = 1", "div"),
    ("chief; chief", ";"),
    ("chief;", ";"),
    ("people in (select people from other)", "select"),
    ("(select 1) = 1", "select"),
    ("exists (select 1)", "exists"),
    ("chief union select 1", "union"),
    ("query_to_xml('select 1', true, true, '') is null", "query_to_xml"),
    ("load_extension('x') is null", "load_extension"),
    ("pg_sleep(9) is null", "pg_sleep"),
    ('"pg_sleep"(9) is null', "pg_sleep"),
    ("pg_catalog.pg_sleep(9) is null", "pg_sleep"),
    ("length(note) > 1", "length"),
    ("lower(note) = 'x'", "lower"),
    ("nvl(people, 1) = 1", "nvl"),
    ("if(chief, true, false)", "if"),
    ("date('2024-01-01') = starts", "date"),
    ("cast(people as text) = 'x'", "cast"),
    ("cast('2024-01-01' as date) = starts", "cast"),
    ("try_cast(people as text) = 'x'", "try_cast"),
    ("'2024-01-01'::date = starts", "::"),
    ("people::text = 'x'", "::"),
    ("note like 'a%'", "like"),
    ("note ilike 'a%'", "ilike"),
    ("note similar to 'a'", "SIMILAR TO"),
    ("note ~ 'a'", "~"),
    ("note || 'a' = 'aa'", "||"),
    ("note collate nocase = 'x'", "collate"),
    ("note -> 'a' = 'x'", "->"),
    ("chief -- and nothing else", "comment"),
    ("chief /* or */", "comment"),
    ("people > /*+ hint */ 1", "comment"),
    ("people > ?", "?"),
    ("people > :x", ":"),
    ("people > @x", "@"),
    ("people > {{ x }}", "{"),
    ("people is true", "people IS TRUE"),
    ("chief is unknown", "unknown"),
    ("people is distinct from 1", "people IS DISTINCT FROM 1"),
    ("people <=> 1", "<=>"),
    ("people != 1", "!="),
    ("people == 1", "=="),
    ("people > current_date", "current_date"),
    ("starts > interval '1' day", "interval"),
    ("people in (1, null)", "NULL"),
    ("people = null", "NULL"),
    ("people in (guests)", "guests"),
    ("people in guests", "people IN guests"),
    ("people in ()", "people IN ()"),
    ("people = any (1)", "any"),
    ("people > 1.5", "1.5"),
    ("people > 1e3", "1e3"),
    ("'a' 'b' = note", "CONCAT('a', 'b')"),
    ("(people, guests) = (1, 2)", "(people, guests)"),
    ("people[1] = 2", "["),
    ("case people when 1 then true else false end", "CASE people WHEN 1 THEN TRUE ELSE FALSE END"),
    ("case when chief then true end", "CASE WHEN chief THEN TRUE END"),
    ("coalesce(true, chief)", "coalesce(TRUE, …)"),
    ("coalesce(people, 1 + 1, guests) > 1", "coalesce(1 + 1, …)"),
    ("coalesce(chief)", "COALESCE(chief)"),
    ("attended > 1", "attended"),
    ("attended.name = 'x'", "attended.name"),
    ("people.count > 1", "people.count"),
    ("samples.people > 1", "samples"),
    ("main.samples.people > 1", "main.samples.people"),
    ("people * guests > 1", "people * guests"),
    ("chief as x", "as"),
    ("chief limit 1", "limit"),
    ("chief group by note", "GROUP BY"),
    ("x'41' = note", None),
    ("count(*) > 1", "count"),
    ("sum(people) > 1", "sum"),
    ("max(people, guests) > 1", "MAX(people, guests)"),
]


@pytest.mark.parametrize(("text", "shown"), NOT_PART)
def test_a_rule_refuses_by_name(text: str, shown: str | None) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, NAMES, aggregate=False, where=WHERE)
    assert str(refused.value).startswith(f"{WHERE}: ")
    if shown == "samples":
        assert "there is no field 'samples'" in str(refused.value)
    elif shown is not None:
        assert f"'{shown}' is not part of the expressions; " in str(refused.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("count(*) over ()", "over"),
        ("sum(people) / count(*)", "/"),
        ("sum(sum(people))", "SUM(people)"),
        ("sum(distinct people)", "DISTINCT people"),
        ("count()", "COUNT()"),
        ("count(people, guests)", "COUNT(people, guests)"),
        ("count(distinct people, guests)", "COUNT(DISTINCT people, guests)"),
        ("avg(people)", "avg"),
        ("median(people)", "median"),
        ("string_agg(note, ',')", "string_agg"),
        ("max(people, guests)", "MAX(people, guests)"),
        ("sum(people) + max(*)", "*"),
        ("days(min(starts), max(ends)) filter (where chief)", None),
        ("sum(people) filter (where count(*) > 1)", "COUNT(*)"),
    ],
)
def test_a_measure_refuses_by_name(text: str, shown: str | None) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, NAMES, aggregate=True, where=WHERE)
    if shown is not None:
        assert f"'{shown}' is not part of the expressions; " in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("peple > 1", "there is no field 'peple'; is it people or planned?"),
        ("Chief", "there is no field 'Chief'; is it chief?"),
        ("people > $1", "there is no field '$1'"),
        ("zzzzz = 1", "there is no field 'zzzzz'"),
        ("departed = '2024-02-30T08:30'", "'2024-02-30T08:30' is not a moment"),
        ("departed = '2024-02-29 08:30'", "is not a moment; write '2024-02-29T08:30'"),
        ("departed = '2024-02-29'", "is not a moment"),
        ("departed < '2024-02-29T24:00'", "is not a moment"),
        ("departed = starts", "do not go together"),
        ("day(starts) = starts", "day() takes moment"),
        ("year(departed) = 2024", "year() takes date"),
        ("note > 'a'", "'>' takes date, moment, money, whole, and this is a text value"),
        ("form < 'visit'", "a choice value"),
        ("chief < true", "a flag value"),
        ("form = 'visite'", "'visite' is not among the choice's codes: meeting, visit"),
        ("'visite' = form", "'visite' is not among the choice's codes: meeting, visit"),
        ("form in ('visit', 'x')", "'x' is not among"),
        ("case when chief then form else 'x' end = 'visit'", "'x' is not among"),
        ("coalesce(form, 'visit') = 'x'", "'x' is not among"),
        ("form = level", "two choices with different codes do not go together"),
        ("form = note", "a choice value and a text value do not go together"),
        ("at = '6230'", "'6230' is not the six digits of a place"),
        ("starts(at, '62x')", "'62x' is not the beginning of a place's six digits"),
        ("people = paid", "a whole value and a money value do not go together"),
        ("people + paid > 1", "a whole value and a money value do not go together"),
        ("people = '1'", "a whole value and a text literal do not go together"),
        ("starts = '2024-01-01'", "a date value and a text literal do not go together"),
        ("starts = 20240101", "a date value and a whole literal do not go together"),
        ("owner = 5", "a ref value and a whole literal do not go together"),
        ("starts - ends > 1", "'-' takes money, whole, and this is a date value"),
        ("note + 1 > 1", "'+' takes money, whole, and this is a text value"),
        ("1 < 2", "a rule needs a field"),
        ("people", "a rule takes flag, and this is a whole value"),
        ("note", "a rule takes flag, and this is a text value"),
        ("people and chief", "and takes flag, and this is a whole value"),
        ("not people", "not takes flag"),
        ("case when people then true else false end", "when takes flag"),
        ("case when chief then 1 else note end = 1", "do not go together"),
        ("days(starts, people) > 1", "days() takes date, and this is a whole value"),
        ("year(note) = 1", "year() takes date, and this is a text value"),
        ("starts(form, 'v')", "starts() takes place, text, and this is a choice value"),
        ("starts(note, other)", "starts() takes a text in quotes as the second value"),
        ("days(starts) > 1", "days takes two values, and here are 1"),
        ("starts > date '2023-02-29'", "'2023-02-29' is not a date"),
        ("starts > date '20240229'", "'20240229' is not a date"),
        ("people = guests is null", "write brackets round"),
        ("1 < people < 3", "write brackets round"),
        (f"people < {LARGEST + 1}", "is larger than 10000000000000000"),
        ("people * 1000 > 1", "may leave 64 bits"),
        (" + ".join(["people"] * 9300) + " > 1", "characters; write at most 2000"),
        ("note = 'a\0b'", "the character U+0000 cannot be stored"),
        ("note = 'a\ud800b'", "the character U+D800 cannot be stored"),
        ("note = 'e\u0301'", "is not in NFC"),
        ("(" * 45 + "chief" + ")" * 45, "is nested deeper than 40"),
        ("note = 'open", "are all quotes closed?"),
        ("(chief", "cannot be read as one expression"),
        ("chief chief", "cannot be read as one expression"),
        ("", "the expression is empty"),
        ("  ", "the expression is empty"),
    ],
)
def test_a_rule_refuses_what_does_not_fit(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, NAMES, aggregate=False, where=WHERE)
    assert str(refused.value).startswith(f"{WHERE}: ")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people", "'people' stands outside an aggregate"),
        ("sum(people) + guests", "'guests' stands outside an aggregate"),
        ("1 + 1", "a measure needs an aggregate"),
        ("sum(note)", "sum() takes money, whole, and this is a text value"),
        ("max(note)", "max() takes date, moment, money, whole, and this is a text value"),
        ("max(form)", "this is a choice value"),
        ("max(chief)", "this is a flag value"),
        ("sum(starts)", "this is a date value"),
        ("sum(owner)", "this is a ref value"),
        ("sum(people) filter (where people)", "filter takes flag"),
        (
            "case when count(*) > 1 then 'a' else 'b' end",
            "a measure takes date, flag, moment, money",
        ),
        ("sum(paid) * 10", "may leave 64 bits"),
        ("sum(people) + sum(paid)", "do not go together"),
    ],
)
def test_a_measure_refuses_what_does_not_fit(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, NAMES, aggregate=True, where=WHERE)
    assert message in str(refused.value)


def test_a_name_that_would_leave_its_quotes_is_refused() -> None:
    name = 'a" or "b'
    with pytest.raises(ExpressionError, match="not usable as a field's name"):
        parse('"a"" or ""b" is null', {name: Kind.TEXT}, aggregate=False, where=WHERE)


WORDS = (
    *NAMES, "attended.count", "and", "or", "not", "=", "<>", "<", "<=", ">", ">=", "between", "in",
    "is", "null", "case", "when", "then", "else", "end", "coalesce", "+", "-", "*", "/", "(", ")",
    ",", "sum", "count", "min", "max", "distinct", "filter", "where", "days", "year", "month",
    "starts", "date '2024-02-29'", "date", "'a'", "'", '"', "1", "true", "false", ";", "--", "/*",
    "*/", "select", "from", "union", "like", "cast", "as", "::", "over", ".", "\\", "%", "{", "}",
    "[", "]", "$", "$$", "@", ":", "?", "#", "~", "||", "->", "e'", "interval", "exists", "any",
    "collate", "if", "pg_sleep", "limit", "create", "drop", "set", "pragma", "\n", "第", "\0",
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=9), st.booleans())
@example(["pragma", "x"], False)
@example(["(" * 900], False)
@example(["not " * 400 + "chief"], False)
@example(["-" * 3 + "1"], False)
def test_whatever_is_written_is_read_or_refused(words: list[str], aggregate: bool) -> None:
    """No other exception, no warning, and what was read is written and read again the same."""
    try:
        found = parse(" ".join(words), NAMES, aggregate=aggregate, where=WHERE)
    except ExpressionError:
        return
    again = parse(found.text, NAMES, aggregate=aggregate, where=WHERE)
    assert again == found
    for engine in Engine:
        assert ";" not in found.sql(engine).replace("';'", "")
