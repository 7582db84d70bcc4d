"""A session that ends while a form is open: what was typed survives, personal fields excepted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from jiedui.site.web import kept

if TYPE_CHECKING:
    from django.test import Client

    from jiedui.site.store import documents, door

pytestmark = pytest.mark.django_db(databases=["default", "work"])

SignIn = Callable[[str], "Client"]


def bound_in(page: str) -> str:
    found = re.search(r'name="entry-bound" value="([^"]+)"', page)
    assert found
    return found[1]


def again(client: Client, username: str) -> str:
    """Sign in on the page that the browser was sent to; gives where it leads."""
    answer = client.post("/sign-in/demonstration", {"username": username, "next": ""})
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.fixture
def expired(clerk: Client) -> Client:
    """A clerk who opened a form, and whose session then ended."""
    clerk.page = clerk.get("/ledgers/exchanges/new").content.decode()  # type: ignore[attr-defined]
    clerk.logout()
    return clerk


def send(client: Client, page: str, **words: str) -> str:
    posted = {"entry-bound": bound_in(page), **words}
    answer = client.post("/ledgers/exchanges/new", posted)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")
    return answer.headers["Location"]


def test_what_was_typed_is_there_after_signing_in_again(expired: Client) -> None:
    to = send(
        expired,
        expired.page,  # type: ignore[attr-defined]
        **{"subject": "春季对接", "attended-0-name": "丙样本", "attended-0-post": "某局局长"},
    )
    asked = expired.get(to).content.decode()
    assert "已经留存" in asked
    back = re.search(r'name="next" value="([^"]+)"', asked)
    assert back
    answer = expired.post("/sign-in/demonstration", {"username": "clerk", "next": back[1]})
    form = expired.get(answer.headers["Location"]).content.decode()
    assert 'value="春季对接"' in form
    assert 'value="某局局长"' in form
    assert "丙样本" not in form
    # Once: the next new form is empty again.
    assert "春季对接" not in expired.get("/ledgers/exchanges/new").content.decode()


def test_personal_fields_are_never_written_to_the_session(expired: Client) -> None:
    send(expired, expired.page, **{"attended-0-name": "丙样本"})  # type: ignore[attr-defined]
    assert "丙样本" not in str(expired.session.items())


def test_another_account_gets_nothing_of_it(expired: Client) -> None:
    send(expired, expired.page, subject="春季对接")  # type: ignore[attr-defined]
    again(expired, "neighbour")
    assert "春季对接" not in expired.get("/ledgers/exchanges/new").content.decode()
    assert kept.SESSION not in expired.session


def test_too_much_is_not_kept(expired: Client) -> None:
    to = send(expired, expired.page, subject="长" * kept.LIMIT)  # type: ignore[attr-defined]
    assert "已经留存" not in expired.get(to).content.decode()
    assert len(str(expired.session[kept.SESSION])) < 1000


def test_a_form_that_is_not_ours_is_not_kept(client: Client, demonstration: None) -> None:
    answer = client.post("/ledgers/exchanges/new", {"entry-bound": "forged", "subject": "x"})
    assert answer.headers["Location"] == "/sign-in"
    assert kept.SESSION not in client.session


def test_an_amendment_keeps_the_version_it_was_made_over(clerk: Client, draft: door.Entry) -> None:
    here = f"/ledgers/exchanges/{draft.key}/amend"
    page = clerk.get(here).content.decode()
    clerk.logout()
    posted = {
        "entry-bound": bound_in(page),
        "entry-base": str(draft.version),
        "entry-why": "补人数",
        "people": "77",
    }
    clerk.post(here, posted)
    again(clerk, "clerk")
    form = clerk.get(here).content.decode()
    assert 'value="77"' in form
    assert f'name="entry-base" value="{draft.version}"' in form
    assert 'value="补人数"' in form


def test_a_reason_for_refusing_is_kept(clerk: Client, document: documents.StoredDocument) -> None:
    here = f"/documents/{document.key}"
    page = clerk.get(here).content.decode()
    clerk.logout()
    refuse = f"{here}/{document.proposals[0].key}/refuse"
    answer = clerk.post(refuse, {"entry-bound": bound_in(page), "entry-why": "不是互访"})
    assert answer.status_code == 302
    again(clerk, "clerk")
    assert 'value="不是互访"' in clerk.get(here).content.decode()
