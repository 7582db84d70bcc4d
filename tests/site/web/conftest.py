"""The demonstration, and clients signed in as its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from jiedui import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable

    from jiedui.access import Viewer
    from jiedui.site.store import documents, door

ARTICLE = (
    "来源:示例日报 时间:2024-06-18\n"
    "6月17日至18日，天津市党政代表团来甘考察对接东西部协作工作。天津市委书记甲示例，"
    "甘肃省委书记乙样例出席。\n"
)


@pytest.fixture
def demonstration(db: None, settings: Any) -> None:
    settings.JIEDUI_DEMONSTRATION = True
    from tests.site import kept

    kept.prepare()


@pytest.fixture
def sign_in(demonstration: None) -> Callable[[str], Client]:
    from django.contrib.auth import get_user_model

    def signed_in(username: str) -> Client:
        client = Client()
        user = get_user_model().objects.get(username=username)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def clerk(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("clerk")


@pytest.fixture
def viewer(demonstration: None) -> Viewer:
    from jiedui.site.store import people

    found = people.viewer_of("clerk")
    assert found is not None
    return found


@pytest.fixture
def draft(viewer: Viewer) -> door.Entry:
    """An entry of the clerk's office that nobody has submitted."""
    from jiedui.site.store import door

    kind = ledgers.ledgers()["exchanges"]
    return door.entries(kind, viewer, filters={"state": "draft"}).entries[0]


@pytest.fixture
def document(viewer: Viewer) -> documents.StoredDocument:
    """An article that proposes a visit."""
    from jiedui.site.store import documents

    made = documents.receive(viewer, ARTICLE.encode(), "visit.txt")
    assert isinstance(made, documents.StoredDocument)
    assert made.proposals
    return made
