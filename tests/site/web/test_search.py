"""The page of search: what it finds, what it says, and what never stands in an address."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from jiedui import ledgers
from jiedui.site.store import door, indexing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

SignIn = "Callable[[str], Client]"


def ask(client: Client, **words: str) -> HttpResponse:
    """Post the form, and go where it leads."""
    return client.post("/search", words, follow=True)


def text(answer: HttpResponse) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main)))


def hits(answer: HttpResponse) -> list[str]:
    return [
        unescape(re.sub(r"<[^>]+>", "", one)).strip()
        for one in re.findall(r"<h3>(.*?)</h3>", answer.content.decode(), re.DOTALL)
    ]


@pytest.fixture
def named(viewer: Viewer) -> str:
    """A visit that a teacher took part in; returns its key."""
    exchanges = ledgers.ledgers()["exchanges"]
    pairing = door.entries(exchanges, viewer).entries[0].values["pairing"]
    cells = {
        "programme": "east-west", "pairing": str(pairing), "place": "620000", "form": "survey",
        "level": "county", "starts": "2024-07-01", "subject": "样例调研<b>",
        "attended": [{"name": "祁样板", "post": "教师"}],
    }  # fmt: skip
    checked = ledgers.check(exchanges, ledgers.frame([cells]), door.lookup(viewer))
    done = door.add(exchanges, viewer, checked, why="样例")
    assert isinstance(done, door.Written), done
    return done.entry.key


def test_a_word_is_found_and_marked(clerk: Client, named: str) -> None:
    answer = ask(clerk, q="例调研")
    assert answer.redirect_chain == [("/search?q=%E4%BE%8B%E8%B0%83%E7%A0%94", 302)]
    assert "共 1 条" in text(answer)
    body = answer.content.decode()
    assert f'href="/ledgers/exchanges/{named}"' in body
    assert '样<mark class="cited">例调研</mark>&lt;b&gt;' in body
    assert "甘肃省" in text(answer)
    assert "2024-07-01" in text(answer)


def test_the_form_says_what_was_asked(clerk: Client) -> None:
    answer = ask(clerk, q="到位", kind="funds", place="甘肃", since="2024", until="2024-02")
    assert answer.redirect_chain[0][0].endswith(
        "&kind=funds&place=620000&since=2024-01-01&until=2024-02-29"
    )
    body = answer.content.decode()
    for said in ('value="到位"', 'value="funds" selected', 'value="甘肃省"', 'value="2024-02-29"'):
        assert said in body
    assert hits(answer)


def test_a_persons_name_never_stands_in_an_address(
    clerk: Client, sign_in: Callable[[str], Client], named: str
) -> None:
    answer = ask(clerk, person="祁样板")
    assert answer.redirect_chain == []
    assert answer.status_code == 200
    assert [one.strip() for one in hits(answer)] == ["2024-07-01 调研对接 样例调研<b>"]
    # In no link either, nor in the page's title.
    addresses = re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', answer.content.decode())
    assert not [one for one in addresses if "祁" in one or "%E7%A5%81" in one]
    assert "祁样板" not in answer.content.decode().partition("<body>")[0]
    # A word that may be a name is not sent on; the person is a click away.
    words = ask(clerk, q="祁样板")
    assert words.redirect_chain == []
    assert hits(words) == []
    assert "按人员查找“祁样板”" in text(words)
    # Typed into an address by somebody, it is not looked for.
    typed = clerk.get("/search", {"person": "祁样板"})
    assert "姓名不能放在网址里" in text(typed)
    assert hits(typed) == []
    assert "祁样板" not in typed.content.decode()
    for name in ("reviewer", "partner", "leader", "neighbour"):
        assert hits(ask(sign_in(name), person="祁样板")) == []


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "138 0000 0000", "１３８００００００００"]
)
def test_numbers_of_persons_are_not_looked_for(clerk: Client, number: str) -> None:
    answer = ask(clerk, q=number)
    assert answer.redirect_chain == []
    assert "不按个人号码检索" in text(answer)
    assert "共 " not in text(answer)
    assert number not in answer.content.decode().partition("<main")[2].partition('role="alert"')[2]


def test_what_is_not_understood_is_said(clerk: Client) -> None:
    for words, said in (
        ({"kind": "nothing"}, "不在选项之内"),
        ({"place": "没有的地方"}, "没有这个行政区划"),
        ({"party": "没有的单位"}, "名录中没有"),
        ({"since": "去年"}, "不是日期"),
    ):
        answer = ask(clerk, q="到位", **words)
        assert said in text(answer)
        assert hits(answer) == []


def test_an_empty_page_says_what_to_do(clerk: Client) -> None:
    assert "填一个词就能查" in text(clerk.get("/search"))
    assert "填一个词就能查" in text(ask(clerk, q="，"))
    nothing = text(ask(clerk, q="决无此词", place="甘肃"))
    assert "没有找到" in nothing
    assert "去掉地区" in nothing


def test_pages_by_address_and_by_form(clerk: Client, monkeypatch: Any) -> None:
    from jiedui.site.web.views import search

    monkeypatch.setattr(search, "SIZE", 10)
    first = ask(clerk, q="财政", kind="funds")
    href = unescape(re.findall(r'href="([^"]*)" rel="next"', first.content.decode())[0])
    second = clerk.get(href)
    assert "第 2 /" in text(second)
    assert set(hits(second)) != set()
    monkeypatch.setattr(search, "SIZE", 1)
    # What may be a name pages by the form.
    posted = ask(clerk, q="甘肃 高示", page="1")
    assert posted.redirect_chain == []
    by_form = clerk.post("/search", {"q": "示例", "person": "示例", "page": "2"})
    assert "第 2 /" in text(by_form)
    assert 'name="page" value="3"' in by_form.content.decode()


def test_an_index_that_is_behind_says_so(clerk: Client) -> None:
    indexing.start_anew()
    assert "索引还没有收完" in text(ask(clerk, q="到位"))
    indexing.catch_up()
    assert "索引还没有收完" not in text(ask(clerk, q="到位"))


def test_suggestions_are_within_the_scope(clerk: Client, sign_in: Callable[[str], Client]) -> None:
    def suggested(client: Client, typed: str) -> str:
        answer = client.post("/search/suggest", {"q": typed})
        assert answer.status_code == 200
        return answer.content.decode()

    assert 'href="/search?place=620422"' in suggested(clerk, "会宁")
    assert suggested(clerk, "夏河").strip() == ""  # a place where the viewer has nothing
    assert suggested(sign_in("neighbour"), "会宁").strip() == ""
    assert 'href="/ledgers/funds"' in suggested(clerk, "资金")
    assert "/search?party=" in suggested(clerk, "天津市东西部")
    for nothing in ("", "，", "13800000000", "\x00"):
        assert suggested(clerk, nothing).strip() == ""
    assert clerk.get("/search/suggest").status_code == 405
    # Without script the page has them.
    assert 'href="/search?place=620422"' in ask(clerk, q="会宁").content.decode()


def test_a_neighbour_finds_nothing_of_it(sign_in: Callable[[str], Client]) -> None:
    neighbour = sign_in("neighbour")
    assert [one for one in hits(ask(neighbour, q="到位")) if "示财协" in one] == []
    assert "共 1 条" in text(ask(neighbour, q="到位"))
    assert "共 0 条" in text(ask(neighbour, q="示财协"))
    assert hits(ask(neighbour, place="甘肃", kind="funds")) == []


def test_nothing_of_a_strangers_question_is_kept(demonstration: None) -> None:
    stranger = Client()
    answer = stranger.post("/search", {"q": "考察", "person": "祁样板"})
    assert answer.headers["Location"] == "/sign-in"
    assert "祁样板" not in str(dict(stranger.session))
