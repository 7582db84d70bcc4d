"""Tokens: shown once, kept as a hash, worth what their account is worth today."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

ENTRIES = "/api/ledgers/exchanges/entries"


def ask(text: str, path: str = "/api/batches", **words: Any) -> int:
    return Client().get(path, headers={"Authorization": f"Bearer {text}"}, **words).status_code


@pytest.fixture
def made(viewer: Viewer) -> Any:
    from jiedui.site.store import tokens

    done = tokens.make(viewer, "样例系统", 30, writes=True)
    assert isinstance(done, tokens.Made)
    return done


def row() -> Any:
    from jiedui.site.store.tables import Token

    return Token.objects.get()


def test_a_token_opens_what_its_account_may_see(made: Any) -> None:
    assert ask(made.text) == 200
    assert ask(made.text, ENTRIES) == 200
    assert ask(made.text, "/api/openapi.json") == 200
    # Pages are for people: a token opens none.
    assert ask(made.text, "/ledgers") == 302


def test_a_token_that_opens_nothing_is_refused_in_one_form(made: Any) -> None:
    from jiedui.site.store.tables import Grant, Token

    yesterday, account = timezone.localdate() - timedelta(days=1), row().account
    users = type(account).objects
    grants = Grant.objects.filter(account=account)
    changes: dict[str, Callable[[], object]] = {
        "revoked": lambda: Token.objects.update(revoked=timezone.now()),
        "expired": lambda: Token.objects.update(expires=yesterday),
        "inactive": lambda: users.filter(pk=account.pk).update(is_active=False),
        "grant over": lambda: grants.update(expires=yesterday),
        "no grant": grants.delete,
    }
    for name, change in changes.items():
        with transaction.atomic():
            change()
            refused(name, made.text)
            transaction.set_rollback(True)
        assert ask(made.text) == 200, name
    refused("another", made.text[:-1] + ("A" if made.text[-1] != "A" else "B"))
    refused("short", "jiedui_")


def refused(name: str, text: str) -> None:
    answer = Client().get("/api/batches", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 401, name
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {"reason": "请用有效的令牌，或先登录"}


def test_a_header_that_is_no_token_is_refused_session_or_not(clerk: Client) -> None:
    assert clerk.get("/api/batches").status_code == 200
    for said in ("", "Bearer", "Basic eA==", "Bearer \ud800", "Bearer a b"):
        assert clerk.get("/api/batches", HTTP_AUTHORIZATION=said).status_code == 401, said


def test_only_its_hash_is_kept_and_it_is_never_logged(
    made: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stored = row()
    assert len(stored.sha256) == 64
    assert made.text not in "".join(str(value) for value in vars(stored).values())
    ask(made.text)
    ask(made.text, "/api/nothing")
    ask(made.text + "x")
    assert made.text not in caplog.text


def test_the_day_of_the_last_use_is_written_once_a_day(
    made: Any, django_assert_num_queries: Any
) -> None:
    from jiedui.site.store import tokens

    assert row().used is None
    assert ask(made.text) == 200
    assert row().used == timezone.localdate()
    with django_assert_num_queries(4) as asked:
        assert tokens.bearer(made.text) is not None
    assert not [one for one in asked.captured_queries if "UPDATE" in one["sql"]]


def test_a_book_that_is_being_written_stops_no_reader(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError
    from django.db.models import QuerySet

    def locked(*_args: Any, **_words: Any) -> int:
        msg = "database is locked"
        raise OperationalError(msg)

    monkeypatch.setattr(QuerySet, "update", locked)
    assert ask(made.text) == 200
    assert row().used is None


def test_a_token_that_only_reads_writes_nothing(viewer: Viewer) -> None:
    from jiedui.site.store import tokens

    done = tokens.make(viewer, "只读", 1, writes=False)
    assert isinstance(done, tokens.Made)
    headers = {"Authorization": f"Bearer {done.text}"}
    for path, status in ((ENTRIES, 403), ("/api/ledgers/exchanges/check", 200)):
        body: Any = {"cells": {}} if status == 403 else {"rows": [{}]}
        answer = Client().post(path, body, content_type="application/json", headers=headers)
        assert answer.status_code == status
    assert "只能读" in Client().post(
        ENTRIES, {"cells": {}}, content_type="application/json", headers=headers
    ).json()["reason"]  # fmt: skip


def test_a_session_needs_its_csrf_token_to_write_and_a_token_does_not(
    made: Any, sign_in: Callable[[str], Client]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    words = {"data": {"rows": [{}]}, "content_type": "application/json"}
    path = "/api/ledgers/exchanges/check"
    assert strict.post(path, **words, headers={"Authorization": f"Bearer {made.text}"}).status_code == 200  # fmt: skip
    strict.cookies = sign_in("clerk").cookies
    answer = strict.post(path, **words)
    assert (answer.status_code, list(answer.json())) == (403, ["reason"])
    strict.get("/tokens")
    answer = strict.post(path, **words, headers={"X-CSRFToken": strict.cookies["csrftoken"].value})
    assert answer.status_code == 200


def test_a_demonstration_is_open_to_this_machine_only(made: Any) -> None:
    assert ask(made.text, REMOTE_ADDR="192.0.2.1") == 401


def test_the_page_shows_a_token_once_and_ends_it(sign_in: Callable[[str], Client]) -> None:
    clerk, neighbour = sign_in("clerk"), sign_in("neighbour")
    page = clerk.post("/tokens", {"name": "样例系统", "days": "90", "writes": "1"})
    text = page.context["fresh"].text
    assert page.status_code == 200
    assert text in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert text not in clerk.get("/tokens").content.decode()
    assert ask(text) == 200
    key = row().key
    assert "样例系统" not in neighbour.get("/tokens").content.decode()
    assert neighbour.post(f"/tokens/{key}/revoke").status_code == 404
    assert clerk.post(f"/tokens/{key}/revoke").status_code == 302
    assert ask(text) == 401


def test_a_token_has_a_name_and_an_end_and_an_account_not_too_many(viewer: Viewer) -> None:
    from jiedui.access import No
    from jiedui.site.store import tokens

    for name, days in (("", 30), ("x" * 61, 30), ("a\nb", 30), ("a", 0), ("a", 366)):
        assert isinstance(tokens.make(viewer, name, days, writes=False), No)
    done = [tokens.make(viewer, "多", 1, writes=False) for _ in range(tokens.MOST + 1)]
    assert [isinstance(one, No) for one in done] == [*[False] * tokens.MOST, True]


def test_the_operator_makes_lists_and_ends_them(
    demonstration: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from jiedui.cli import tokens

    monkeypatch.setattr(tokens, "open_book", lambda: None)

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(tokens.app, words)
        assert done.exit_code == code, done.output
        return done.stdout

    text = run("make", "clerk", "--name", "财政系统", "--days", "30", "--write").strip()
    assert ask(text) == 200
    line = run("list", "clerk")
    assert "财政系统  可写" in line
    assert text not in line
    assert run("list", "neighbour") == ""
    run("make", "nobody", "--name", "x", "--days", "1", code=2)
    run("make", "clerk", "--name", "x", "--days", "999", code=2)
    run("revoke", "0000000000000", code=2)
    run("revoke", line.split()[0])
    assert ask(text) == 401
    assert "已停用" in run("list", "clerk")
