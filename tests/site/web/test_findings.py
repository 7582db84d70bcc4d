"""The page of findings: what it names, whose it is, where it leads, and what it says of none."""

from __future__ import annotations

import json
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
    assert ">待核对 1</a>" in page
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
    from jiedui.site.web import found as view

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


WHY = "示例：含上年结转，凭证在册"


def say(client: Client, found: door.Finding, why: str = WHY, to: str = "explained") -> Any:
    return client.post(f"/findings/funds/{found.key}", {"entry-why": why, "to": to})


def test_an_explained_finding_moves_to_its_own_list_with_the_words(
    clerk: Client, viewer: Any
) -> None:
    [found] = door.findings(FUNDS, viewer)
    assert f'action="/findings/funds/{found.key}"' in text_of(clerk, "/findings")
    done = say(clerk, found)
    assert (done.status_code, done["Location"]) == (302, "/findings?state=open&said=explained")
    page = text_of(clerk, done["Location"])
    assert "已记下说明" in page
    assert "没有疑点" in page
    assert ">已说明 1</a>" in page
    assert "处疑点待核对" not in text_of(clerk, "/")
    page = text_of(clerk, "/findings?state=explained")
    assert WHY in page
    assert "重新列为待核对" in page
    done = say(clerk, found, "示例：凭证不全", "open")
    assert done["Location"] == "/findings?state=explained&said=open"
    assert "1 处疑点待核对" in text_of(clerk, "/")


@pytest.mark.parametrize(
    ("why", "told"), [("", "请写明原因"), ("电话 13800000000", "手机"), ("长" * 500, None)]
)
def test_a_reason_that_will_not_do_is_said_at_its_finding(
    clerk: Client, viewer: Any, why: str, told: str | None
) -> None:
    [found] = door.findings(FUNDS, viewer)
    done = say(clerk, found, why)
    assert done.status_code == (422 if told else 302)
    assert told is None or told in done.content.decode()
    assert "13800000000" not in str(door.head())


def test_what_changed_meanwhile_is_shown_as_it_is_now(clerk: Client, viewer: Any) -> None:
    [found] = door.findings(FUNDS, viewer)
    say(clerk, found)
    done = say(clerk, found)
    assert done.status_code == 409
    assert "已经变了" in done.content.decode()


def test_who_may_not_explain_has_no_form_and_is_refused(
    viewer: Any, sign_in: Callable[[str], Client]
) -> None:
    [found] = door.findings(FUNDS, viewer)
    leader = sign_in("leader")
    assert "/findings/funds/" not in text_of(leader, "/findings")
    assert say(leader, found).status_code == 403
    assert say(sign_in("neighbour"), found).status_code == 409
    assert sign_in("clerk").post("/findings/nothing/x", {"entry-why": "x"}).status_code == 404


def test_what_was_mended_is_listed_with_its_days(clerk: Client, viewer: Any) -> None:
    assert "没有已改正的疑点" in text_of(clerk, "/findings?state=mended")
    [found] = door.findings(FUNDS, viewer)
    rows = door.chosen(FUNDS, found.entries, viewer).values()
    paid = next(one for one in rows if one.values["amount"] == 960_500_000)
    door.withdraw(FUNDS, paid.id, viewer, base=paid.version, why="样例撤回")
    page = text_of(clerk, "/findings?state=mended")
    assert RULE in page
    assert PAPER in page
    assert re.search(r"出现，.*改正", page)


def test_the_api_tells_the_states_and_takes_a_word(
    clerk: Client, sign_in: Callable[[str], Client]
) -> None:
    path = "/api/ledgers/funds/findings"

    def post(client: Client, key: str, **words: str) -> Any:
        return client.post(f"{path}/{key}", json.dumps(words), content_type="application/json")

    [found] = clerk.get(path).json()
    assert (found["state"], found["explanation"]) == ("open", None)
    told = post(clerk, found["key"], state="explained", why=WHY)
    assert told.status_code == 200
    assert told.json()["explanation"]["why"] == WHY
    assert [one["state"] for one in clerk.get(path).json()] == ["explained"]
    assert clerk.get(path + "?state=open").json() == []
    assert clerk.get(path + "?state=mended").json() == []
    assert post(clerk, found["key"], state="explained", why=WHY).status_code == 409
    assert post(clerk, found["key"], state="mended", why=WHY).status_code == 400
    assert post(clerk, found["key"], state="open", why="").status_code == 422
    assert post(sign_in("leader"), found["key"], state="open", why=WHY).status_code == 403
    opened = post(sign_in("reviewer"), found["key"], state="open", why="示例：凭证不全")
    assert opened.json()["state"] == "open"
