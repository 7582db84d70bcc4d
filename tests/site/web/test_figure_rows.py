"""The rows behind a number: narrowed and put in order on the number's own page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from jiedui import indicators

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "work"])


def cells(page: Any, column: str) -> list[str]:
    names = [heading.label for heading in page.context["table"].headings]
    return [row.texts[names.index(column)] for row in page.context["table"].rows]


def test_rows_are_narrowed_by_what_the_ledger_declares_and_the_number_stays(clerk: Client) -> None:
    whole = clerk.get("/figures/H02")
    assert 'name="starts"' in whole.content.decode()
    states = set(cells(whole, "审核状态"))
    assert len(states) > 1
    page = clerk.get("/figures/H02?state=draft")
    assert set(cells(page, "审核状态")) == {"草稿"}
    assert 0 < page.context["total"] < whole.context["total"]
    assert page.context["amount"] == whole.context["amount"]
    assert f"其中符合条件 {page.context['total']} 条" in page.content.decode()
    month = cells(whole, "开始日期")[0][:7]
    days = cells(clerk.get(f"/figures/H02?starts={month}"), "开始日期")
    assert days
    assert all(day.startswith(month) for day in days)


def test_a_place_that_is_not_known_is_said_beside_the_rows(clerk: Client) -> None:
    told = clerk.get("/figures/H02?place=朝阳区").content.decode()
    assert 'role="alert"' in told


def test_a_heading_sorts_and_keeps_what_was_chosen(clerk: Client) -> None:
    page = clerk.get("/figures/H02?state=confirmed&until=2030-01-01")
    heading = next(one for one in page.context["table"].headings if one.label == "开始日期")
    assert heading.sorted == "descending"
    turned = clerk.get(heading.href)
    days = cells(turned, "开始日期")
    assert days == sorted(days)
    assert sorted(days) == sorted(cells(page, "开始日期"))
    assert set(cells(turned, "审核状态")) == {"已核实"}
    assert turned.context["times"].until == page.context["times"].until


def test_the_way_to_the_ledger_keeps_rows_and_order(clerk: Client) -> None:
    for code in ("H02", "T01"):
        page = clerk.get(f"/figures/{code}?state=confirmed")
        there = clerk.get(page.context["whole_list"])
        assert there.context["total"] == page.context["total"], code
        shown = [row.texts[0] for row in page.context["table"].rows]
        assert [row.texts[0] for row in there.context["table"].rows] == shown


def test_a_figure_asks_no_more_than_a_list_whatever_its_ledger(
    clerk: Client, django_assert_max_num_queries: Any
) -> None:
    firsts = {one.ledger.name: code for code, one in indicators.declared().items()}
    for code in firsts.values():
        clerk.get(f"/figures/{code}")
        with django_assert_max_num_queries(12):
            page = clerk.get(f"/figures/{code}?state=confirmed")
        assert not re.search(r'name="(pairing|year)"[^>]*id="f-', page.content.decode())


def test_plain_words_come_first_and_the_formula_is_folded_below(clerk: Client) -> None:
    page = clerk.get("/figures/F01").content.decode()
    section = re.search(r'<section class="definition">.*?</section>', page, re.DOTALL)
    assert section
    above, _summary, below = section[0].partition("<details><summary>")
    assert "把各条记录的“金额”加起来，以万元计。" in above
    assert "sum(amount)" not in above
    assert "sum(amount)" in below
    assert page.count(indicators.declared()["F01"].digest) == 1


@pytest.mark.parametrize(
    "path", ["/", "/figures/H02", "/figures/H02?known=2", "/ledgers/exchanges"]
)
def test_pages_say_what_a_clerk_understands(clerk: Client, path: str) -> None:
    page = clerk.get(path).content.decode()
    assert not re.search("入账时点|链头|末环", page)
    assert re.search("截至第 \\d+ 号已入账 · .* · 核对码 <code>[0-9a-f]{16}</code>", page)
    english = clerk.get(path, headers={"Accept-Language": "en"}).content.decode()
    body = english.partition("<body>")[2]
    words = re.sub(r"<[^>]+>", " ", body)
    assert not re.search(r"\b([Ll]ink|[Hh]ead)\b", words)
    assert re.search("check code <code>[0-9a-f]{16}</code>", body)
