"""The language of the pages: chosen on the page, kept for the person, guessed before that."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation

from jiedui.problems import named, said
from jiedui.site.store import preferences
from jiedui.site.web import controls, display, tongue
from jiedui.site.web.charts import Point

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])


def language(answer: HttpResponse) -> str:
    text = answer.content.decode()
    said = "en" if '<html lang="en">' in text else "zh" if '<html lang="zh-Hans">' in text else ""
    assert answer.headers["Content-Language"] == {"en": "en", "zh": "zh-Hans"}[said]
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    return said


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5", "en"),
        ("zh-TW,en;q=0.5", "zh"),
        ("zh-CN", "zh"),
        ("fr", "zh"),
        ("zh;q=0.1,en;q=0.9", "en"),
        ("*", "zh"),
        (";;=,\x00", "zh"),
    ],
)
def test_the_browser_is_asked_first(demonstration: None, asked: str, spoken: str) -> None:
    headers = {"accept-language": asked} if asked else {}
    assert language(Client().get("/sign-in", headers=headers)) == spoken


def test_a_stranger_chooses_by_a_cookie(demonstration: None) -> None:
    client = Client()
    page = client.get("/sign-in").content.decode()
    assert 'name="language" value="en" lang="en">English</button>' in page
    assert '<span lang="zh-Hans" aria-current="true">中文</span>' in page
    there = client.post(
        "/language",
        {"language": "en"},
        headers={"referer": "http://testserver/sign-in?next=/ledgers"},
    )
    assert there.headers["Location"] == "/sign-in?next=/ledgers"
    cookie = client.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    english = client.get("/sign-in", headers={"accept-language": "zh-CN"})
    assert language(english) == "en"
    assert "Who helps whom" in english.content.decode()


def test_a_person_finds_the_choice_again_elsewhere(
    sign_in: Callable[[str], Client], viewer: Viewer
) -> None:
    here = sign_in("clerk")
    assert preferences.language(viewer) == ""
    here.post("/language", {"language": "en"})
    assert preferences.language(viewer) == "en"
    elsewhere = Client()
    assert language(elsewhere.get("/sign-in")) == "zh"
    elsewhere.post("/sign-in/demonstration", {"username": "clerk"})
    assert language(elsewhere.get("/")) == "en"
    other = Client()
    other.post("/sign-in/demonstration", {"username": "neighbour"})
    assert language(other.get("/")) == "zh"


def test_a_password_brings_the_choice_too(viewer: Viewer) -> None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(username="clerk")
    user.set_password("a long enough password")
    user.save()
    preferences.keep(viewer, "en")
    client = Client(REMOTE_ADDR="127.0.0.1")
    client.post("/sign-in", {"username": "clerk", "password": "a long enough password"})
    assert language(client.get("/")) == "en"


@pytest.mark.parametrize("asked", ["fr", "", "../../etc", "e" * 600])
def test_a_language_that_is_not_spoken_changes_nothing(clerk: Client, asked: str) -> None:
    assert clerk.post("/language", {"language": asked}).status_code == 302
    assert "language" not in clerk.cookies
    assert language(clerk.get("/")) == "zh"


@pytest.mark.parametrize(
    "came", ["https://elsewhere.example/x", "//elsewhere.example", "javascript:alert(1)", "x", ""]
)
def test_nobody_is_led_away(clerk: Client, came: str) -> None:
    answer = clerk.post("/language", {"language": "en"}, headers={"referer": came})
    assert answer.headers["Location"] == "/"


def test_a_choice_is_kept_by_a_post_with_its_token_only(demonstration: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/language").status_code == 405
    assert client.post("/language", {"language": "en"}).status_code == 403


def test_a_page_with_typed_words_offers_no_change(clerk: Client) -> None:
    page = clerk.post("/ledgers/exchanges/new", {"form": "?"})
    assert page.status_code == 422
    assert 'name="language"' not in page.content.decode()


def test_the_api_hears_the_request_alone(clerk: Client) -> None:
    clerk.cookies["language"] = "en"
    plain = clerk.get("/api/ledgers/nothing/entries")
    assert plain.json()["reason"].startswith("没有这一项")
    assert plain.headers["Content-Language"] == "zh-Hans"
    english = clerk.get("/api/ledgers/nothing/entries", headers={"accept-language": "en"})
    assert english.json()["reason"] == "This does not exist, or lies outside your scope"
    assert "Accept-Language" in english.headers["Vary"]


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (123_450_000, "CNY 1,234,500"),
        (12_345_678_901_234, "CNY 123,456,789,012.34"),
        (5, "CNY 0.05"),
        (-150, "CNY -1.50"),
        (0, "CNY 0"),
    ],
)
def test_money_is_exact_in_english_and_reads_back(fen: int, text: str) -> None:
    from jiedui.ledgers import NoRegisters
    from jiedui.ledgers.read import Around, read
    from jiedui.ledgers.words import Money

    assert tongue.amount(fen) == text
    assert read(Money("金额"), text, Around(None, None, NoRegisters())) == fen
    with translation.override("en"):
        assert tongue.plain(named("fen", str(fen), "…")) == text
        assert display.amount(fen, "分") == (text.removeprefix("CNY "), "CNY")
        assert display.brief(fen, "分") == text


@pytest.mark.parametrize(
    ("fen", "short"),
    [(100_000_000, "1"), (12_500_000, "0.125"), (123_456_789, "≈1.2"), (98_765_432_100, "≈988")],
)
def test_a_chart_has_room_for_six_signs(fen: int, short: str) -> None:
    with translation.override("en"):
        assert display.abridged(fen) == short
        assert display.drawn_unit("分") == "CNY million"
    assert display.drawn_unit("分") == "万元"
    assert Point("", fen, fen, short=short).short == short


def test_days_are_written_as_each_language_does() -> None:
    hour = datetime(2024, 5, 21, 6, 5, tzinfo=UTC)
    assert (tongue.day(date(2024, 5, 21)), tongue.day(hour)) == ("2024-05-21", "2024-05-21 14:05")
    assert tongue.day(None) == ""
    with translation.override("en"):
        assert tongue.day(date(2024, 5, 1)) == "1 May 2024"
        assert tongue.day(hour) == "21 May 2024, 14:05"


def test_peoples_words_stay_and_are_marked() -> None:
    words = said("{office}的{role}", office="甲<示例>局", role=said("经办"))
    assert tongue.html(words) == "甲<示例>局的经办"
    assert not hasattr(tongue.html(words), "__html__")
    with translation.override("en"):
        marked = 'Clerk of <span lang="zh-Hans">甲&lt;示例&gt;局</span>'
        assert tongue.html(words) == marked
        assert hasattr(tongue.html(words), "__html__")
        assert tongue.plain(words) == "Clerk of 甲<示例>局"
        assert tongue.foreign("Office") == "Office"
        assert tongue.html("<b>") == "&lt;b&gt;"


def test_a_form_holds_what_reads_back() -> None:
    with translation.override("en"):
        name = controls.place("623027")
        assert name == "Xiahe County, Gannan Tibetan Autonomous Prefecture, Gansu"
        assert controls.place("623027103") == "甘肃省甘南藏族自治州夏河县桑科镇"
        assert controls.place("nowhere") == "nowhere"
    from jiedui import places

    found = places.find(name)
    assert isinstance(found, places.Place)
    assert found.code == "623027"


def test_every_place_is_found_by_its_english_name() -> None:
    from jiedui import places
    from jiedui.places.atlas import every

    lost = []
    for one in every():
        if one.until is None:
            found = places.find(places.english(one.code))
            if not isinstance(found, places.Place) or found.code != one.code:
                lost.append(one)
    assert lost == []
