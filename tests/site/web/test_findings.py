"""The page of findings: what it names, whose it is, where it leads, and what it says of none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from jiedui import ledgers
from jiedui.site.store import door, findings, people

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "work"])
FUNDS = ledgers.ledgers()["funds"]
RULE, PAPER = "同一文号支付的金额大于到位的金额", "示区财〔2024〕3号"


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_finding_names_its_rule_and_paper_and_opens_its_rows(clerk: Client) -> None:
    page = text_of(clerk, "/findings")
    assert RULE in page
    assert PAPER in page
    assert "共 1 处" in page
    rows = set(re.findall(r'href="(/ledgers/funds/[0-9a-z]{13})"', page))
    assert len(rows) == 5
    assert {clerk.get(row).status_code for row in rows} == {200}
    [listed] = re.findall(r'href="(/ledgers/funds\?document_number=[^"]*)"', page)
    assert "共 5 条" in text_of(clerk, listed)


def test_the_board_counts_them_only_where_there_are_any(
    clerk: Client, sign_in: Callable[[str], Client]
) -> None:
    assert "1 处疑点待核对" in text_of(clerk, "/")
    assert "处疑点待核对" not in text_of(sign_in("neighbour"), "/")
    page = text_of(sign_in("neighbour"), "/findings")
    assert "没有疑点" in page
    assert RULE in page  # what is looked for is said to everybody
    assert PAPER not in page


@pytest.mark.parametrize("person", ["clerk", "neighbour", "reviewer", "partner", "leader"])
def test_as_many_are_counted_as_are_listed(sign_in: Callable[[str], Client], person: str) -> None:
    sign_in(person)
    viewer = people.viewer_of(person)
    assert viewer is not None
    head = door.head().digest
    assert door.count_findings(viewer, head) == len(door.findings(FUNDS, viewer))


def test_a_finding_is_gone_when_its_rows_are_mended(clerk: Client, viewer: Any) -> None:
    assert "1 处疑点待核对" in text_of(clerk, "/")
    [found] = door.findings(FUNDS, viewer)
    rows = door.chosen(FUNDS, found.entries, viewer).values()
    paid = next(one for one in rows if one.values["amount"] == 960_500_000)
    door.withdraw(FUNDS, paid.id, viewer, base=paid.version, why="样例撤回")
    assert "处疑点待核对" not in text_of(clerk, "/")
    assert "没有疑点" in text_of(clerk, "/findings")


def test_of_very_many_the_first_are_shown_and_the_rest_counted(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiedui.site.web.views import findings as view

    monkeypatch.setattr(view, "SHOWN", 0)
    page = text_of(clerk, "/findings")
    assert "另有 1 处同类疑点" in page
    assert PAPER not in page


def test_what_others_may_see_is_not_fetched_by_its_number(
    clerk: Client, sign_in: Callable[[str], Client], viewer: Any
) -> None:
    [found] = door.findings(FUNDS, viewer)
    assert len(door.chosen(FUNDS, found.entries, viewer)) == 5
    neighbour = people.viewer_of("neighbour")
    assert neighbour is not None
    assert door.chosen(FUNDS, found.entries, neighbour) == {}
    assert findings.findings(FUNDS, neighbour) == []
