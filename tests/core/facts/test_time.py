"""Days and spans of days: what they resolve to, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest

from jiedui import facts

PUBLISHED = date(2024, 5, 23)


def spans(
    text: str, published: date | None = PUBLISHED
) -> list[tuple[str, str | None, str | None]]:
    return [
        (fact.quote, said["from"], said["to"])
        for fact in facts.read(text, published=published)
        if isinstance(fact, facts.TimeFact)
        for said in [fact.as_json()]
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5月21日", "2024-05-21", "2024-05-21"),
        ("5月21日至22日", "2024-05-21", "2024-05-22"),
        ("5月21日—22日", "2024-05-21", "2024-05-22"),
        ("5月21-22日", "2024-05-21", "2024-05-22"),
        ("５月２１日至２２日", "2024-05-21", "2024-05-22"),
        ("4月30日至5月2日", "2024-04-30", "2024-05-02"),
        ("12月30日至1月2日", "2023-12-30", "2024-01-02"),
        ("2023年12月30日至2024年1月2日", "2023-12-30", "2024-01-02"),
        ("12月30日至次年1月2日", "2023-12-30", "2024-01-02"),
        ("2023年12月30日至1月2日", "2023-12-30", "2024-01-02"),
        ("2024年2月29日", "2024-02-29", "2024-02-29"),
        ("二〇二三年五月二十一日", "2023-05-21", "2023-05-21"),
        ("五月二十一日至二十二日", "2024-05-21", "2024-05-22"),
        ("2024-05-21", "2024-05-21", "2024-05-21"),
        ("2024/5/21", "2024-05-21", "2024-05-21"),
        ("2024-05-21至2024-05-22", "2024-05-21", "2024-05-22"),
        ("去年12月18日", "2023-12-18", "2023-12-18"),
        ("9月1日", "2023-09-01", "2023-09-01"),
        ("6月10日", "2024-06-10", "2024-06-10"),
        ("去年", "2023-01-01", "2023-12-31"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("2021—2024年", "2021-01-01", "2024-12-31"),
        ("2023年1至9月", "2023-01-01", "2023-09-30"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("今年3月", "2024-03-01", "2024-03-31"),
        ("22日", "2024-05-22", "2024-05-22"),
        ("30日", "2024-04-30", "2024-04-30"),
    ],
)
def test_resolved(text, first, last):
    assert spans(f"在{text}，代表团来访。") == [(text, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2024年2月30日",
        "2月30日",
        "13月5日",
        "5月32日",
        "5月22日至21日",
        "近30年来",
        "6.2级",
        "每日",
        "人民日报",
        "100日游",
        "2024年13月",
    ],
)
def test_no_date(text):
    assert spans(f"在{text}的时候。") == []


def test_the_day_of_publication_decides_the_year():
    text = "5月21日，代表团来访。"
    assert spans(text, date(2021, 5, 22))[0][1] == "2021-05-21"
    assert spans(text, date(2022, 1, 3))[0][1] == "2021-05-21"


def test_without_a_day_of_publication_a_full_date_of_the_text_gives_the_year():
    assert spans("2019年5月22日，会议召开。5月21日，代表团来访。", None)[1][1] == "2019-05-21"


def test_without_any_year_a_day_stays_unresolved():
    (found,) = [f for f in facts.read("5月21日，代表团来访。") if f.kind == "time"]
    assert isinstance(found, facts.TimeFact)
    assert (found.first, found.last, found.how) == (None, None, "derived")
    assert found.as_json()["without_year"] == "5月21日"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5月21日至22日，代表团来访。22日，会议召开。", ["5月21日至5月22日", "5月22日"]),
        ("12月30日至1月2日，代表团来访。", ["12月30日至1月2日"]),
        ("2月29日，代表团来访。次日，会议召开。", ["2月29日", "3月1日"]),
        ("今年5月21日，代表团来访。", ["5月21日"]),
        ("去年，代表团来访。", []),
        ("2月30日，代表团来访。", []),
    ],
)
def test_days_of_a_text_without_a_year_are_known_but_for_the_year(text, days):
    found = [f for f in facts.read(text) if isinstance(f, facts.TimeFact)]
    assert [one.as_json()["without_year"] for one in found] == days
    assert all(one.first is None and one.as_json()["from"] is None for one in found)


def test_a_year_that_stands_alone_is_no_year_of_a_day():
    year, day = [f for f in facts.read("2023年成绩很大。5月21日，代表团来访。") if f.kind == "time"]
    assert isinstance(year, facts.TimeFact)
    assert isinstance(day, facts.TimeFact)
    assert (year.grain, year.how) == ("year", "stated")
    assert (day.first, day.as_json()["without_year"]) == (None, "5月21日")


@pytest.mark.parametrize(
    "text",
    [
        "5月30日至6月1日，代表团来访。31日上午，会议召开。",
        "31日上午，会议召开。5月30日至6月1日，代表团来访。",
        "去年12月31日发生的事不算。31日上午，会议召开。5月30日至6月1日，代表团来访。",
    ],
)
def test_a_day_alone_takes_its_month_from_the_dated_span_that_holds_it(text):
    found = {quote: first for quote, first, _ in spans(text, date(2024, 6, 3))}
    assert found["31日上午"] == "2024-05-31"


def test_same_and_next_day():
    found = spans("5月21日，代表团来访。当日下午，座谈会举行。次日，代表团返回。")
    assert [first for _, first, _ in found] == ["2024-05-21", "2024-05-21", "2024-05-22"]


def test_a_year_in_the_text_is_stated_and_one_from_publication_derived():
    found = facts.read("2024年5月21日。5月22日。", published=PUBLISHED)
    assert [f.how for f in found if isinstance(f, facts.TimeFact)] == ["stated", "derived"]
