"""Proposals as their page shows them: what they are not sure of, and what a person completes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiedui import ledgers
from jiedui.site.store import documents, door

if TYPE_CHECKING:
    from django.test import Client

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

HEAD = "来源：示例日报\n时间：2024-06-12\n"


def brought(clerk: Client, text: str) -> str:
    """Hand an article in; gives its address."""
    sent = clerk.post("/documents", {"file": SimpleUploadedFile("文.txt", text.encode())})
    return sent.headers["Location"].partition("?")[0]


def test_a_proposal_that_is_not_sure_says_why(clerk: Client) -> None:
    text = f"{HEAD}6月10日，天津市西青区考察团到静宁县考察。"
    page = clerk.get(brought(clerk, text)).content.decode()
    assert "把握不大" in page
    assert "全文没有写协作" in page
    page = clerk.get(brought(clerk, f"{text}双方商谈东西部协作。")).content.decode()
    assert "西青区考察团" in page
    assert "把握不大" not in page


def test_a_day_without_a_year_is_shown_and_the_year_put_to_it(
    clerk: Client, viewer: Viewer
) -> None:
    text = "5月21日，天津市党政代表团来甘肃省考察对接东西部协作工作。"
    there = brought(clerk, text)
    page = clerk.get(there)
    assert "5月21日，年份待补" in page.content.decode()
    proposal = page.context["proposals"][0].proposal.key
    form = clerk.get(f"{there}/{proposal}/change")
    assert 'value="5月21日"' in form.content.decode()
    assert "请在前面补上年份" in form.content.decode()
    as_it_is = clerk.post(f"{there}/{proposal}/accept")
    assert as_it_is.status_code == 422
    assert "请在前面补上年份" in as_it_is.content.decode()
    typed = {name: value for name, value in _typed(as_it_is).items() if value}
    typed["starts"] = "2024年" + typed["starts"]
    done = clerk.post(f"{there}/{proposal}/change", typed)
    assert done.headers["Location"].startswith("/ledgers/exchanges/")
    entry = clerk.get(done.headers["Location"]).content.decode()
    assert "2024-05-21" in entry
    [found] = documents.one(viewer, there.rpartition("/")[2]).proposals
    assert found.state == "accepted"
    [kept] = [
        one
        for one in door.entries(ledgers.ledgers()["exchanges"], viewer).entries
        if one.key == found.entry_key
    ]
    assert "starts" in {str(source["field"]) for source in kept.values["sources"]}


def test_money_that_was_handed_over_is_proposed_to_the_funds(clerk: Client) -> None:
    there = brought(clerk, f"{HEAD}6月10日，天津市西青区向静宁县捐赠资金20.5万元。")
    page = clerk.get(there)
    plain = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert page.context["proposals"][0].ledger.name == "funds"
    assert "天津市西青区 给 静宁县 · 20.5万元 · 2024-06-10" in plain
    assert "捐赠没有写明进入财政专户" in plain
    for open_field in ("资金文号", "环节"):
        assert open_field in plain.partition("文中没有，需要您补上")[2][:80]


def test_a_gift_for_which_no_ledger_is_says_so(clerk: Client) -> None:
    there = brought(clerk, f"{HEAD}6月10日，天津市西青区向静宁县示例中学捐赠资金20万元。")
    page = clerk.get(there)
    assert not page.context["proposals"]
    assert "不经财政，没有对应的台账" in page.content.decode()


def _typed(answer: object) -> dict[str, str]:
    """What stands in the controls of a form."""
    form = answer.context["form"]
    return {one.name: one.value for one in form.controls if one.widget != "rows"}
