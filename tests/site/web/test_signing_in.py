"""Signing in and looking write nothing to the book, so that nobody waits for a load to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from jiedui.site.passwords import Argon2

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "work"])
PASSWORD = "样例口令-九个字以上"
PAGES = ("/", "/ledgers", "/ledgers/exchanges", "/ledgers/funds", "/batches", "/documents",
         "/ledgers/exchanges/new", "/figures/H02", "/api/figures", "/sign-in")  # fmt: skip


@pytest.fixture
def account(demonstration: None) -> Any:
    user = get_user_model().objects.get(username="clerk")
    user.set_password(PASSWORD)
    user.save()
    return user


def written(queries: CaptureQueriesContext) -> list[str]:
    """The statements that are no reading, and no mark inside the test's own transaction."""
    read = ("SELECT", "WITH", "SAVEPOINT", "RELEASE SAVEPOINT")
    said = [one["sql"] for one in queries.captured_queries]
    # On PostgreSQL both names are one connection's in a test; what is passing is in its tables.
    passing = ("django_session", "axes_")
    return [
        text
        for text in said
        if not text.lstrip("( ").upper().startswith(read)
        and not any(name in text for name in passing)
    ]


def sign_in(client: Client) -> Any:
    return client.post("/sign-in", {"username": "clerk", "password": PASSWORD})


def test_signing_in_writes_nothing_to_the_book(account: Any, client: Client) -> None:
    with CaptureQueriesContext(connections["default"]) as queries:
        assert sign_in(client).status_code == 302
        assert client.get("/").status_code == 200
    assert queries.captured_queries
    assert written(queries) == []
    account.refresh_from_db()
    assert account.last_login is None


def test_a_hash_of_another_cost_is_left_as_it_is(account: Any, client: Client) -> None:
    class Dearer(Argon2):
        time_cost: int = Argon2.time_cost + 1

    kept = Dearer().encode(PASSWORD, "saltsaltsaltsaltsaltsa")
    get_user_model().objects.filter(pk=account.pk).update(password=kept)
    with CaptureQueriesContext(connections["default"]) as queries:
        assert sign_in(client).status_code == 302
    assert written(queries) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_writes_nothing_to_the_book(clerk: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert clerk.get(page, follow=True).status_code == 200
    assert written(queries) == []
