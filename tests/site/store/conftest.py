"""The town that the tests of the store are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.site.store.town import Town


@pytest.fixture
def town(db: None) -> Town:
    """Offices, pairings and people, new for every test."""
    # Django is not set up yet when this file is read.
    from tests.site.store.town import build

    return build()


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in this process, but for tests that ask for the sandbox."""
    if "sandbox" in request.fixturenames:
        return
    from jiedui import evidence
    from jiedui.site.store import documents
    from tests.site.store import articles

    monkeypatch.setattr(documents, "extract_apart", articles.extract)
    monkeypatch.setattr(evidence, "understand", articles.understand)


@pytest.fixture
def sandbox() -> None:
    """Ask for the reading of documents in the child process."""
